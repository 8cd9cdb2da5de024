#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "evidence/examples.h"
#include "metrics/metric.h"

namespace metricgate::metrics {

/// Fills `predicted_class` of both sides where the policy gave none: score >= threshold is the
/// positive class; with class scores the largest wins, ties to the first class. Returns why that is
/// impossible, or an empty string.
std::string derive_predicted_classes(evidence::Examples& examples, double threshold);

/// Looks up `class_name` (or the positive class) among the examples' classes. Returns why it is not
/// there, or "".
std::string resolve(Metric& metric, const evidence::Examples& examples);

/// What stands in a column that a metric cannot use.
struct ColumnFlaw {
    const evidence::Flaw* flaw = nullptr;  ///< of the examples'; never null
    std::string column;                    ///< "score (candidate)"
    std::string_view wanted;               ///< "a finite number"
};

/// The flaw (missing or non-finite entry) of the first column `metric` uses on either side within
/// the examples, if there is one. Missing entries count only when `missing_is_flaw`.
std::optional<ColumnFlaw> find_flaw(const Metric& metric, const evidence::Examples& examples,
                                    bool missing_is_flaw);

/// "eval.csv:3:5: column 'label' holds an empty cell (2 such cells), wanted a class in every row;
/// ..." with the way out that `on_missing_value: drop` is, where it is one. `unit` is what it
/// leaves out: "pairs", "examples".
std::string describe(const ColumnFlaw& flaw, std::string_view unit);

/// `rows` without those where a column used by `metric` is missing on either side.
evidence::Rows without_missing(const Metric& metric, const evidence::Examples& examples,
                               const evidence::Rows& rows);

/// True when both sides hold the same evidence for `metric`: labels are shared, so predictions,
/// scores or values are compared, bit for bit, and predicted classes with the scores behind them.
/// Classes without scores and value columns must be equal in all examples, not only in `rows`: on a
/// few of them two different models agree by chance.
bool identical_sides(const Metric& metric, const evidence::Examples& examples,
                     const evidence::Rows& rows);

/// True when the metric is a share of 0/1 outcomes over examples that the label alone picks: an
/// OutcomesForm that is not averaged over classes.
bool is_outcome(const Metric& metric);

/// The metric on one side, after `resolve`. A pair metric (PairForm) has a value on the candidate's
/// side only: its share of the examples. Weighted when the examples have weights.
Value evaluate(const Metric& metric, const evidence::Examples& examples, evidence::Side side,
               const evidence::Rows& rows);

/// One combination of label and both predictions.
struct JointCell {
    std::uint32_t label = 0;
    std::uint32_t baseline = 0;
    std::uint32_t candidate = 0;
    std::uint64_t count = 0;
    double weight = 0.0;  ///< sum of weights; equals `count` without weights
};

/// Occupied joint cells, in ascending order of (label, baseline, candidate).
std::vector<JointCell> joint_cells(const evidence::Examples& examples, const evidence::Rows& rows);

/// The confusion matrix of one side from joint cells whose masses are replaced by `mass` (one a
/// cell).
Confusion confusion_of(const std::vector<JointCell>& cells, const std::vector<double>& mass,
                       evidence::Side side, std::size_t classes);

/// A cells or outcomes metric from a confusion matrix.
Value value_of(const Metric& metric, const Confusion& confusion);

/// Per-example terms of a moments metric, row-major `rows.size() * terms`; or why there are none.
struct Terms {
    std::size_t per_example = 0;
    std::vector<double> values;
    std::string problem;
};
Terms terms_of(const Metric& metric, const evidence::Examples& examples, evidence::Side side,
               const evidence::Rows& rows);

/// A moments metric from the (weighted) means of its terms.
Value combine(const Metric& metric, const double* means);

/// Positions into `rows` by descending score, ties by position, and where ties end.
struct RankOrder {
    std::vector<std::uint32_t> order;
    std::vector<std::uint8_t> ends_tie;
    std::vector<std::uint8_t> positive;  ///< in that order
    std::vector<double> score;           ///< in that order; only when asked for
};
RankOrder rank_order(const evidence::Examples& examples, evidence::Side side,
                     const evidence::Rows& rows, bool with_scores = false);
/// The same without `order`: 2 bytes a row instead of 6.
RankOrder ranked_labels(const evidence::Examples& examples, evidence::Side side,
                        const evidence::Rows& rows, bool with_scores = false);

}  // namespace metricgate::metrics
