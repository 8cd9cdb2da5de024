#include "comparison/search.h"

#include <array>
#include <cmath>

#include "fixtures.h"
#include "stats/distributions.h"
#include "stats/proportions.h"

using namespace metricgate;
using namespace metricgate::test;
using evidence::Rows;

namespace {

/// Three columns of four values each, crossed: 12 single parts and 48 pairs.
struct Columns {
    std::array<std::vector<std::uint32_t>, 3> values;

    explicit Columns(std::size_t count, std::uint64_t seed = 11) {
        stats::Stream stream(seed);
        for (auto& column : values) {
            for (std::size_t row = 0; row < count; ++row) {
                column.push_back(static_cast<std::uint32_t>(stream.below(4)));
            }
        }
    }

    [[nodiscard]] Rows single(std::size_t column, std::uint32_t value) const {
        return where([&](std::size_t row) { return values[column][row] == value; });
    }
    [[nodiscard]] Rows pair(std::size_t a, std::uint32_t x, std::size_t b, std::uint32_t y) const {
        return where([&](std::size_t row) { return values[a][row] == x && values[b][row] == y; });
    }
    [[nodiscard]] std::vector<Rows> parts(std::size_t least) const {
        std::vector<Rows> result;
        const auto add = [&](Rows rows) {
            if (rows.size() >= least) {
                result.push_back(std::move(rows));
            }
        };
        for (std::size_t a = 0; a < 3; ++a) {
            for (std::uint32_t x = 0; x < 4; ++x) {
                add(single(a, x));
                for (std::size_t b = a + 1; b < 3; ++b) {
                    for (std::uint32_t y = 0; y < 4; ++y) {
                        add(pair(a, x, b, y));
                    }
                }
            }
        }
        return result;
    }

private:
    template <class Test>
    [[nodiscard]] Rows where(Test test) const {
        std::vector<std::uint32_t> rows;
        for (std::size_t row = 0; row < values[0].size(); ++row) {
            if (test(row)) {
                rows.push_back(static_cast<std::uint32_t>(row));
            }
        }
        return Rows(rows);
    }
};

/// Right answers of two models with the given shares of discordant pairs, as predictions of the
/// label 1.
struct Answers {
    std::vector<std::uint32_t> labels, baseline, candidate;

    Answers(std::size_t count, double only_baseline, double only_candidate, stats::Stream& stream)
        : labels(count, 1) {
        for (std::size_t row = 0; row < count; ++row) {
            const double u = stream.uniform();
            baseline.push_back(u < only_baseline + 0.85 ? 1U : 0U);
            const bool candidate_right =
                (u >= only_baseline && u < 0.85 + only_baseline) || u > 1.0 - only_candidate;
            candidate.push_back(candidate_right ? 1U : 0U);
        }
    }

    [[nodiscard]] evidence::Examples examples(const std::vector<std::string>& ids) const {
        evidence::Examples built = ExamplesBuilder()
                                       .class_names({"0", "1"})
                                       .labels(labels)
                                       .predictions(baseline, candidate)
                                       .ids(ids)
                                       .build();
        return built;
    }
};

comparison::WorstPart search(const std::string& metric, const evidence::Examples& examples,
                             const std::vector<Rows>& parts, const Margin& margin,
                             std::uint64_t seed = 0) {
    Options options = without_floors();
    options.seed = seed;
    return comparison::find_worst(metric_for(metric, examples), examples, Rows::all(examples.rows),
                                  parts, margin, options);
}

/// Claims of a loss and passes, in percent of the trials.
struct Rates {
    double claims = 0.0;
    double passes = 0.0;
};

/// An unchanged model in `trials` data sets; `planted` turns that share of the right answers of
/// one pair of values wrong.
Rates rates(std::size_t trials, std::size_t count, double discordant, const Margin& margin,
            double planted = 0.0) {
    stats::Stream stream(20260);
    const std::vector<std::string> ids = numbered_ids(count);
    Rates result;
    for (std::size_t trial = 0; trial < trials; ++trial) {
        const Columns columns(count, stream.next());
        Answers answers(count, discordant / 2.0, discordant / 2.0, stream);
        const Rows bad = columns.pair(0, 1, 2, 3);
        for (std::size_t i = 0; i < bad.size(); ++i) {
            if (stream.uniform() < planted) {
                answers.candidate[bad[i]] = 0;
            }
        }
        const auto worst =
            search("accuracy", answers.examples(ids), columns.parts(30), margin, trial);
        result.claims += worst.comparison.interval->upper < 0.0 ? 1.0 : 0.0;
        result.passes += worst.comparison.margin->lower > 0.0 ? 1.0 : 0.0;
    }
    result.claims *= 100.0 / static_cast<double>(trials);
    result.passes *= 100.0 / static_cast<double>(trials);
    return result;
}

}  // namespace

TEST_CASE("a search finds the planted pair of values and says how far it looked", "[comparison]") {
    stats::Stream stream(5);
    const Columns columns(2000);
    Answers answers(2000, 0.01, 0.01, stream);
    const Rows bad = columns.pair(0, 1, 2, 3);
    for (std::size_t i = 0; i < bad.size(); i += 6) {
        answers.candidate[bad[i]] = 0;
    }
    const auto examples = answers.examples(numbered_ids(2000));
    const auto parts = columns.parts(30);
    const auto worst = search("accuracy", examples, parts, absolute(0.05));
    const Comparison& found = worst.comparison;
    CHECK(found.method == "shared_signs");
    REQUIRE(worst.index < parts.size());
    CHECK(parts[worst.index].size() == bad.size());
    CHECK(parts[worst.index][0] == bad[0]);
    CHECK(found.n == bad.size());
    CHECK(*found.delta < -0.1);
    CHECK(found.interval->upper < 0.0);
    CHECK(*found.p_no_loss <= 0.05);
    REQUIRE(found.search);
    CHECK(found.search->searched == 60);
    CHECK(found.search->worse >= 1);
    // Sixty overlapping parts cost less than sixty independent ones.
    CHECK(found.search->critical_value > 2.5);
    CHECK(found.search->critical_value < stats::normal_quantile(1.0 - 0.05 / 60.0) + 0.05);
}

TEST_CASE("the interval is Tango's at the critical value of the search", "[comparison]") {
    stats::Stream stream(6);
    const Columns columns(800);
    const auto examples = Answers(800, 0.05, 0.05, stream).examples(numbered_ids(800));
    const std::vector<Rows> parts = columns.parts(100);
    const auto worst = search("accuracy", examples, parts, absolute(0.05));
    stats::PairedCounts counts;
    const Rows& rows = parts[worst.index];
    for (std::size_t i = 0; i < rows.size(); ++i) {
        const bool b = examples.sides[0].predicted_class->codes[rows[i]] == 1;
        const bool c = examples.sides[1].predicted_class->codes[rows[i]] == 1;
        (b ? (c ? counts.both : counts.baseline_only)
           : (c ? counts.candidate_only : counts.neither))++;
    }
    const stats::Interval tango =
        stats::tango(counts, stats::normal_cdf(worst.comparison.search->critical_value));
    CHECK_THAT(worst.comparison.interval->lower, WithinAbs(tango.lower, 1e-12));
    CHECK(worst.comparison.interval->upper >= tango.upper);
    CHECK(worst.comparison.interval->confidence == 0.95);
}

TEST_CASE("the interval of a loss is the t interval at the equivalent quantile", "[comparison]") {
    // For equal weights c^2 = n t^2 / (n - 1 + t^2), so both intervals are the same one.
    const std::vector<double> baseline = {1.0, 2.0, 1.5, 3.0, 2.5, 0.5,
                                          1.0, 2.0, 4.0, 1.5, 2.2, 3.1};
    std::vector<double> candidate = baseline;
    for (std::size_t i = 0; i < candidate.size(); ++i) {
        candidate[i] += (i % 3 == 0 ? -0.4 : 0.3) + 0.05 * static_cast<double>(i % 5);
    }
    const auto examples =
        ExamplesBuilder().values("latency_ms", baseline, candidate).ids(numbered_ids(12)).build();
    const metrics::Metric metric = latency("mean");
    const auto worst = comparison::find_worst(metric, examples, Rows::all(12), {Rows::all(12)},
                                              absolute(0.5), without_floors());
    const double c = worst.comparison.search->critical_value;
    const double t = c * std::sqrt(11.0 / (12.0 - c * c));
    const Comparison plain = compare_all(metric, examples, absolute(0.5), without_floors());
    CHECK_THAT(*worst.comparison.delta, WithinAbs(*plain.delta, 1e-12));
    CHECK_THAT(*worst.comparison.standard_error, WithinAbs(*plain.standard_error, 1e-12));
    CHECK_THAT(worst.comparison.interval->lower,
               WithinAbs(*plain.delta - t * *plain.standard_error, 1e-9));
}

TEST_CASE("an unchanged model is claimed worse somewhere in at most 5 % of searches",
          "[comparison]") {
    // 2,000 trials: three binomial standard deviations are 1.5 points.
    CHECK(rates(2000, 400, 0.10, absolute(0.0)).claims <= 6.5);
}

TEST_CASE("few discordant pairs do not raise the error of a search", "[comparison]") {
    CHECK(rates(2000, 600, 0.02, absolute(0.0)).claims <= 6.5);
}

TEST_CASE("a part that loses the margin passes in at most 5 % of searches", "[comparison]") {
    // Sixty parts of a model that is unchanged but for one pair of values, which loses 16 points.
    const Rates planted = rates(500, 2000, 0.02, absolute(0.16), 0.16 / 0.86);
    CHECK(planted.passes <= 5.0);
    CHECK(planted.claims >= 90.0);
}

TEST_CASE("a skewed loss of an unchanged model is claimed worse in at most 5 % of searches",
          "[comparison]") {
    stats::Stream stream(99);
    const std::vector<std::string> ids = numbered_ids(400);
    std::size_t claims = 0;
    const std::size_t trials = 1000;
    const metrics::Metric metric = latency("mean");
    for (std::size_t trial = 0; trial < trials; ++trial) {
        const Columns columns(400, stream.next());
        std::vector<double> baseline;
        std::vector<double> candidate;
        for (std::size_t row = 0; row < 400; ++row) {
            const double own = -std::log(stream.uniform());  // how hard the example is
            baseline.push_back(own * -std::log(stream.uniform()));
            candidate.push_back(own * -std::log(stream.uniform()));
        }
        const auto examples =
            ExamplesBuilder().values("latency_ms", baseline, candidate).ids(ids).build();
        Options options = without_floors();
        options.seed = trial;
        const auto worst = comparison::find_worst(metric, examples, Rows::all(400),
                                                  columns.parts(30), absolute(0.0), options);
        claims += worst.comparison.interval->upper < 0.0 ? 1U : 0U;
    }
    // Three binomial standard deviations of 1,000 trials are 2.1 points.
    CHECK(100.0 * static_cast<double>(claims) / static_cast<double>(trials) <= 7.1);
}

TEST_CASE("clusters share one sign, so that copies of a user count once", "[comparison]") {
    stats::Stream stream(123);
    std::size_t claims = 0;
    const std::size_t trials = 500;
    std::vector<std::uint32_t> users;
    for (std::uint32_t row = 0; row < 600; ++row) {
        users.push_back(row / 4);
    }
    for (std::size_t trial = 0; trial < trials; ++trial) {
        Columns columns(600, stream.next());
        std::vector<double> baseline(600);
        std::vector<double> candidate(600);
        for (std::size_t row = 0; row < 600; ++row) {
            const std::size_t first = row / 4 * 4;
            for (auto& column : columns.values) {
                column[row] = column[first];
            }
            baseline[row] = row == first ? stream.uniform() : baseline[first];
            candidate[row] = row == first ? stream.uniform() : candidate[first];
        }
        const auto examples = ExamplesBuilder()
                                  .values("latency_ms", baseline, candidate)
                                  .clusters(users)
                                  .ids(numbered_ids(600))
                                  .build();
        Options options = without_floors();
        options.seed = trial;
        const auto worst = comparison::find_worst(latency("mean"), examples, Rows::all(600),
                                                  columns.parts(60), absolute(0.0), options);
        claims += worst.comparison.interval->upper < 0.0 ? 1U : 0U;
    }
    // Three binomial standard deviations of 500 trials are 2.9 points.
    CHECK(100.0 * static_cast<double>(claims) / static_cast<double>(trials) <= 7.9);
}

TEST_CASE("a search does not depend on the order of rows", "[comparison]") {
    stats::Stream stream(8);
    const Columns columns(300);
    const Answers answers(300, 0.06, 0.04, stream);
    const std::vector<std::string> ids = numbered_ids(300);
    const auto order = shuffled(300);
    Columns turned(0);
    for (std::size_t k = 0; k < 3; ++k) {
        turned.values[k] = permuted(columns.values[k], order);
    }
    Answers moved = answers;
    moved.baseline = permuted(answers.baseline, order);
    moved.candidate = permuted(answers.candidate, order);
    const auto one = search("accuracy", answers.examples(ids), columns.parts(20), absolute(0.05));
    const auto other =
        search("accuracy", moved.examples(permuted(ids, order)), turned.parts(20), absolute(0.05));
    CHECK(one.index == other.index);
    CHECK(one.comparison.interval->lower == other.comparison.interval->lower);
    CHECK(one.comparison.interval->upper == other.comparison.interval->upper);
    CHECK(*one.comparison.p_no_loss == *other.comparison.p_no_loss);
    CHECK(one.comparison.search->critical_value == other.comparison.search->critical_value);
}

TEST_CASE("parts in which both sides are the same pass as identical", "[comparison]") {
    const std::vector<std::uint32_t> labels(80, 1);
    const auto examples = ExamplesBuilder()
                              .class_names({"0", "1"})
                              .labels(labels)
                              .predictions(labels, labels)
                              .ids(numbered_ids(80))
                              .build();
    const auto worst = search("accuracy", examples, Columns(80).parts(10), absolute(0.01));
    CHECK(worst.comparison.identical);
    CHECK(worst.comparison.search->open == 0);
}

TEST_CASE("a part with too few units for the critical value is open, not passed", "[comparison]") {
    const std::vector<double> baseline = {1, 2, 3, 4, 5, 6, 7, 8};
    const std::vector<double> candidate = {1.1, 2, 2.9, 4, 5.1, 6, 6.9, 8.1};
    const auto examples =
        ExamplesBuilder().values("latency_ms", baseline, candidate).ids(numbered_ids(8)).build();
    const auto worst = comparison::find_worst(
        latency("mean"), examples, Rows::all(8),
        {Rows(std::vector<std::uint32_t>{0, 2}), Rows::all(8)}, absolute(100.0), without_floors());
    CHECK(worst.index == 0);
    REQUIRE(worst.comparison.insufficient);
    CHECK(worst.comparison.insufficient->of == "independent examples");
    CHECK(worst.comparison.search->open == 1);
}

TEST_CASE("weighted outcomes need 20 discordant pairs before a part can pass", "[comparison]") {
    std::vector<std::uint32_t> right(400, 1);
    std::vector<std::uint32_t> candidate = right;
    candidate[3] = 0;
    const auto examples = ExamplesBuilder()
                              .class_names({"0", "1"})
                              .labels(right)
                              .predictions(right, candidate)
                              .weights(std::vector<double>(400, 2.0))
                              .ids(numbered_ids(400))
                              .build();
    const auto worst = search("accuracy", examples, {Rows::all(400)}, absolute(0.3));
    REQUIRE(worst.comparison.insufficient);
    CHECK(worst.comparison.insufficient->of == "discordant pairs");
}

TEST_CASE("metrics that are no mean over examples are refused by name", "[comparison]") {
    CHECK(comparison::why_not_searched(metric_named("accuracy")).empty());
    CHECK(comparison::why_not_searched(metric_named("log_loss")).empty());
    const std::string reason = comparison::why_not_searched(metric_named("roc_auc"));
    CHECK(reason.find("'roc_auc' is none") != std::string::npos);
    CHECK(reason.find("accuracy") != std::string::npos);
    CHECK(reason.find("brier_score") != std::string::npos);
    metrics::Metric average = metric_named("recall");
    average.parameters.average = metrics::Average::macro;
    CHECK(comparison::why_not_searched(average).find("not an average over classes") !=
          std::string::npos);
}
