#include "sources/prometheus_tracker.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <utility>

#include "sources/answer_fields.h"
#include "sources/http_client.h"
#include "sources/http_json.h"
#include "sources/prometheus_address.h"
#include "sources/prometheus_answer.h"
#include "support/text.h"

namespace metricgate::sources {

namespace {

using support::Node;
using support::Result;

constexpr std::string_view url_variable = "PROMETHEUS_URL";

class Api {
public:
    Api(HttpServer server, HttpTransport transport)
        : m_server(std::move(server)), m_transport(std::move(transport)) {}

    using Form = std::vector<std::pair<std::string, std::string>>;

    Result<Node> ask(const std::string& method, const Form& form) const {
        HttpRequest request;
        request.method = HttpRequest::Method::post;
        request.path = "/api/v1/" + method;
        request.content_type = "application/x-www-form-urlencoded";
        for (const auto& [key, value] : form) {
            request.body += (request.body.empty() ? "" : "&") + key + "=" + percent_encoded(value);
        }
        return json_answer(m_transport(request), m_server, "the query",
                           "set PROMETHEUS_TOKEN, or PROMETHEUS_USERNAME and PROMETHEUS_PASSWORD");
    }

    /// The server's time in seconds at `at`, or now. The clock of this machine is not looked at.
    Result<double> time_at(const std::string& at) const {
        Form form = {{"query", "timestamp(vector(0))"}};
        if (!at.empty()) {
            form.emplace_back("time", at);
        }
        const auto answer = ask("query", form);
        if (!answer.ok()) {
            return answer.problems();
        }
        const auto recorded = recording_of_answer(*answer, m_server.name, {});
        if (recorded.ok() && recorded->runs.front().entries.size() == 1) {
            const auto& entry = recorded->runs.front().entries.front();
            const auto* scalar = std::get_if<evidence::Scalar>(&entry.evidence);
            if (scalar != nullptr && scalar->value.kind == support::NumberKind::finite) {
                return scalar->value.value;
            }
        }
        return support::problem_in(m_server.name, "does not tell its time; check the address");
    }

private:
    HttpServer m_server;
    HttpTransport m_transport;
};

std::string variable(const TrackerEnvironment& environment, std::string_view name) {
    return environment.variable ? environment.variable(name).value_or("") : "";
}

Result<Api> open_api(const std::string& source, const TrackerEnvironment& environment) {
    const std::string url = variable(environment, url_variable);
    if (url.empty()) {
        return support::problem_in(source,
                                   "PROMETHEUS_URL is not set; set it to the server: "
                                   "http(s)://HOST:PORT");
    }
    auto server = http_server(url, url_variable);
    if (!server.ok()) {
        return server.problems();
    }
    server->token = variable(environment, "PROMETHEUS_TOKEN");
    const std::string user = variable(environment, "PROMETHEUS_USERNAME");
    const std::string password = variable(environment, "PROMETHEUS_PASSWORD");
    if (!user.empty() || !password.empty()) {
        server->user = user;
        server->password = password;
    }
    HttpTransport transport = http_client(*server);
    return Api(std::move(*server), std::move(transport));
}

std::int64_t milliseconds(double seconds) {
    return std::llround(seconds * 1000);
}

Result<Recording> fetch_range(const PrometheusAddress& address, const std::string& source,
                              const Api& api) {
    const auto end = api.time_at(address.at);
    if (!end.ok()) {
        return end.problems();
    }
    const double start = *end - address.range_seconds;
    const auto answer =
        api.ask("query_range", {{"query", address.query},
                                {"start", support::format_exact(start)},
                                {"end", support::format_exact(*end)},
                                {"step", support::format_exact(address.step_seconds)}});
    if (!answer.ok()) {
        return answer.problems();
    }
    PrometheusContext context;
    context.step = milliseconds(address.step_seconds);
    context.start = milliseconds(start);
    context.end =
        *context.start + (milliseconds(*end) - *context.start) / *context.step * *context.step;
    return recording_of_answer(*answer, source, std::move(context));
}

Result<Recording> fetch_instant(const PrometheusAddress& address, const std::string& source,
                                const Api& api) {
    Api::Form form = {{"query", address.query}};
    if (!address.at.empty()) {
        form.emplace_back("time", address.at);
    }
    const auto answer = api.ask("query", form);
    return answer.ok() ? recording_of_answer(*answer, source, {}) : answer.problems();
}

}  // namespace

Result<Fetched> fetch_from_prometheus(std::string_view address,
                                      const TrackerEnvironment& environment) {
    const auto parsed = parse_prometheus_address(address);
    if (!parsed.ok()) {
        return parsed.problems();
    }
    const std::string source = address.starts_with("prometheus:")
                                   ? std::string(address)
                                   : "prometheus:" + std::string(address);
    const auto api = open_api(source, environment);
    if (!api.ok()) {
        return api.problems();
    }
    auto recording = parsed->range_seconds > 0 ? fetch_range(*parsed, source, *api)
                                               : fetch_instant(*parsed, source, *api);
    if (!recording.ok()) {
        return recording.problems();
    }
    recording->runs.front().metadata["query"] = parsed->query;
    return Fetched{std::move(recording).value(), {}};
}

}  // namespace metricgate::sources
