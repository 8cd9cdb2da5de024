#include <array>

#include "policy/names_and_paths.h"
#include "policy/read_sections.h"
#include "support/text.h"

namespace metricgate::policy {

namespace {

using support::Diagnostics;
using support::Node;

constexpr std::array<Choice<BudgetCount>, 2> counts = {
    {{"losses", BudgetCount::losses}, {"net", BudgetCount::net}}};

const std::vector<std::string> anchor_keys = {"rev", "path", "key", "margin", "history"};
const std::vector<std::string> budget_keys = {"abs", "rel", "count"};

}  // namespace

std::optional<Anchor> read_anchor(const Node& node, const std::string& name,
                                  Diagnostics& problems) {
    const std::size_t before = problems.size();
    const SettingsReader settings(node, name, anchor_keys, problems);
    if (!settings.usable()) {
        return std::nullopt;
    }
    Anchor anchor;
    anchor.where = node.where;
    anchor.revision = settings.word("rev");
    anchor.path = settings.text("path");
    anchor.key = settings.word("key");
    anchor.history = settings.text("history");
    if (anchor.path) {
        const std::string problem = path_problem(anchor.path->value);
        if (!problem.empty()) {
            problems.push_back({anchor.path->where, settings.name_of("path") + ": found '" +
                                                        support::visible(anchor.path->value, 60) +
                                                        "', " + problem});
        }
    }
    const int places = (anchor.revision ? 1 : 0) + (anchor.path ? 1 : 0) + (anchor.key ? 1 : 0);
    if (problems.size() == before && places != 1) {
        problems.push_back({node.where, name + ": found " + std::to_string(places) +
                                            " of rev, path and key, wanted one: the release that "
                                            "is compared with"});
    }
    if (const Node* margin = settings.find("margin")) {
        anchor.margin = read_margin(*margin, settings.name_of("margin"), problems);
    }
    return problems.size() == before ? std::optional(std::move(anchor)) : std::nullopt;
}

std::optional<Budget> read_budget(const Node& node, const std::string& name,
                                  Diagnostics& problems) {
    const std::size_t before = problems.size();
    const SettingsReader settings(node, name, budget_keys, problems);
    if (!settings.usable()) {
        return std::nullopt;
    }
    Budget budget;
    budget.where = node.where;
    budget.absolute = settings.number("abs", {.lowest = 0.0,
                                              .without_lowest = true,
                                              .wanted = "a number above 0, in the metric's units"});
    if (const Node* relative = settings.find("rel")) {
        if (const auto value = read_relative(*relative, settings.name_of("rel"), problems)) {
            budget.relative = Located<double>{*value, relative->where};
        }
    }
    settings.choose<BudgetCount>("count", counts, budget.count);
    if (problems.size() == before && budget.absolute.has_value() == budget.relative.has_value()) {
        problems.push_back({node.where, name + ": wanted either abs or rel, the sum of losses that "
                                               "may be accepted since the anchor"});
    }
    return problems.size() == before ? std::optional(std::move(budget)) : std::nullopt;
}

}  // namespace metricgate::policy
