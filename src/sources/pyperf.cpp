#include <set>

#include "sources/benchmark_formats.h"
#include "sources/json_parts.h"
#include "sources/run_builder.h"
#include "support/text.h"

namespace metricgate::sources {

namespace {

using support::Node;

bool recognises(const Document& document) {
    const Node* list = list_in(document.json(), "benchmarks");
    return list != nullptr && !list->items.empty() && document.json()->find("version") != nullptr &&
           list_in(&list->items.front(), "runs") != nullptr;
}

/// The machine and the interpreter, as the metadata of the file, of a benchmark or of a run tell
/// them.
void take_conditions(const Node* metadata, evidence::Conditions& conditions) {
    take_host(conditions, metadata, "hostname");
    take_condition(conditions, "cpu", metadata, "cpu_model_name");
    for (const char* key : {"cpu_count", "cpu_affinity", "cpu_config", "aslr", "platform", "timer",
                            "python_implementation", "python_version", "python_compiler"}) {
        take_condition(conditions, key, metadata, key);
    }
}

/// The unit of values; pyperf's own words for it.
std::string unit_of(const Node* file, const Node* benchmark) {
    const Node* own = text_in(benchmark, "unit");
    const std::string unit = text_of(own != nullptr ? own : text_in(file, "unit"));
    return unit.empty() || unit == "second" ? "s"
           : unit == "byte"                 ? "B"
           : unit == "integer"              ? ""
                                            : unit;
}

std::string name_of(const Node* file, const Node* benchmark) {
    const Node* own = text_in(benchmark, "name");
    return text_of(own != nullptr ? own : text_in(file, "name"));
}

support::Result<support::Done> take_benchmark(const Node& benchmark, const std::string& name,
                                              const Node* file, RunBuilder& builder) {
    const Node* metadata = map_in(&benchmark, "metadata");
    const Node* runs = list_in(&benchmark, "runs");
    if (runs == nullptr) {
        return support::Diagnostic{benchmark.where, "found " + support::describe_found(benchmark) +
                                                        ", wanted a benchmark with its `runs`"};
    }
    const std::string unit = unit_of(file, metadata);
    evidence::Conditions of_benchmark;
    take_conditions(metadata, of_benchmark);
    for (const Node& run : runs->items) {
        if (run.kind != Node::Kind::map || run.find("samples") != nullptr) {
            return support::Diagnostic{
                run.where, run.kind == Node::Kind::map
                               ? std::string("a run of perf older than 1.0; convert the file with "
                                             "`python -m pyperf convert`")
                               : "found " + support::describe_found(run) + ", wanted a run"};
        }
        const Node* values = run.find("values");
        if (values == nullptr) {
            continue;  // a run that only calibrates
        }
        evidence::Conditions of_run = of_benchmark;
        take_conditions(map_in(&run, "metadata"), of_run);
        if (values->kind != Node::Kind::list) {
            builder.sample(name, *values, unit, of_run);
            continue;
        }
        for (const Node& value : values->items) {
            builder.sample(name, value, unit, of_run);
        }
    }
    if (!builder.has(name)) {
        builder.flaw(name, benchmark.where, "no values, only calibration runs");
    }
    return support::Done{};
}

support::Result<Recording> read(const Document& document) {
    const auto json = document.require_json();
    if (!json.ok()) {
        return json.problems();
    }
    const Node* list = list_in(*json, "benchmarks");
    if (list == nullptr) {
        return not_this(document, "a pyperf file", "an object with `benchmarks`");
    }
    const Node* file = map_in(*json, "metadata");
    RunBuilder builder;
    take_conditions(file, builder.run.conditions);
    take_condition(builder.run.metadata, "perf_version", file, "perf_version");
    std::set<std::string> names;
    for (const Node& benchmark : list->items) {
        const std::string name = name_of(file, map_in(&benchmark, "metadata"));
        if (name.empty() || !names.insert(name).second) {
            return support::Diagnostic{
                benchmark.where,
                name.empty() ? std::string("a benchmark without a name in its metadata or the "
                                           "file's; wanted one with a name")
                             : "a second benchmark called '" + support::visible(name) +
                                   "', wanted names that differ"};
        }
        const auto taken = take_benchmark(benchmark, name, file, builder);
        if (!taken.ok()) {
            return taken.problems();
        }
    }
    return Recording{document.source(), {builder.take()}};
}

}  // namespace

MetricFormat pyperf() {
    return {"pyperf", "pyperf, --output", {}, recognises, read};
}

}  // namespace metricgate::sources
