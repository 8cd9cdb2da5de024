// The catalog entry "basic_bootstrap".
#include "support/catch.h"
#include "unit/comparison/bootstrap_fixtures.h"

using namespace metricgate;
using namespace metricgate::comparison;
using test::absolute;

TEST_CASE(
    "basic_bootstrap mirrors the percentile interval at the estimate, where the jackknife's "
    "is not wider",
    "[comparison]") {
    for (const char* metric : {"rmse", "mae", "r2"}) {
        CAPTURE(metric);
        const evidence::Examples examples = test::skewed_examples(200);
        const metrics::Metric of = test::metric_for(metric, examples);
        const stats::Interval percentile =
            test::percentiles(examples, of, test::expanded(examples));
        const Comparison basic = test::skewed("basic_bootstrap", metric, 200);
        CHECK(basic.method == "basic_bootstrap");
        const stats::Interval least = test::jackknife(examples, of, *basic.delta);
        const double twice = 2.0 * *basic.delta;
        CHECK_THAT(basic.interval->lower,
                   WithinAbs(std::min(twice - percentile.upper, least.lower), 1e-12));
        CHECK_THAT(basic.interval->upper,
                   WithinAbs(std::max(twice - percentile.lower, least.upper), 1e-12));
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

TEST_CASE("no bootstrap lets skewed differences of few examples pass", "[comparison]") {
    stats::Stream stream(5);
    std::vector<double> baseline;
    std::vector<double> candidate;
    for (int i = 0; i < 50; ++i) {
        const double loss = -std::log(stream.uniform());
        baseline.push_back(10.0);
        candidate.push_back(10.0 + loss * loss * loss);
    }
    const evidence::Examples examples = test::named_values(baseline, candidate);
    for (const char* method :
         {"weighted_bootstrap", "basic_bootstrap", "bca_bootstrap", "studentized_bootstrap"}) {
        CAPTURE(method);
        Options options;
        options.method = method;
        const Comparison result =
            test::compare_all(test::latency("mean"), examples, absolute(1000.0), options);
        REQUIRE(result.insufficient);
        CHECK(result.insufficient->of == "examples for differences as skewed as these");
        CHECK(result.insufficient->have == 50);
        CHECK(result.insufficient->need > 50);
        // The tail lies on the side of losses: one that is shown may be claimed.
        CHECK(result.loss_claims_stand);
    }
}

TEST_CASE("resampled tables give no verdict on fewer than 20 changed predictions", "[comparison]") {
    const auto judged = [](std::size_t changed, const char* method) {
        std::vector<std::uint32_t> labels(400);
        for (std::size_t i = 0; i < labels.size(); ++i) {
            labels[i] = i % 2;
        }
        std::vector<std::uint32_t> candidate = labels;
        for (std::size_t i = 0; i < changed; ++i) {
            candidate[i] = 1 - candidate[i];
        }
        evidence::Examples examples = test::binary_examples(labels, labels, candidate);
        examples.ids = test::ExamplesBuilder().ids(test::numbered_ids(400)).build().ids;
        Options options;
        options.method = method;
        return test::compare_all(test::metric_for("accuracy", examples), examples, absolute(0.2),
                                 options);
    };
    for (const char* method : {"weighted_bootstrap", "basic_bootstrap"}) {
        CAPTURE(method);
        const Comparison few = judged(19, method);
        REQUIRE(few.insufficient);
        CHECK(few.insufficient->of == "examples that are predicted otherwise");
        CHECK(few.insufficient->have == 19);
        CHECK(few.insufficient->need == 20);
        CHECK_FALSE(judged(20, method).insufficient);
    }
}

TEST_CASE("a loss in every resample of few units has a p, however far out it lies",
          "[comparison]") {
    std::vector<double> baseline;
    std::vector<double> candidate;
    for (int i = 0; i < 30; ++i) {
        baseline.push_back(1.0);
        candidate.push_back(100.0 + 0.01 * (i % 7));
    }
    const evidence::Examples examples = test::named_values(baseline, candidate);
    for (const char* method : {"basic_bootstrap", "bca_bootstrap", "studentized_bootstrap"}) {
        CAPTURE(method);
        Options options;
        options.method = method;
        const Comparison result =
            test::compare_all(test::latency("mean"), examples, absolute(1.0), options);
        REQUIRE(result.p_no_loss);
        CHECK((*result.p_no_loss > 0.0 && *result.p_no_loss < 0.01));
    }
}
