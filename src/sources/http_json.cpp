#include "sources/http_json.h"

#include "sources/answer_fields.h"
#include "support/text.h"

namespace metricgate::sources {

using support::Node;

namespace {

/// What a server says of its refusal: MLflow's `message`, Prometheus' `error`.
std::string reason_of(const std::string& body, const HttpServer& server) {
    const auto document = support::parse_json(body, "answer");
    if (!document.ok() || document->kind != Node::Kind::map) {
        return "";
    }
    std::string text = field_text(*document, "message");
    text = text.empty() ? field_text(*document, "error") : text;
    while (text.ends_with('.')) {
        text.pop_back();
    }
    return text.empty() ? "" : ": " + quotable(text, server);
}

std::string advice(long status, const std::string& how_to_sign_in) {
    if (status == 401 || status == 403) {
        return "; " + how_to_sign_in;
    }
    if (status >= 300 && status < 400) {
        return ": it sends elsewhere, and is not followed there with credentials; set the address "
               "that it sends to";
    }
    return "";
}

}  // namespace

support::Result<Node> json_answer(const support::Result<HttpAnswer>& answer,
                                  const HttpServer& server, const std::string& what,
                                  const std::string& how_to_sign_in) {
    if (!answer.ok()) {
        return answer.problems();
    }
    if (answer->status < 200 || answer->status > 299) {
        return support::problem_in(server.name, "does not give " + what + " (status " +
                                                    std::to_string(answer->status) + ")" +
                                                    reason_of(answer->body, server) +
                                                    advice(answer->status, how_to_sign_in));
    }
    const support::DocumentLimits limits{std::size_t{64} << 20, 64, 4'000'000};
    auto document = support::parse_json(answer->body, server.name, limits);
    if (!document.ok() || document->kind != Node::Kind::map) {
        return support::problem_in(server.name, "gives no JSON object for " + what +
                                                    "; check that the address is that of the API, "
                                                    "and not of a page in front of it");
    }
    return document;
}

}  // namespace metricgate::sources
