// Shows what the JSON and YAML layers read, for comparison with other parsers.
//
//     show_document FILE...
//
// For each file a line of JSON: `{"refused": "..."}`, or its tree. A node is a list that starts
// with its kind:
//     ["map", [[key, node], ...]]  ["list", [node, ...]]  ["text", "..."]  ["null"]
//     ["boolean", true]  ["number", kind, as written, value in hexadecimal]
#include <array>
#include <charconv>
#include <fstream>
#include <iostream>
#include <iterator>
#include <string>

#include <nlohmann/json.hpp>

#include "support/files.h"
#include "support/node.h"

namespace {

using metricgate::support::Node;
using metricgate::support::NumberKind;
using Shown = nlohmann::json;

const char* name_of(NumberKind kind) {
    switch (kind) {
        case NumberKind::finite:
            return "finite";
        case NumberKind::not_a_number:
            return "nan";
        case NumberKind::positive_infinity:
            return "inf";
        case NumberKind::negative_infinity:
            return "-inf";
        case NumberKind::out_of_range:
            return "out_of_range";
        case NumberKind::malformed:
            break;
    }
    return "malformed";
}

/// Hexadecimal, so that no digit is lost.
std::string exact(double value) {
    std::array<char, 64> text{};
    const auto end =
        std::to_chars(text.data(), text.data() + text.size(), value, std::chars_format::hex);
    return {text.data(), end.ptr};
}

Shown show(const Node& node) {
    Shown parts = Shown::array();
    switch (node.kind) {
        case Node::Kind::null:
            return Shown::array({"null"});
        case Node::Kind::boolean:
            return Shown::array({"boolean", node.boolean});
        case Node::Kind::number:
            return Shown::array(
                {"number", name_of(node.number.kind), node.text, exact(node.number.value)});
        case Node::Kind::text:
            return Shown::array({"text", node.text});
        case Node::Kind::list:
            for (const Node& item : node.items) {
                parts.push_back(show(item));
            }
            return Shown::array({"list", std::move(parts)});
        case Node::Kind::map:
            break;
    }
    for (const auto& member : node.members) {
        parts.push_back(Shown::array({member.key, show(member.value)}));
    }
    return Shown::array({"map", std::move(parts)});
}

Shown refused(const metricgate::support::Diagnostics& problems) {
    Shown answer = Shown::object();
    answer["refused"] = describe(problems.front());
    return answer;
}

Shown read(const std::string& path) {
    std::ifstream file(path, std::ios::binary);
    const std::string bytes(std::istreambuf_iterator<char>(file), {});
    const auto text = metricgate::support::as_text(bytes, path);
    if (!text.ok()) {
        return refused(text.problems());
    }
    const auto tree = path.ends_with(".json") ? metricgate::support::parse_json(*text, path)
                                              : metricgate::support::parse_yaml(*text, path);
    return tree.ok() ? show(*tree) : refused(tree.problems());
}

}  // namespace

int main(int argc, char** argv) {
    for (int i = 1; i < argc; ++i) {
        std::cout << read(argv[i]).dump() << '\n';
    }
    return std::cout.flush() ? 0 : 1;
}
