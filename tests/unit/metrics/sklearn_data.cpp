#include "unit/metrics/sklearn_data.h"

#include <fstream>
#include <sstream>

#include "support/catch.h"
#include "support/number.h"
#include "support/paths.h"
#include "unit/metrics/metric_case.h"

namespace metricgate::test {
namespace {

std::vector<std::string> split(const std::string& line) {
    std::vector<std::string> cells;
    std::istringstream stream(line);
    for (std::string cell; std::getline(stream, cell, ',');) {
        cells.push_back(cell);
    }
    return cells;
}

std::ifstream open_data(const std::string& set, const std::string& file) {
    const std::string path = metricgate::test::data_folder() + "/data/" + set + "/" + file;
    std::ifstream stream(path);
    INFO(path);
    REQUIRE(stream.good());
    return stream;
}

}  // namespace

std::map<std::string, std::vector<double>> csv_columns(const std::string& set,
                                                       const std::string& file) {
    std::ifstream stream = open_data(set, file);
    std::string line;
    std::getline(stream, line);
    const std::vector<std::string> names = split(line);
    std::map<std::string, std::vector<double>> columns;
    while (std::getline(stream, line)) {
        const std::vector<std::string> cells = split(line);
        REQUIRE(cells.size() == names.size());
        for (std::size_t at = 0; at < cells.size(); ++at) {
            const auto number = support::parse_number(cells[at]);
            REQUIRE(number.kind == support::NumberKind::finite);
            columns[names[at]].push_back(number.value);
        }
    }
    return columns;
}

nlohmann::json expected_metrics(const std::string& set) {
    std::ifstream stream = open_data(set, "expected_metrics.json");
    return nlohmann::json::parse(stream);
}

std::vector<std::uint32_t> as_codes(const std::vector<double>& numbers) {
    std::vector<std::uint32_t> codes;
    for (const double number : numbers) {
        codes.push_back(static_cast<std::uint32_t>(number));
    }
    return codes;
}

evidence::Examples breast_cancer(const std::string& model) {
    auto columns = csv_columns("sklearn_breast_cancer", "scores.csv");
    evidence::Examples examples =
        scored_examples(as_codes(columns.at("label")), columns.at(model), columns.at(model));
    REQUIRE(metrics::derive_predicted_classes(examples, 0.5).empty());
    return examples;
}

evidence::Examples digits(const std::string& model) {
    auto columns = csv_columns("sklearn_digits", "predictions.csv");
    const auto predictions = as_codes(columns.at(model));
    return multiclass_examples(10, as_codes(columns.at("label")), predictions, predictions);
}

evidence::Examples diabetes(const std::string& model) {
    auto columns = csv_columns("sklearn_diabetes_regression", "predictions.csv");
    return regression_examples(columns.at("y_true"), columns.at(model), columns.at(model));
}

void check_models(const std::string& set, evidence::Examples (*examples_of)(const std::string&),
                  const std::string& key, const std::string& yaml) {
    const nlohmann::json expected = expected_metrics(set);
    REQUIRE(expected.size() >= 4);
    for (const auto& [model, values] : expected.items()) {
        INFO(set << ", " << model << ", " << key);
        const metrics::Value value = value_in(examples_of(model), yaml);
        INFO(value.reason());
        REQUIRE(value.defined());
        CHECK_THAT(value.number(), WithinAbs(values.at(key).get<double>(), 1e-9));
    }
}

}  // namespace metricgate::test
