#include <algorithm>

#include "verdict/judge.h"

namespace metricgate::verdict {
namespace {

/// What a row means for the exit code when it blocks.
enum class Weight { nothing, undecided, could_not_judge, fail };

Weight weight(const CheckResult& row, Strictness strictness) {
    // A pass promises that every compared number was finite and judged, whether a bad answer blocks
    // or only warns.
    if (row.rule.level == Level::warn && row.status == Status::error) {
        return Weight::could_not_judge;
    }
    if (row.rule.level != Level::block) {
        return Weight::nothing;
    }
    switch (row.status) {
        case Status::regressed:
        case Status::violated:
        case Status::missing:
        case Status::incomparable:
            return Weight::fail;
        case Status::error:
            return Weight::could_not_judge;
        case Status::inconclusive:
            return row.rule.inconclusive_blocks || strictness.strict ? Weight::undecided
                                                                     : Weight::nothing;
        case Status::no_baseline:
            return row.rule.no_baseline_blocks || strictness.strict ? Weight::undecided
                                                                    : Weight::nothing;
        case Status::new_metric:
            return strictness.strict ? Weight::undecided : Weight::nothing;
        case Status::pass:
        case Status::skipped:
        case Status::waived:
            return Weight::nothing;
    }
    return Weight::could_not_judge;
}

/// Whether a row of level block reached an answer that a pass may rest on.
bool decided(const CheckResult& row) {
    if (row.rule.level != Level::block) {
        return false;
    }
    switch (row.status) {
        case Status::pass:
        case Status::regressed:
        case Status::violated:
        case Status::missing:
        case Status::incomparable:
            return true;
        case Status::no_baseline:
        case Status::new_metric:
            return row.limit_judged;
        case Status::waived:
            // It excuses a loss that was judged; of what could not be compared nothing is known.
            return row.instead_of == Status::regressed || row.instead_of == Status::violated;
        case Status::inconclusive:
        case Status::skipped:
        case Status::error:
            return false;
    }
    return false;
}

/// A row counts towards "N of N" when it was judged with data, or its status says why not.
bool accounted_for(const CheckResult& row) {
    return row.evaluated || !row.reason.empty();
}

}  // namespace

bool blocks(const CheckResult& row, Strictness strictness) {
    return weight(row, strictness) != Weight::nothing;
}

void conclude(GateResult& result, std::size_t declared, Strictness strictness) {
    result.verdict = Verdict::could_not_judge;
    result.counts = {};
    result.counts.declared = declared;
    Weight worst = Weight::nothing;
    bool any_evaluated = false;
    bool any_decided = false;
    for (CheckResult& row : result.checks) {
        row.blocks = blocks(row, strictness);
        result.counts.evaluated += accounted_for(row) ? 1U : 0U;
        ++result.counts.by_status[name(row.status)];
        any_evaluated = any_evaluated || row.evaluated;
        any_decided = any_decided || decided(row);
        worst = std::max(worst, weight(row, strictness));
    }
    const bool complete =
        declared > 0 && result.counts.evaluated == declared && result.checks.size() == declared;
    if (worst == Weight::fail) {
        result.verdict = Verdict::fail;
    } else if (!complete || worst == Weight::could_not_judge || !any_evaluated) {
        result.verdict = Verdict::could_not_judge;
    } else if (worst == Weight::undecided || !any_decided) {
        result.verdict = Verdict::undecided;
    } else {
        result.verdict = Verdict::pass;
    }
    result.exit_code = exit_code(result.verdict);
    const bool may_be_excused =
        result.verdict == Verdict::fail || result.verdict == Verdict::undecided;
    if (strictness.no_fail && may_be_excused) {
        result.exit_code = 0;
    }
}

}  // namespace metricgate::verdict
