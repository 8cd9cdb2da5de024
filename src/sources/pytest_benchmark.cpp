#include <algorithm>
#include <array>

#include "sources/benchmark_formats.h"
#include "sources/json_parts.h"
#include "sources/run_builder.h"
#include "support/text.h"

namespace metricgate::sources {

namespace {

using support::Node;

/// What of `stats` is a time; `ops` is the rate, the rest are counts.
constexpr auto times = std::to_array<std::string_view>(
    {"min", "max", "mean", "stddev", "median", "iqr", "q1", "q3", "ld15iqr", "hd15iqr", "total"});

bool recognises(const Document& document) {
    return map_in(document.json(), "machine_info") != nullptr &&
           list_in(document.json(), "benchmarks") != nullptr;
}

void take_machine(const Node& json, Run& run) {
    const Node* machine = map_in(&json, "machine_info");
    take_host(run.conditions, machine, "node");
    for (const char* key : {"machine", "processor", "system", "release", "python_implementation",
                            "python_version", "python_compiler"}) {
        take_condition(run.conditions, key, machine, key);
    }
    const Node* cpu = map_in(machine, "cpu");
    take_condition(run.conditions, "cpu", cpu, "brand_raw");
    take_condition(run.conditions, "cpu_count", cpu, "count");
    take_condition(run.metadata, "commit", map_in(&json, "commit_info"), "id");
    take_condition(run.metadata, "branch", map_in(&json, "commit_info"), "branch");
    take_condition(run.metadata, "pytest_benchmark_version", &json, "version");
    if (text_of(part(map_in(&json, "commit_info"), "dirty", Node::Kind::boolean)) == "true") {
        run.notes.push_back("The benchmarked work tree had uncommitted changes.");
    }
}

evidence::Conditions conditions_of(const Node& benchmark) {
    evidence::Conditions conditions;
    const Node* options = map_in(&benchmark, "options");
    take_condition(conditions, "timer", options, "timer");
    take_condition(conditions, "disable_gc", options, "disable_gc");
    return conditions;
}

std::string name_of(const Node& benchmark) {
    const Node* full = text_in(&benchmark, "fullname");
    return text_of(full != nullptr ? full : text_in(&benchmark, "name"));
}

/// The rounds themselves when they were saved; what summarises them otherwise.
void take_stats(const std::string& name, const Node& stats, const evidence::Conditions& conditions,
                RunBuilder& builder) {
    if (const Node* data = stats.find("data"); data != nullptr) {
        builder.value(name, *data, "s");
        builder.find(name)->conditions = conditions;
        return;
    }
    for (const support::Member& member : stats.members) {
        const bool time = std::find(times.begin(), times.end(), member.key) != times.end();
        if (!time && member.key != "ops" && member.key != "rounds" && member.key != "iterations") {
            continue;  // counts of outliers
        }
        const std::string part = name + "." + member.key;
        builder.value(part, member.value, time ? "s" : member.key == "ops" ? "1/s" : "");
        builder.find(part)->conditions = conditions;
    }
}

support::Result<Recording> read(const Document& document) {
    const auto json = document.require_json();
    if (!json.ok()) {
        return json.problems();
    }
    const Node* list = list_in(*json, "benchmarks");
    if (list == nullptr) {
        return not_this(document, "a pytest-benchmark file", "an object with `benchmarks`");
    }
    RunBuilder builder;
    take_machine(**json, builder.run);
    bool summaries = false;
    for (const Node& benchmark : list->items) {
        const std::string name = name_of(benchmark);
        if (name.empty()) {
            return support::Diagnostic{benchmark.where,
                                       "found " + support::describe_found(benchmark) +
                                           ", wanted a benchmark: an object with a fullname"};
        }
        const Node* stats = map_in(&benchmark, "stats");
        if (stats == nullptr) {
            builder.flaw(name, benchmark.where, "no stats: the benchmark failed or did not run");
            continue;
        }
        summaries = summaries || stats->find("data") == nullptr;
        take_stats(name, *stats, conditions_of(benchmark), builder);
    }
    if (summaries) {
        builder.run.notes.push_back(
            "Summaries were saved, not the rounds: times are skewed, so gate the "
            "median and not the mean, or save the rounds with --benchmark-save-data.");
    }
    return Recording{document.source(), {builder.take()}};
}

}  // namespace

MetricFormat pytest_benchmark() {
    return {"pytest_benchmark",
            "pytest-benchmark, --benchmark-json and saved runs",
            {},
            recognises,
            read};
}

}  // namespace metricgate::sources
