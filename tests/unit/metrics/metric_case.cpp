#include "unit/metrics/metric_case.h"

#include "support/catch.h"
#include "support/node.h"

namespace metricgate::test {
namespace {

using evidence::CategoryColumn;
using evidence::NumberColumn;

void shuffle(NumberColumn& column, const std::vector<std::uint32_t>& rows) {
    std::vector<double> values;
    for (const std::uint32_t row : rows) {
        values.push_back(column.values[row]);
    }
    column.values = values;
}

void shuffle(CategoryColumn& column, const std::vector<std::uint32_t>& rows) {
    column.codes.select(rows);
}

template <class Column>
void shuffle(std::optional<Column>& column, const std::vector<std::uint32_t>& rows) {
    if (column) {
        shuffle(*column, rows);
    }
}

}  // namespace

metrics::Metric bound(const std::string& yaml) {
    const auto node = support::parse_yaml(yaml, "metric.yaml");
    INFO(yaml);
    REQUIRE(node.ok());
    const auto metric = metrics::bind(node.value());
    INFO((metric.ok() ? std::string() : metric.problems().front().message));
    REQUIRE(metric.ok());
    return metric.value();
}

metrics::Value value_in(const evidence::Examples& examples, const std::string& yaml) {
    metrics::Metric metric = bound(yaml);
    const std::string refusal = metrics::resolve(metric, examples);
    return refusal.empty() ? metrics::evaluate(metric, examples, evidence::Side::candidate,
                                               evidence::Rows::all(examples.rows))
                           : metrics::Value::undefined(refusal);
}

metrics::Value of_binary(const std::string& yaml, const std::vector<std::uint32_t>& labels,
                         const std::vector<std::uint32_t>& predictions) {
    return value_in(binary_examples(labels, predictions, predictions), yaml);
}

metrics::Value of_scores(const std::string& yaml, const std::vector<std::uint32_t>& labels,
                         const std::vector<double>& scores) {
    return value_in(scored_examples(labels, scores, scores), yaml);
}

metrics::Value of_regression(const std::string& yaml, const std::vector<double>& targets,
                             const std::vector<double>& predictions) {
    return value_in(regression_examples(targets, predictions, predictions), yaml);
}

metrics::Value of_ranking(const std::string& yaml, const std::vector<std::uint32_t>& queries,
                          const std::vector<double>& grades, const std::vector<double>& scores) {
    return value_in(ranking_examples(queries, grades, scores, scores), yaml);
}

evidence::Examples shuffled(const evidence::Examples& examples) {
    evidence::Examples result = examples;
    std::vector<std::uint32_t> rows;
    for (std::size_t at = 0; at < examples.rows; ++at) {
        rows.push_back(static_cast<std::uint32_t>((at * 7 + 3) % examples.rows));
    }
    shuffle(result.label, rows);
    shuffle(result.target, rows);
    shuffle(result.weight, rows);
    shuffle(result.query, rows);
    for (evidence::SideColumns& side : result.sides) {
        shuffle(side.predicted_class, rows);
        shuffle(side.predicted_number, rows);
        shuffle(side.score, rows);
        for (auto& [role, column] : side.values) {
            shuffle(column, rows);
        }
    }
    return result;
}

}  // namespace metricgate::test
