#include "history/metadata_text.h"

#include <nlohmann/json.hpp>

#include "support/node.h"
#include "support/text.h"

namespace metricgate::history {

std::string json_string(std::string_view text) {
    using Json = nlohmann::json;
    return Json(std::string(text)).dump(-1, ' ', false, Json::error_handler_t::replace);
}

std::string text_of(const evidence::Metadata& metadata) {
    std::string text;
    for (const auto& [name, value] : metadata) {
        text += (text.empty() ? "" : ",") + json_string(name) + ":" + json_string(value);
    }
    return "{" + text + "}";
}

support::Result<evidence::Metadata> metadata_of(std::string_view text,
                                                const support::Location& where) {
    const auto read = support::parse_json(text, "metadata");
    evidence::Metadata metadata;
    bool good = read.ok() && read->kind == support::Node::Kind::map;
    if (good) {
        for (const support::Member& member : read->members) {
            good = good && member.value.kind == support::Node::Kind::text;
            metadata[member.key] = member.value.text;
        }
    }
    if (!good) {
        return support::Diagnostic{where, "found " + support::visible(text, 60) +
                                              " as metadata, wanted a JSON object of texts"};
    }
    return metadata;
}

}  // namespace metricgate::history
