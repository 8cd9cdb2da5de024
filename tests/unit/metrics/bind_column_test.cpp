#include "metrics/bind_column.h"

#include "support/catch.h"
#include "support/node.h"
#include "unit/metrics/metric_case.h"

using namespace metricgate;

namespace {

metrics::ColumnParameters parameters(const std::string& setting) {
    return test::bound(setting).parameters.of_column;
}

std::string problem(const std::string& setting) {
    const auto node = support::parse_yaml(setting, "policy.yaml");
    REQUIRE(node.ok());
    const auto bound = metrics::bind(node.value());
    REQUIRE(bound.problems().size() == 1);
    return bound.problems().front().message;
}

}  // namespace

TEST_CASE("the settings of a column check are read", "[metrics]") {
    const auto plain = parameters("psi");
    CHECK(plain.bins == 10);
    CHECK(plain.shares.rule == stats::EmptyBins::floor);
    CHECK(plain.shares.amount == 1e-4);
    const auto set =
        parameters("{name: psi, bins: 5, closed: left, add_count: 0.5, type: numeric}");
    CHECK(set.bins == 5);
    CHECK(set.closed == stats::Closed::left);
    CHECK(set.shares.rule == stats::EmptyBins::add_count);
    CHECK(set.shares.amount == 0.5);
    CHECK(set.type == metrics::ColumnType::numeric);
    CHECK(parameters("{name: out_of_range, range: {min: -1, max: 2}}").range ==
          std::pair(-1.0, 2.0));
    CHECK(parameters("{name: wasserstein, scale: sd}").in_baseline_sd);
}

TEST_CASE("a setting out of its range, or of another metric, is refused", "[metrics]") {
    CHECK(problem("{name: psi, bins: 2.5}") ==
          "`bins:` is the number 2.5; wanted a whole number from 2 to 1000");
    CHECK(problem("{name: psi, floor: 0}") ==
          "`floor:` is the number 0; wanted a share from 1e-12 to 0.1");
    CHECK(problem("{name: psi, floor: 0.001, add_share: 0.001}").find("exclude each other") !=
          std::string::npos);
    CHECK(problem("{name: ks_drift, bins: 5}") == "`bins:` does not apply to ks_drift");
    CHECK(problem("{name: accuracy, bins: 5}") ==
          "`bins:` does not apply to accuracy; it belongs to ece, maximum_calibration_error and "
          "drift metrics such as psi");
    CHECK(problem("{name: psi, type: numerc}") ==
          "`type:` is the text 'numerc'; wanted numeric or categorical (did you mean 'numeric'?)");
    CHECK(problem("{name: out_of_range, range: {min: 2, max: 1}}").find("A not above B") !=
          std::string::npos);
}
