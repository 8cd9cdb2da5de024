#include "sources/prometheus_answer.h"

#include <cmath>
#include <utility>

#include "sources/answer_fields.h"
#include "support/text.h"

namespace metricgate::sources {

namespace {

using support::Node;
using support::Result;

constexpr std::size_t most_points = 5'000'000;

const Node* member(const Node* node, std::string_view key, Node::Kind kind) {
    const Node* found =
        node == nullptr || node->kind != Node::Kind::map ? nullptr : node->find(key);
    return found != nullptr && found->kind == kind ? found : nullptr;
}

/// `[seconds, "value"]`
std::optional<PrometheusPoint> point_of(const Node& pair) {
    const bool is_pair = pair.kind == Node::Kind::list && pair.items.size() == 2 &&
                         pair.items[0].kind == Node::Kind::number &&
                         pair.items[1].kind == Node::Kind::text;
    if (!is_pair || pair.items[0].number.kind != support::NumberKind::finite ||
        std::abs(pair.items[0].number.value) > 9e12) {
        return std::nullopt;
    }
    PrometheusPoint point;
    point.time = std::llround(pair.items[0].number.value * 1000);
    point.value = prometheus_value(pair.items[1].text);
    return point;
}

support::Diagnostic strange(const Node& node, const std::string& wanted) {
    return {node.where, "found " + support::describe_found(node) + ", wanted " + wanted};
}

Result<PrometheusSeries> series_of(const Node& item, bool is_range) {
    const Node* metric = member(&item, "metric", Node::Kind::map);
    if (metric == nullptr) {
        return strange(item, "a series with its labels under 'metric'");
    }
    PrometheusSeries series;
    series.where = item.where;
    for (const support::Member& label : metric->members) {
        if (label.value.kind != Node::Kind::text) {
            return strange(label.value, "the text of a label");
        }
        (label.key == "__name__" ? series.name : series.labels[label.key]) = label.value.text;
    }
    if (item.find("histogram") != nullptr || item.find("histograms") != nullptr) {
        series.flaw = support::Diagnostic{
            item.where, "'" + support::visible(prometheus_name(series.name, series.labels)) +
                            "' is a native histogram, which is no number; ask for "
                            "histogram_quantile(0.95, ...) or histogram_avg(...) of it"};
        return series;
    }
    const Node* values = item.find(is_range ? "values" : "value");
    if (values == nullptr || values->kind != Node::Kind::list) {
        return strange(item, is_range ? "a series with its 'values'" : "a series with its 'value'");
    }
    const std::size_t count = is_range ? values->items.size() : 1;
    for (std::size_t i = 0; i < count; ++i) {
        const Node& pair = is_range ? values->items[i] : *values;
        const auto point = point_of(pair);
        if (!point || (!series.points.empty() && point->time <= series.points.back().time)) {
            return strange(pair, "[seconds, \"value\"], later than the one before");
        }
        series.points.push_back(*point);
    }
    if (series.points.empty()) {
        return strange(item, "at least one value");
    }
    return series;
}

/// The label `instance` is the address of a machine: it is left out, so that it reaches no report
/// and both sides have the same names. Where several instances differ in nothing else, a digest of
/// it stays.
void hide_instances(std::vector<PrometheusSeries>& all) {
    constexpr const char* label = "instance";
    std::map<std::string, std::size_t> others;
    const auto name_without = [&](const PrometheusSeries& series) {
        PrometheusLabels rest = series.labels;
        rest.erase(label);
        return prometheus_name(series.name, rest);
    };
    for (const PrometheusSeries& series : all) {
        ++others[name_without(series)];
    }
    for (PrometheusSeries& series : all) {
        const auto found = series.labels.find(label);
        if (found == series.labels.end()) {
            continue;
        }
        if (others[name_without(series)] == 1) {
            series.labels.erase(found);
        } else {
            found->second = prometheus_digest(found->second);
        }
    }
}

}  // namespace

Result<Recording> recording_of_answer(const Node& answer, const std::string& source,
                                      PrometheusContext context) {
    if (field_text(answer, "status") != "success") {
        return support::problem_in(source, "the answer is no success: " +
                                               support::visible(field_text(answer, "error"), 200) +
                                               "; mend the query, and ask again");
    }
    const Node* data = member(&answer, "data", Node::Kind::map);
    const std::string type = data == nullptr ? "" : field_text(*data, "resultType");
    const Node* result = member(data, "result", Node::Kind::list);
    if (result == nullptr || (type != "matrix" && type != "vector" && type != "scalar")) {
        return support::problem_in(source, "the result is '" + support::visible(type) +
                                               "', wanted a vector, a matrix or a scalar");
    }
    context.is_range = type == "matrix";
    std::vector<PrometheusSeries> all;
    std::size_t points = 0;
    if (type == "scalar") {
        const auto point = point_of(*result);
        if (!point) {
            return strange(*result, "[seconds, \"value\"]");
        }
        all.push_back({"", {}, result->where, {*point}, {}});
    } else {
        for (const Node& item : result->items) {
            auto series = series_of(item, context.is_range);
            if (!series.ok()) {
                return series.problems();
            }
            points += series->points.size();
            if (points > most_points) {
                return support::problem_in(source,
                                           "the answer holds more than " +
                                               support::count_of(most_points, "value", "values"));
            }
            all.push_back(std::move(series).value());
        }
    }
    hide_instances(all);
    auto run = prometheus_run(std::move(all), context);
    if (!run.ok()) {
        return run.problems();
    }
    if (run->entries.empty() && run->series.empty()) {
        return support::problem_in(
            source, "there is no data: " +
                        (run->notes.empty() ? "the answer holds no series" : run->notes.front()) +
                        "; check the query and the time that it asks for");
    }
    for (const char* key : {"warnings", "infos"}) {
        const Node* said = member(&answer, key, Node::Kind::list);
        for (std::size_t i = 0; said != nullptr && i < said->items.size() && i < 10; ++i) {
            run->notes.push_back("the server says: " + support::visible(said->items[i].text, 200));
        }
    }
    Recording recording;
    recording.source = source;
    recording.runs.push_back(std::move(run).value());
    return recording;
}

bool recognises_prometheus_answer(const Document& document) {
    const Node* answer = document.json();
    if (answer == nullptr || answer->kind != Node::Kind::map) {
        return false;
    }
    const std::string status = field_text(*answer, "status");
    const Node* data = member(answer, "data", Node::Kind::map);
    return (status == "success" && data != nullptr && data->find("resultType") != nullptr) ||
           (status == "error" && answer->find("errorType") != nullptr);
}

Result<Recording> read_prometheus_answer(const Document& document) {
    const auto answer = document.require_json();
    if (!answer.ok()) {
        return answer.problems();
    }
    if ((*answer)->kind != Node::Kind::map) {
        return strange(**answer, "an answer of Prometheus");
    }
    return recording_of_answer(**answer, document.source(), {});
}

}  // namespace metricgate::sources
