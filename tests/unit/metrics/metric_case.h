#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "metrics/catalog.h"
#include "metrics/evaluate.h"
#include "support/examples_builder.h"

namespace metricgate::test {

/// The metric that a policy's `metric: <yaml>` asks for; the test fails when it is refused.
metrics::Metric bound(const std::string& yaml);

/// The candidate's value over all rows, after `resolve`; a refusal there is an undefined value.
metrics::Value value_in(const evidence::Examples& examples, const std::string& yaml);

/// `value_in` of examples that both sides judge alike.
metrics::Value of_binary(const std::string& yaml, const std::vector<std::uint32_t>& labels,
                         const std::vector<std::uint32_t>& predictions);
metrics::Value of_scores(const std::string& yaml, const std::vector<std::uint32_t>& labels,
                         const std::vector<double>& scores);
metrics::Value of_regression(const std::string& yaml, const std::vector<double>& targets,
                             const std::vector<double>& predictions);

metrics::Value of_ranking(const std::string& yaml, const std::vector<std::uint32_t>& queries,
                          const std::vector<double>& grades, const std::vector<double>& scores);

/// The examples with their rows in another order: position i holds old row (i * 7 + 3) mod n, so n
/// must not be a multiple of 7.
evidence::Examples shuffled(const evidence::Examples& examples);

}  // namespace metricgate::test
