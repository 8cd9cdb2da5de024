#include <array>

#include "policy/read_sections.h"

namespace metricgate::policy {

namespace {

enum class Need { either, both };

constexpr std::array<Choice<Need>, 2> needs = {{{"both", Need::both}, {"either", Need::either}}};

const std::vector<std::string> keys = {"abs", "rel", "need"};

}  // namespace

std::optional<Margin> read_margin(const support::Node& node, const std::string& name,
                                  support::Diagnostics& problems) {
    if (node.kind == support::Node::Kind::number || node.kind == support::Node::Kind::text) {
        problems.push_back(refuse(node, name, "a map",
                                  "write " + name.substr(name.rfind('.') + 1) +
                                      ": {abs: 0.01} in the metric's units, or {rel: 5%} of the "
                                      "baseline"));
        return std::nullopt;
    }
    const std::size_t before = problems.size();
    const SettingsReader settings(node, name, keys, problems);
    if (!settings.usable()) {
        return std::nullopt;
    }
    Margin margin;
    margin.where = node.where;
    margin.absolute = settings.number(
        "abs", {.lowest = 0.0,
                .wanted = "a number of at least 0",
                .hint = "a margin is the loss that is tolerated, written without a sign"});
    if (const support::Node* relative = settings.find("rel")) {
        if (const auto value = read_relative(*relative, settings.name_of("rel"), problems)) {
            margin.relative = Located<double>{*value, relative->where};
        }
    }
    Need need = Need::either;
    settings.choose<Need>("need", needs, need);
    margin.need_both = need == Need::both;
    if (problems.size() != before) {
        return std::nullopt;
    }
    if (!margin.absolute && !margin.relative) {
        problems.push_back({node.where, name + ": found neither abs nor rel, wanted at least one"});
        return std::nullopt;
    }
    if (settings.find("need") != nullptr && !(margin.absolute && margin.relative)) {
        problems.push_back({settings.find("need")->where,
                            name + ".need: it joins abs and rel; give both, or remove it"});
        return std::nullopt;
    }
    return margin;
}

}  // namespace metricgate::policy
