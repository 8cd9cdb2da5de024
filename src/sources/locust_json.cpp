#include <algorithm>

#include "sources/benchmark_formats.h"
#include "sources/json_parts.h"
#include "sources/locust_failures.h"
#include "sources/run_builder.h"
#include "sources/whole_number.h"
#include "support/text.h"

namespace metricgate::sources {

namespace {

using support::Node;
using support::NumberKind;

constexpr std::uint64_t most_times = 5'000'000;  ///< of one file, written out one by one

bool recognises(const Document& document) {
    const Node* json = document.json();
    if (json == nullptr || json->kind != Node::Kind::list || json->items.empty()) {
        return false;
    }
    const Node* first = &json->items.front();
    return text_in(first, "name") != nullptr && map_in(first, "response_times") != nullptr &&
           part(first, "num_requests", Node::Kind::number) != nullptr;
}

/// Milliseconds and how often each was seen, as measurements.
void take_times(const std::string& name, const Node& times, std::uint64_t& total,
                RunBuilder& builder) {
    evidence::Samples samples;
    for (const support::Member& member : times.members) {
        const support::ParsedNumber time = support::parse_number(member.key);
        const auto count = count_in(&member.value);
        total += count.value_or(0);  // of 2^53 at most
        if (time.kind != NumberKind::finite || !count || total > most_times) {
            total = std::min(total, most_times + 1);
            builder.flaw(
                name, member.where,
                total > most_times
                    ? std::string("more response times than the 5,000,000 that are read of a file")
                    : "'" + support::visible(member.key) +
                          "' among its response times, wanted "
                          "milliseconds and how often they were seen");
            return;
        }
        samples.values.insert(samples.values.end(), *count, time.value);
    }
    if (samples.values.empty()) {
        builder.flaw(name, times.where, "no response time");
        return;
    }
    builder.put({name, times.where, std::move(samples), "ms", std::nullopt, {}});
}

support::Result<Recording> read(const Document& document) {
    const auto json = document.require_json();
    if (!json.ok()) {
        return json.problems();
    }
    if ((*json)->kind != Node::Kind::list) {
        return not_this(document, "Locust's --json output", "a list of requests");
    }
    RunBuilder builder;
    std::uint64_t total = 0;
    for (const Node& request : (*json)->items) {
        const Node* name = text_in(&request, "name");
        const Node* times = map_in(&request, "response_times");
        if (name == nullptr || times == nullptr) {
            return support::Diagnostic{request.where,
                                       "found " + support::describe_found(request) +
                                           ", wanted a request with its name and response_times"};
        }
        const std::string method = text_of(request.find("method"));
        const std::string base = method.empty() ? name->text : method + " " + name->text;
        if (builder.has(base + ".response_time")) {
            return support::Diagnostic{name->where,
                                       "a second request called '" + support::visible(base) + "'"};
        }
        take_times(base + ".response_time", *times, total, builder);
        for (const char* key : {"num_requests", "num_failures", "total_response_time",
                                "min_response_time", "max_response_time", "total_content_length"}) {
            if (const Node* value = request.find(key); value != nullptr) {
                const std::string_view word = key;
                builder.value(base + "." + key, *value,
                              word.ends_with("time")     ? "ms"
                              : word.ends_with("length") ? "B"
                                                         : "");
            }
        }
        take_failure_ratio(base, request.find("num_requests"), request.find("num_failures"),
                           name->where, builder);
    }
    return Recording{document.source(), {builder.take()}};
}

}  // namespace

MetricFormat locust_json() {
    return {"locust_json", "Locust, --json", {}, recognises, read};
}

}  // namespace metricgate::sources
