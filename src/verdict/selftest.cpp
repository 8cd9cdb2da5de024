#include "verdict/selftest.h"

#include <algorithm>

namespace metricgate::verdict {

const char* name(Ability ability) {
    switch (ability) {
        case Ability::goes_red:
            return "goes_red";
        case Ability::cannot_go_red:
            return "cannot_go_red";
        case Ability::untested:
            return "untested";
        case Ability::skipped:
            return "skipped";
    }
    return "untested";
}

const char* name(FaultAnswer::Outcome outcome) {
    switch (outcome) {
        case FaultAnswer::Outcome::caught:
            return "caught";
        case FaultAnswer::Outcome::not_caught:
            return "not_caught";
        case FaultAnswer::Outcome::does_not_apply:
            return "does_not_apply";
    }
    return "not_caught";
}

bool SelftestRow::misses_a_fault() const {
    return std::ranges::any_of(faults, [](const FaultAnswer& answer) {
        return answer.outcome == FaultAnswer::Outcome::not_caught;
    });
}

bool is_red(Status status) {
    switch (status) {
        case Status::regressed:
        case Status::violated:
        case Status::missing:
        case Status::incomparable:
        case Status::error:
            return true;
        case Status::pass:
        case Status::inconclusive:
        case Status::no_baseline:
        case Status::new_metric:
        case Status::skipped:
        case Status::waived:
            return false;
    }
    return false;
}

void conclude(SelftestResult& result) {
    bool any_tested = false;
    bool all_good = true;
    for (const SelftestRow& row : result.rows) {
        switch (row.ability) {
            case Ability::goes_red:
                any_tested = true;
                all_good = all_good && !row.misses_a_fault();
                break;
            case Ability::cannot_go_red:
                any_tested = true;
                all_good = false;
                break;
            case Ability::untested:
                all_good = false;
                break;
            case Ability::skipped:
                break;
        }
    }
    result.exit_code = !any_tested ? 2 : all_good ? 0 : 1;
}

}  // namespace metricgate::verdict
