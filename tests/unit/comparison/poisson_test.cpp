// The catalog entry "poisson".
#include "stats/poisson.h"
#include "support/catch.h"
#include "unit/comparison/fixtures.h"

using namespace metricgate;
using namespace metricgate::comparison;
using test::absolute;
#include "unit/comparison/recorded_fixtures.h"

namespace {

evidence::Scalar rate(std::uint64_t events, double exposure) {
    evidence::Scalar result = test::scalar(static_cast<double>(events) / exposure);
    result.events = events;
    result.exposure = exposure;
    return result;
}

Comparison of_rates(const evidence::Scalar& baseline, const evidence::Scalar& candidate,
                    const Margin& margin, Options options = Options{}) {
    metrics::Metric metric;
    metric.name = "crashes";
    metric.direction = metrics::Direction::lower_is_better;
    return compare(metric, baseline, candidate, margin, options);
}

}  // namespace

TEST_CASE("poisson is the method of recorded events on both sides", "[comparison]") {
    const Comparison result = of_rates(rate(112, 24), rate(137, 24.19893), absolute(1.0));
    CHECK(result.method == "poisson");
    CHECK(result.uncertainty_known);
    CHECK(result.n == 249);
    CHECK(result.n_unit == "events");
    CHECK_THAT(*result.delta, WithinAbs(112 / 24.0 - 137 / 24.19893, 1e-12));
    CHECK(of_rates(rate(112, 24), test::scalar(5.0), absolute(1.0)).method == "tolerance");
}

TEST_CASE("poisson decides a relative margin as the exact ratio does", "[comparison]") {
    for (const auto& [events, margin] :
         {std::pair(137, 0.3), std::pair(137, 0.5), std::pair(160, 0.1), std::pair(90, 0.05)}) {
        const auto now = static_cast<std::uint64_t>(events);
        const Comparison result = of_rates(rate(112, 24), rate(now, 24.2), test::relative(margin));
        const stats::Interval ratio = stats::poisson_ratio({now, 24.2}, {112, 24.0}, 0.95);
        CHECK((result.margin->lower > 0.0) == (ratio.upper < 1.0 + margin));
        CHECK((result.margin->upper < 0.0) == (ratio.lower > 1.0 + margin));
    }
}

TEST_CASE("poisson knows an uncertainty where no event happened", "[comparison]") {
    const Comparison result = of_rates(rate(0, 100), rate(0, 100), absolute(0.1));
    CHECK_FALSE(result.degenerate);
    CHECK_THAT(result.interval->lower, WithinAbs(-0.02995732, 1e-7));
    CHECK(of_rates(rate(0, 100), rate(2, 100), test::relative(0.1)).problem.find("use `abs`") !=
          std::string::npos);
}

TEST_CASE("poisson bounds the candidate's own rate for limits", "[comparison]") {
    Options options;
    options.candidate_interval = true;
    const Comparison result = of_rates(rate(5, 100), rate(3, 100), absolute(0.1), options);
    CHECK(*result.candidate_interval == stats::poisson_rate({3, 100.0}, 0.95));
}
