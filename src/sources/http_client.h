#pragma once

#include <cstddef>
#include <functional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "support/result.h"

namespace metricgate::sources {

struct HttpRequest {
    enum class Method { get, post };
    Method method = Method::get;
    std::string path;  ///< appended to the server's address: begins with `/`, percent-encoded
    std::string body;  ///< of a post
    std::string content_type;
};

struct HttpAnswer {
    long status = 0;
    std::string body;
};

/// One request, one answer. Answers of any status are answers; a problem is what kept an answer
/// from coming. Tests put a function of their own in the network's place.
using HttpTransport = std::function<support::Result<HttpAnswer>(const HttpRequest&)>;

/// A server and how to prove to it who asks. None of it may stand in a message or a report.
struct HttpServer {
    std::string name;     ///< for messages: "the server of MLFLOW_TRACKING_URI"
    std::string address;  ///< http(s)://host[:port][/path], without credentials and final slash
    std::string token;    ///< sent as a bearer token, before user and password
    std::string user;
    std::string password;
    bool insecure_tls = false;
    std::string certificate_authorities;  ///< a file or a folder
    std::string client_certificate;       ///< a file
    std::vector<std::pair<std::string, std::string>> headers;
};

struct HttpLimits {
    std::size_t bytes = std::size_t{64} << 20;  ///< of one answer
    long connect_seconds = 10;
    long seconds = 60;            ///< for one request
    double seconds_in_all = 600;  ///< for all requests of one client
};

/// The server that `url` names; user and password in it become those of the server. `variable` is
/// where the URL came from.
support::Result<HttpServer> http_server(const std::string& url, std::string_view variable);

/// Talks HTTP or HTTPS to `server` and to nothing else: redirections are answers, not followed.
/// Answers of 429, 502, 503 and 504 are asked for again, twice.
HttpTransport http_client(HttpServer server, HttpLimits limits = {});

/// `text` of a server made fit for a message: without the server's secrets, which it may echo, and
/// short.
std::string quotable(std::string_view text, const HttpServer& server);

/// For a part of a path or a query: everything but letters, digits, `-`, `.`, `_` and `~` as `%XX`.
std::string percent_encoded(std::string_view text);

}  // namespace metricgate::sources
