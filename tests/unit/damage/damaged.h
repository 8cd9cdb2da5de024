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
    metric.parameters.k = (definition.must_say & metrics::setting_k) != 0U ? 1 : 0;
    return metric;
}

/// The metrics that examples give: checks of columns have a damage of their own.
inline std::vector<const metrics::Definition*> metrics_of_examples() {
    std::vector<const metrics::Definition*> definitions;
    for (const metrics::Definition& definition : metrics::catalog()) {
        if (metrics::column_form(&definition) == nullptr) {
            definitions.push_back(&definition);
        }
    }
    return definitions;
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
        // Calibrated, so that measures of calibration have something to lose.
        scores.push_back(0.02 + 0.96 * stream.uniform());
        labels.push_back(stream.uniform() < scores.back() ? 1 : 0);
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
    std::vector<std::uint32_t> queries;
    std::vector<std::vector<double>> by_class(2);
    for (std::size_t i = 0; i < count; ++i) {
        // Ten examples a query, by the number in the id, whatever the order of the rows.
        queries.push_back(static_cast<std::uint32_t>(std::stoul(ids[i].substr(8)) / 10));
        by_class[0].push_back(1.0 - scores[i]);
        by_class[1].push_back(scores[i]);
    }
    ExamplesBuilder builder;
    builder.class_names({"0", "1"}).labels(labels).ids(ids);
    builder.predictions(predicted, predicted).scores(scores, scores);
    builder.values("latency_ms", latencies, latencies);
    if (definition.name == "pass_at_k") {
        // Ten answers to each problem, and how many of them passed.
        for (std::size_t i = 0; i < count; ++i) {
            numbers[i] = std::floor(5.0 * scores[i]);
            targets[i] = 10.0;
        }
    }
    if ((definition.needs & metrics::predicted_number) != 0U) {
        builder.targets(targets).predicted_numbers(numbers, numbers);
    }
    if ((definition.needs & metrics::naive_column) != 0U) {
        builder.naive_errors(std::vector<double>(count, 1.5));
    }
    if ((definition.needs & metrics::class_scores) != 0U) {
        builder.class_scores(by_class, by_class);
    }
    if ((definition.needs & metrics::query_column) != 0U) {
        std::vector<double> grades(labels.begin(), labels.end());
        builder.queries(queries).targets(grades);
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
