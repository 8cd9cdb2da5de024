#pragma once

#include <map>
#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "evidence/examples.h"

namespace metricgate::test {

/// tests/data/<set>/<file>: plain numbers with a header line, as columns by name.
std::map<std::string, std::vector<double>> csv_columns(const std::string& set,
                                                       const std::string& file);

/// tests/data/<set>/expected_metrics.json
nlohmann::json expected_metrics(const std::string& set);

std::vector<std::uint32_t> as_codes(const std::vector<double>& numbers);

/// Both sides are `model`: scores and classes cut at 0.5; classes; predicted numbers.
evidence::Examples breast_cancer(const std::string& model);
evidence::Examples digits(const std::string& model);
evidence::Examples diabetes(const std::string& model);

/// Every model's value of `key` is what `yaml` computes on `examples_of(model)`, to 1e-9.
void check_models(const std::string& set, evidence::Examples (*examples_of)(const std::string&),
                  const std::string& key, const std::string& yaml);

}  // namespace metricgate::test
