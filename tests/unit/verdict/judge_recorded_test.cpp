// A candidate chooses the form in which it records its number: none may excuse a loss.
#include "verdict/judge_recorded.h"

#include <algorithm>
#include <cmath>

#include "metrics/catalog.h"
#include "support/catch.h"
#include "unit/comparison/recorded_fixtures.h"
#include "verdict/power.h"

using namespace metricgate;
using test::scalar;
using verdict::CheckResult;
using verdict::RecordedEvidence;
using verdict::Status;

namespace {

evidence::Samples runs(std::vector<double> values) {
    return {std::move(values), {}, std::nullopt};
}

evidence::Scalar events(std::uint64_t count, double exposure) {
    evidence::Scalar counted = scalar(static_cast<double>(count) / exposure);
    counted.events = count;
    counted.exposure = exposure;
    return counted;
}

metrics::Metric accuracy() {
    metrics::Metric metric;
    metric.name = "accuracy";
    metric.definition = metrics::find("accuracy");
    return metric;
}

comparison::Options usual() {
    comparison::Options options;
    options.min_examples = 30;
    return options;
}

verdict::Rule within(double margin) {
    verdict::Rule rule;
    rule.margin.absolute = margin;
    return rule;
}

CheckResult judge(const RecordedEvidence& baseline, const RecordedEvidence& candidate,
                  const verdict::Rule& rule = within(0.05),
                  const comparison::Options& options = usual()) {
    return verdict::judge_recorded(rule, accuracy(), baseline, candidate, {}, options);
}

Status status(const RecordedEvidence& baseline, const RecordedEvidence& candidate) {
    return judge(baseline, candidate).status;
}

bool tells(const CheckResult& row) {
    return std::ranges::any_of(
        row.notes, [](const auto& note) { return note.code == "judged_by_what_both_state"; });
}

const evidence::Samples five = runs({0.9, 0.91, 0.89, 0.9, 0.9});

}  // namespace

TEST_CASE("no form of the candidate lets a collapse through", "[verdict]") {
    const std::vector<RecordedEvidence> baselines = {
        scalar(0.9),         scalar(0.9, std::nullopt, 1000),
        scalar(0.9, 0.01),   scalar(0.9, 0.01, 1000),
        events(900, 1000.0), five};
    const std::vector<RecordedEvidence> candidates = {scalar(0.1),
                                                      scalar(0.1, std::nullopt, 1),
                                                      scalar(0.1, std::nullopt, 29),
                                                      scalar(0.1, std::nullopt, 1000),
                                                      scalar(0.1, 0.01),
                                                      scalar(0.1, 0.0),
                                                      scalar(0.1, 0.01, 5),
                                                      scalar(0.1, 0.0, 5),
                                                      scalar(0.1, 0.0, 40),
                                                      events(100, 1000.0),
                                                      runs({0.1}),
                                                      runs({0.1, 0.1}),
                                                      runs({0.1, 0.1, 0.1}),
                                                      runs({0.1, 0.11, 0.1, 0.09, 0.1})};
    for (std::size_t b = 0; b < baselines.size(); ++b) {
        for (std::size_t c = 0; c < candidates.size(); ++c) {
            CAPTURE(b, c);
            const Status found = status(baselines[b], candidates[c]);
            const bool stops = found == Status::regressed || found == Status::incomparable;
            CHECK(stops);
        }
    }
}

TEST_CASE("beside a bare number the candidate's own uncertainty excuses no loss", "[verdict]") {
    for (const RecordedEvidence& candidate :
         {RecordedEvidence{scalar(0.1, std::nullopt, 5)}, RecordedEvidence{runs({0.1})},
          RecordedEvidence{runs({0.1, 0.9, 0.5})}}) {
        const CheckResult row = judge(scalar(0.9), candidate);
        CHECK(row.status == Status::regressed);
        CHECK(row.comparison->method == "tolerance");
        CHECK(tells(row));
    }
}

TEST_CASE("beside a bare number the candidate's own n and runs still keep it from passing",
          "[verdict]") {
    CHECK(status(scalar(0.9), scalar(0.9, std::nullopt, 5)) == Status::inconclusive);
    CHECK(status(scalar(0.9), runs({0.9})) == Status::inconclusive);
    CHECK(status(scalar(0.9), runs({0.8, 0.9, 1.0})) == Status::inconclusive);
    CHECK(status(five, scalar(0.9, std::nullopt, 5)) == Status::inconclusive);
    CHECK(status(scalar(0.9), scalar(0.9, std::nullopt, 1000)) == Status::pass);
    CHECK(status(scalar(0.9), runs({0.9, 0.901, 0.899, 0.9})) == Status::pass);
    CHECK(status(five, scalar(0.9, std::nullopt, 1000)) == Status::pass);
}

TEST_CASE("a floor may look at the candidate's own uncertainty beside a bare baseline",
          "[verdict]") {
    verdict::Rule rule = within(0.05);
    rule.minimum = verdict::Limit{0.8, verdict::Bound::lower};
    comparison::Options options = usual();
    options.candidate_interval = true;
    // Wilson's interval of 90 of 100 at 95 % on one side begins at 0.839, of 36 of 40 at 0.795.
    CHECK(judge(scalar(0.9), scalar(0.9, std::nullopt, 100), rule, options).status == Status::pass);
    CHECK(judge(scalar(0.9), scalar(0.9, std::nullopt, 40), rule, options).status ==
          Status::violated);
    const CheckResult few = judge(scalar(0.9), scalar(0.1, std::nullopt, 5), rule, options);
    CHECK(few.status == Status::violated);
}

TEST_CASE("a standard error that only the candidate states does not lift it over a floor",
          "[verdict]") {
    verdict::Rule rule;
    rule.minimum = verdict::Limit{0.8, verdict::Bound::lower};
    comparison::Options options = usual();
    options.candidate_interval = true;
    const auto before = scalar(0.9, std::nullopt, 40);
    // Wilson's interval of 0.82 of 40 begins at 0.70.
    for (const auto& error : {std::optional<double>(), std::optional(0.0001)}) {
        const CheckResult row = judge(before, scalar(0.82, error, 40), rule, options);
        CHECK(row.status == Status::violated);
        CHECK(row.comparison->candidate_interval->lower < 0.75);
    }
}

TEST_CASE("too little beside enough is incomparable, and both numbers are told", "[verdict]") {
    const CheckResult few = judge(scalar(0.9, std::nullopt, 1000), scalar(0.9, std::nullopt, 29));
    CHECK(few.status == Status::incomparable);
    CHECK(few.reason.find("29 examples, fewer than min_examples 30") != std::string::npos);
    CHECK(few.reason.find("1,000 examples") != std::string::npos);
    const CheckResult run = judge(five, runs({0.9, 0.9}));
    CHECK(run.status == Status::incomparable);
    CHECK(run.reason.find("2 runs, fewer than the 3") != std::string::npos);
    CHECK(run.reason.find("5 runs") != std::string::npos);
    verdict::Rule limit;
    limit.minimum = verdict::Limit{0.5, verdict::Bound::point};
    CHECK(judge(scalar(0.9, std::nullopt, 1000), scalar(0.9, std::nullopt, 29), limit).status ==
          Status::incomparable);
}

TEST_CASE("too little on both sides is undecided", "[verdict]") {
    CHECK(status(scalar(0.9, std::nullopt, 29), scalar(0.1, std::nullopt, 29)) ==
          Status::inconclusive);
    CHECK(status(runs({0.9, 0.91}), runs({0.8, 0.81})) == Status::inconclusive);
    CHECK(status(scalar(0.9, std::nullopt, 29), scalar(0.9, std::nullopt, 1000)) ==
          Status::inconclusive);
}

TEST_CASE("runs that a pairing leaves over are too few where the baseline has enough",
          "[verdict]") {
    comparison::Options options = usual();
    options.paired_runs = true;
    const evidence::Samples before{{0.9, 0.91, 0.89}, {"1", "2", "3"}, std::nullopt};
    const evidence::Samples now{{0.1, 0.2, 0.1}, {"3", "4", "5"}, std::nullopt};
    verdict::RecordedPair pair;
    pair.runs = evidence::PairedSamples{runs({0.89}), runs({0.1}), "", ""};
    const CheckResult row =
        verdict::judge_recorded(within(0.05), accuracy(), before, now, pair, options);
    CHECK(row.status == Status::incomparable);
    CHECK(row.reason.find("1 run of the candidate can be paired") != std::string::npos);
}

TEST_CASE("a standard error of 0 on few examples stops a loss only", "[verdict]") {
    const auto before = scalar(0.9, 0.01, 1000);
    CHECK(status(before, scalar(0.1, 0.0, 40)) == Status::incomparable);
    CHECK(status(before, scalar(1.0, 0.0, 40)) == Status::inconclusive);
    CHECK(status(before, scalar(0.1, 0.0, 100)) == Status::regressed);
    // Nor where the baseline has as few, or the candidate states more, or none.
    const auto few = scalar(0.9, 0.047, 40);
    CHECK(status(few, scalar(0.1, 0.0, 40)) == Status::incomparable);
    CHECK(status(few, scalar(0.1, 0.0, 1000)) == Status::regressed);
    CHECK(status(few, scalar(0.1, 0.047, 40)) == Status::regressed);
    CHECK(status(few, scalar(0.88, 0.0, 40)) == Status::inconclusive);
    metrics::Metric latency;
    latency.name = "latency";
    latency.direction = metrics::Direction::lower_is_better;
    verdict::Rule rule = within(5.0);
    rule.higher_is_better = false;
    const CheckResult slow = verdict::judge_recorded(rule, latency, scalar(100.0, 1.0, 40),
                                                     scalar(200.0, 0.0, 20), {}, usual());
    CHECK(slow.status == Status::incomparable);
    CHECK(slow.reason.find("with the baseline's 1 the loss is shown") != std::string::npos);
}

TEST_CASE("a standard error takes the place of n where both state it", "[verdict]") {
    CHECK(status(scalar(0.9, 0.01, 1000), scalar(0.9, 0.01)) == Status::pass);
    CHECK(status(scalar(0.9, std::nullopt, 1000), scalar(0.86, 0.01)) == Status::incomparable);
}

TEST_CASE("a list beside a number with an error, n or counts is not measured alike", "[verdict]") {
    for (const evidence::Scalar& baseline :
         {scalar(0.9, 0.01), scalar(0.9, std::nullopt, 1000), events(900, 1000.0)}) {
        const CheckResult row = judge(baseline, five);
        CHECK(row.status == Status::incomparable);
        CHECK(row.reason.find("a list of runs") != std::string::npos);
    }
}

TEST_CASE("a method that does not apply stays an error, which no waiver covers", "[verdict]") {
    comparison::Options options = usual();
    options.method = "z";
    CHECK(judge(scalar(0.9, 0.01), runs({0.1, 0.1, 0.1}), within(0.05), options).status ==
          Status::error);
    CHECK(judge(scalar(0.9, std::nullopt, 1000), five, within(0.05), options).status ==
          Status::error);
    CHECK(judge(scalar(0.9, std::nullopt, 1000), scalar(0.1), within(0.05), options).status ==
          Status::error);
}

TEST_CASE("the tolerance wants the n of a share, also where the candidate alone has an error",
          "[verdict]") {
    comparison::Options options = usual();
    options.method = "tolerance";
    const auto before = scalar(0.9, std::nullopt, 1000);
    for (const auto& error : {std::optional<double>(), std::optional(0.0001)}) {
        CHECK(judge(before, scalar(0.89, error), within(0.05), options).status ==
              Status::incomparable);
        CHECK(judge(before, scalar(0.89, error, 1000), within(0.05), options).status ==
              Status::pass);
    }
}

TEST_CASE("a limit of the value alone takes runs beside a baseline of any form", "[verdict]") {
    verdict::Rule limit;
    limit.minimum = verdict::Limit{0.8, verdict::Bound::point};
    for (const evidence::Scalar& baseline :
         {scalar(0.9, 0.01), scalar(0.9, std::nullopt, 1000), events(900, 1000.0)}) {
        CHECK(judge(baseline, runs({0.9, 0.91, 0.92}), limit).status == Status::pass);
        CHECK(judge(baseline, runs({0.1, 0.1, 0.2}), limit).status == Status::violated);
        CHECK(judge(baseline, runs({0.9}), limit).status == Status::inconclusive);
    }
    limit.minimum->by = verdict::Bound::lower;
    comparison::Options options = usual();
    options.candidate_interval = true;
    CHECK(judge(scalar(0.9, 0.01), runs({0.9, 0.91, 0.92}), limit, options).status ==
          Status::incomparable);
}

TEST_CASE("beside runs that say nothing of noise a number is held against the margin",
          "[verdict]") {
    for (const evidence::Samples& before :
         {runs({0.9, 0.9, 0.9}), runs({0.9}), runs({0.9, 0.91})}) {
        for (const evidence::Scalar& now : {scalar(0.1), scalar(0.1, std::nullopt, 1000),
                                            scalar(0.1, 0.01), scalar(0.1, std::nullopt, 5)}) {
            const CheckResult row = judge(before, now);
            CHECK(row.status == Status::regressed);
            CHECK(row.comparison->method == "tolerance");
            CHECK(tells(row));
        }
        CHECK(status(before, scalar(0.89)) == Status::inconclusive);
        CHECK(status(before, scalar(0.95)) == Status::inconclusive);
    }
}

TEST_CASE("a policy that names the prediction interval gets it", "[verdict]") {
    comparison::Options named = usual();
    named.method = "prediction_interval";
    // The mean, 0.844, is beyond the margin, and one more such run may well be 0.9.
    const auto wide = runs({0.84, 0.82, 0.86, 0.9, 0.8});
    CHECK(judge(scalar(0.9), wide).status == Status::regressed);
    CHECK(judge(scalar(0.9), wide, within(0.05), named).status == Status::inconclusive);
    CHECK(judge(scalar(0.9), runs({0.1, 0.11, 0.1, 0.09, 0.1}), within(0.05), named).status ==
          Status::regressed);
    // Where it has no answer, the margin still does.
    for (const auto& now : {runs({0.1}), runs({0.1, 0.1, 0.1})}) {
        CHECK(judge(scalar(0.9), now, within(0.05), named).status == Status::regressed);
    }
    CHECK(judge(runs({0.9, 0.9, 0.9}), scalar(0.1), within(0.05), named).status ==
          Status::regressed);
}

TEST_CASE("what is judged by the margin beside an interval has no known chances", "[verdict]") {
    comparison::Options named = usual();
    named.method = "prediction_interval";
    const auto unknown = [](const CheckResult& row) { return verdict::row_power(row).unknown; };
    CHECK(unknown(judge(scalar(0.9), five)).find("name `method: prediction_interval`") !=
          std::string::npos);
    CHECK(unknown(judge(scalar(0.9), five, within(0.05), named)).empty());
    CHECK(unknown(judge(five, scalar(0.9))).empty());
}

TEST_CASE("pairs of runs are judged as they were joined", "[verdict]") {
    comparison::Options options = usual();
    options.paired_runs = true;
    const auto judged = [&](std::optional<evidence::PairedSamples> joined) {
        verdict::RecordedPair pair;
        pair.runs = std::move(joined);
        return verdict::judge_recorded(within(0.05), accuracy(), five, five, pair, options);
    };
    const CheckResult refused =
        judged(evidence::PairedSamples{five, five, "", "a run stands twice"});
    CHECK(refused.status == Status::incomparable);
    CHECK(refused.reason == "a run stands twice");
    const CheckResult told =
        judged(evidence::PairedSamples{five, five, "Run 'x' is left out.", ""});
    REQUIRE(!told.notes.empty());
    CHECK(told.notes.back().text == "Run 'x' is left out.");
    CHECK(judged(std::nullopt).status == Status::error);
    CHECK(judge(scalar(0.9), scalar(0.9), within(0.05), options).status == Status::incomparable);
}

TEST_CASE("a number and the same number of a copied file are identical", "[verdict]") {
    verdict::RecordedPair copies;
    copies.copies = true;
    const auto identical = [&](const evidence::Scalar& before, const evidence::Scalar& now) {
        const CheckResult row =
            verdict::judge_recorded(within(0.05), accuracy(), before, now, copies, usual());
        return row.comparison && row.comparison->identical;
    };
    CHECK(identical(scalar(0.9, std::nullopt, 1000), scalar(0.9, std::nullopt, 1000)));
    CHECK_FALSE(identical(scalar(0.9, std::nullopt, 1000), scalar(0.91, std::nullopt, 1000)));
    // Where too few examples decide nothing, that is what is told.
    CHECK_FALSE(identical(scalar(0.9, std::nullopt, 5), scalar(0.9, std::nullopt, 5)));
}

TEST_CASE("more examples than every check asks for are wanted beside standard errors, too",
          "[verdict]") {
    comparison::Options many = usual();
    many.min_examples = 50;
    CHECK(judge(scalar(0.9, 0.01, 1000), scalar(0.9, 0.01), within(0.05), many).status ==
          Status::incomparable);
    CHECK(judge(scalar(0.9, 0.01, 1000), scalar(0.9, 0.01, 1000), within(0.05), many).status ==
          Status::pass);
}

TEST_CASE("counts that the candidate leaves out are named", "[verdict]") {
    const CheckResult row = judge(events(900, 1000.0), scalar(0.9));
    CHECK(row.status == Status::incomparable);
    CHECK(row.reason.find("`events` and `exposure`") != std::string::npos);
}

TEST_CASE("a ceiling by the candidate's own interval wants the baseline's form", "[verdict]") {
    verdict::Rule ceiling;
    ceiling.maximum = verdict::Limit{0.95, verdict::Bound::upper};
    comparison::Options options = usual();
    options.candidate_interval = true;
    CHECK(judge(scalar(0.9, 0.01), runs({0.9, 0.91, 0.92}), ceiling, options).status ==
          Status::incomparable);
    ceiling.maximum->by = verdict::Bound::point;
    CHECK(judge(scalar(0.9, 0.01), runs({0.9, 0.91, 0.92}), ceiling, options).status ==
          Status::pass);
}

TEST_CASE("two standard errors of 0 decide nothing on few examples", "[verdict]") {
    CHECK(status(scalar(0.9, 0.0, 40), scalar(0.1, 0.0, 40)) == Status::inconclusive);
}

TEST_CASE("a method that is not for a number beside runs, or for runs, stays an error",
          "[verdict]") {
    comparison::Options options = usual();
    options.method = "z";
    CHECK(judge(five, five, within(0.05), options).status == Status::error);
    CHECK(judge(five, scalar(0.1), within(0.05), options).status == Status::error);
}

TEST_CASE("an error that is rounding, or nothing beside the change, leaves no loss undecided",
          "[verdict]") {
    metrics::Metric loss;
    loss.name = "q";
    loss.direction = metrics::Direction::lower_is_better;
    verdict::Rule rule = within(0.02);
    rule.higher_is_better = false;
    const auto judged = [&](const evidence::Scalar& before, const evidence::Scalar& now) {
        return verdict::judge_recorded(rule, loss, before, now, {}, usual()).status;
    };
    for (const double now : {0.9, 3e7, 1e8, 1e300}) {
        CHECK(judged(scalar(0.4, 0.01), scalar(now, 0.01)) == Status::regressed);
        CHECK(judged(scalar(0.4, 0.01), scalar(now, 0.0)) == Status::regressed);
    }
    for (const double error : {0.0, 5e-17, 1e-15, 1e-14, 1e-12}) {
        CHECK(judged(scalar(0.4, error), scalar(0.9, error)) == Status::regressed);
        CHECK(judged(scalar(0.9, error), scalar(0.4, error)) != Status::regressed);
        CHECK(status(scalar(0.9, error, 1000), scalar(0.5, error, 1000)) == Status::regressed);
        CHECK(status(scalar(0.9, error, 1000), scalar(0.9, error, 1000)) != Status::regressed);
    }
    // Few examples are often all alike.
    CHECK(status(scalar(0.9, 0.01, 1000), scalar(0.5, 5e-17, 40)) == Status::incomparable);
    // It is the side without an error that needs enough of them.
    CHECK(judged(scalar(0.4, 0.0, 1000), scalar(0.9, 0.01, 20)) == Status::regressed);
    CHECK(judged(scalar(0.4, 0.01, 20), scalar(0.9, 0.0, 1000)) == Status::regressed);
    CHECK(judged(scalar(0.4, 0.0, 20), scalar(0.9, 0.01, 1000)) == Status::inconclusive);
}

TEST_CASE("a share whose error tells of fewer examples than asked for has too few", "[verdict]") {
    const auto before = scalar(0.9, 0.0095, 1000);
    // Errors of 4, about 10 and 31 examples.
    CHECK(status(before, scalar(0.5, 0.25)) == Status::incomparable);
    CHECK(status(before, scalar(0.89, 0.5 / std::sqrt(25.0))) == Status::incomparable);
    CHECK(status(before, scalar(0.5, 0.5 / std::sqrt(31.0))) == Status::regressed);
    // Thirty of them by n - 1, rounded; and smoothed errors of all or none, which tell of no n.
    CHECK(status(before, scalar(0.5, 0.0928)) == Status::regressed);
    CHECK(status(scalar(1.0, 0.01, 200), scalar(1.0, 0.009)) == Status::pass);
}

TEST_CASE("runs that do not vary are held against the margin", "[verdict]") {
    const CheckResult lost = judge(runs({0.9, 0.9, 0.9}), runs({0.5, 0.5, 0.5}));
    CHECK(lost.status == Status::regressed);
    CHECK(lost.comparison->method == "tolerance");
    CHECK(tells(lost));
    CHECK(status(runs({0.9, 0.9, 0.9}), runs({0.88, 0.88, 0.88})) == Status::inconclusive);
    CHECK(status(runs({0.5, 0.5, 0.5}), runs({0.9, 0.9, 0.9})) == Status::inconclusive);
    CHECK(status(runs({0.9, 0.9, 0.9}), runs({0.9, 0.9, 0.9})) != Status::regressed);
    // Pairs that all lose the same, too.
    comparison::Options options = usual();
    options.paired_runs = true;
    verdict::RecordedPair pair;
    pair.runs = evidence::PairedSamples{runs({0.9, 0.8, 0.7}), runs({0.5, 0.4, 0.3}), "", ""};
    CHECK(verdict::judge_recorded(within(0.05), accuracy(), pair.runs->baseline,
                                  pair.runs->candidate, pair, options)
              .status == Status::regressed);
}

TEST_CASE("runs that vary, and that a method cannot judge, are not held against the margin",
          "[verdict]") {
    comparison::Options options = usual();
    options.method = "mann_whitney";
    options.confidence = 0.99;
    // Four and four runs allow no confidence of 99 %.
    CHECK(judge(runs({0.9, 0.91, 0.92, 0.89}), runs({0.8, 0.81, 0.82, 0.79}), within(0.05), options)
              .status == Status::inconclusive);
    const CheckResult nearly = judge(runs({0.9, 0.9, 0.9}), runs({0.5, 0.5, 0.501}));
    CHECK(nearly.status == Status::regressed);
    CHECK(nearly.comparison->method == "welch");
}
