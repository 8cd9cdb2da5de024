#include "policy/waiver_changes.h"

#include <algorithm>

namespace metricgate::policy {
namespace {

bool same_target(const Waiver& a, const Waiver& b) {
    return a.check.value == b.check.value && a.slice.size() == b.slice.size() &&
           std::ranges::equal(a.slice, b.slice, [](const auto& x, const auto& y) {
               return x.first == y.first && x.second.value == y.second.value;
           });
}

std::string target(const Waiver& waiver) {
    std::string text;
    for (const auto& [column, value] : waiver.slice) {
        text += (text.empty() ? "" : ", ") + column + "=" + value.value;
    }
    return waiver.check.value + (text.empty() ? "" : " [" + text + "]");
}

/// True when `to` covers losses that `from` does not, or a comparison would need the baseline.
bool covers_more(const std::optional<Margin>& from, const std::optional<Margin>& to) {
    if (!from) {
        return false;
    }
    if (!to) {
        return true;
    }
    if (from->absolute && to->absolute) {
        return to->absolute->value > from->absolute->value;
    }
    if (from->relative && to->relative) {
        return to->relative->value > from->relative->value;
    }
    return true;
}

}  // namespace

std::vector<std::string> loosened_waivers(const Policy& judged, const Policy& other) {
    const std::string ending = "; that does not count before it is merged.";
    std::vector<std::string> texts;
    for (const Waiver& waiver : other.waivers) {
        const auto before = std::ranges::find_if(
            judged.waivers, [&](const Waiver& each) { return same_target(each, waiver); });
        if (before == judged.waivers.end()) {
            texts.push_back("This change adds a waiver of " + target(waiver) + ending);
            continue;
        }
        if (waiver.expires.value > before->expires.value) {
            texts.push_back("This change prolongs the waiver of " + target(waiver) + " from " +
                            to_text(before->expires.value) + " to " +
                            to_text(waiver.expires.value) + ending);
        }
        if (covers_more(before->up_to, waiver.up_to)) {
            texts.push_back("This change lets the waiver of " + target(waiver) +
                            " cover a larger loss" + ending);
        }
    }
    return texts;
}

}  // namespace metricgate::policy
