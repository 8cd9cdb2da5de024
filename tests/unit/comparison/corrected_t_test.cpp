// The catalog entry "corrected_t": folds of one data set, which share training data.
#include "support/catch.h"
#include "unit/comparison/fixtures.h"

using namespace metricgate;
using namespace metricgate::comparison;
using test::absolute;

namespace {

evidence::Samples samples(std::vector<double> values) {
    evidence::Samples result;
    result.values = std::move(values);
    return result;
}

metrics::Metric recorded_metric(metrics::Direction direction, const std::string& statistic) {
    metrics::Metric metric;
    metric.name = "score";
    metric.direction = direction;
    metric.statistic = statistic;
    return metric;
}

const metrics::Metric higher = recorded_metric(metrics::Direction::higher_is_better, "mean");
const evidence::Samples baseline = samples({0.941, 0.938, 0.943, 0.940, 0.939});
const evidence::Samples candidate = samples({0.936, 0.934, 0.939, 0.933, 0.935});

Options paired() {
    Options options;
    options.paired_runs = true;
    return options;
}

Options folds() {
    Options options = paired();
    options.test_train_ratio = 0.25;  // five folds
    return options;
}

}  // namespace

TEST_CASE("folds of one data set are corrected for their shared training data", "[comparison]") {
    // As in the test of stats::corrected_mean.
    const Comparison result = compare(higher, baseline, candidate, absolute(0.002), folds());
    CHECK(result.method == "corrected_t");
    CHECK(result.n_unit == "paired folds");
    CHECK_THAT(result.interval->lower, WithinAbs(-0.00666460440873758, 1e-10));
    CHECK_THAT(result.interval->upper, WithinAbs(-0.002935395591262252, 1e-10));
    CHECK_FALSE(result.n_needed);  // more folds of the same data do not help
}
