#include <algorithm>

#include "policy/read_sections.h"
#include "support/text.h"

namespace metricgate::policy {

namespace {

using support::Diagnostics;
using support::Node;

constexpr std::uint64_t fewest_groups = 2;
constexpr std::uint64_t most_groups = 20;

const std::vector<std::string> keys = {"by", "min_examples", "required", "discover", "cut"};

bool read_flag(const Node& node, const std::string& name, Diagnostics& problems) {
    if (node.kind != Node::Kind::boolean) {
        problems.push_back(refuse(node, name, "true or false"));
        return false;
    }
    return node.boolean;
}

void read_cut(const Node& node, const std::string& name, Slices& slices, Diagnostics& problems) {
    if (node.kind != Node::Kind::map || node.members.empty()) {
        problems.push_back(
            refuse(node, name, "a map from numeric columns to a number of groups, {age: 4}"));
        return;
    }
    std::vector<std::string> columns;
    for (const auto& column : slices.by) {
        columns.push_back(column.value);
    }
    for (const support::Member& member : node.members) {
        const std::string own = name + "." + support::visible(member.key, 60);
        const auto groups = read_count(member.value, own, problems);
        if (groups && (*groups < fewest_groups || *groups > most_groups)) {
            problems.push_back(refuse(member.value, own, "a number of groups from 2 to 20"));
        }
        if (std::find(columns.begin(), columns.end(), member.key) == columns.end()) {
            problems.push_back({member.where, own +
                                                  ": the column is not searched; name it under "
                                                  "`by`, too" +
                                                  support::did_you_mean(member.key, columns)});
        }
        slices.cut.emplace(member.key,
                           Located<std::uint64_t>{groups.value_or(fewest_groups), member.where});
    }
}

}  // namespace

Slices read_slices(const Node& node, const std::string& name, Diagnostics& problems) {
    const SettingsReader settings(node, name, keys, problems);
    Slices slices;
    slices.where = node.where;
    settings.require("by", "name the columns whose values make the slices");
    slices.by = settings.words("by");
    slices.required = settings.words("required");
    if (const auto count = settings.count("min_examples")) {
        slices.min_examples = count->value;
    }
    if (const Node* discover = settings.find("discover")) {
        slices.discover = read_flag(*discover, settings.name_of("discover"), problems);
    }
    const Node* cut = settings.find("cut");
    if (cut != nullptr) {
        read_cut(*cut, settings.name_of("cut"), slices, problems);
    }
    if (slices.discover && !slices.required.empty()) {
        problems.push_back({slices.required.front().where,
                            settings.name_of("required") +
                                ": a search looks at every part by itself; name required slices "
                                "in a check without `discover`"});
    }
    if (!slices.discover && cut != nullptr) {
        problems.push_back({cut->where, settings.name_of("cut") +
                                            ": only a search cuts numeric columns; add `discover: "
                                            "true`, or write a column of groups"});
    }
    return slices;
}

}  // namespace metricgate::policy
