// The catalog entry "studentized_bootstrap".
#include "stats/means.h"
#include "support/catch.h"
#include "unit/comparison/bootstrap_fixtures.h"

using namespace metricgate;
using namespace metricgate::comparison;
using test::absolute;

TEST_CASE("studentized_bootstrap is close to t where differences are well-behaved",
          "[comparison]") {
    stats::Stream stream(2);
    std::vector<double> baseline;
    std::vector<double> candidate;
    for (int i = 0; i < 400; ++i) {
        baseline.push_back(10.0 + stream.uniform());
        candidate.push_back(10.02 + stream.uniform());
    }
    const evidence::Examples examples = test::named_values(baseline, candidate);
    Options options;
    const auto by = [&](const char* method) {
        options.method = method;
        return test::compare_all(test::latency("mean"), examples, absolute(0.1), options);
    };
    const Comparison t = by("paired_t");
    const Comparison studentized = by("studentized_bootstrap");
    CHECK(studentized.method == "studentized_bootstrap");
    CHECK_THAT(*studentized.delta, WithinAbs(*t.delta, 1e-12));
    const double noise = 0.2 * *t.standard_error;
    CHECK_THAT(studentized.interval->lower, WithinAbs(t.interval->lower, noise));
    CHECK_THAT(studentized.interval->upper, WithinAbs(t.interval->upper, noise));
    CHECK_THAT(studentized.margin->lower, WithinAbs(t.margin->lower, noise));
}

TEST_CASE("studentized_bootstrap stretches the side of the tail further than percentiles do",
          "[comparison]") {
    const Comparison percentile = test::skewed("weighted_bootstrap", "mse", 50);
    const Comparison studentized = test::skewed("studentized_bootstrap", "mse", 50);
    // Lower is better: large losses of the candidate are the lower end.
    CHECK(studentized.interval->lower < percentile.interval->lower);
}

TEST_CASE("studentized_bootstrap judges a relative margin by its own contrast", "[comparison]") {
    const evidence::Examples examples = test::skewed_examples(200);
    Options options;
    const auto by = [&](const char* method) {
        options.method = method;
        return test::compare_all(test::metric_for("mae", examples), examples, test::relative(0.3),
                                 options);
    };
    const Comparison t = by("paired_t");
    const Comparison studentized = by("studentized_bootstrap");
    CHECK_THAT(studentized.margin->estimate, WithinAbs(t.margin->estimate, 1e-12));
    CHECK_THAT(studentized.margin->lower, WithinAbs(t.margin->lower, 0.6 * *t.standard_error));
}

TEST_CASE("studentized_bootstrap is for means of independent, unweighted examples",
          "[comparison]") {
    CHECK(test::skewed("studentized_bootstrap", "rmse", 50).problem.find("does not apply") !=
          std::string::npos);
}

TEST_CASE("studentized_bootstrap of constant differences decides nothing", "[comparison]") {
    const evidence::Examples examples =
        test::named_values(std::vector<double>(40, 1.0), std::vector<double>(40, 1.5));
    Options options;
    options.method = "studentized_bootstrap";
    CHECK(test::compare_all(test::latency("mean"), examples, absolute(1), options).degenerate);
}
