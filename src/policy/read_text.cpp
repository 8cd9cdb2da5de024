// Texts of a policy: single ones, scalars as they were written, and lists of them.

#include <unordered_set>

#include "policy/settings_reader.h"
#include "support/text.h"

namespace metricgate::policy {

namespace {

using support::Node;

}  // namespace

support::Diagnostic refuse(const Node& found, std::string_view name, std::string_view wanted,
                           std::string_view hint) {
    std::string message = std::string(name) + ": found " + support::describe_found(found) +
                          ", wanted " + std::string(wanted);
    if (!hint.empty()) {
        message += "; " + std::string(hint);
    }
    return {found.where, std::move(message)};
}

std::optional<std::string> read_text(const Node& node, std::string_view name,
                                     support::Diagnostics& problems) {
    if (node.kind == Node::Kind::text && !node.text.empty()) {
        return node.text;
    }
    const bool scalar = node.kind == Node::Kind::number || node.kind == Node::Kind::boolean;
    problems.push_back(
        refuse(node, name, "a text that is not empty", scalar ? "quotes turn it into a text" : ""));
    return std::nullopt;
}

std::optional<std::string> read_word(const Node& node, std::string_view name,
                                     support::Diagnostics& problems) {
    switch (node.kind) {
        case Node::Kind::boolean:
            return node.boolean ? "true" : "false";
        case Node::Kind::number:
            return node.text;
        case Node::Kind::text:
            if (!node.text.empty()) {
                return node.text;
            }
            break;
        case Node::Kind::null:
        case Node::Kind::list:
        case Node::Kind::map:
            break;
    }
    problems.push_back(refuse(node, name, "a text or a number"));
    return std::nullopt;
}

std::vector<Located<std::string>> read_words(const Node& node, std::string_view name,
                                             support::Diagnostics& problems) {
    std::vector<Located<std::string>> words;
    if (node.kind != Node::Kind::list) {
        if (auto word = read_word(node, name, problems)) {
            words.push_back({std::move(*word), node.where});
        }
        return words;
    }
    if (node.items.empty()) {
        problems.push_back({node.where, std::string(name) +
                                            ": found an empty list; name at least one, or remove "
                                            "the key"});
    }
    std::unordered_set<std::string> seen;
    for (const Node& item : node.items) {
        auto word = read_word(item, name, problems);
        if (!word) {
            continue;
        }
        if (!seen.insert(*word).second) {
            problems.push_back({item.where, std::string(name) + ": found '" +
                                                support::visible(*word, 60) +
                                                "' twice; name each once"});
            continue;
        }
        words.push_back({std::move(*word), item.where});
    }
    return words;
}

}  // namespace metricgate::policy
