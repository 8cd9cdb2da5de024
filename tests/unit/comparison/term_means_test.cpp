#include "comparison/term_means.h"

#include "support/catch.h"
#include "unit/comparison/fixtures.h"

using namespace metricgate;
using namespace metricgate::comparison;

namespace {

/// More rows than a block, and not a multiple of it.
evidence::Examples scored(std::size_t rows) {
    test::BinarySample sample = test::binary_sample(rows, 0.4, 0.1, 0.1);
    for (std::size_t row = 0; row < rows; ++row) {
        sample.baseline_scores[row] /= 2.0;  // into [0, 1]
        sample.candidate_scores[row] /= 2.0;
    }
    return test::scored_examples(sample.labels, sample.baseline_scores, sample.candidate_scores);
}

bool same(const stats::MeanEstimate& left, const stats::MeanEstimate& right) {
    return left.mean == right.mean && left.standard_error == right.standard_error &&
           left.degrees_of_freedom == right.degrees_of_freedom;
}

}  // namespace

TEST_CASE("streamed term means are those of kept terms to the bit", "[comparison]") {
    const evidence::Examples examples = scored(2500);
    std::vector<std::uint32_t> odd;
    for (std::uint32_t row = 1; row < examples.rows; row += 2) {
        odd.push_back(row);
    }
    const metrics::Metric metric = test::metric_for("brier_score", examples);
    for (const evidence::Rows& rows : {evidence::Rows::all(examples.rows), evidence::Rows(odd)}) {
        using evidence::Side;
        const auto baseline = metrics::terms_of(metric, examples, Side::baseline, rows).values;
        const auto candidate = metrics::terms_of(metric, examples, Side::candidate, rows).values;
        const auto contrast = [&](double factor) {
            std::vector<double> values;
            for (std::size_t i = 0; i < baseline.size(); ++i) {
                values.push_back(candidate[i] - factor * baseline[i]);
            }
            return stats::paired_mean(values);
        };
        const TermMeans means = term_means(metric, examples, rows);
        CHECK(means.problem.empty());
        CHECK_FALSE(means.constant);
        CHECK(same(means.difference, contrast(1.0)));
        CHECK(same(means.baseline, stats::paired_mean(baseline)));
        CHECK(same(term_contrast(metric, examples, rows, 0.9), contrast(0.9)));
        std::string problem;
        CHECK(same(term_mean(metric, examples, Side::candidate, rows, problem),
                   stats::paired_mean(candidate)));
        CHECK(problem.empty());
    }
}

TEST_CASE("differences that are one number are called constant", "[comparison]") {
    const evidence::Examples examples =
        test::value_examples("latency_ms", {1.0, 2.0, 3.0, 4.5}, {1.1, 2.1, 3.1, 4.6});
    const TermMeans means =
        term_means(test::latency("mean"), examples, evidence::Rows::all(examples.rows));
    CHECK(means.constant);
    CHECK_THAT(means.difference.mean, WithinAbs(0.1, 1e-12));
}

TEST_CASE("examples without terms are a problem of the means", "[comparison]") {
    const evidence::Examples examples = test::ExamplesBuilder()
                                            .targets({0.0, 1.0})
                                            .predicted_numbers({1.0, 1.0}, {1.0, 1.0})
                                            .ids({"a", "b"})
                                            .build();
    const metrics::Metric mape = test::metric_named("mape");
    const auto rows = evidence::Rows::all(2);
    CHECK(term_means(mape, examples, rows).problem ==
          "a target of 0 has no relative error; example 'a'");
    std::string problem;
    term_mean(mape, examples, evidence::Side::candidate, rows, problem);
    CHECK(problem == "a target of 0 has no relative error; example 'a'");
}
