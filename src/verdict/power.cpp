#include "verdict/power.h"

#include <algorithm>

namespace metricgate::verdict {
namespace {

bool has_warning(const RowPower& row, const char* code) {
    return std::any_of(row.warnings.begin(), row.warnings.end(),
                       [code](const comparison::Note& note) { return note.code == code; });
}

bool has_chances(const RowPower& row) {
    return !row.basis.empty() || has_warning(row, "run_lengths") ||
           std::any_of(row.limits.begin(), row.limits.end(),
                       [](const LimitPower& limit) { return limit.broken.has_value(); });
}

/// Every row was looked at, and something is known of at least one.
bool is_complete(const PowerResult& result) {
    bool any = false;
    for (const RowPower& row : result.rows) {
        if (has_warning(row, "not_compared") && row.rule.level != Level::off &&
            row.rule.level != Level::info) {
            return false;
        }
        any = any || has_chances(row);
    }
    return any;
}

void warn_of_run(PowerResult& result) {
    const bool any_blocks =
        std::any_of(result.rows.begin(), result.rows.end(), [](const RowPower& row) {
            return row.rule.level == Level::block && row.status != Status::skipped &&
                   !row.cannot_fail;
        });
    if (!any_blocks && !result.rows.empty()) {
        result.warnings.push_back(
            {"nothing_blocks",
             "no check of this policy can block on this data: every one is skipped, cannot fail, "
             "or has a level below `block`"});
    }
    if (!result.rows.empty() && std::none_of(result.rows.begin(), result.rows.end(), has_chances)) {
        result.warnings.push_back({"nothing_analysed",
                                   "the chances of no check are known on this data; each row says "
                                   "why"});
    }
    if (result.not_compared) {
        result.warnings.push_back({"not_compared",
                                   "there is no baseline yet, so nothing is known of the noise "
                                   "between two models; only limits could be looked at"});
    }
}

}  // namespace

const char* name(PowerAnswer answer) {
    switch (answer) {
        case PowerAnswer::could_not_analyse:
            return "could_not_analyse";
        case PowerAnswer::cannot_fail:
            return "cannot_fail";
        case PowerAnswer::analysed:
            return "analysed";
    }
    return "could_not_analyse";
}

int exit_code(PowerAnswer answer) {
    switch (answer) {
        case PowerAnswer::could_not_analyse:
            return 2;
        case PowerAnswer::cannot_fail:
            return 1;
        case PowerAnswer::analysed:
            return 0;
    }
    return 2;
}

std::string label(const Rule& rule) {
    std::string text;
    for (const auto& [column, value] : rule.slice) {
        text += (text.empty() ? "" : ", ") + column + "=" + value;
    }
    return rule.slice.empty() ? rule.id : rule.id + " [" + text + "]";
}

PowerResult analyse_power(const GateResult& judged, Correction correction) {
    PowerResult result;
    result.inputs = judged.inputs;
    result.policy = judged.policy;
    result.not_compared = judged.not_compared;
    result.seed = judged.seed;
    result.program_version = judged.program_version;
    bool cannot_fail = false;
    for (const CheckResult& row : judged.checks) {
        result.rows.push_back(row_power(row));
        cannot_fail = cannot_fail || result.rows.back().cannot_fail;
    }
    result.policy_power = policy_power(judged, correction, result.rows);
    warn_of_run(result);
    const bool nothing_blocks =
        std::any_of(result.warnings.begin(), result.warnings.end(),
                    [](const comparison::Note& note) { return note.code == "nothing_blocks"; });
    if (cannot_fail || nothing_blocks) {
        result.answer = PowerAnswer::cannot_fail;
    } else if (is_complete(result) && !result.not_compared) {
        result.answer = PowerAnswer::analysed;
    }
    return result;
}

}  // namespace metricgate::verdict
