#include "support/catch.h"
#include "support/node.h"
#include "unit/metrics/metric_case.h"

using namespace metricgate;

namespace {

std::string problem_of(const std::string& yaml) {
    const auto node = support::parse_yaml(yaml, "policy.yaml");
    REQUIRE(node.ok());
    const auto metric = metrics::bind(node.value());
    REQUIRE_FALSE(metric.ok());
    REQUIRE(metric.problems().size() == 1);
    const auto& problem = metric.problems().front();
    return std::to_string(problem.where.line) + ":" + std::to_string(problem.where.column) + " " +
           problem.message;
}

}  // namespace

TEST_CASE("settings of a metric stand in its title", "[metrics]") {
    CHECK(test::bound("{name: ndcg, k: 10, gain: exponential}").title ==
          "ndcg (k 10, exponential gain)");
    CHECK(test::bound("{name: fbeta, beta: 0.5, average: macro}").title ==
          "fbeta (macro) (beta 0.5)");
    CHECK(test::bound("{name: pinball_loss, quantile: 0.9}").title ==
          "pinball_loss (quantile 0.9)");
    CHECK(test::bound("ece").title == "ece");
    CHECK(test::bound("ece").parameters.bins == 10);
}

TEST_CASE("a setting out of its range is a problem at its place", "[metrics]") {
    CHECK(problem_of("{name: mrr, k: 0}") ==
          "1:16 `k:` is the number 0; wanted a whole number from 1 to 1000000000");
    CHECK(problem_of("{name: mrr, k: 2.5}") ==
          "1:16 `k:` is the number 2.5; wanted a whole number from 1 to 1000000000");
    CHECK(problem_of("{name: ece, bins: 1}") ==
          "1:19 `bins:` is the number 1; wanted a whole number from 2 to 100");
    CHECK(problem_of("{name: fbeta, beta: 0}") ==
          "1:21 `beta:` is the number 0; wanted a number above 0, at most 1000");
    CHECK(problem_of("{name: pinball_loss, quantile: 90}") ==
          "1:32 `quantile:` is the number 90; wanted a number between 0 and 1, such as 0.9");
    CHECK(problem_of("{name: ndcg, gain: squared}") ==
          "1:20 `gain:` is the text 'squared'; wanted `linear` or `exponential`");
}

TEST_CASE("a setting that the metric does not take is a problem", "[metrics]") {
    CHECK(problem_of("{name: accuracy, k: 3}") ==
          "1:21 `k:` does not apply to accuracy; it belongs to top_k_accuracy, pass_at_k, ndcg, "
          "mrr and "
          "precision_at_k");
    CHECK(problem_of("{name: latency, direction: lower, quantile: 0.9}") ==
          "1:45 `quantile:` does not apply to latency; it belongs to pinball_loss");
}

TEST_CASE("what a metric cannot do without must be said", "[metrics]") {
    CHECK(metrics::unsaid_setting(test::bound("precision_at_k")) ==
          "precision_at_k needs `k:`, a whole number from 1 to 1000000000; write `metric: {name: "
          "precision_at_k, k: ...}`");
    CHECK(metrics::unsaid_setting(test::bound("{name: precision_at_k, k: 5}")).empty());
    CHECK(metrics::unsaid_setting(test::bound("ndcg")).empty());
}
