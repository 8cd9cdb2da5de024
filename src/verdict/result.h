#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "comparison/comparison.h"
#include "evidence/examples.h"
#include "evidence/metric_file.h"
#include "support/diagnostic.h"

namespace metricgate::verdict {

/// The answer of one check; report/phrases.cpp has a sentence on each.
enum class Status {
    pass,
    regressed,
    violated,
    inconclusive,
    missing,
    incomparable,
    no_baseline,
    new_metric,  ///< written "new"
    skipped,
    waived,
    error,
};

enum class Level { block, warn, info, off };

/// The answer of the run.
enum class Verdict { could_not_judge, pass, fail, undecided };

const char* name(Status status);
const char* name(Level level);
const char* name(Verdict verdict);

/// The exit code that belongs to a verdict; --no-fail may replace it.
int exit_code(Verdict verdict);

enum class Bound { point, lower, upper };

/// What a rule asks for beyond a loss that stays within the margin: a gain that is shown, or a
/// change that stays within the margin in either direction.
enum class Require { nothing, improvement, equivalence };

/// An absolute limit as the policy states it.
struct Limit {
    double value = 0.0;
    Bound by = Bound::point;
};

/// What may be lost in all since an anchor.
struct Budget {
    std::optional<double> absolute;  ///< in the metric's units, one of both
    std::optional<double> relative;  ///< of the anchor's |value|
    bool net = false;                ///< gains pay back; else the sum of the losses alone counts
};

/// What a check asks for, with names bound: all the verdict needs, and all a report shows of the
/// rule.
struct Rule {
    std::string id;
    std::string check;   ///< id of the policy's check; empty: no check asks for the row
    std::string metric;  ///< title: "f1 (macro)"
    std::string name;    ///< catalog or recorded name
    std::string unit;
    bool higher_is_better = true;
    std::string input;
    std::map<std::string, std::string> slice;  ///< column -> value; empty: all examples
    Level level = Level::block;
    comparison::Margin margin;
    std::optional<Limit> minimum, maximum;
    std::optional<double> max_gain;
    Require require = Require::nothing;
    std::optional<comparison::ChartOptions> chart;  ///< the row is the newest point of a chart
    std::string anchor;  ///< the row compares with this pinned baseline: a revision, path or key
    std::optional<Budget> budget;  ///< the row is about the sum of losses since `anchor`
    bool inconclusive_blocks = false;
    bool no_baseline_blocks = false;
    double confidence = 0.95;
    support::Location where;

    /// Whether the rule compares the two sides at all, or only limits the candidate.
    [[nodiscard]] bool compares_sides() const noexcept {
        return margin.absolute || margin.relative || require != Require::nothing || max_gain;
    }
};

/// What became of a waiver in this run.
enum class WaiverState {
    covers,    ///< it excused at least one row
    exceeded,  ///< a row would need it, but lost more than it covers, or nobody knows how much
    about_to_lapse,  ///< a row would need it, but --strict does not count its last days
    unused,          ///< no row that it is for would have blocked
    not_judged,      ///< all that it is for was skipped or could not be judged
    lapsed,
    too_long,       ///< ends later than a waiver may
    of_the_change,  ///< only the change under judgement has it
};

/// A recorded exception of the policy, as it stands on the day of the run.
struct Waiver {
    std::string check;
    std::map<std::string, std::string> slice;  ///< column -> value; empty: all rows of the check
    std::string reason;
    std::string owner;
    std::string expires;             ///< the last day on which it counts, "2026-12-31"
    int days_left = 0;               ///< 0 on that day, negative afterwards
    std::optional<double> absolute;  ///< the loss that it covers, in the metric's units
    std::optional<double> relative;  ///< ... or of |baseline|; neither: any loss
    support::Location where;
    WaiverState state = WaiverState::unused;
    std::size_t rows = 0;  ///< that it excused
};

const char* name(WaiverState state);

/// One judged row: a check, or one slice of it.
struct CheckResult {
    Rule rule;
    Status status = Status::error;
    bool confirmed = false;  ///< regressed: even the interval's good end is beyond the margin
    std::string leans;       ///< inconclusive: "worse" or "ok"
    std::optional<comparison::Comparison> comparison;
    std::optional<double> margin;         ///< the tolerated loss in the metric's units
    std::optional<double> adjusted_p;     ///< after Holm, for rows of a family
    std::vector<comparison::Note> notes;  ///< improved, worse_within_margin, identical, drop_shown,
                                          ///< regressed_before_correction, ...
    std::string reason;                   ///< one sentence
    std::optional<Status> instead_of;     ///< waived: what the row would be
    std::optional<Waiver> waiver;         ///< waived: by what
    bool limit_judged = false;            ///< a `min` or `max` was compared with the candidate
    bool evaluated = false;  ///< looked at with data; otherwise explained by its status
    bool blocks = false;     ///< keeps the run from passing; filled by `conclude`
};

/// One side as the report's head shows it.
struct SourceInfo {
    std::string description;                  ///< path, or revision:path
    std::string commit;                       ///< full id, or empty
    std::string blob;                         ///< git blob id of the file, or empty
    std::optional<std::int64_t> commit_time;  ///< seconds since 1970, from the commit
    evidence::Metadata metadata;
};

struct InputInfo {
    std::string name;
    SourceInfo candidate;
    std::optional<SourceInfo> baseline;
    std::optional<evidence::Pairing> pairing;
    /// The sides are not paired but examples of their own; `pairing` then only counts rows.
    bool different_examples = false;
    bool weighted = false;
    bool clustered = false;
};

struct PolicyInfo {
    std::string source;
    std::string digest;     ///< of its text and all that it extends, see cli/policy_digest.h
    std::string revision;   ///< commit it was read from, or "worktree"
    bool built_in = false;  ///< no policy was given: the shipped gate that fits the evidence
    bool changed = false;   ///< the work tree's policy differs from the one that judged
    std::vector<std::string> changes;  ///< "accuracy.margin.abs: 0.01 -> 0.05"
};

struct Counts {
    std::size_t declared = 0;   ///< rows that the policy asks for
    std::size_t evaluated = 0;  ///< judged with data or explained
    std::map<std::string, std::size_t> by_status;
};

/// Everything a report shows. Renderers compute nothing.
struct GateResult {
    Verdict verdict = Verdict::could_not_judge;
    int exit_code = 2;
    std::vector<CheckResult> checks;  ///< in policy order, slices after their check by name
    std::vector<InputInfo> inputs;
    PolicyInfo policy;
    Counts counts;
    bool not_compared = false;          ///< first run: the first line says NOT COMPARED
    std::vector<std::string> warnings;  ///< run-level: metrics that only one side has, a confusable
                                        ///< name, an old baseline
    std::vector<std::string> next_steps;
    std::vector<Waiver> waivers;  ///< all of the policy, in its order
    std::string waivers_on;       ///< the day they were looked at; empty when there are none
    std::uint64_t seed = 0;
    std::string program_version;
};

}  // namespace metricgate::verdict
