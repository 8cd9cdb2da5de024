#include "verdict/judge.h"

#include <cctype>
#include <cmath>

#include "support/counted.h"
#include "support/number.h"
#include "verdict/limits.h"
#include "verdict/row.h"

namespace metricgate::verdict {
namespace {

using comparison::Comparison;
using support::format_short;

std::string insufficient_text(const comparison::Insufficient& lack) {
    return "too little data to judge: " + lack_text(lack);
}

/// Why the evidence decides nothing, in the words of the note that says so.
std::string degenerate_text(const Comparison& comparison) {
    for (const comparison::Note& note : comparison.notes) {
        if (note.code == "degenerate" || note.code == "estimate_outside_interval") {
            std::string text = note.text;
            text.front() =
                static_cast<char>(std::tolower(static_cast<unsigned char>(text.front())));
            text.pop_back();  // the full stop
            return "cannot decide: " + text;
        }
    }
    return "the evidence is degenerate and decides nothing";
}

/// `max_gain`: an improvement too good to be believed.
bool gains_too_much(const Rule& rule, const Comparison& comparison) {
    return rule.max_gain && comparison.delta && *comparison.delta > *rule.max_gain;
}

std::string more_data_text(const Comparison& comparison) {
    std::string text;
    if (comparison.n_needed && *comparison.n_needed > comparison.n) {
        const auto more = *comparison.n_needed - comparison.n;
        if (*comparison.n_needed / 10 > comparison.n && comparison.mde) {
            text += "; this margin cannot be policed with this set, one of " +
                    format_short(*comparison.mde, 2) + " or more can";
        } else {
            text +=
                "; about " + support::counted(more, "more " + comparison.n_unit) + " would decide";
        }
    }
    return text;
}

std::string undecided_text(const CheckResult& row, const Comparison& comparison) {
    const bool equivalence = row.rule.require == Require::equivalence;
    std::string text = row.leans == "worse"
                           ? "the loss reaches the margin, but could still be noise"
                       : equivalence ? "a change beyond the margin cannot be ruled out"
                                     : "a loss beyond the margin cannot be ruled out";
    return text + more_data_text(comparison);
}

/// Bare scalars: the tolerance band decides, and the report says that no uncertainty is known.
void judge_by_tolerance(CheckResult& row, const Comparison& comparison) {
    if (row.rule.require == Require::improvement) {
        if (*comparison.delta > 0.0) {
            answer(row, Status::pass, "improved; no uncertainty known");
        } else {
            answer(row, Status::violated,
                   "an improvement is required and there is none; no uncertainty known");
        }
        return;
    }
    if (!comparison.margin) {
        answer(row, Status::error, "the margin could not be applied");
        return;
    }
    if (row.rule.require == Require::equivalence && !comparison.against_gain) {
        answer(row, Status::error, "the margin could not be applied to gains");
        return;
    }
    if (row.rule.require == Require::equivalence && comparison.against_gain->estimate > 0.0) {
        answer(row, Status::violated,
               "no change beyond the margin is allowed, and the gain exceeds it; no uncertainty "
               "known");
        return;
    }
    if (comparison.margin->estimate >= 0.0) {
        answer(row, Status::pass, "the change stays within the margin; no uncertainty known");
        if (*comparison.delta > 0.0) {
            row.notes.push_back({"improved", "The candidate's number is better."});
        }
    } else {
        answer(row, Status::regressed, "the loss exceeds the margin; no uncertainty known");
    }
}

/// `require: equivalence` on the side of gains: two one-sided tests, of which the loss side is
/// judged as ever, against a margin that is there. True when the row is answered: a gain beyond the
/// margin is shown, or cannot be ruled out although a loss can.
bool judge_gain(CheckResult& row, const Comparison& comparison) {
    const auto& gain = comparison.against_gain;
    const bool usable = gain && std::isfinite(gain->lower) && std::isfinite(gain->upper);
    if (!usable) {
        answer(row, Status::error, "the margin could not be applied to gains");
        return true;
    }
    if (gain->lower > 0.0) {
        answer(row, Status::violated,
               "no change beyond the margin is allowed, and the gain exceeds it, beyond noise");
        return true;
    }
    const bool loss_is_ruled_out = comparison.margin->lower > 0.0;
    if (!(gain->upper < 0.0) && loss_is_ruled_out) {
        row.leans = "ok";
        std::string text = gain->estimate >= 0.0
                               ? "the gain reaches the margin, but could still be noise"
                               : "a gain beyond the margin cannot be ruled out";
        answer(row, Status::inconclusive, text + more_data_text(comparison));
        return true;
    }
    return false;
}

/// pass and regressed come from one interval and exclude each other.
void judge_by_interval(CheckResult& row, const Comparison& comparison) {
    const auto& interval = *comparison.interval;
    const bool improved = interval.lower > 0.0;
    const bool loss_is_real = interval.upper < 0.0;
    const bool has_margin = row.rule.require != Require::improvement;
    if (has_margin && !comparison.margin) {
        answer(row, Status::error, "the margin could not be applied");
        return;
    }
    const double excess_lower = has_margin ? comparison.margin->lower : interval.lower;
    const double excess = has_margin ? comparison.margin->estimate : *comparison.delta;
    const double excess_upper = has_margin ? comparison.margin->upper : interval.upper;
    const bool contains =
        interval.lower <= *comparison.delta && *comparison.delta <= interval.upper;
    if (!std::isfinite(excess_lower) || !std::isfinite(excess) || !std::isfinite(excess_upper) ||
        !contains) {
        row.notes.push_back(
            {"estimate_outside_interval",
             "The interval does not contain its own estimate; nothing is claimed."});
        row.leans = excess <= 0.0 ? "worse" : "ok";
        answer(row, Status::inconclusive, "the interval is not usable");
        return;
    }
    if (row.rule.require == Require::equivalence && judge_gain(row, comparison)) {
        return;
    }
    if (excess_lower > 0.0) {
        answer(row, Status::pass,
               row.rule.require == Require::improvement ? "the improvement is shown"
               : row.rule.require == Require::equivalence
                   ? "a change beyond the margin is ruled out"
                   : "a loss beyond the margin is ruled out");
        if (improved) {
            row.notes.push_back({"improved", "The candidate is better, beyond noise."});
        } else if (loss_is_real) {
            row.notes.push_back(
                {"worse_within_margin", "The candidate is worse, by less than the margin."});
        }
        return;
    }
    if (loss_is_real && excess <= 0.0) {
        row.confirmed = excess_upper < 0.0;
        answer(row, Status::regressed,
               row.confirmed ? "the loss exceeds the margin, beyond noise"
                             : "the loss is real and reaches the margin");
        return;
    }
    row.leans = excess <= 0.0 ? "worse" : "ok";
    if (loss_is_real) {
        row.notes.push_back({"drop_shown", "A loss is shown, but not that it reaches the margin."});
    }
    answer(row, Status::inconclusive,
           row.rule.require == Require::improvement ? "an improvement is required and not shown"
                                                    : undecided_text(row, comparison));
}

/// A distance between distributions. It is never negative and grows with noise, so that a small
/// one in small samples shows nothing: the limit must lie above what chance alone reaches.
CheckResult judge_distance(CheckResult& row, const Comparison& comparison,
                           const LimitAnswer& limits) {
    const double level = comparison.noise->level;
    const double value = comparison.candidate.number();
    row.leans = limits.broken ? "worse" : "ok";
    if (comparison.insufficient) {
        return answer(row, Status::inconclusive, insufficient_text(*comparison.insufficient));
    }
    const std::string by_chance = format_short(level, 3);
    if (limits.broken && value > level) {
        row.leans.clear();
        return answer(row, Status::violated,
                      limits.reason + "; chance alone stays below " + by_chance);
    }
    const double limit = row.rule.maximum ? row.rule.maximum->value : value;
    if (!(level <= limit)) {
        return answer(row, Status::inconclusive,
                      "this limit cannot be policed with this sample size: the noise level is " +
                          by_chance + ", so that samples without drift may reach it");
    }
    row.leans.clear();
    return answer(row, Status::pass,
                  "the drift stays within the limit; chance alone stays below " + by_chance);
}

}  // namespace

bool claims_loss(const Rule& rule, const Comparison& comparison) {
    const bool real =
        comparison.loss_claims_stand && comparison.interval && comparison.interval->upper < 0.0;
    const bool reaches = rule.require == Require::improvement ||
                         (comparison.margin && comparison.margin->estimate <= 0.0);
    return real && reaches;
}

CheckResult judge(const Rule& rule, const Comparison& comparison) {
    CheckResult row = start_row(rule, comparison);
    if (!comparison.problem.empty()) {
        return answer(row, Status::error, comparison.problem);
    }
    if (comparison.insufficient && !comparison.candidate.defined()) {
        row.leans = "ok";
        return answer(row, Status::inconclusive, insufficient_text(*comparison.insufficient));
    }
    const LimitAnswer limits = judge_limits(rule, comparison);
    row.limit_judged = limits.judged;
    if (!limits.problem.empty()) {
        return answer(row, Status::error, limits.problem);
    }
    if (comparison.noise) {
        return judge_distance(row, comparison, limits);
    }
    if (limits.broken) {
        return answer(row, Status::violated, limits.reason);
    }
    if (gains_too_much(rule, comparison)) {
        return answer(row, Status::violated,
                      "improved by " + format_short(*comparison.delta) + ", more than max_gain " +
                          format_short(*rule.max_gain) +
                          " allows; look for a leak or a broken set");
    }
    const bool loss = claims_loss(rule, comparison);
    if (comparison.insufficient && !loss) {
        row.leans = comparison.delta && comparison.margin && comparison.margin->estimate <= 0.0
                        ? "worse"
                        : "ok";
        return answer(row, Status::inconclusive, insufficient_text(*comparison.insufficient));
    }
    if (!rule.compares_sides()) {
        return answer(row, Status::pass, "the limits hold");
    }
    if (!comparison.delta || !std::isfinite(*comparison.delta)) {
        return answer(row, Status::error, "the change between the sides could not be computed");
    }
    if (!rule.margin.absolute && !rule.margin.relative && rule.require == Require::nothing) {
        return answer(row, Status::pass, "the gain stays within max_gain");
    }
    if (comparison.identical && rule.require != Require::improvement) {
        return answer(row, Status::pass, "identical: both sides hold the same evidence");
    }
    if (comparison.degenerate && !loss) {
        row.leans = *comparison.delta < 0.0 ? "worse" : "ok";
        return answer(row, Status::inconclusive, degenerate_text(comparison));
    }
    if (!comparison.uncertainty_known) {
        judge_by_tolerance(row, comparison);
    } else if (comparison.interval) {
        judge_by_interval(row, comparison);
    } else {
        answer(row, Status::error, "no interval could be computed");
    }
    return row;
}

CheckResult judge_without_baseline(const Rule& rule, const Comparison& candidate) {
    CheckResult row = start_row(rule, candidate);
    if (!candidate.problem.empty()) {
        return answer(row, Status::error, candidate.problem);
    }
    if (candidate.insufficient && !candidate.candidate.defined()) {
        row.leans = "ok";
        return answer(row, Status::inconclusive, insufficient_text(*candidate.insufficient));
    }
    const LimitAnswer limits = judge_limits(rule, candidate);
    row.limit_judged = limits.judged;
    if (!limits.problem.empty()) {
        return answer(row, Status::error, limits.problem);
    }
    if (limits.broken) {
        return answer(row, Status::violated, limits.reason);
    }
    if (candidate.insufficient) {
        row.leans = "ok";
        return answer(row, Status::inconclusive, insufficient_text(*candidate.insufficient));
    }
    if (!rule.compares_sides()) {
        return answer(row, Status::pass, "the limits hold");
    }
    return answer(row, Status::no_baseline,
                  limits.judged ? "not compared: there is no baseline yet; the limits hold"
                                : "not compared: there is no baseline yet");
}

CheckResult explain(const Rule& rule, Status status, std::string reason) {
    CheckResult row;
    row.rule = rule;
    return answer(row, status, std::move(reason));
}

}  // namespace metricgate::verdict
