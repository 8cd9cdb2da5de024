#pragma once

#include "unit/comparison/fixtures.h"

namespace metricgate::test {

/// Two classes, all labels 1: the four joint counts of right and wrong.
inline evidence::Examples outcomes(std::size_t both, std::size_t candidate_only,
                                   std::size_t baseline_only, std::size_t neither) {
    std::vector<std::uint32_t> baseline;
    std::vector<std::uint32_t> candidate;
    const auto add = [&](std::size_t count, std::uint32_t b, std::uint32_t c) {
        baseline.insert(baseline.end(), count, b);
        candidate.insert(candidate.end(), count, c);
    };
    add(both, 1, 1);
    add(candidate_only, 0, 1);
    add(baseline_only, 1, 0);
    add(neither, 0, 0);
    const std::vector<std::uint32_t> labels(baseline.size(), 1);
    return binary_examples(labels, baseline, candidate);
}

/// Accuracy on them by a method of the catalog.
inline Comparison by_method(const std::string& method, std::size_t both, std::size_t candidate_only,
                            std::size_t baseline_only, std::size_t neither, const Margin& margin,
                            double confidence = 0.95) {
    const evidence::Examples examples = outcomes(both, candidate_only, baseline_only, neither);
    Options options;
    options.confidence = confidence;
    options.method = method;
    return compare_all(metric_for("accuracy", examples), examples, margin, options);
}

/// ... on the tables of tests/reference, with the interval under `key`.
inline void check_outcome_reference(const std::string& method, const std::string& key,
                                    double confidence) {
    for (const auto& entry : reference_cases("tests_intervals.json", "paired_proportions")) {
        CAPTURE(entry.at("id").get<std::string>());
        const auto count = [&](const char* name) {
            return entry.at("data").at(name).get<std::size_t>();
        };
        const Comparison result =
            by_method(method, count("both_right"), count("candidate_only"), count("baseline_only"),
                      count("both_wrong"), absolute(0.02), confidence);
        if (result.identical || result.insufficient) {
            continue;  // tested with its sentence elsewhere
        }
        CHECK(result.method == method);
        const auto bounds = entry.at("expected").at(key).get<std::vector<double>>();
        CHECK_THAT(result.interval->lower, WithinAbs(bounds[0], 1e-6));
        CHECK_THAT(result.interval->upper, WithinAbs(bounds[1], 1e-6));
    }
}

}  // namespace metricgate::test
