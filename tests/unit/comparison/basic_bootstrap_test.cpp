// The catalog entry "basic_bootstrap".
#include "support/catch.h"
#include "unit/comparison/bootstrap_fixtures.h"

using namespace metricgate;
using namespace metricgate::comparison;
using test::absolute;

TEST_CASE("basic_bootstrap mirrors the percentile interval at the estimate", "[comparison]") {
    for (const char* metric : {"rmse", "mae", "r2"}) {
        CAPTURE(metric);
        const evidence::Examples examples = test::skewed_examples(200);
        const stats::Interval percentile =
            test::percentiles(examples, test::metric_for(metric, examples));
        const Comparison basic = test::skewed("basic_bootstrap", metric, 200);
        CHECK(basic.method == "basic_bootstrap");
        CHECK_THAT(basic.interval->lower, WithinAbs(2.0 * *basic.delta - percentile.upper, 1e-12));
        CHECK_THAT(basic.interval->upper, WithinAbs(2.0 * *basic.delta - percentile.lower, 1e-12));
    }
}

TEST_CASE("basic_bootstrap's p is the level at which its own upper end reaches 0", "[comparison]") {
    const double p = *test::skewed("basic_bootstrap", "mae", 200).p_no_loss;
    CHECK((p > 0.002 && p < 0.5));
    CHECK_THAT(test::skewed("basic_bootstrap", "mae", 200, 1.0 - p).interval->upper,
               WithinAbs(0.0, 1e-3));
}

TEST_CASE("basic_bootstrap needs ids, as all resampling does", "[comparison]") {
    evidence::Examples examples = test::skewed_examples(50);
    examples.ids.reset();
    Options options;
    options.method = "basic_bootstrap";
    CHECK(test::compare_all(test::metric_for("rmse", examples), examples, absolute(1), options)
              .problem.find("needs ids") != std::string::npos);
}
