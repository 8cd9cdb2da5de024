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
    std::vector<std::string> known = {"value", "stderr", "n", "unit"};
    if (map.find("values") != nullptr) {
        known = {"values", "unit"};
    } else if (is_rate(map)) {
        known = {"events", "exposure", "unit"};
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

void collect(const Node& map, const std::string& prefix, bool strict,
             std::vector<evidence::Entry>& entries, support::Diagnostics& problems) {
    for (const Member& member : map.members) {
        const std::string name = joined(prefix, member.key);
        const Node& value = member.value;
        const bool nested = value.kind == Node::Kind::map && !value.members.empty();
        if (!nested || is_described_leaf(value)) {
            entries.push_back(entry_of(name, value));
            continue;
        }
        if (strict &&
            (value.find("value") != nullptr || value.find("values") != nullptr || is_rate(value))) {
            refuse_half_described(value, problems);
        }
        collect(value, name, strict, entries, problems);
    }
}

/// Sorts the entries by name and reports names that stand twice.
void sort_entries(std::vector<evidence::Entry>& entries, support::Diagnostics& problems) {
    std::stable_sort(
        entries.begin(), entries.end(),
        [](const evidence::Entry& a, const evidence::Entry& b) { return a.name < b.name; });
    for (std::size_t i = 1; i < entries.size(); ++i) {
        if (entries[i].name == entries[i - 1].name) {
            problems.push_back(ambiguous(entries[i].name, entries[i].where, entries[i - 1].where));
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
        if (!metadata.emplace(name, std::move(text)).second) {
            problems.push_back({member.where, "metadata '" + support::visible(name) +
                                                  "' is written twice: nested keys are joined "
                                                  "with dots"});
        }
    }
}

void read_own_format(const Node& document, const Node& schema, evidence::MetricFile& file,
                     support::Diagnostics& problems) {
    if (schema.kind != Node::Kind::text || schema.text != metrics_schema) {
        problems.push_back({schema.where, "schema is " + support::describe_found(schema) +
                                              ", wanted the text '" + std::string(metrics_schema) +
                                              "'"});
        return;
    }
    const std::vector<std::string> known = {"schema", "metrics", "metadata"};
    for (const Member& member : document.members) {
        if (std::find(known.begin(), known.end(), member.key) == known.end()) {
            problems.push_back({member.where, "unknown key '" + support::visible(member.key) + "'" +
                                                  support::did_you_mean(member.key, known) +
                                                  "; wanted " + support::enumerate(known)});
        }
    }
    const Node* metrics = document.find("metrics");
    if (metrics == nullptr || metrics->kind != Node::Kind::map) {
        problems.push_back(
            {metrics == nullptr ? document.where : metrics->where,
             metrics == nullptr
                 ? std::string("'metrics' is missing, wanted a map of metrics")
                 : "'metrics' is " + support::describe_found(*metrics) + ", wanted a map"});
    } else {
        collect(*metrics, "", true, file.entries, problems);
    }
    if (const Node* metadata = document.find("metadata"); metadata != nullptr) {
        if (metadata->kind == Node::Kind::map) {
            collect_metadata(*metadata, "", file.metadata, problems);
        } else {
            problems.push_back(
                {metadata->where,
                 "'metadata' is " + support::describe_found(*metadata) + ", wanted a map"});
        }
    }
}

void read_foreign_tree(const Node& document, evidence::MetricFile& file,
                       support::Diagnostics& problems) {
    const Node* metadata = document.find("metadata");
    if (metadata == nullptr || metadata->kind != Node::Kind::map || !is_plain(*metadata)) {
        collect(document, "", false, file.entries, problems);
        return;
    }
    Node rest;
    rest.kind = Node::Kind::map;
    for (const Member& member : document.members) {
        if (member.key != "metadata") {
            rest.members.push_back(member);
        }
    }
    collect(rest, "", false, file.entries, problems);
    collect_metadata(*metadata, "", file.metadata, problems);
}

}  // namespace

support::Result<evidence::MetricFile> metrics_of(const Node& document, const std::string& source) {
    if (document.kind != Node::Kind::map) {
        return support::Diagnostic{document.where, "found " + support::describe_found(document) +
                                                       ", wanted a map of metrics by name"};
    }
    evidence::MetricFile file;
    file.source = source;
    support::Diagnostics problems;
    if (const Node* schema = document.find("schema"); schema != nullptr) {
        read_own_format(document, *schema, file, problems);
    } else {
        read_foreign_tree(document, file, problems);
    }
    sort_entries(file.entries, problems);
    if (file.entries.empty() && problems.empty()) {
        problems.push_back({document.where, "there is no metric in this file"});
    }
    if (!problems.empty()) {
        return problems;
    }
    return file;
}

}  // namespace metricgate::sources
