#include "policy/changes.h"

#include <map>

#include "policy/merge_documents.h"

namespace metricgate::policy {
namespace {

using support::Node;

std::string join(const std::string& path, const std::string& key) {
    return path.empty() ? key : path + "." + key;
}

/// What tells an item from its neighbours wherever it stands: its `id`, else the check and the
/// slice that a waiver is for.
std::string item_name(const Node& item, std::size_t index) {
    if (const Node* id = item.find("id")) {
        return id->text;
    }
    const Node* check = item.find("check");
    if (check == nullptr) {
        return std::to_string(index);
    }
    std::string name = check->text;
    if (const Node* slice = item.find("slice")) {
        for (const support::Member& member : slice->members) {
            name += "[" + member.key + "=" + member.value.text + "]";
        }
    }
    return name;
}

/// Every scalar of the tree by its path.
void flatten(const Node& node, const std::string& path,
             std::map<std::string, std::string>& leaves) {
    switch (node.kind) {
        case Node::Kind::map:
            for (const support::Member& member : node.members) {
                // "checks" and "inputs" only hold named things, so their own name adds nothing.
                const bool container =
                    path.empty() && (member.key == "checks" || member.key == "inputs");
                flatten(member.value, container ? "" : join(path, member.key), leaves);
            }
            return;
        case Node::Kind::list:
            for (std::size_t i = 0; i < node.items.size(); ++i) {
                flatten(node.items[i], join(path, item_name(node.items[i], i)), leaves);
            }
            return;
        case Node::Kind::null:
            leaves[path] = "null";
            return;
        case Node::Kind::boolean:
            leaves[path] = node.boolean ? "true" : "false";
            return;
        case Node::Kind::number:
        case Node::Kind::text:
            leaves[path] = node.text;
            return;
    }
}

Node list_of(std::vector<Node> items) {
    Node list;
    list.kind = Node::Kind::list;
    list.items = std::move(items);
    return list;
}

/// All settings that hold, as one document; `extends` as the policy's own text has it.
std::optional<Node> whole_document(const PolicyText& text) {
    const auto own = support::parse_yaml(text.bytes, text.source);
    if (!own) {
        return std::nullopt;
    }
    support::Diagnostics problems;
    MergedDocument merged = merge_documents(text.bytes, text.source, text.extends, problems);
    if (!merged.complete) {
        return std::nullopt;
    }
    Node whole;
    whole.kind = Node::Kind::map;
    const auto add = [&whole](const char* key, Node value) {
        whole.members.push_back({key, value.where, std::move(value)});
    };
    if (const Node* extends = own->find("extends")) {
        add("extends", *extends);
    }
    if (merged.seed) {
        add("seed", std::move(*merged.seed));
    }
    if (merged.multiplicity) {
        add("multiplicity", std::move(*merged.multiplicity));
    }
    add("defaults", std::move(merged.defaults));
    add("inputs", std::move(merged.inputs));
    add("checks", list_of(std::move(merged.checks)));
    add("waivers", list_of(std::move(merged.waivers)));
    return whole;
}

}  // namespace

std::optional<std::vector<std::string>> merged_changes(const PolicyText& judged,
                                                       const PolicyText& other) {
    const auto before = whole_document(judged);
    const auto after = whole_document(other);
    if (!before || !after) {
        return std::nullopt;
    }
    return changes(*before, *after);
}

std::vector<std::string> changes(const Node& judged, const Node& other) {
    std::map<std::string, std::string> before;
    std::map<std::string, std::string> after;
    flatten(judged, "", before);
    flatten(other, "", after);
    std::vector<std::string> lines;
    for (const auto& [path, text] : before) {
        const auto found = after.find(path);
        if (found == after.end()) {
            lines.push_back(path + ": removed (was " + text + ")");
        } else if (found->second != text) {
            lines.push_back(path + ": " + text + " -> " + found->second);
        }
    }
    for (const auto& [path, text] : after) {
        if (before.find(path) == before.end()) {
            lines.push_back(path + ": added (" + text + ")");
        }
    }
    return lines;
}

}  // namespace metricgate::policy
