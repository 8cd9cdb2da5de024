// The strict JSON layer: what it takes, nlohmann's parser takes too, and reads the same from it.
#include <cmath>

#include <nlohmann/json.hpp>

#include "fuzz/corpora.h"
#include "fuzz/problems.h"
#include "fuzz/target.h"
#include "fuzz/trees.h"

namespace metricgate::fuzz {

namespace {

using support::Node;
using Json = nlohmann::json;

bool has_tokens(const Node& node) {
    const auto in_member = [](const support::Member& member) { return has_tokens(member.value); };
    return (node.kind == Node::Kind::number && node.number.kind != support::NumberKind::finite) ||
           std::any_of(node.items.begin(), node.items.end(), has_tokens) ||
           std::any_of(node.members.begin(), node.members.end(), in_member);
}

void compare(const Node& node, const Json& other) {
    switch (node.kind) {
        case Node::Kind::null:
            return require(other.is_null(), "null on both sides");
        case Node::Kind::boolean:
            return require(other.is_boolean() && other.get<bool>() == node.boolean, "booleans");
        case Node::Kind::number:
            return require(other.is_number() && other.get<double>() == node.number.value, "numbers",
                           node.text);
        case Node::Kind::text:
            return require(other.is_string() && other.get<std::string>() == node.text, "texts");
        case Node::Kind::list:
            require(other.is_array() && other.size() == node.items.size(), "lists");
            for (std::size_t i = 0; i < node.items.size(); ++i) {
                compare(node.items[i], other[i]);
            }
            return;
        case Node::Kind::map:
            require(other.is_object() && other.size() == node.members.size(), "objects");
            for (const support::Member& member : node.members) {
                require(other.contains(member.key), "a key on both sides", member.key);
                compare(member.value, other[member.key]);
            }
            return;
    }
}

}  // namespace

std::vector<Seed> seeds() {
    return files_ending({"data", "cases/scalars", "cases/formats"}, {".json"}, 64);
}

}  // namespace metricgate::fuzz

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    using namespace metricgate;
    const std::string_view text = fuzz::text_of(data, size);
    const auto tree = support::parse_json(text, "file.json");
    fuzz::check_problems(tree);
    if (!tree.ok()) {
        return 0;
    }
    fuzz::check_tree(*tree, 64, text);
    // NaN and infinities are ours alone, and the library has no word for what a double cannot hold.
    if (!fuzz::has_tokens(*tree)) {
        const auto other = fuzz::Json::parse(text, nullptr, false);
        fuzz::require(!other.is_discarded(), "the other parser takes it, too", text);
        fuzz::compare(*tree, other);
    }
    return 0;
}
