#include <algorithm>
#include <unordered_map>
#include <unordered_set>

#include "policy/read_sections.h"
#include "support/text.h"

namespace metricgate::policy {

namespace {

using support::Diagnostics;
using support::Node;

using ChecksById = std::unordered_map<std::string, const Check*>;

const std::vector<std::string> keys = {"check", "slice", "reason", "owner", "expires", "up_to"};

/// Looking for a near name among thousands, for each of thousands, would take minutes.
constexpr std::size_t most_suggestions = 500;

void bind_check(const Waiver& waiver, const SettingsReader& settings, const ChecksById& by_id,
                std::span<const Check> checks, Diagnostics& problems) {
    const auto found = by_id.find(waiver.check.value);
    if (found == by_id.end()) {
        std::vector<std::string> ids;
        for (const Check& check : checks.first(std::min(checks.size(), most_suggestions))) {
            ids.push_back(check.id.value);
        }
        problems.push_back(
            {waiver.check.where, settings.name_of("check") + ": no check has the id '" +
                                     support::visible(waiver.check.value, 60) + "'" +
                                     support::did_you_mean(waiver.check.value, ids)});
        return;
    }
    std::vector<std::string> columns = {"class"};  // of `average: per_class`; the plan knows which
    if (found->second->slices) {
        for (const auto& column : found->second->slices->by) {
            columns.push_back(column.value);
        }
    }
    for (const auto& [column, value] : waiver.slice) {
        if (std::find(columns.begin(), columns.end(), column) == columns.end()) {
            problems.push_back({value.where, settings.name_of("slice") + ": check '" +
                                                 waiver.check.value + "' has no slices by '" +
                                                 support::visible(column, 60) + "'" +
                                                 support::did_you_mean(column, columns)});
        }
    }
}

void read_slice(const SettingsReader& settings, Waiver& waiver, Diagnostics& problems) {
    const Node* slice = settings.find("slice");
    if (slice == nullptr) {
        return;
    }
    const std::string name = settings.name_of("slice");
    if (slice->kind != Node::Kind::map || slice->members.empty()) {
        problems.push_back(refuse(*slice, name, "a map from columns to values, {language: tr}"));
        return;
    }
    for (const support::Member& member : slice->members) {
        auto value =
            read_word(member.value, name + "." + support::visible(member.key, 60), problems);
        if (value) {
            waiver.slice.emplace(member.key,
                                 Located<std::string>{std::move(*value), member.value.where});
        }
    }
}

void read_expiry(const SettingsReader& settings, Waiver& waiver, Diagnostics& problems) {
    const Node* expires = settings.require("expires", "name the last day, like 2026-12-31");
    if (expires == nullptr) {
        return;
    }
    const auto date =
        expires->kind == Node::Kind::text ? parse_date(expires->text) : std::optional<Date>();
    if (!date) {
        problems.push_back(refuse(*expires, settings.name_of("expires"),
                                  "a day that exists, written like 2026-12-31"));
        return;
    }
    waiver.expires = {*date, expires->where};
}

void read_up_to(const SettingsReader& settings, Waiver& waiver, Diagnostics& problems) {
    const Node* up_to = settings.find("up_to");
    if (up_to == nullptr) {
        return;
    }
    waiver.up_to = read_margin(*up_to, settings.name_of("up_to"), problems);
    if (waiver.up_to && waiver.up_to->absolute && waiver.up_to->relative) {
        problems.push_back(
            {up_to->where, settings.name_of("up_to") + ": found abs and rel, wanted one of them"});
    }
}

Located<std::string> read_required_text(const SettingsReader& settings, std::string_view key,
                                        std::string_view hint) {
    settings.require(key, hint);
    return settings.text(key).value_or(Located<std::string>());
}

Waiver read_waiver(const SettingsReader& settings, Diagnostics& problems) {
    Waiver waiver;
    waiver.where = settings.where();
    waiver.check = read_required_text(settings, "check", "name the id of the check it is for");
    waiver.reason = read_required_text(settings, "reason", "say why the loss is accepted");
    waiver.owner = read_required_text(settings, "owner", "say who answers for it");
    read_slice(settings, waiver, problems);
    read_expiry(settings, waiver, problems);
    read_up_to(settings, waiver, problems);
    return waiver;
}

/// What a waiver is for, with lengths, so that no two different ones look alike.
std::string target_of(const Waiver& waiver) {
    std::string target = waiver.check.value;
    for (const auto& [column, value] : waiver.slice) {
        target += " " + std::to_string(column.size()) + ":" + column + "=" +
                  std::to_string(value.value.size()) + ":" + value.value;
    }
    return target;
}

}  // namespace

std::vector<Waiver> read_waivers(std::span<const Node> nodes, std::span<const Check> checks,
                                 bool all_checks_known, Diagnostics& problems) {
    ChecksById by_id;
    for (const Check& check : checks) {
        by_id.emplace(check.id.value, &check);
        if (check.anchor) {
            by_id.emplace(check.id.value + "@anchor", &check);
        }
        if (check.budget) {
            by_id.emplace(check.id.value + "@budget", &check);
        }
    }
    std::vector<Waiver> waivers;
    std::unordered_set<std::string> targets;
    for (std::size_t i = 0; i < nodes.size(); ++i) {
        const std::string name = "waivers[" + std::to_string(i + 1) + "]";
        const SettingsReader settings(nodes[i], name, keys, problems);
        if (!settings.usable()) {
            continue;
        }
        Waiver waiver = read_waiver(settings, problems);
        if (!waiver.check.value.empty() && all_checks_known) {
            bind_check(waiver, settings, by_id, checks, problems);
            if (!targets.insert(target_of(waiver)).second) {
                problems.push_back({waiver.check.where, name + ": the check and slice are waived "
                                                               "twice; keep one of the waivers"});
            }
        }
        waivers.push_back(std::move(waiver));
    }
    return waivers;
}

}  // namespace metricgate::policy
