#include "support/node.h"

#include "support/text.h"

namespace metricgate::support {

const Node* Node::find(std::string_view key) const {
    for (const Member& member : members) {
        if (member.key == key) {
            return &member.value;
        }
    }
    return nullptr;
}

std::string describe_found(const Node& node) {
    constexpr std::size_t longest = 60;
    switch (node.kind) {
        case Node::Kind::null:
            return "nothing (null)";
        case Node::Kind::boolean:
            return node.boolean ? "the boolean true" : "the boolean false";
        case Node::Kind::number:
            return "the number " + visible(node.text, longest);
        case Node::Kind::text:
            return "the text '" + visible(node.text, longest) + "'";
        case Node::Kind::list:
            return node.items.empty() ? "an empty list" : "a list";
        case Node::Kind::map:
            return node.members.empty() ? "an empty map" : "a map";
    }
    return "something unknown";
}

}  // namespace metricgate::support
