#include "cli/waivers.h"

#include "verdict/waivers.h"

namespace metricgate::cli {
namespace {

verdict::WaiverState state_of(int days_left, bool of_the_change) {
    if (days_left < 0) {
        return verdict::WaiverState::lapsed;
    }
    if (days_left > verdict::longest_waiver) {
        return verdict::WaiverState::too_long;
    }
    return of_the_change ? verdict::WaiverState::of_the_change : verdict::WaiverState::unused;
}

}  // namespace

std::vector<verdict::Waiver> waivers_on(const policy::Policy& policy, const policy::Date& today,
                                        bool of_the_change) {
    std::vector<verdict::Waiver> waivers;
    for (const policy::Waiver& source : policy.waivers) {
        verdict::Waiver waiver;
        waiver.check = source.check.value;
        for (const auto& [column, value] : source.slice) {
            waiver.slice.emplace(column, value.value);
        }
        waiver.reason = source.reason.value;
        waiver.owner = source.owner.value;
        waiver.expires = policy::to_text(source.expires.value);
        waiver.days_left = policy::days_between(today, source.expires.value);
        if (source.up_to && source.up_to->absolute) {
            waiver.absolute = source.up_to->absolute->value;
        } else if (source.up_to && source.up_to->relative) {
            waiver.relative = source.up_to->relative->value;
        }
        waiver.where = source.where;
        waiver.state = state_of(waiver.days_left, of_the_change);
        waivers.push_back(std::move(waiver));
    }
    return waivers;
}

}  // namespace metricgate::cli
