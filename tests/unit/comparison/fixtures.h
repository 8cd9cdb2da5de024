#pragma once

#include <cmath>
#include <cstdint>
#include <fstream>
#include <nlohmann/json.hpp>
#include <numeric>
#include <sstream>
#include <string>
#include <vector>

#include "comparison/catalog.h"
#include "comparison/comparison.h"
#include "metrics/catalog.h"
#include "metrics/evaluate.h"
#include "stats/random.h"
#include "support/catch.h"
#include "support/examples_builder.h"
#include "support/paths.h"

namespace metricgate::test {

using comparison::Comparison;
using comparison::Margin;
using comparison::Options;

/// A metric of the catalog as a check would use it.
inline metrics::Metric metric_named(const std::string& name) {
    metrics::Metric metric;
    metric.definition = metrics::find(name);
    REQUIRE(metric.definition != nullptr);
    metric.name = name;
    metric.title = name;
    metric.direction = metric.definition->direction;
    return metric;
}

/// ... with its class looked up among the examples'.
inline metrics::Metric metric_for(const std::string& name, const evidence::Examples& examples) {
    metrics::Metric metric = metric_named(name);
    REQUIRE(metrics::resolve(metric, examples).empty());
    return metric;
}

/// A quantile or the mean of the value column "latency_ms", lower is better.
inline metrics::Metric latency(const std::string& definition, double quantile = 0.5) {
    metrics::Metric metric = metric_named(definition);
    metric.name = "latency_ms";
    metric.direction = metrics::Direction::lower_is_better;
    metric.parameters.column = "latency_ms";
    metric.parameters.quantile = quantile;
    metric.statistic = definition == "mean" ? "mean" : "p";
    return metric;
}

inline Margin absolute(double loss) {
    Margin margin;
    margin.absolute = loss;
    return margin;
}

inline Margin relative(double share) {
    Margin margin;
    margin.relative = share;
    return margin;
}

/// Options without support floors, for small examples.
inline Options without_floors() {
    Options options;
    options.min_per_class = 0;
    options.min_clusters = 2;
    return options;
}

inline std::vector<std::string> numbered_ids(std::size_t count) {
    std::vector<std::string> ids;
    for (std::size_t i = 0; i < count; ++i) {
        ids.push_back("example-" + std::to_string(i));
    }
    return ids;
}

inline Comparison compare_all(const metrics::Metric& metric, const evidence::Examples& examples,
                              const Margin& margin, const Options& options) {
    return comparison::compare(metric, examples, evidence::Rows::all(examples.rows), margin,
                               options);
}

inline bool has_note(const Comparison& result, const std::string& code) {
    for (const comparison::Note& note : result.notes) {
        if (note.code == code) {
            return true;
        }
    }
    return false;
}

/// A permutation that has nothing to do with the values.
inline std::vector<std::size_t> shuffled(std::size_t count) {
    std::vector<std::size_t> order(count);
    std::iota(order.begin(), order.end(), std::size_t{0});
    stats::Stream stream(17);
    for (std::size_t i = count; i > 1; --i) {
        std::swap(order[i - 1], order[stream.below(i)]);
    }
    return order;
}

template <class T>
std::vector<T> permuted(const std::vector<T>& values, const std::vector<std::size_t>& order) {
    std::vector<T> result;
    for (const std::size_t at : order) {
        result.push_back(values[at]);
    }
    return result;
}

/// Every number of a comparison, for tests that two comparisons agree in all bytes.
inline std::vector<double> numbers_of(const Comparison& result) {
    std::vector<double> numbers = {static_cast<double>(result.n)};
    if (result.baseline.defined()) {
        numbers.push_back(result.baseline.number());
    }
    if (result.candidate.defined()) {
        numbers.push_back(result.candidate.number());
    }
    const auto add = [&](const std::optional<double>& number) {
        numbers.push_back(number.value_or(-12345.0));
    };
    add(result.delta);
    add(result.p_no_loss);
    add(result.standard_error);
    add(result.mde);
    for (const auto& interval : {result.interval, result.candidate_interval}) {
        if (interval) {
            numbers.push_back(interval->lower);
            numbers.push_back(interval->upper);
        }
    }
    if (result.margin) {
        numbers.insert(numbers.end(), {result.margin->margin, result.margin->estimate,
                                       result.margin->lower, result.margin->upper});
    }
    if (result.n_needed) {
        numbers.push_back(static_cast<double>(*result.n_needed));
    }
    return numbers;
}

/// Cases of one operation of tests/reference.
inline std::vector<nlohmann::json> reference_cases(const std::string& file,
                                                   const std::string& operation) {
    std::ifstream stream(metricgate::test::data_folder() + "/reference/" + file);
    REQUIRE(stream.good());
    std::vector<nlohmann::json> cases;
    const nlohmann::json document = nlohmann::json::parse(stream);
    for (const nlohmann::json& entry : document.at("cases")) {
        if (entry.at("op") == operation) {
            cases.push_back(entry);
        }
    }
    REQUIRE_FALSE(cases.empty());
    return cases;
}

/// A CSV without quotes as rows of fields, the header first.
inline std::vector<std::vector<std::string>> read_table(const std::string& path) {
    std::ifstream stream(metricgate::test::data_folder() + "/data/" + path);
    REQUIRE(stream.good());
    std::vector<std::vector<std::string>> table;
    std::string line;
    while (std::getline(stream, line)) {
        std::vector<std::string> fields;
        std::string field;
        std::istringstream split(line);
        while (std::getline(split, field, ',')) {
            fields.push_back(field);
        }
        if (!line.empty() && line.back() == ',') {
            fields.emplace_back();
        }
        table.push_back(std::move(fields));
    }
    return table;
}

/// Labels with `positives` ones, and predictions that are wrong now and then, by a fixed stream.
struct BinarySample {
    std::vector<std::uint32_t> labels;
    std::vector<std::uint32_t> baseline;
    std::vector<std::uint32_t> candidate;
    std::vector<double> baseline_scores;
    std::vector<double> candidate_scores;
};

inline BinarySample binary_sample(std::size_t count, double prevalence, double baseline_error,
                                  double candidate_error, std::uint64_t seed = 1) {
    stats::Stream stream(seed);
    BinarySample sample;
    for (std::size_t i = 0; i < count; ++i) {
        const std::uint32_t label = stream.uniform() < prevalence ? 1 : 0;
        const double shared = stream.uniform();
        const auto predict = [&](double error) {
            return shared < error || stream.uniform() < 0.02 ? 1 - label : label;
        };
        sample.labels.push_back(label);
        sample.baseline.push_back(predict(baseline_error));
        sample.candidate.push_back(predict(candidate_error));
        const double common = stream.uniform();
        const auto score = [&](double noise) {
            return 0.4 * label + 0.6 * common + noise * stream.uniform();
        };
        // Two decimals, so that scores tie.
        sample.baseline_scores.push_back(std::round(100.0 * score(0.5)) / 100.0);
        sample.candidate_scores.push_back(std::round(100.0 * score(0.6)) / 100.0);
    }
    return sample;
}

}  // namespace metricgate::test
