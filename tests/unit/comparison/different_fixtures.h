#pragma once

#include <cmath>

#include "comparison/different_examples.h"
#include "unit/comparison/fixtures.h"

namespace metricgate::test {

/// The sample's scores are normal; this keeps their order.
inline double as_probability(double score) {
    return 1.0 / (1.0 + std::exp(-score));
}

/// Every second example of a sample as one side, the others as the other: sides of different
/// examples, both in the candidate's columns.
inline evidence::Examples half_of(const BinarySample& sample, std::size_t first,
                                  bool of_candidate) {
    std::vector<std::uint32_t> labels;
    std::vector<std::uint32_t> predictions;
    std::vector<double> scores;
    for (std::size_t i = first; i < sample.labels.size(); i += 2) {
        labels.push_back(sample.labels[i]);
        predictions.push_back(of_candidate ? sample.candidate[i] : sample.baseline[i]);
        scores.push_back(
            as_probability(of_candidate ? sample.candidate_scores[i] : sample.baseline_scores[i]));
    }
    const std::size_t count = labels.size();
    return ExamplesBuilder()
        .labels(labels)
        .predictions(predictions, predictions)
        .scores(scores, scores)
        .values("latency_ms", scores, scores)
        .ids(numbered_ids(count))
        .build();
}

/// Compares them by `method`, or by the default.
inline Comparison compare_halves(const metrics::Metric& plain, const evidence::Examples& baseline,
                                 const evidence::Examples& candidate, const Margin& margin,
                                 const std::string& method = "", double confidence = 0.95) {
    metrics::Metric before = plain;
    metrics::Metric now = plain;
    if (before.definition != nullptr) {
        REQUIRE(metrics::resolve(before, baseline).empty());
        REQUIRE(metrics::resolve(now, candidate).empty());
    }
    Options options;
    options.method = method;
    options.confidence = confidence;
    const auto all_before = evidence::Rows::all(baseline.rows);
    const auto all_now = evidence::Rows::all(candidate.rows);
    return comparison::compare_different({before, baseline, all_before}, {now, candidate, all_now},
                                         margin, options);
}

}  // namespace metricgate::test
