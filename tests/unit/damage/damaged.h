#pragma once

#include <cmath>
#include <cstdint>
#include <string>
#include <vector>

#include "metrics/catalog.h"
#include "metrics/evaluate.h"
#include "stats/random.h"
#include "support/catch.h"
#include "support/examples_builder.h"

namespace metricgate::test {

/// A metric of the catalog with everything a policy could have said of it.
inline metrics::Metric metric_of(const metrics::Definition& definition) {
    metrics::Metric metric;
    metric.definition = &definition;
    metric.name = metric.title = definition.name;
    metric.direction = definition.direction;
    if ((definition.needs & metrics::value_column) != 0U) {
        metric.name = metric.parameters.column = "latency_ms";
        metric.direction = metrics::Direction::lower_is_better;
    }
    return metric;
}

/// Two classes, scores, predicted numbers and a value column, both sides equal; `reversed` turns
/// the rows around.
inline evidence::Examples everything(const metrics::Definition& definition, std::size_t count,
                                     bool reversed = false) {
    stats::Stream stream(5);
    std::vector<std::uint32_t> labels;
    std::vector<std::uint32_t> predicted;
    std::vector<double> scores;
    std::vector<double> targets;
    std::vector<double> numbers;
    std::vector<double> latencies;
    std::vector<std::string> ids;
    for (std::size_t i = 0; i < count; ++i) {
        labels.push_back(stream.uniform() < 0.4 ? 1 : 0);
        const double score = 0.15 + 0.5 * labels.back() + 0.3 * (stream.uniform() - 0.5);
        scores.push_back(score);
        predicted.push_back(stream.uniform() < 0.1 ? 1 - labels.back() : labels.back());
        targets.push_back(10.0 + 5.0 * stream.uniform());
        numbers.push_back(targets.back() + stream.uniform() - 0.5);
        latencies.push_back(20.0 + 10.0 * stream.uniform());
        ids.push_back("example-" + std::to_string(i));
    }
    if (reversed) {
        const auto turn = [](auto& values) { std::reverse(values.begin(), values.end()); };
        turn(labels);
        turn(predicted);
        turn(scores);
        turn(targets);
        turn(numbers);
        turn(latencies);
        turn(ids);
    }
    ExamplesBuilder builder;
    builder.class_names({"0", "1"}).labels(labels).ids(ids);
    builder.predictions(predicted, predicted).scores(scores, scores);
    builder.values("latency_ms", latencies, latencies);
    if ((definition.needs & (metrics::target | metrics::predicted_number)) != 0U) {
        builder.targets(targets).predicted_numbers(numbers, numbers);
    }
    return builder.build();
}

inline double value_of(const metrics::Metric& metric, const evidence::Examples& examples) {
    const metrics::Value value = metrics::evaluate(metric, examples, evidence::Side::candidate,
                                                   evidence::Rows::all(examples.rows));
    REQUIRE(value.defined());
    return value.number();
}

}  // namespace metricgate::test
