#include <string>

#include "metrics/catalog.h"
#include "support/catch.h"
#include "support/node.h"
#include "unit/metrics/metric_case.h"

using namespace metricgate;
using test::bound;

namespace {

/// The problems of binding `yaml`, "line:column message" each.
std::vector<std::string> problems_of(const std::string& yaml) {
    const auto node = support::parse_yaml(yaml, "policy.yaml");
    REQUIRE(node.ok());
    const auto bound = metrics::bind(node.value());
    std::vector<std::string> problems;
    for (const support::Diagnostic& problem : bound.problems()) {
        problems.push_back(std::to_string(problem.where.line) + ":" +
                           std::to_string(problem.where.column) + " " + problem.message);
    }
    return problems;
}

bool has(const std::string& text, const std::string& part) {
    return text.find(part) != std::string::npos;
}

}  // namespace

TEST_CASE("a catalog name binds with its direction", "[metrics]") {
    const auto metric = bound("log_loss");
    CHECK(metric.definition->name == "log_loss");
    CHECK(metric.direction == metrics::Direction::lower_is_better);
    CHECK(metric.orientation() == -1.0);
    CHECK(metric.title == "log_loss");
    CHECK(bound("{name: accuracy, direction: higher}").title == "accuracy");
}

TEST_CASE("titles carry the parameters", "[metrics]") {
    CHECK(bound("{name: f1, average: macro}").title == "f1 (macro)");
    CHECK(bound("{name: recall, class: 3}").title == "recall (class 3)");
    CHECK(bound("{name: recall, class: true}").title == "recall (class true)");
    CHECK(bound("{name: latency_ms, stat: p95, direction: lower}").title == "latency_ms p95");
}

TEST_CASE("classes are compared in canonical form", "[metrics]") {
    CHECK(bound("{name: recall, class: 3.0}").parameters.class_name == "3");
    CHECK(bound("{name: recall, class: '3.0'}").parameters.class_name == "3");
}

TEST_CASE("an unknown name with a direction summarises a column or a recorded metric",
          "[metrics]") {
    const auto metric = bound("{name: latency_ms, stat: p99.9, direction: lower, unit: ms}");
    CHECK(metric.name == "latency_ms");
    CHECK(metric.definition->name == "quantile");
    CHECK(metric.parameters.column == "latency_ms");
    CHECK(metric.parameters.quantile == 0.999);
    CHECK(metric.statistic == "p99.9");
    CHECK(metric.unit == "ms");
    CHECK(metric.direction == metrics::Direction::lower_is_better);

    const auto plain = bound("{name: bleu, direction: higher}");
    CHECK(plain.definition->name == "mean");
    CHECK(plain.statistic.empty());
    CHECK(plain.title == "bleu");
}

TEST_CASE("an unknown name without a direction is a problem with the nearest name", "[metrics]") {
    const auto problems = problems_of("auc_roc_");
    REQUIRE(problems.size() == 1);
    CHECK(has(problems[0], "1:1 unknown metric 'auc_roc_'"));
    const auto slip = problems_of("rocauc");
    REQUIRE(slip.size() == 1);
    CHECK(has(slip[0], "did you mean 'roc_auc'?"));
    CHECK(has(slip[0], "direction: higher"));
}

TEST_CASE("a direction that contradicts the catalog is a problem", "[metrics]") {
    const auto problems = problems_of("{name: accuracy, direction: lower}");
    REQUIRE(problems.size() == 1);
    CHECK(has(problems[0],
              "1:29 `direction: lower` contradicts the catalog: accuracy is better "
              "when higher"));
}

TEST_CASE("statistics are no metrics of their own", "[metrics]") {
    for (const std::string name : {"mean", "median", "quantile"}) {
        const auto problems = problems_of(name);
        REQUIRE(problems.size() == 1);
        CHECK(has(problems[0], "{name: COLUMN, stat: "));
        CHECK(problems_of("{name: " + name + ", direction: lower}").size() == 1);
    }
}

TEST_CASE("every mistake of a metric is reported at its place", "[metrics]") {
    const auto problems = problems_of(
        "nmae: x\nname: accuracy\nstat: p100\ndirection: up\nunit: 5\naverage: macro\n"
        "when_undefined: 2\n");
    REQUIRE(problems.size() == 6);
    CHECK(has(problems[0], "1:1 unknown key 'nmae' (did you mean 'name'?)"));
    CHECK(has(problems[1], "5:7 `unit:` is the number 5"));
    CHECK(has(problems[2], "4:12 `direction:` is the text 'up'"));
    CHECK(has(problems[3], "3:7 `stat:`"));
    CHECK(has(problems[4], "6:10 `average:` does not apply to accuracy"));
    CHECK(has(problems[5], "7:17 `when_undefined:`"));
}

TEST_CASE("an unknown name is reported beside other mistakes", "[metrics]") {
    const auto problems = problems_of("{name: bleu, unit: 5}");
    REQUIRE(problems.size() == 2);
    CHECK(has(problems[1], "unknown metric 'bleu'"));
}

TEST_CASE("settings that cannot be a metric are problems", "[metrics]") {
    CHECK(problems_of("5").size() == 1);
    CHECK(problems_of("[accuracy]").size() == 1);
    CHECK(problems_of("{direction: lower}").size() == 1);
    CHECK(problems_of("{name: ''}").size() == 1);
    CHECK(problems_of("{name: 5, direction: lower}").size() == 1);
    CHECK(problems_of("{name: f1, average: per_class}").size() == 1);
    CHECK(problems_of("{name: f1, average: marco}").size() == 1);
    CHECK(problems_of("{name: f1, average: macro, class: a}").size() == 1);
    CHECK(problems_of("{name: f1, class: [a]}").size() == 1);
    CHECK(problems_of("{name: roc_auc, when_undefined: 0.5}").size() == 1);
    CHECK(problems_of("{name: f1, when_undefined: .nan}").size() == 1);
}

TEST_CASE("stat is mean, median or a percentile inside (0, 100)", "[metrics]") {
    for (const std::string good : {"mean", "median", "p1", "p50", "p99.99", "p0.1"}) {
        CHECK(problems_of("{name: x, direction: lower, stat: " + good + "}").empty());
    }
    for (const std::string bad : {"p0", "p100", "p", "p-5", "p1e1", "P95", "p95%", "p9.", "max"}) {
        INFO(bad);
        CHECK(problems_of("{name: x, direction: lower, stat: '" + bad + "'}").size() == 1);
    }
}
