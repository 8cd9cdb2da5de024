#pragma once

#include <compare>
#include <cstdint>
#include <functional>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "support/diagnostic.h"
#include "support/node.h"
#include "support/result.h"

namespace metricgate::policy {

/// A setting and the place it was written at (of the key or the value), for messages of later
/// stages.
template <class T>
struct Located {
    T value{};
    support::Location where;
};

enum class Level { block, warn, info, off };
enum class OnInconclusive { warn, block };
enum class OnNoBaseline { pass, block };
enum class OnPartialOverlap { refuse, intersect };
enum class OnMissingValue { refuse, drop };
enum class PairBy { id, position, none };
enum class InputKind { predictions, metrics, samples, history };
enum class ChartType { individuals, ewma, cusum, moving_average };
enum class ChartSides { worse, both };
enum class BudgetCount { losses, net };
enum class Using { point, lower, upper };
enum class Multiplicity { holm, hochberg, bh, by, none };
/// What a check asks for beyond a loss that stays within the margin.
enum class Require { nothing, improvement, equivalence };

struct Margin {
    std::optional<Located<double>> absolute;
    std::optional<Located<double>> relative;  ///< a fraction: 5% is 0.05
    bool need_both = false;
    support::Location where;
};

struct Limit {
    Located<double> value;
    Using by = Using::point;
};

/// A role's column, or one column a side when both sides stand in one file.
struct ColumnBinding {
    std::string role;
    std::string both;                 ///< the column, when it is the same name on both sides
    std::string baseline, candidate;  ///< else one a side
    bool per_side = false;
    support::Location where;
};

/// Which run, which metrics and which of their values over time are judged.
struct LogSelection {
    std::vector<Located<std::string>> metrics;  ///< globs; empty: all
    std::optional<Located<std::string>> step;  ///< read by sources::parse_step_rule; none: the last
    std::optional<ColumnBinding> run;          ///< id or name, for both sides or one a side
    bool allow_unfinished = false;
};

/// Where the values over time of kind history come from. `path` of the input is the place: of the
/// metric file (git), the table or log (file), the store.
struct HistorySource {
    Located<std::string> from;  ///< a name of history::sources
    std::optional<Located<std::string>> key;
    std::optional<Located<std::uint64_t>> window;
    std::optional<Located<std::uint64_t>> max_age;  ///< of the newest point, in days
    std::optional<Located<std::string>> candidate;  ///< the metric file that holds the newest value
};

struct Input {
    std::string name;
    InputKind kind = InputKind::predictions;
    std::vector<Located<std::string>> paths;  ///< several: one file a run (samples, metrics)
    std::string format;  ///< catalog name of `sources`, or empty: by content and extension
    std::map<std::string, ColumnBinding>
        columns;  ///< by role: id, label, prediction, score, weight, cluster, any value column
    std::map<std::string, std::string> class_scores;  ///< class label -> column
    std::optional<Located<std::string>> positive;
    std::optional<Located<double>> threshold;
    PairBy pair_by = PairBy::id;
    OnPartialOverlap on_partial_overlap = OnPartialOverlap::refuse;
    std::optional<Located<double>> min_overlap;  ///< share of the larger side that must be paired
    OnMissingValue on_missing_value = OnMissingValue::refuse;
    std::optional<Located<std::string>> run_id;      ///< the metadata key, recorded list or column
                                                     ///< that names a run: its seed, its fold
    std::optional<Located<std::uint64_t>> runs;      ///< how many runs each side must have
    std::optional<Located<double>> fold_test_share;  ///< runs are folds: the share tested on
    LogSelection select;
    std::vector<Located<std::string>> allow_different;  ///< conditions that need not be equal
    std::optional<HistorySource> history;               ///< kind history
    support::Location where;
};

struct Slices {
    std::vector<Located<std::string>> by;  ///< columns; several: their combinations
    std::optional<std::uint64_t> min_examples;
    std::vector<Located<std::string>>
        required;  ///< slice values that must exist; with several columns written "de/mobile"
    bool discover = false;  ///< search single values and intersections of two columns for the worst
    std::map<std::string, Located<std::uint64_t>>
        cut;  ///< discover: numeric column -> number of groups of about equal size
    support::Location where;
};

/// A change of the level that is accepted: the limits of a chart start anew there.
struct AcceptedStep {
    Located<std::string> key;
    Located<std::string> reason;
};

/// How a history is held against its own past; widths in standard deviations of one value.
struct Chart {
    ChartType type = ChartType::individuals;
    std::vector<Located<std::string>> rules;  ///< names of rules, or of one set of them
    ChartSides sides = ChartSides::worse;
    std::optional<Located<std::uint64_t>> limits_from;
    std::optional<Located<double>> sigma_floor;  ///< in the metric's units
    std::optional<Located<double>> width, weight, allowance, decision;
    std::optional<Located<std::uint64_t>> span;
    std::vector<AcceptedStep> accepted;
    support::Location where;
};

/// A pinned older baseline beside the rolling one: at a revision, in a file, or a point of the
/// history by its key.
struct Anchor {
    std::optional<Located<std::string>> revision, path, key;
    std::optional<Margin> margin;
    std::optional<Located<std::string>> history;  ///< the input that tells the path from there
    support::Location where;
};

/// What may be lost in all since the anchor.
struct Budget {
    std::optional<Located<double>> absolute;
    std::optional<Located<double>> relative;
    BudgetCount count = BudgetCount::losses;
    support::Location where;
};

struct Check {
    Located<std::string> id;
    support::Node metric;        ///< read by metrics::bind
    Located<std::string> input;  ///< empty: the only input
    std::optional<Margin> margin;
    std::optional<Limit> minimum, maximum;
    std::optional<Located<double>> max_gain;
    Require require = Require::nothing;
    Level level = Level::block;
    std::optional<Located<std::string>> method;
    std::optional<Slices> slices;
    std::map<std::string, Located<std::vector<std::string>>>
        when;  ///< metadata key -> allowed values; all must match
    std::vector<std::string> formerly;
    std::vector<Located<std::string>> of;  ///< roles or columns a drift check looks at; "*": all
    std::optional<Chart> chart;
    std::optional<Anchor> anchor;
    std::optional<Budget> budget;
    double confidence = 0.95;
    std::uint64_t min_examples = 30;
    OnInconclusive on_inconclusive = OnInconclusive::warn;
    OnNoBaseline on_no_baseline = OnNoBaseline::pass;
    support::Location where;
};

/// A day of the Gregorian calendar that exists.
struct Date {
    int year = 0;
    int month = 0;
    int day = 0;
    auto operator<=>(const Date&) const = default;
};

/// A recorded exception: the check may fail until `expires`. Whether it is still valid is judged
/// later, with the date of the run.
struct Waiver {
    Located<std::string> check;                         ///< the id of a check of this policy
    std::map<std::string, Located<std::string>> slice;  ///< column -> value; empty: the whole check
    Located<std::string> reason;
    Located<std::string> owner;
    Located<Date> expires;        ///< the last day on which it holds
    std::optional<Margin> up_to;  ///< the loss it covers, one of absolute and relative
    support::Location where;
};

struct Policy {
    std::string source;                ///< path, revision:path, or "metricgate:classifier"
    std::vector<std::string> extends;  ///< the gates it builds on, in the order they were applied
    std::uint64_t seed = 0;
    Multiplicity multiplicity = Multiplicity::holm;
    std::vector<Input> inputs;
    std::vector<Check> checks;  ///< in document order; inherited ones first
    std::vector<Waiver> waivers;
};

/// Gives the text of a policy file that `extends` names: a path relative to the policy that names
/// it (`where.file`), see `resolve_extends`. `parse` itself knows the gates that are built in and
/// refuses paths that leave the repository before it asks.
using Extends = std::function<support::Result<std::string>(const std::string& name,
                                                           const support::Location& where)>;

/// Parses and checks a policy completely; every mistake is returned, each at its place with the
/// nearest valid name. Meanings of metric names, columns and slices are not known here: the plan
/// binds them.
support::Result<Policy> parse(std::string_view bytes, const std::string& source,
                              const Extends& extends);

/// The path of the policy that `name` means in a policy called `source` (a path, or
/// `revision:path`): beside it, with `.` and `..` resolved. Empty when it would leave the
/// repository or is no plain path.
std::string resolve_extends(const std::string& name, const std::string& source);

/// A day as ISO 8601 writes it, `2026-12-31`; nothing when there is no such day.
std::optional<Date> parse_date(std::string_view text);
std::string to_text(const Date& date);

/// From one day to another, negative when `to` is earlier.
int days_between(const Date& from, const Date& to);
/// The day that many days later.
Date later(const Date& from, int days);

/// The text of a gate that is built in ("classifier"), or null; and all their names, ascending.
const std::string* built_in_gate(std::string_view name);
std::vector<std::string> built_in_gates();

}  // namespace metricgate::policy
