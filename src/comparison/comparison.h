#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "comparison/chart.h"
#include "evidence/examples.h"
#include "evidence/metric_file.h"
#include "metrics/metric.h"
#include "stats/interval.h"
#include "stats/proportions.h"

namespace metricgate::comparison {

/// The loss that is tolerated. With both parts, a loss must reach both (`need_both`) or either.
struct Margin {
    std::optional<double> absolute;  ///< in the metric's units, >= 0
    std::optional<double> relative;  ///< of |baseline|, >= 0 (0.05 is 5 %)
    bool need_both = false;
};

/// What the policy says about how to compare.
struct Options {
    double confidence = 0.95;  ///< of each bound
    std::string method;        ///< a name of the catalog; empty: the first that applies
    std::uint64_t seed = 0;
    std::size_t replicates =
        2000;  ///< of resampling methods; raised when a bound is near the margin or 0
    std::size_t min_examples = 0;    ///< support floor of the policy
    std::size_t min_per_class = 30;  ///< for ranks and cells metrics
    std::size_t min_clusters = 10;
    std::size_t min_runs = 3;  ///< per side
    bool paired_runs = false;  ///< value i of both sides is one run (one seed, one fold)
    /// Paired runs are folds of one data set: examples tested on / examples trained on, above 0.
    std::optional<double> test_train_ratio;
    bool equivalence = false;  ///< also bounds against the margin on the side of gains
    bool candidate_interval =
        false;  ///< also an interval of the candidate's own value (for `min`/`max` with `using`)
};

/// Too little of something to judge.
struct Insufficient {
    std::string of;  ///< "examples", "positives", "runs per side", ...
    std::size_t have = 0;
    std::size_t need = 0;
};

/// Something a reader of the number must know. `code` is stable (snake_case), `text` is a sentence.
struct Note {
    std::string code;
    std::string text;
};

/// A number that a method counted or estimated on its way to the interval. `name` is stable
/// (snake_case), and its words read as a description: "succeed_on_both".
struct Fact {
    std::string name;
    double value = 0.0;
};

/// Bounds of delta + (the tolerated loss), the loss taken as part of the statistic: its lower end
/// above 0 shows that the loss stays within the margin, its upper end below 0 that it exceeds it.
struct AgainstMargin {
    double margin = 0.0;    ///< the tolerated loss in the metric's units, at the baseline's value
    double estimate = 0.0;  ///< delta + margin
    double lower = 0.0;
    double upper = 0.0;
};

/// What a search for the part of the examples with the worst change looked at.
struct Search {
    std::size_t searched = 0;     ///< parts that were compared
    std::size_t too_small = 0;    ///< parts left out: fewer examples than wanted
    std::size_t worse = 0;        ///< parts in which a loss is shown that reaches the margin
    std::size_t open = 0;         ///< parts in which a loss beyond the margin is not ruled out
    double critical_value = 0.0;  ///< in standard errors: what replaces the 1.645 of one comparison
};

/// candidate / baseline with its bounds, not oriented: of metrics that are compared as ratios.
struct Ratio {
    double estimate = 1.0;
    double lower = 1.0;
    double upper = 1.0;
};

/// How a metric came from an anchor to where it is. Changes are oriented: negative is worse.
struct Path {
    std::string from;         ///< key of the anchor's point
    std::size_t steps = 0;    ///< measurements since, the newest one included
    bool of_commits = false;  ///< each is a commit's
    double net = 0.0;         ///< newest - anchor
    double average = 0.0;     ///< net / steps
    double losses = 0.0;      ///< sum of the steps that got worse, >= 0
    std::string other_data;   ///< why the two ends are not comparable, or empty
};

/// Two sides of one metric compared. All of delta, interval and AgainstMargin are oriented:
/// negative is worse.
struct Comparison {
    metrics::Value baseline = metrics::Value::undefined("not evaluated");
    metrics::Value candidate = metrics::Value::undefined("not evaluated");
    std::optional<double> delta;
    std::optional<stats::Interval>
        interval;                ///< of delta; absent when nothing is known about uncertainty
    std::optional<Ratio> ratio;  ///< what delta and interval follow from, where sides are compared
                                 ///< by their ratio
    std::optional<AgainstMargin> margin;  ///< absent without a margin or without an interval
                                          ///< (scalars: bounds equal the estimate)
    std::optional<AgainstMargin>
        against_gain;                      ///< bounds of delta - (the margin), when
                                           ///< `Options::equivalence` asks: its upper end below 0
                                           ///< shows that a gain stays within the margin, too
    std::optional<double> p_no_loss;       ///< one-sided p of "no loss": small means a real drop
    std::optional<double> standard_error;  ///< of delta
    std::optional<double> degrees_of_freedom;  ///< of the t distribution that judges; else normal
    std::optional<stats::PairedCounts>
        outcome_pairs;          ///< what Tango's score judges, oriented: candidate_only is a gain
    std::optional<double> mde;  ///< smallest drop this data can show at 80 % power
    std::optional<std::uint64_t> n_needed;  ///< examples needed to police the margin at 80 % power
    std::optional<stats::Interval>
        candidate_interval;           ///< of the candidate's own value, not oriented
    std::uint64_t n = 0;              ///< paired examples, runs or pairs
    std::string n_unit = "examples";  ///< what n counts
    std::string method;               ///< catalog name; "tolerance" for bare scalars
    bool uncertainty_known = true;    ///< false for bare scalars
    bool identical = false;           ///< everything the metric looks at is equal on both sides
    bool degenerate =
        false;  ///< zero-width interval, AUC of 0 or 1, ...: decides nothing; a note says which
    std::optional<metrics::Noise>
        noise;  ///< of a distance between distributions: it is held against a limit, not a margin
    std::optional<Insufficient> insufficient;
    bool loss_claims_stand = false;  ///< what makes the evidence `insufficient` or `degenerate` is
                                     ///< in the way of a pass only; a loss that is shown is one
    std::optional<Search> search;    ///< the comparison is of the worst part found among these
    std::optional<Path> path;        ///< from the anchor, where a history tells it
    std::optional<Chart> chart;      ///< of a history, whose center stands for the baseline
    std::string problem;  ///< why nothing could be compared (undefined statistic, method does not
                          ///< apply); else empty
    std::vector<Note> notes;
    std::vector<Fact> facts;  ///< what the method worked with, in the order of its formula
};

/// Paired predictions.
Comparison compare(const metrics::Metric& metric, const evidence::Examples& examples,
                   const evidence::Rows& rows, const Margin& margin, const Options& options);

/// Two recorded numbers: z when both have a standard error, Newcombe's interval when both are
/// proportions with n, else the tolerance band.
Comparison compare(const metrics::Metric& metric, const evidence::Scalar& baseline,
                   const evidence::Scalar& candidate, const Margin& margin, const Options& options);

/// Repeated runs: Welch's t for means (Student's t when they are paired), log ratios for geometric
/// means, order statistics for quantiles.
Comparison compare(const metrics::Metric& metric, const evidence::Samples& baseline,
                   const evidence::Samples& candidate, const Margin& margin,
                   const Options& options);

/// A single run against repeated runs, whose spread says what one run is worth.
Comparison compare(const metrics::Metric& metric, const evidence::Samples& baseline,
                   const evidence::Scalar& candidate, const Margin& margin, const Options& options);
Comparison compare(const metrics::Metric& metric, const evidence::Scalar& baseline,
                   const evidence::Samples& candidate, const Margin& margin,
                   const Options& options);

/// The candidate alone (first run, or a check with limits only): value, n and, when asked, its
/// interval.
Comparison describe(const metrics::Metric& metric, const evidence::Examples& examples,
                    const evidence::Rows& rows, const Options& options);
Comparison describe(const metrics::Metric& metric, const evidence::Scalar& candidate,
                    const Options& options);
Comparison describe(const metrics::Metric& metric, const evidence::Samples& candidate,
                    const Options& options);

}  // namespace metricgate::comparison
