#include "sources/short_name.h"

#include "sources/node_digest.h"
#include "support/text.h"

namespace metricgate::sources {

std::string short_name(const std::string& text) {
    constexpr std::size_t longest = 80;
    if (text.size() <= longest) {
        return text;
    }
    support::Node whole;
    whole.kind = support::Node::Kind::text;
    whole.text = text;
    return support::visible(text, longest) + " #" + digest_of(whole);
}

}  // namespace metricgate::sources
