#include "sources/benchmark_formats.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <set>

#include "sources/json_parts.h"
#include "sources/run_builder.h"
#include "support/text.h"

namespace metricgate::sources {

namespace {

using support::Node;

/// What a row says besides its measurements.
constexpr auto bookkeeping = std::to_array<std::string_view>(
    {"name", "family_index", "per_family_instance_index", "run_name", "run_type", "repetitions",
     "repetition_index", "threads", "aggregate_name", "aggregate_unit", "iterations", "time_unit",
     "label", "big_o", "error_occurred", "error_message", "skipped", "skip_message"});

constexpr auto own_context = std::to_array<std::string_view>(
    {"date", "host_name", "executable", "num_cpus", "mhz_per_cpu", "cpu_scaling_enabled",
     "aslr_enabled", "caches", "load_avg", "library_version", "library_build_type",
     "json_schema_version"});

template <class List>
bool is_one_of(const List& list, std::string_view word) {
    return std::find(list.begin(), list.end(), word) != list.end();
}

bool recognises(const Document& document) {
    const Node* context = map_in(document.json(), "context");
    return context != nullptr && list_in(document.json(), "benchmarks") != nullptr &&
           context->find("num_cpus") != nullptr && context->find("date") != nullptr;
}

bool is_aggregate(const Node& row) {
    return text_of(text_in(&row, "run_type")) == "aggregate";
}

/// Files of releases before 1.5 have no run_name.
std::string run_name(const Node& row) {
    const Node* name = text_in(&row, "run_name");
    return text_of(name != nullptr ? name : text_in(&row, "name"));
}

std::string unit_of(const Node& row, std::string_view key) {
    const bool ratio = text_of(text_in(&row, "aggregate_unit")) == "percentage";
    if (ratio) {
        return "";
    }
    if (key == "real_time" || key == "cpu_time" || key == "real_coefficient" ||
        key == "cpu_coefficient") {
        return text_of(text_in(&row, "time_unit"));
    }
    return key == "bytes_per_second" ? "B/s" : key == "items_per_second" ? "1/s" : "";
}

/// Why a row has no measurements, or empty.
std::string failure(const Node& row) {
    for (const auto& [key, message, what] : std::to_array<std::array<std::string_view, 3>>(
             {{"error_occurred", "error_message", "an error"},
              {"skipped", "skip_message", "a skipped benchmark"}})) {
        const Node* said = row.find(key);
        if (said != nullptr && said->kind == Node::Kind::boolean && said->boolean) {
            return std::string(what) + " ('" + support::visible(text_of(row.find(message))) +
                   "') and no measurement";
        }
    }
    return "";
}

constexpr auto fits = std::to_array<std::string_view>({"_BigO", "_RMS"});
constexpr auto statistics =
    std::to_array<std::string_view>({"_mean", "_median", "_stddev", "_cv", "_min", "_max"});

/// `name` without the one of these endings that it has; empty when it has none.
template <class List>
std::string without_ending(const std::string& name, const List& endings) {
    for (const std::string_view ending : endings) {
        if (name.ends_with(ending)) {
            return name.substr(0, name.size() - ending.size());
        }
    }
    return "";
}

/// Whether an aggregate was computed beside a run that failed: over the repetitions, or over the
/// sizes of a family, that were left. Files of releases before 1.5 have neither `run_type` nor
/// `family_index`, and tell aggregates by name only.
bool is_spoiled_by(const Node& aggregate, const Node& failed) {
    const std::string name = text_of(text_in(&aggregate, "name"));
    if (const std::string family = without_ending(name, fits); !family.empty()) {
        const Node* index = aggregate.find("family_index");
        const Node* other = failed.find("family_index");
        const std::string run = run_name(failed);
        return index != nullptr && other != nullptr
                   ? text_of(index) == text_of(other)
                   : run == family || run.starts_with(family + "/");
    }
    return is_aggregate(aggregate) ? run_name(aggregate) == run_name(failed)
                                   : without_ending(name, statistics) == run_name(failed);
}

void take_context(const Node& context, Run& run) {
    take_host(run.conditions, &context, "host_name");
    for (const char* key :
         {"num_cpus", "cpu_scaling_enabled", "aslr_enabled", "library_build_type"}) {
        take_condition(run.conditions, key, &context, key);
    }
    if (const Node* caches = list_in(&context, "caches"); caches != nullptr) {
        std::string text;
        for (const Node& cache : caches->items) {
            if (cache.kind == Node::Kind::map) {
                text += (text.empty() ? "L" : ", L") + text_of(cache.find("level")) + " " +
                        text_of(cache.find("type")) + " " + text_of(cache.find("size"));
            }
        }
        if (!text.empty()) {
            run.conditions["caches"] = text;
        }
    }
    take_condition(run.metadata, "library_version", &context, "library_version");
    for (const support::Member& member : context.members) {
        if (!is_one_of(own_context, member.key)) {
            take_condition(run.metadata, member.key, &context, member.key);
        }
    }
    if (text_of(context.find("library_build_type")) == "debug") {
        run.notes.push_back(
            "The benchmark library was built in debug mode: its times are not those of a release.");
    }
    if (text_of(context.find("cpu_scaling_enabled")) == "true") {
        run.notes.push_back("The processor's frequency scaling was on while the benchmarks ran.");
    }
}

/// The standard error of a mean of repetitions, from the row with their standard deviation.
void add_standard_error(evidence::Scalar* scalar, const Node& row, const Node* deviations,
                        std::string_view key) {
    const Node* deviation = part(deviations, key, Node::Kind::number);
    const Node* count = part(&row, "repetitions", Node::Kind::number);
    if (scalar == nullptr || deviation == nullptr || count == nullptr ||
        deviation->number.kind != support::NumberKind::finite || !(count->number.value >= 2.0) ||
        !(count->number.value <= 1e9)) {
        return;
    }
    scalar->standard_error = support::ParsedNumber{
        support::NumberKind::finite, deviation->number.value / std::sqrt(count->number.value)};
    scalar->n = static_cast<std::uint64_t>(count->number.value);
}

struct Rows {
    std::set<std::string> measured;  ///< run names that have rows of single repetitions
    std::map<std::string, const Node*> deviations;  ///< by run name
};

support::Result<Rows> look_at(const Node& list) {
    Rows rows;
    for (const Node& row : list.items) {
        if (text_in(&row, "name") == nullptr) {
            return support::Diagnostic{row.where,
                                       "found " + support::describe_found(row) +
                                           ", wanted a benchmark: an object with a name"};
        }
        if (!is_aggregate(row)) {
            rows.measured.insert(run_name(row));
        } else if (text_of(row.find("aggregate_name")) == "stddev") {
            rows.deviations[run_name(row)] = &row;
        }
    }
    return rows;
}

void take_row(const Node& row, const Rows& rows, RunBuilder& builder) {
    const bool aggregate = is_aggregate(row);
    const std::string base = aggregate ? text_of(row.find("name")) : run_name(row);
    for (const support::Member& member : row.members) {
        if (is_one_of(bookkeeping, member.key)) {
            continue;
        }
        const std::string name = base + "." + member.key;
        const std::string unit = unit_of(row, member.key);
        if (!aggregate) {
            builder.sample(name, member.value, unit);
            continue;
        }
        builder.value(name, member.value, unit);
        if (const auto found = rows.deviations.find(run_name(row));
            found != rows.deviations.end() && text_of(row.find("aggregate_name")) == "mean") {
            add_standard_error(builder.scalar(name), row, found->second, member.key);
        }
    }
}

/// What failed has a flaw in all its quantities, and so has what was computed beside it.
void flaw_what_failed(const Node& list, RunBuilder& builder) {
    std::map<std::string, const Node*> failed;
    for (const Node& row : list.items) {
        if (!failure(row).empty()) {
            failed.emplace(run_name(row), &row);
        }
    }
    const auto spoil = [&](const std::string& name, const Node& row, const std::string& what) {
        for (const char* time : {".real_time", ".cpu_time"}) {
            builder.flaw(name + time, row.where, what);
        }
        builder.flaw_below(name, row.where, what);
    };
    for (const auto& [name, row] : failed) {
        spoil(name, *row, failure(*row));
    }
    for (const Node& row : failed.empty() ? std::vector<Node>() : list.items) {
        const std::string name = text_of(text_in(&row, "name"));
        for (const auto& [other, bad] : failed) {
            if (other != name && is_spoiled_by(row, *bad)) {
                builder.flaw_below(name, bad->where,
                                   "an aggregate beside a run ('" + support::visible(other) +
                                       "') with " + failure(*bad));
            }
        }
    }
}

support::Result<Recording> read(const Document& document) {
    const auto json = document.require_json();
    if (!json.ok()) {
        return json.problems();
    }
    const Node* list = list_in(*json, "benchmarks");
    if (list == nullptr) {
        return not_this(document, "a Google Benchmark file", "an object with `benchmarks`");
    }
    const auto rows = look_at(*list);
    if (!rows.ok()) {
        return rows.problems();
    }
    RunBuilder builder;
    if (const Node* context = map_in(*json, "context"); context != nullptr) {
        take_context(*context, builder.run);
    }
    for (const Node& row : list->items) {
        // Aggregates follow from the repetitions, where those are.
        if (!is_aggregate(row) || rows->measured.count(run_name(row)) == 0) {
            take_row(row, *rows, builder);
        }
    }
    flaw_what_failed(*list, builder);
    const bool only_aggregates =
        std::any_of(rows->deviations.begin(), rows->deviations.end(),
                    [&](const auto& one) { return rows->measured.count(one.first) == 0; });
    if (only_aggregates) {
        builder.run.notes.push_back(
            "The file holds aggregates without their repetitions, and does not say whether one of "
            "those failed; leave out --benchmark_report_aggregates_only.");
    }
    return Recording{document.source(), {builder.take()}};
}

}  // namespace

MetricFormat google_benchmark() {
    return {
        "google_benchmark", "Google Benchmark, --benchmark_out_format=json", {}, recognises, read};
}

}  // namespace metricgate::sources
