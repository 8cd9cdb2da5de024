// Which column plays which role.

#include <algorithm>

#include "policy/read_sections.h"
#include "support/text.h"

namespace metricgate::policy {

namespace {

using support::Diagnostics;
using support::Node;

const std::vector<std::string> side_keys = {"candidate", "baseline"};
const std::vector<std::string> known_roles = {"id",     "label",   "prediction", "score",
                                              "weight", "cluster", "query",      "naive_error"};
/// True when one letter was dropped, added, replaced or swapped with its neighbour, or the case
/// differs.
bool is_slip_of(std::string_view written, std::string_view meant) {
    const auto lower = [](char byte) {
        return byte >= 'A' && byte <= 'Z' ? static_cast<char>(byte - 'A' + 'a') : byte;
    };
    const auto same = [&](char a, char b) { return lower(a) == lower(b); };
    const auto [a, b] =
        std::mismatch(written.begin(), written.end(), meant.begin(), meant.end(), same);
    const std::string_view left(a, written.end());
    const std::string_view right(b, meant.end());
    const auto equal = [&](std::string_view x, std::string_view y) {
        return std::equal(x.begin(), x.end(), y.begin(), y.end(), same);
    };
    if (left.empty() || right.empty()) {
        return left.size() + right.size() <= 1;
    }
    const bool swapped = left.size() > 1 && right.size() > 1 && same(left[0], right[1]) &&
                         same(left[1], right[0]) && equal(left.substr(2), right.substr(2));
    return swapped || equal(left.substr(1), right.substr(1)) || equal(left.substr(1), right) ||
           equal(left, right.substr(1));
}

/// A misspelt `weight` or `cluster` would become a value column that nobody reads, and the check
/// would silently run without it. Two letters are too few to tell a slip of `id` from a name.
void refuse_misspelt_role(const support::Member& member, const std::string& name,
                          Diagnostics& problems) {
    for (const std::string& role : known_roles) {
        if (member.key != role && role.size() > 2 && is_slip_of(member.key, role)) {
            problems.push_back({member.where, name + ": unknown role '" +
                                                  support::visible(member.key, 60) +
                                                  "' (did you mean '" + role +
                                                  "'?); a value column needs a name that cannot "
                                                  "be taken for it"});
            return;
        }
    }
}

std::optional<ColumnBinding> read_binding(const support::Member& member, const std::string& name,
                                          Diagnostics& problems) {
    ColumnBinding binding;
    binding.role = member.key;
    binding.where = member.value.where;
    if (member.value.kind != Node::Kind::map) {
        auto column = read_word(member.value, name, problems);
        if (!column) {
            return std::nullopt;
        }
        binding.both = std::move(*column);
        return binding;
    }
    const SettingsReader settings(member.value, name, side_keys, problems);
    settings.require("candidate", "a column a side is written {candidate: ..., baseline: ...}");
    settings.require("baseline", "a column a side is written {candidate: ..., baseline: ...}");
    const auto candidate = settings.word("candidate");
    const auto baseline = settings.word("baseline");
    if (!candidate || !baseline) {
        return std::nullopt;
    }
    if (member.key == "id") {
        problems.push_back({member.value.where,
                            name + ": found a column a side, wanted one column: the id is what "
                                   "pairs the two sides"});
        return std::nullopt;
    }
    binding.per_side = true;
    binding.candidate = candidate->value;
    binding.baseline = baseline->value;
    return binding;
}

}  // namespace

void read_columns(const SettingsReader& settings, Input& input, Diagnostics& problems) {
    const Node* columns = settings.find("columns");
    if (columns == nullptr) {
        return;
    }
    const std::string name = settings.name_of("columns");
    if (columns->kind != Node::Kind::map || columns->members.empty()) {
        problems.push_back(refuse(*columns, name, "a map from roles to columns, {label: y}"));
        return;
    }
    for (const support::Member& member : columns->members) {
        if (member.key.empty()) {
            problems.push_back({member.where, name + ": found a role without a name"});
            continue;
        }
        refuse_misspelt_role(member, name, problems);
        auto binding =
            read_binding(member, name + "." + support::visible(member.key, 60), problems);
        if (binding) {
            input.columns.emplace(member.key, std::move(*binding));
        }
    }
}

void read_class_scores(const SettingsReader& settings, Input& input, Diagnostics& problems) {
    const Node* scores = settings.find("class_scores");
    if (scores == nullptr) {
        return;
    }
    const std::string name = settings.name_of("class_scores");
    if (scores->kind != Node::Kind::map || scores->members.size() < 2) {
        problems.push_back(refuse(*scores, name, "a map from at least two classes to columns"));
        return;
    }
    std::map<std::string, std::string> owners;
    for (const support::Member& member : scores->members) {
        auto column =
            read_word(member.value, name + "." + support::visible(member.key, 60), problems);
        if (!column) {
            continue;
        }
        const auto [owner, unique] = owners.emplace(*column, member.key);
        if (!unique) {
            problems.push_back({member.value.where,
                                name + ": found column '" + support::visible(*column, 60) +
                                    "' for the classes '" + support::visible(owner->second, 60) +
                                    "' and '" + support::visible(member.key, 60) +
                                    "'; give each class a column of its own"});
        }
        input.class_scores.emplace(member.key, std::move(*column));
    }
}

}  // namespace metricgate::policy
