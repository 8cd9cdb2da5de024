#include <set>

#include "sources/benchmark_formats.h"
#include "sources/json_parts.h"
#include "sources/run_builder.h"
#include "support/text.h"

namespace metricgate::sources {

namespace {

using support::Node;

bool recognises(const Document& document) {
    const Node* results = list_in(document.json(), "results");
    return results != nullptr && !results->items.empty() &&
           text_in(&results->items.front(), "command") != nullptr &&
           results->items.front().find("mean") != nullptr &&
           results->items.front().find("stddev") != nullptr;
}

/// A command that failed is quick: its times say nothing.
void check_exit_codes(const std::string& name, const Node& result, RunBuilder& builder) {
    const Node* codes = list_in(&result, "exit_codes");
    if (codes == nullptr) {
        return;
    }
    for (const Node& code : codes->items) {
        const bool succeeded = code.kind == Node::Kind::number &&
                               code.number.kind == support::NumberKind::finite &&
                               code.number.value == 0.0;
        if (!succeeded) {
            const std::string why =
                code.kind == Node::Kind::null
                    ? std::string("a run that a signal ended")
                    : "a run that failed with exit code " + support::visible(text_of(&code));
            builder.flaw(name, code.where, why);
            builder.flaw_below(name, code.where, why);
            return;
        }
    }
}

void take_result(const std::string& name, const Node& result, RunBuilder& builder) {
    if (const Node* times = result.find("times"); times != nullptr) {
        builder.value(name, *times, "s");
    } else {
        for (const char* key : {"mean", "stddev", "median", "min", "max"}) {
            if (const Node* value = result.find(key);
                value != nullptr && value->kind != Node::Kind::null) {
                builder.value(name + "." + key, *value, "s");
            }
        }
    }
    for (const char* key : {"user", "system"}) {
        if (const Node* value = result.find(key); value != nullptr) {
            builder.value(name + "." + key, *value, "s");
        }
    }
    if (const Node* memory = result.find("memory_usage_byte"); memory != nullptr) {
        builder.value(name + ".memory_usage", *memory, "B");
    }
    check_exit_codes(name, result, builder);
}

support::Result<Recording> read(const Document& document) {
    const auto json = document.require_json();
    if (!json.ok()) {
        return json.problems();
    }
    const Node* results = list_in(*json, "results");
    if (results == nullptr) {
        return not_this(document, "a hyperfine file", "an object with `results`");
    }
    RunBuilder builder;
    std::set<std::string> names;
    for (const Node& result : results->items) {
        const Node* command = text_in(&result, "command");
        if (command == nullptr) {
            return support::Diagnostic{result.where, "found " + support::describe_found(result) +
                                                         ", wanted a result with its `command`"};
        }
        if (!names.insert(command->text).second) {
            return support::Diagnostic{command->where, "a second result called '" +
                                                           support::visible(command->text) +
                                                           "'; give each its --command-name"};
        }
        take_result(command->text, result, builder);
    }
    return Recording{document.source(), {builder.take()}};
}

}  // namespace

MetricFormat hyperfine() {
    return {"hyperfine", "hyperfine, --export-json", {}, recognises, read};
}

}  // namespace metricgate::sources
