// The catalog entry "tango".
#include <cmath>
#include <map>

#include "support/catch.h"
#include "unit/comparison/outcome_fixtures.h"

using namespace metricgate;
using namespace metricgate::comparison;
using test::absolute;
using test::compare_all;
using test::metric_for;

namespace {

Comparison of_counts(std::size_t both, std::size_t candidate_only, std::size_t baseline_only,
                     std::size_t neither, const Margin& margin, double confidence = 0.95) {
    const evidence::Examples examples =
        test::outcomes(both, candidate_only, baseline_only, neither);
    Options options;
    options.confidence = confidence;
    return compare_all(metric_for("accuracy", examples), examples, margin, options);
}

/// What the verdict would say of n = 300, margin 1pp, at each (candidate only, baseline only).
struct Chances {
    double confirmed = 0.0;
    double regressed = 0.0;
    double pass = 0.0;
};

Chances enumerate(std::size_t n, double discordant, double difference) {
    const double p_candidate = 0.5 * (discordant + difference);
    const double p_baseline = 0.5 * (discordant - difference);
    const auto log_choose = [](double total, double part) {
        return std::lgamma(total + 1) - std::lgamma(part + 1) - std::lgamma(total - part + 1);
    };
    Chances chances;
    for (std::size_t b = 0; b <= 40; ++b) {
        for (std::size_t c = 0; c <= 40; ++c) {
            const double log_p = log_choose(static_cast<double>(n), static_cast<double>(b + c)) +
                                 log_choose(static_cast<double>(b + c), static_cast<double>(b)) +
                                 static_cast<double>(b) * std::log(p_candidate) +
                                 static_cast<double>(c) * std::log(p_baseline) +
                                 static_cast<double>(n - b - c) * std::log1p(-discordant);
            const double p = std::exp(log_p);
            if (p < 1e-7) {
                continue;
            }
            const Comparison result = of_counts(n - b - c, b, c, 0, absolute(0.01));
            if (result.identical) {
                continue;
            }
            if (result.margin->lower > 0.0) {
                chances.pass += p;
            } else if (result.interval->upper < 0.0 && result.margin->estimate <= 0.0) {
                chances.regressed += p;
                chances.confirmed += result.margin->upper < 0.0 ? p : 0.0;
            }
        }
    }
    return chances;
}

}  // namespace

TEST_CASE("tango has its exact operating characteristics", "[comparison]") {
    // Paired accuracy, n = 300, 6 % discordant, margin 1pp, by full enumeration (in %).
    struct Row {
        double difference, confirmed, regressed, pass;
    };
    for (const Row& row : {Row{0.0, 0.9, 4.9, 16.5}, Row{-0.01, 4.9, 17.0, 4.8},
                           Row{-0.02, 17.4, 40.8, 0.9}, Row{-0.03, 42.3, 70.2, 0.1}}) {
        const Chances chances = enumerate(300, 0.06, row.difference);
        CHECK_THAT(100.0 * chances.confirmed, WithinAbs(row.confirmed, 0.1));
        CHECK_THAT(100.0 * chances.regressed, WithinAbs(row.regressed, 0.1));
        CHECK_THAT(100.0 * chances.pass, WithinAbs(row.pass, 0.1));
    }
}

TEST_CASE("tango gives the published intervals of paired accuracy", "[comparison]") {
    for (const auto& entry : test::reference_cases("tests_intervals.json", "paired_proportions")) {
        CAPTURE(entry.at("id").get<std::string>());
        const auto& data = entry.at("data");
        const auto count = [&](const char* key) { return data.at(key).get<std::size_t>(); };
        if (count("candidate_only") + count("baseline_only") == 0) {
            continue;
        }
        const Comparison result =
            of_counts(count("both_right"), count("candidate_only"), count("baseline_only"),
                      count("both_wrong"), absolute(0.03));
        const auto& expected = entry.at("expected");
        CHECK(result.method == "tango");
        CHECK(result.n == expected.at("n").get<std::uint64_t>());
        CHECK_THAT(*result.delta, WithinAbs(expected.at("diff").get<double>(), 1e-12));
        const auto bounds = expected.at("tango_ci90").get<std::vector<double>>();
        CHECK_THAT(result.interval->lower, WithinAbs(bounds[0], 1e-6));
        CHECK_THAT(result.interval->upper, WithinAbs(bounds[1], 1e-6));
    }
}

TEST_CASE("tango knows an uncertainty where no pair is discordant", "[comparison]") {
    // Three classes; the sides differ in how they are wrong, not in whether.
    std::vector<std::uint32_t> labels(200, 0);
    std::vector<std::uint32_t> baseline(200, 0);
    std::vector<std::uint32_t> candidate(200, 0);
    baseline[7] = 1;
    candidate[7] = 2;
    const evidence::Examples examples = test::multiclass_examples(3, labels, baseline, candidate);
    const Comparison result =
        compare_all(metric_for("accuracy", examples), examples, absolute(0.01), Options{});
    CHECK_FALSE(result.identical);
    CHECK_FALSE(result.degenerate);
    CHECK(*result.delta == 0.0);
    CHECK_THAT(result.interval->lower, WithinAbs(-0.01335, 1e-5));
    CHECK(result.margin->lower < 0.0);
    CHECK(*result.mde > 0.0);
    CHECK(*result.n_needed > 0);
}

TEST_CASE("tango counts only the examples that count for recall", "[comparison]") {
    const evidence::Examples examples = test::binary_examples(
        {1, 1, 1, 1, 0, 0, 0, 0}, {1, 1, 1, 0, 0, 1, 0, 1}, {1, 1, 0, 0, 0, 0, 0, 1});
    const Comparison result =
        compare_all(metric_for("recall", examples), examples, absolute(0.01), Options{});
    CHECK(result.method == "tango");
    CHECK(result.n == 4);
    CHECK(result.n_unit == "counted examples");
    CHECK_THAT(*result.delta, WithinAbs(-0.25, 1e-15));
}

TEST_CASE("tango mirrors its interval when lower is better", "[comparison]") {
    const evidence::Examples examples = test::outcomes(70, 12, 5, 13);
    metrics::Metric metric = metric_for("accuracy", examples);
    const Comparison higher = compare_all(metric, examples, absolute(0.05), Options{});
    metric.direction = metrics::Direction::lower_is_better;
    const Comparison lower = compare_all(metric, examples, absolute(0.05), Options{});
    CHECK(*lower.delta == -*higher.delta);
    CHECK_THAT(lower.interval->lower, WithinAbs(-higher.interval->upper, 1e-9));
    CHECK_THAT(lower.interval->upper, WithinAbs(-higher.interval->lower, 1e-9));
    CHECK_THAT(*lower.p_no_loss, WithinAbs(1.0 - *higher.p_no_loss, 1e-9));
}

TEST_CASE("tango takes mde and n_needed from an upper bound of the discordant share",
          "[comparison]") {
    const Comparison result = of_counts(900, 20, 20, 60, absolute(0.02));
    CHECK_THAT(*result.standard_error, WithinAbs(std::sqrt(0.04 / 1000.0), 1e-12));
    CHECK(*result.mde > 2.486 * *result.standard_error);
    CHECK(*result.mde < 1.3 * 2.486 * *result.standard_error);
    CHECK(*result.n_needed > 619);  // what the observed share would ask for
    CHECK(*result.n_needed < 1000);
}

TEST_CASE("tango resamples the joint counts against a relative margin", "[comparison]") {
    const Comparison result = of_counts(850, 30, 40, 80, test::relative(0.02));
    CHECK(test::has_note(result, "relative_margin_resampled"));
    CHECK_THAT(result.margin->margin, WithinAbs(0.02 * 0.89, 1e-12));
    CHECK_THAT(result.margin->estimate, WithinAbs(-0.01 + 0.02 * 0.89, 1e-12));
    const Comparison fixed = of_counts(850, 30, 40, 80, absolute(0.02 * 0.89));
    CHECK(result.interval->lower == fixed.interval->lower);
    CHECK_THAT(result.margin->lower, WithinAbs(fixed.margin->lower, 0.002));
    CHECK_THAT(result.margin->upper, WithinAbs(fixed.margin->upper, 0.002));
}

TEST_CASE("tango agrees with the discordant counts of a public leaderboard", "[comparison]") {
    const auto expected = test::read_table("alpaca_eval_v1_binary/expected_pairs.csv");
    const auto preferences = test::read_table("alpaca_eval_v1_binary/preferences.csv");
    std::map<std::string, std::size_t> column;
    for (std::size_t at = 0; at < preferences[0].size(); ++at) {
        column[preferences[0][at]] = at;
    }
    for (std::size_t row = 1; row < expected.size(); ++row) {
        std::vector<std::uint32_t> baseline;
        std::vector<std::uint32_t> candidate;
        for (std::size_t at = 1; at < preferences.size(); ++at) {
            const std::string& left = preferences[at].at(column.at(expected[row][0]));
            const std::string& right = preferences[at].at(column.at(expected[row][1]));
            if (!left.empty() && !right.empty()) {
                baseline.push_back(left == "2" ? 1 : 0);
                candidate.push_back(right == "2" ? 1 : 0);
            }
        }
        const std::vector<std::uint32_t> labels(baseline.size(), 1);
        const evidence::Examples examples = test::binary_examples(labels, baseline, candidate);
        const Comparison result =
            compare_all(metric_for("accuracy", examples), examples, absolute(0.01), Options{});
        CAPTURE(expected[row][0], expected[row][1]);
        const double candidate_only = std::stod(expected[row][8]);
        const double baseline_only = std::stod(expected[row][9]);
        const auto n = static_cast<double>(result.n);
        CHECK(std::to_string(result.n) == expected[row][3]);
        CHECK_THAT(*result.delta, WithinAbs((candidate_only - baseline_only) / n, 1e-12));
        // falcon-40b-instruct and falcon-7b-instruct carry identical judgements.
        CHECK(result.identical == (candidate_only + baseline_only == 0.0));
    }
}

TEST_CASE("tango does not depend on row order", "[comparison]") {
    const test::BinarySample sample = test::binary_sample(300, 0.4, 0.1, 0.13);
    const auto order = test::shuffled(300);
    const auto result = [&](const std::vector<std::size_t>* moved) {
        const auto take = [&](const std::vector<std::uint32_t>& values) {
            return moved == nullptr ? values : test::permuted(values, *moved);
        };
        const evidence::Examples examples = test::binary_examples(
            take(sample.labels), take(sample.baseline), take(sample.candidate));
        return test::numbers_of(compare_all(metric_for("accuracy", examples), examples,
                                            test::relative(0.03), Options{}));
    };
    CHECK(result(nullptr) == result(&order));
}

TEST_CASE("tango says which outcomes it judged, and none where a relative margin is resampled",
          "[comparison]") {
    const Comparison judged = of_counts(80, 6, 9, 5, absolute(0.05));
    REQUIRE(judged.outcome_pairs);
    CHECK(judged.outcome_pairs->candidate_only == 6);
    CHECK(judged.outcome_pairs->baseline_only == 9);
    CHECK(judged.outcome_pairs->n() == 100);
    CHECK_FALSE(judged.degrees_of_freedom);
    Margin relative;
    relative.relative = 0.05;
    CHECK_FALSE(of_counts(80, 6, 9, 5, relative).outcome_pairs);
}
