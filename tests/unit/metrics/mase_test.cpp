#include "support/catch.h"
#include "unit/metrics/metric_case.h"

using namespace metricgate;

namespace {

metrics::Value mase_of(const std::vector<double>& naive_errors) {
    return test::value_in(test::ExamplesBuilder()
                              .targets({10.0, 12.0, 5.0})
                              .predicted_numbers({11.0, 12.0, 8.0}, {11.0, 12.0, 8.0})
                              .naive_errors(naive_errors)
                              .build(),
                          "mase");
}

}  // namespace

TEST_CASE("mase is the mean absolute error in units of the naive forecast's", "[metrics]") {
    CHECK_THAT(mase_of({2.0, 2.0, 4.0}).number(), WithinAbs((0.5 + 0.0 + 0.75) / 3.0, 1e-15));
}

TEST_CASE("mase with a naive error of 0, below 0 or missing is undefined", "[metrics]") {
    CHECK(mase_of({2.0, 0.0, 4.0}).reason() ==
          "a naive error of 0 leaves nothing to compare with; example row 2");
    CHECK(mase_of({2.0, 1.0, -4.0}).reason() ==
          "a naive error is an absolute error and not below 0; example row 3");
    CHECK(mase_of({2.0, 1.0, evidence::missing_value()}).reason() ==
          "naive_error is missing or not finite for some examples");
}
