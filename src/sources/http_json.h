#pragma once

#include <string>

#include "sources/http_client.h"
#include "support/node.h"
#include "support/result.h"

namespace metricgate::sources {

/// An answer of a server that speaks JSON: the object of a 2xx answer, or a problem that says what
/// the server said and what to set. `what` names the thing that was asked for.
support::Result<support::Node> json_answer(const support::Result<HttpAnswer>& answer,
                                           const HttpServer& server, const std::string& what,
                                           const std::string& how_to_sign_in);

}  // namespace metricgate::sources
