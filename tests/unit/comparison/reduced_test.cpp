// Metrics that are judged on what the examples are reduced to: queries, outcomes, parts of areas.
#include "unit/comparison/fixtures.h"

using namespace metricgate;
using comparison::Comparison;
using test::absolute;

namespace {

/// `queries` lists of three results. The best result of every other query is relevant; of the
/// others the second is. Where `better(q)`, the candidate puts the relevant one first.
template <class Better>
evidence::Examples rankings(std::uint32_t queries, const Better& better) {
    std::vector<std::uint32_t> query;
    std::vector<double> grades;
    std::vector<double> baseline;
    std::vector<double> candidate;
    std::vector<std::string> ids;
    for (std::uint32_t q = 0; q < queries; ++q) {
        for (std::uint32_t place = 0; place < 3; ++place) {
            const bool relevant = place == q % 2;
            query.push_back(q);
            grades.push_back(relevant ? 1.0 : 0.0);
            baseline.push_back(3.0 - place);
            candidate.push_back(relevant && better(q) ? 9.0 : 2.5 - place);
            ids.push_back(std::to_string(q) + "-" + std::to_string(place));
        }
    }
    return test::ExamplesBuilder()
        .targets(grades)
        .queries(query)
        .scores(baseline, candidate)
        .ids(ids)
        .build();
}

Comparison compared(const std::string& name, const evidence::Examples& examples,
                    double margin = 0.1) {
    return comparison::compare(test::metric_named(name), examples,
                               evidence::Rows::all(examples.rows), absolute(margin),
                               test::without_floors());
}

using comparison::Comparison;

}  // namespace

TEST_CASE("a ranking counts queries, and compares their values by the paired t", "[comparison]") {
    const auto examples = rankings(40, [](std::uint32_t q) { return q % 4 == 1; });
    const Comparison result = compared("mrr", examples);
    REQUIRE(result.problem.empty());
    CHECK(result.method == "paired_t");
    CHECK(result.n == 40);
    CHECK(result.n_unit == "queries");
    // Ten of forty queries gain a half: by hand, se = sqrt(40/39 (1/16 - 1/64) / 40).
    CHECK_THAT(result.baseline.number(), WithinAbs(0.75, 1e-15));
    CHECK_THAT(*result.delta, WithinAbs(0.125, 1e-15));
    CHECK_THAT(*result.standard_error, WithinAbs(std::sqrt((1.0 / 16 - 1.0 / 64) / 39), 1e-15));
}

TEST_CASE("clusters of queries are compared by CR2, and the note counts queries", "[comparison]") {
    auto examples = rankings(40, [](std::uint32_t q) { return q < 12 && q % 2 == 1; });
    std::vector<std::uint32_t> clusters;
    for (std::uint32_t row = 0; row < examples.rows; ++row) {
        clusters.push_back(row / 3 / 4);
    }
    examples.cluster = test::category_column(clusters);
    const Comparison result = compared("mrr", examples);
    REQUIRE(result.problem.empty());
    // Three of ten clusters gain 1/4 a query, the others nothing.
    CHECK_THAT(*result.delta, WithinAbs(0.075, 1e-15));
    CHECK_THAT(*result.standard_error,
               WithinAbs(std::sqrt(10.0 / 9 * (3 * .175 * .175 + 7 * .075 * .075)) / 10, 1e-15));
    REQUIRE(result.notes.size() == 1);
    CHECK(result.notes[0].text.starts_with("40 queries in 10 clusters;"));
}

TEST_CASE("different scores that rank every query alike are not identical", "[comparison]") {
    const auto examples = rankings(40, [](std::uint32_t) { return false; });
    const Comparison result = compared("mrr", examples);
    CHECK_FALSE(result.identical);
    CHECK(result.degenerate);
    auto same = examples;
    same.sides[1] = same.sides[0];
    CHECK(compared("mrr", same).identical);
}

TEST_CASE("one query, or fewer than the policy asks for, decides nothing", "[comparison]") {
    const Comparison one = compared("mrr", rankings(1, [](std::uint32_t) { return false; }));
    REQUIRE(one.insufficient);
    CHECK(one.insufficient->of == "queries");
    CHECK(one.insufficient->need == 2);
    comparison::Options options = test::without_floors();
    options.min_examples = 30;
    const auto few = rankings(12, [](std::uint32_t q) { return q % 4 == 1; });
    const auto result = comparison::compare(test::metric_named("mrr"), few,
                                            evidence::Rows::all(few.rows), absolute(0.1), options);
    REQUIRE(result.insufficient);
    CHECK(result.insufficient->of == "queries");
    CHECK(result.insufficient->have == 12);
}

TEST_CASE("an undefined query is the problem of the whole comparison", "[comparison]") {
    auto examples = rankings(40, [](std::uint32_t q) { return q % 4 == 1; });
    examples.target->values[0] = 0.0;  // the only relevant result of query 0
    CHECK(compared("ndcg", examples).problem ==
          "undefined: a query without a relevant result has no NDCG (`when_undefined: 0` counts it "
          "as 0); query '0'");
}

TEST_CASE("rankings are described alone on a first run", "[comparison]") {
    auto examples = rankings(40, [](std::uint32_t q) { return q % 4 == 1; });
    examples.sides[0] = {};
    comparison::Options options = test::without_floors();
    options.candidate_interval = true;
    const auto result = comparison::describe(test::metric_named("mrr"), examples,
                                             evidence::Rows::all(examples.rows), options);
    CHECK(result.problem.empty());
    CHECK_THAT(result.candidate.number(), WithinAbs(0.875, 1e-15));
    CHECK(result.n_unit == "queries");
    REQUIRE(result.candidate_interval);
    CHECK(result.candidate_interval->lower < 0.875);
}

TEST_CASE("a metric that takes limits only has no change and no interval of one", "[comparison]") {
    const auto examples = test::scored_examples({0, 1, 0, 1, 1, 0}, {.2, .6, .4, .7, .4, .5},
                                                {.1, .6, .4, .8, .3, .6});
    for (const char* name : {"ece", "maximum_calibration_error", "calibration_slope"}) {
        const auto result = comparison::compare(test::metric_for(name, examples), examples,
                                                evidence::Rows::all(6), {}, test::without_floors());
        INFO(name << ": " << result.problem);
        CHECK(result.problem.empty());
        CHECK(result.baseline.defined());
        CHECK(result.candidate.defined());
        CHECK_FALSE(result.delta);
        CHECK_FALSE(result.interval);
    }
}

TEST_CASE("top-k accuracy is a paired outcome and goes by Tango's interval", "[comparison]") {
    std::vector<std::vector<double>> baseline(3);
    std::vector<std::vector<double>> candidate(3);
    std::vector<std::uint32_t> labels;
    for (std::uint32_t i = 0; i < 60; ++i) {
        labels.push_back(0);
        for (std::size_t which = 0; which < 3; ++which) {
            const auto own = static_cast<double>(which);
            baseline[which].push_back(i % 10 == 0 ? own : -own);
            candidate[which].push_back(i % 5 == 0 ? own : -own);
        }
    }
    const auto examples = test::ExamplesBuilder()
                              .class_names({"a", "b", "c"})
                              .labels(labels)
                              .class_scores(baseline, candidate)
                              .build();
    metrics::Metric metric = test::metric_named("top_k_accuracy");
    metric.parameters.k = 2;
    const Comparison result = comparison::compare(metric, examples, evidence::Rows::all(60),
                                                  absolute(0.05), test::without_floors());
    CHECK(result.method == "tango");
    CHECK(result.n == 60);
    CHECK(result.n_unit == "examples");
    CHECK_THAT(*result.delta, WithinAbs(-0.1, 1e-15));
}

TEST_CASE("areas of two classes have the interval of DeLong", "[comparison]") {
    // Both one-against-the-rest areas are the area, and the paired t of the structural components
    // differs from DeLong's variance by the divisors n - 1 only.
    auto stream = stats::Stream(7);
    std::vector<std::uint32_t> labels;
    std::vector<double> baseline;
    std::vector<double> candidate;
    for (std::uint32_t i = 0; i < 400; ++i) {
        labels.push_back(i % 2);
        const double shared = stream.uniform() + (i % 2 == 1 ? 0.4 : 0.0);
        baseline.push_back((shared + 0.3 * stream.uniform()) / 2.0);
        candidate.push_back((shared + 0.5 * stream.uniform()) / 2.0);
    }
    const auto binary = test::scored_examples(labels, baseline, candidate);
    const auto rest = [](std::vector<double> scores) {
        for (double& score : scores) {
            score = 1.0 - score;
        }
        return scores;
    };
    const auto scored = test::ExamplesBuilder()
                            .class_names({"0", "1"})
                            .labels(labels)
                            .class_scores({rest(baseline), baseline}, {rest(candidate), candidate})
                            .build();
    const auto rows = evidence::Rows::all(400);
    const auto area = comparison::compare(test::metric_for("roc_auc", binary), binary, rows,
                                          absolute(0.05), test::without_floors());
    const auto areas = comparison::compare(test::metric_named("roc_auc_ovr"), scored, rows,
                                           absolute(0.05), test::without_floors());
    REQUIRE(areas.problem.empty());
    CHECK_THAT(areas.candidate.number(), WithinAbs(area.candidate.number(), 1e-13));
    CHECK_THAT(*areas.delta, WithinAbs(*area.delta, 1e-13));
    CHECK_THAT(*areas.standard_error / *area.standard_error, WithinAbs(1.0, 0.005));
    comparison::Options floors;
    floors.min_per_class = 300;
    const auto few = comparison::compare(test::metric_named("roc_auc_ovr"), scored, rows,
                                         absolute(0.05), floors);
    REQUIRE(few.insufficient);
    CHECK(few.insufficient->of == "examples of class '0'");
}
