// The catalog entry "bonett_price".
#include "support/catch.h"
#include "unit/comparison/outcome_fixtures.h"

using namespace metricgate;
using namespace metricgate::comparison;
using test::absolute;

TEST_CASE("bonett_price gives the published intervals", "[comparison]") {
    test::check_outcome_reference("bonett_price", "bonett_price_ci95", 0.975);
}

TEST_CASE("bonett_price's p is the level at which the upper end reaches 0", "[comparison]") {
    const double p = *test::by_method("bonett_price", 80, 3, 12, 5, absolute(0.02)).p_no_loss;
    CHECK(p < 0.05);
    CHECK_THAT(
        test::by_method("bonett_price", 80, 3, 12, 5, absolute(0.02), 1.0 - p).interval->upper,
        WithinAbs(0.0, 1e-12));
}

TEST_CASE("bonett_price knows an uncertainty where only one pair differs", "[comparison]") {
    const Comparison result = test::by_method("bonett_price", 99, 0, 1, 0, absolute(0.02));
    CHECK_FALSE(result.degenerate);
    CHECK(result.interval->lower < -0.01);
    CHECK(result.interval->upper > 0.0);
}

TEST_CASE("bonett_price is for outcomes of independent, unweighted examples", "[comparison]") {
    const evidence::Examples examples = test::outcomes(50, 5, 3, 2);
    Options options;
    options.method = "bonett_price";
    const Comparison result =
        test::compare_all(test::metric_for("f1", examples), examples, absolute(0.1), options);
    CHECK(result.problem.find("'bonett_price' does not apply to f1") != std::string::npos);
}
