#include "verdict/waivers.h"

#include <algorithm>
#include <cmath>
#include <limits>

#include "comparison/rounding.h"
#include "support/number.h"
#include "support/text.h"

namespace metricgate::verdict {
namespace {

using support::format_short;

/// How far a row is off, and the two numbers that it lies between, for rounding.
struct Amount {
    double size = 0.0;
    double reference = 0.0;  ///< what a relative bound is a share of
    double scale = 0.0;
};

/// The distance by which a limit is missed.
void add_limit(const std::optional<Limit>& limit, double sign, const comparison::Comparison& c,
               std::vector<Amount>& amounts) {
    if (!limit) {
        return;
    }
    double value = c.candidate.number();
    if (limit->by != Bound::point) {
        // By how much an unknown bound misses its limit nobody knows, and no waiver covers that.
        constexpr double unknown = std::numeric_limits<double>::quiet_NaN();
        const auto own = c.candidate_interval.value_or(stats::Interval{unknown, unknown});
        value = limit->by == Bound::lower ? own.lower : own.upper;
    }
    const double missed = sign * (limit->value - value);
    if (!(missed <= 0.0)) {
        amounts.push_back(
            {missed, limit->value, std::max(std::abs(value), std::abs(limit->value))});
    }
}

/// All that a bound on the loss must cover: the change, where there is one, and the distance to a
/// broken limit. Nothing when no loss was measured.
std::vector<Amount> amounts_of(const CheckResult& row) {
    std::vector<Amount> amounts;
    if (!row.comparison || !row.comparison->candidate.defined()) {
        return amounts;
    }
    const comparison::Comparison& c = *row.comparison;
    if (c.delta && c.baseline.defined()) {
        // A gain blocks too where the rule bounds it.
        const bool gains_count = row.rule.max_gain || row.rule.require == Require::equivalence;
        const double size = gains_count ? std::abs(*c.delta) : -*c.delta;
        const double baseline = c.baseline.number();
        amounts.push_back(
            {size, baseline, std::max(std::abs(baseline), std::abs(c.candidate.number()))});
    } else if (c.delta) {
        amounts.push_back({-*c.delta, 0.0, std::abs(*c.delta)});
    }
    add_limit(row.rule.minimum, 1.0, c, amounts);
    add_limit(row.rule.maximum, -1.0, c, amounts);
    return amounts;
}

/// Whether the loss of a row stays within what the waiver covers; false when that is not known.
bool stays_within(const CheckResult& row, const Waiver& waiver) {
    if (!waiver.absolute && !waiver.relative) {
        return true;
    }
    const auto amounts = amounts_of(row);
    return !amounts.empty() && std::ranges::all_of(amounts, [&](const Amount& amount) {
        const double bound =
            waiver.absolute ? *waiver.absolute : *waiver.relative * std::abs(amount.reference);
        return comparison::oriented_excess(-amount.size, bound, amount.scale) >= 0.0;
    });
}

/// A waiver of a slice is for all rows that lie within it.
bool is_for(const Waiver& waiver, const Rule& rule) {
    return rule.check == waiver.check && std::ranges::all_of(waiver.slice, [&](const auto& wanted) {
               const auto found = rule.slice.find(wanted.first);
               return found != rule.slice.end() && found->second == wanted.second;
           });
}

/// Higher is more telling, when rows of one waiver disagree.
int weight(WaiverState state) {
    switch (state) {
        case WaiverState::covers:
            return 4;
        case WaiverState::exceeded:
            return 3;
        case WaiverState::about_to_lapse:
            return 2;
        case WaiverState::unused:
            return 1;
        case WaiverState::not_judged:
            return 0;
        case WaiverState::lapsed:
        case WaiverState::too_long:
        case WaiverState::of_the_change:
            return 5;
    }
    return 5;
}

bool counts(const Waiver& waiver) {
    return weight(waiver.state) < weight(WaiverState::lapsed);
}

std::string days(int count) {
    return support::count_of(static_cast<std::size_t>(count), "day", "days");
}

/// What a row that blocks says of a waiver that does not help it.
std::string why_not(const Waiver& waiver) {
    switch (waiver.state) {
        case WaiverState::exceeded:
            return "its waiver covers only " + covered_loss(waiver);
        case WaiverState::about_to_lapse:
            return "its waiver lapses after " + waiver.expires +
                   ", and --strict counts no waiver "
                   "in its last " +
                   days(last_days);
        case WaiverState::lapsed:
            return "its waiver lapsed after " + waiver.expires;
        case WaiverState::too_long:
            return "its waiver does not count, because it ends too late";
        case WaiverState::of_the_change:
            return "its waiver does not count, because only this change has it";
        case WaiverState::covers:
        case WaiverState::unused:
        case WaiverState::not_judged:
            return "";
    }
    return "";
}

/// What the waiver says of the row, which would block.
WaiverState answer(const Waiver& waiver, const CheckResult& row, Strictness strictness) {
    if (!counts(waiver)) {
        return waiver.state;
    }
    if (!stays_within(row, waiver)) {
        return WaiverState::exceeded;
    }
    return strictness.strict && waiver.days_left < last_days ? WaiverState::about_to_lapse
                                                             : WaiverState::covers;
}

void judge_row(CheckResult& row, std::vector<Waiver>& waivers, Strictness strictness) {
    const bool excusable = blocks(row, strictness) && row.status != Status::error;
    std::vector<Waiver*> own;
    for (Waiver& waiver : waivers) {
        if (is_for(waiver, row.rule)) {
            own.push_back(&waiver);
        }
    }
    // A waiver of the slice itself speaks before one of the whole check.
    std::ranges::stable_sort(
        own, [](const Waiver* a, const Waiver* b) { return a->slice.size() > b->slice.size(); });
    std::string reasons;
    for (Waiver* waiver : own) {
        WaiverState state =
            row.status == Status::skipped ? WaiverState::not_judged : WaiverState::unused;
        if (excusable) {
            state = answer(*waiver, row, strictness);
        } else if (row.status == Status::error) {
            state = WaiverState::not_judged;
            reasons = "; a waiver does not excuse what could not be judged";
        }
        if (counts(*waiver) && weight(state) > weight(waiver->state)) {
            waiver->state = state;
        }
        if (excusable && state == WaiverState::covers) {
            ++waiver->rows;
            row.instead_of = row.status;
            row.status = Status::waived;
            row.waiver = *waiver;
            return;
        }
        if (excusable) {
            Waiver answered = *waiver;
            answered.state = state;
            reasons += "; " + why_not(answered);
            if (state == WaiverState::exceeded && amounts_of(row).empty()) {
                reasons += ", and here the loss is not known";
            }
        }
    }
    row.reason += reasons;
}

/// What every report says of a waiver; empty when there is nothing to do about it.
std::string warning(const Waiver& waiver) {
    const std::string of =
        "The waiver of " + target(waiver) + " (" + support::describe(waiver.where) + ") ";
    switch (waiver.state) {
        case WaiverState::covers:
            return waiver.days_left < last_days
                       ? of + "lapses after " + waiver.expires + ", " +
                             (waiver.days_left == 0 ? "today" : "in " + days(waiver.days_left)) +
                             "; from then on the check blocks. " + waiver.owner + " answers for it."
                       : "";
        case WaiverState::exceeded:
            return of + "does not help: it covers only " + covered_loss(waiver) + ".";
        case WaiverState::about_to_lapse:
            return of + "lapses after " + waiver.expires +
                   "; --strict does not count it in its last " + days(last_days) + ".";
        case WaiverState::unused:
            return of + "is not needed: nothing that it is for would block. Remove it.";
        case WaiverState::not_judged:
            return "";
        case WaiverState::lapsed:
            return of + "lapsed after " + waiver.expires + ", " + days(-waiver.days_left) +
                   " ago, and does not count. Remove it, or have " + waiver.owner + " decide anew.";
        case WaiverState::too_long:
            return of + "ends on " + waiver.expires + ", in " + days(waiver.days_left) +
                   ", and does not count: a waiver may end at most " + days(longest_waiver) +
                   " ahead.";
        case WaiverState::of_the_change:
            return of +
                   "does not count: only this change has it, and the change cannot excuse "
                   "itself. Merge the waiver first.";
    }
    return "";
}

}  // namespace

std::string target(const Waiver& waiver) {
    std::string text;
    for (const auto& [column, value] : waiver.slice) {
        text += (text.empty() ? "" : ", ") + column + "=" + value;
    }
    return waiver.check + (text.empty() ? "" : " [" + text + "]");
}

std::string covered_loss(const Waiver& waiver) {
    constexpr int digits = 4;
    if (waiver.absolute) {
        return "a loss up to " + format_short(*waiver.absolute, digits);
    }
    if (waiver.relative) {
        return "a loss up to " + format_short(100.0 * *waiver.relative, digits) +
               " % of the baseline";
    }
    return "any loss";
}

void apply_waivers(GateResult& result, Strictness strictness) {
    for (Waiver& waiver : result.waivers) {
        // "Skipped" is said only when nothing else is to be said.
        if (waiver.state == WaiverState::unused &&
            std::ranges::any_of(result.checks,
                                [&](const CheckResult& row) { return is_for(waiver, row.rule); })) {
            waiver.state = WaiverState::not_judged;
        }
    }
    for (CheckResult& row : result.checks) {
        judge_row(row, result.waivers, strictness);
    }
    for (const Waiver& waiver : result.waivers) {
        std::string text = warning(waiver);
        if (!text.empty()) {
            result.warnings.push_back(std::move(text));
        }
    }
}

}  // namespace metricgate::verdict
