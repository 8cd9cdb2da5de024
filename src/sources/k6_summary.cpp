#include "sources/benchmark_formats.h"
#include "sources/json_parts.h"
#include "sources/run_builder.h"
#include "sources/whole_number.h"
#include "support/text.h"

namespace metricgate::sources {

namespace {

using support::Node;

/// What --new-machine-readable-summary makes of --summary-export: metrics in lists.
bool is_machine_readable(const Node* json) {
    return text_in(map_in(json, "metadata"), "k6_version") != nullptr &&
           list_in(map_in(json, "results"), "metrics") != nullptr;
}

/// `metrics` with what every k6 run measures; `root_group` stands in both older forms.
bool recognises(const Document& document) {
    if (is_machine_readable(document.json())) {
        return true;
    }
    const Node* metrics = map_in(document.json(), "metrics");
    return metrics != nullptr && map_in(document.json(), "root_group") != nullptr &&
           (map_in(metrics, "iterations") != nullptr || map_in(metrics, "vus") != nullptr ||
            map_in(metrics, "iteration_duration") != nullptr ||
            map_in(metrics, "data_received") != nullptr);
}

/// handleSummary says what a metric contains; --summary-export does not, so that only k6's own
/// metrics are known there.
std::string unit_of(std::string_view metric, const Node& described, std::string_view statistic) {
    const std::string contains = text_of(text_in(&described, "contains"));
    const std::string_view base = metric.substr(0, metric.find('{'));
    const bool own_data = base == "data_sent" || base == "data_received";
    const bool own_time = base == "iteration_duration" || base == "group_duration" ||
                          (base.starts_with("http_req_") && base != "http_req_failed") ||
                          base.starts_with("grpc_req_duration") || base == "ws_connecting" ||
                          base == "ws_session_duration" || base == "ws_ping";
    if (contains == "time" || (contains.empty() && own_time)) {
        return "ms";
    }
    if (contains == "data" || (contains.empty() && own_data)) {
        return statistic == "rate" ? "B/s" : "B";
    }
    return "";
}

/// For a rate, how many samples it is of: `passes` are those that were true, whatever that means to
/// the metric.
std::optional<std::uint64_t> samples_of(const Node& values) {
    const auto passes = count_in(values.find("passes"));
    const auto fails = count_in(values.find("fails"));
    const auto total =
        passes && fails ? std::optional(*passes + *fails) : count_in(values.find("total"));
    return total && *total > 0 ? total : std::nullopt;
}

/// One of the two counts of a rate without the other, which says less than k6 wrote.
bool has_half_its_counts(const Node& values) {
    const Node* passes = values.find("passes");
    const Node* fails = values.find("fails");
    return (passes != nullptr || fails != nullptr) && !(count_in(passes) && count_in(fails));
}

/// True for a rate of no samples, and for the time of whole requests of which every number is 0:
/// k6 writes zeros for a metric without samples, which would look like perfection. Parts of a
/// request, such as a handshake, may well take no time.
bool has_no_samples(const std::string& metric, const Node& values) {
    const auto passes = count_in(values.find("passes"));
    const auto fails = count_in(values.find("fails"));
    if (passes && fails) {
        return *passes + *fails == 0;
    }
    const std::string base = metric.substr(0, metric.find('{'));
    const Node* most = values.find("max");
    return base.ends_with("_duration") && most != nullptr && most->kind == Node::Kind::number &&
           most->number.value == 0.0;
}

void take_metric(const std::string& metric, const Node& described, RunBuilder& builder) {
    const Node* inner = map_in(&described, "values");
    const Node& values = inner != nullptr ? *inner : described;
    const auto samples = samples_of(values);
    for (const support::Member& member : values.members) {
        if (member.key == "thresholds" || member.key == "type" || member.key == "contains") {
            continue;
        }
        const std::string name = metric + "." + member.key;
        builder.value(name, member.value, unit_of(metric, described, member.key));
        auto* scalar = builder.scalar(name);
        if (has_no_samples(metric, values)) {
            builder.flaw(name, member.where, "no sample, or nothing but zeros");
        } else if (has_half_its_counts(values)) {
            builder.flaw(
                name, member.where,
                "a rate whose `passes` and `fails` are not both counts, as k6 writes them");
        }
        if (scalar != nullptr && samples && (member.key == "rate" || member.key == "value")) {
            scalar->n = samples;
        }
    }
}

/// A crossed threshold is `true` in --summary-export and `{"ok": false}` in handleSummary.
void note_thresholds(const std::string& metric, const Node& described, Run& run) {
    const Node* thresholds = map_in(&described, "thresholds");
    if (thresholds == nullptr) {
        return;
    }
    for (const support::Member& member : thresholds->members) {
        const Node* ok = part(&member.value, "ok", Node::Kind::boolean);
        const bool crossed = ok != nullptr
                                 ? !ok->boolean
                                 : member.value.kind == Node::Kind::boolean && member.value.boolean;
        if (crossed && run.notes.size() < 20) {
            run.notes.push_back("By k6, the threshold '" + support::visible(member.key) + "' of '" +
                                support::visible(metric) + "' was crossed.");
        }
    }
}

support::Result<Recording> read_machine_readable(const Document& document, const Node& json) {
    RunBuilder builder;
    const Node* results = map_in(&json, "results");
    take_condition(builder.run.metadata, "k6_version", map_in(&json, "metadata"), "k6_version");
    for (const Node* list :
         {list_in(map_in(results, "checks"), "metrics"), list_in(results, "metrics")}) {
        if (list == nullptr) {
            continue;
        }
        for (const Node& metric : list->items) {
            const Node* name = text_in(&metric, "name");
            if (name == nullptr || map_in(&metric, "values") == nullptr) {
                return support::Diagnostic{metric.where,
                                           "found " + support::describe_found(metric) +
                                               ", wanted a metric with name and values"};
            }
            take_metric(name->text, metric, builder);
            note_thresholds(name->text, metric, builder.run);
        }
    }
    return Recording{document.source(), {builder.take()}};
}

support::Result<Recording> read(const Document& document) {
    const auto json = document.require_json();
    if (!json.ok()) {
        return json.problems();
    }
    if (is_machine_readable(*json)) {
        return read_machine_readable(document, **json);
    }
    const Node* metrics = map_in(*json, "metrics");
    if (metrics == nullptr) {
        return not_this(document, "a k6 summary", "an object with `metrics`");
    }
    RunBuilder builder;
    for (const support::Member& member : metrics->members) {
        if (member.value.kind != Node::Kind::map) {
            builder.value(member.key, member.value);
            continue;
        }
        take_metric(member.key, member.value, builder);
        note_thresholds(member.key, member.value, builder.run);
    }
    return Recording{document.source(), {builder.take()}};
}

}  // namespace

MetricFormat k6_summary() {
    return {"k6_summary", "k6, --summary-export or handleSummary", {}, recognises, read};
}

}  // namespace metricgate::sources
