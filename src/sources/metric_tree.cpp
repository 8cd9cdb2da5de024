#include "sources/metric_tree.h"

#include <algorithm>
#include <array>
#include <utility>
#include <vector>

#include "sources/metric_leaf.h"
#include "support/text.h"

namespace metricgate::sources {

namespace {

using support::Member;
using support::Node;

/// Names are joined before they are compared: `a.b` beside `a: {b: ...}` is one name twice.
support::Diagnostic ambiguous(const std::string& name, const support::Location& where,
                              const support::Location& other) {
    return {where, "the name '" + support::visible(name) + "' is written twice, here and in line " +
                       std::to_string(other.line) + ": nested keys are joined with dots"};
}

std::string joined(const std::string& prefix, const std::string& key) {
    return prefix.empty() ? key : prefix + "." + key;
}

bool is_rate(const Node& map) {
    return map.find("events") != nullptr && map.find("exposure") != nullptr;
}

/// In the product's own files a map with `value`, `values` or both of `events` and `exposure` is
/// one quantity, so that a misspelt `stderr` is not read as a metric of its own.
void refuse_half_described(const Node& map, support::Diagnostics& problems) {
    std::vector<std::string> known = {"value", "stderr", "n", "unit", "conditions"};
    if (map.find("values") != nullptr) {
        known = {"values", "unit", "conditions"};
    } else if (map.find("series") != nullptr) {
        known = {"series", "unit", "conditions"};
    } else if (is_rate(map)) {
        known = {"events", "exposure", "unit", "conditions"};
    }
    for (const Member& member : map.members) {
        if (std::find(known.begin(), known.end(), member.key) == known.end()) {
            problems.push_back({member.where, "unknown key '" + support::visible(member.key) +
                                                  "' beside '" + known.front() + "'" +
                                                  support::did_you_mean(member.key, known) +
                                                  "; wanted " + support::enumerate(known)});
        }
    }
}

/// What one document holds, while it is collected.
struct Collected {
    Run run;
    support::Diagnostics problems;
    bool strict = false;  ///< the product's own format
};

void collect(const Node& map, const std::string& prefix, Collected& into) {
    for (const Member& member : map.members) {
        const std::string name = joined(prefix, member.key);
        const Node& value = member.value;
        const bool nested = value.kind == Node::Kind::map && !value.members.empty();
        if (nested && into.strict && is_series_leaf(value)) {
            if (auto series = series_of(name, value)) {
                into.run.series.push_back(std::move(*series));
            } else {
                into.problems.insert(into.problems.end(), series.problems().begin(),
                                     series.problems().end());
            }
            continue;
        }
        if (!nested || is_described_leaf(value)) {
            into.run.entries.push_back(entry_of(name, value));
            continue;
        }
        if (into.strict && (value.find("value") != nullptr || value.find("values") != nullptr ||
                            value.find("series") != nullptr || is_rate(value))) {
            refuse_half_described(value, into.problems);
        }
        collect(value, name, into);
    }
}

/// Sorts by name and reports names that stand twice.
void sort_names(Collected& collected) {
    const auto by_name = [](const auto& a, const auto& b) { return a.name < b.name; };
    std::stable_sort(collected.run.entries.begin(), collected.run.entries.end(), by_name);
    std::stable_sort(collected.run.series.begin(), collected.run.series.end(), by_name);
    std::vector<std::pair<std::string, support::Location>> names;
    for (const evidence::Entry& entry : collected.run.entries) {
        names.emplace_back(entry.name, entry.where);
    }
    for (const Series& series : collected.run.series) {
        names.emplace_back(series.name, series.where);
    }
    std::stable_sort(names.begin(), names.end(),
                     [](const auto& a, const auto& b) { return a.first < b.first; });
    for (std::size_t i = 1; i < names.size(); ++i) {
        if (names[i].first == names[i - 1].first) {
            collected.problems.push_back(
                ambiguous(names[i].first, names[i].second, names[i - 1].second));
        }
    }
}

bool is_plain(const Node& map) {
    return std::all_of(map.members.begin(), map.members.end(), [](const Member& member) {
        switch (member.value.kind) {
            case Node::Kind::boolean:
            case Node::Kind::number:
            case Node::Kind::text:
                return true;
            case Node::Kind::map:
                return is_plain(member.value);
            case Node::Kind::null:
            case Node::Kind::list:
                return false;
        }
        return false;
    });
}

void collect_metadata(const Node& map, const std::string& prefix, evidence::Metadata& metadata,
                      support::Diagnostics& problems) {
    for (const Member& member : map.members) {
        const std::string name = joined(prefix, member.key);
        std::string text;
        switch (member.value.kind) {
            case Node::Kind::map:
                collect_metadata(member.value, name, metadata, problems);
                continue;
            case Node::Kind::boolean:
                text = member.value.boolean ? "true" : "false";
                break;
            case Node::Kind::number:
            case Node::Kind::text:
                text = member.value.text;
                break;
            case Node::Kind::null:
            case Node::Kind::list:
                problems.push_back(
                    {member.value.where, "metadata '" + support::visible(name) + "' is " +
                                             support::describe_found(member.value) +
                                             ", wanted text, a number, true or false"});
                continue;
        }
        if (name == "data_digest" && text.find_first_not_of(" \t\r\n") == std::string::npos) {
            problems.push_back({member.value.where,
                                "'data_digest' is empty, wanted the digest of the data that was "
                                "measured on; leave the key out where nobody knows it"});
        }
        if (!metadata.emplace(name, std::move(text)).second) {
            problems.push_back({member.where, "metadata '" + support::visible(name) +
                                                  "' is written twice: nested keys are joined "
                                                  "with dots"});
        }
    }
}

void read_notes(const Node& notes, Collected& into) {
    const bool texts = notes.kind == Node::Kind::list &&
                       std::all_of(notes.items.begin(), notes.items.end(),
                                   [](const Node& item) { return item.kind == Node::Kind::text; });
    if (!texts) {
        into.problems.push_back({notes.where, "'notes' is " + support::describe_found(notes) +
                                                  ", wanted a list of sentences"});
        return;
    }
    for (const Node& item : notes.items) {
        into.run.notes.push_back(item.text);
    }
}

void read_own_format(const Node& document, const Node& schema, Collected& into) {
    if (schema.kind != Node::Kind::text || schema.text != metrics_schema) {
        into.problems.push_back({schema.where, "schema is " + support::describe_found(schema) +
                                                   ", wanted the text '" +
                                                   std::string(metrics_schema) + "'"});
        return;
    }
    const std::vector<std::string> known = {"schema", "metrics", "metadata", "conditions", "notes"};
    for (const Member& member : document.members) {
        if (std::find(known.begin(), known.end(), member.key) == known.end()) {
            into.problems.push_back({member.where, "unknown key '" + support::visible(member.key) +
                                                       "'" +
                                                       support::did_you_mean(member.key, known) +
                                                       "; wanted " + support::enumerate(known)});
        }
    }
    const Node* metrics = document.find("metrics");
    if (metrics == nullptr || metrics->kind != Node::Kind::map) {
        into.problems.push_back(
            {metrics == nullptr ? document.where : metrics->where,
             metrics == nullptr
                 ? std::string("'metrics' is missing, wanted a map of metrics")
                 : "'metrics' is " + support::describe_found(*metrics) + ", wanted a map"});
    } else {
        into.strict = true;
        collect(*metrics, "", into);
    }
    for (const auto& [key, facts] : {std::pair("metadata", &into.run.metadata),
                                     std::pair("conditions", &into.run.conditions)}) {
        if (const Node* map = document.find(key); map != nullptr) {
            if (map->kind == Node::Kind::map) {
                collect_metadata(*map, "", *facts, into.problems);
            } else {
                into.problems.push_back({map->where, "'" + std::string(key) + "' is " +
                                                         support::describe_found(*map) +
                                                         ", wanted a map"});
            }
        }
    }
    if (const Node* notes = document.find("notes"); notes != nullptr) {
        read_notes(*notes, into);
    }
}

void read_foreign_tree(const Node& document, Collected& into) {
    const Node* metadata = document.find("metadata");
    if (metadata == nullptr || metadata->kind != Node::Kind::map || !is_plain(*metadata)) {
        collect(document, "", into);
        return;
    }
    Node rest;
    rest.kind = Node::Kind::map;
    for (const Member& member : document.members) {
        if (member.key != "metadata") {
            rest.members.push_back(member);
        }
    }
    collect(rest, "", into);
    collect_metadata(*metadata, "", into.run.metadata, into.problems);
}

}  // namespace

support::Result<Recording> recording_of(const Node& document, const std::string& source) {
    if (document.kind != Node::Kind::map) {
        return support::Diagnostic{document.where, "found " + support::describe_found(document) +
                                                       ", wanted a map of metrics by name"};
    }
    Collected collected;
    if (const Node* schema = document.find("schema"); schema != nullptr) {
        read_own_format(document, *schema, collected);
    } else {
        read_foreign_tree(document, collected);
    }
    sort_names(collected);
    if (collected.run.entries.empty() && collected.run.series.empty() &&
        collected.problems.empty()) {
        collected.problems.push_back({document.where, "there is no metric in this file"});
    }
    if (!collected.problems.empty()) {
        return collected.problems;
    }
    Recording recording;
    recording.source = source;
    recording.runs.push_back(std::move(collected.run));
    return recording;
}

}  // namespace metricgate::sources
