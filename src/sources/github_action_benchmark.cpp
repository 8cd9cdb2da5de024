#include <algorithm>

#include "sources/experiment_formats.h"
#include "sources/json_parts.h"
#include "sources/run_builder.h"
#include "sources/whole_number.h"
#include "support/text.h"

namespace metricgate::sources {

namespace {

using support::Node;

constexpr std::string_view wrapper = "window.BENCHMARK_DATA";

/// data.js, or the same without its wrapper (`external-data-json-path`).
bool recognises(const Document& document) {
    if (document.is_folder()) {
        return false;
    }
    const auto text = document.text();
    return (text && text->starts_with(wrapper)) ||
           (map_in(document.json(), "entries") != nullptr &&
            document.json()->find("lastUpdate") != nullptr &&
            document.json()->find("repoUrl") != nullptr);
}

/// The object that data.js assigns. The wrapper becomes blanks, so that places stay right.
support::Result<Node> parse(const Document& document) {
    const auto text = document.require_text();
    if (!text.ok()) {
        return text.problems();
    }
    std::string json(*text);
    if (text->starts_with(wrapper)) {
        const std::size_t equals = json.find('=');
        if (equals == std::string::npos) {
            return not_this(document, "a data.js", "`window.BENCHMARK_DATA = {...}`");
        }
        std::fill_n(json.begin(), equals + 1, ' ');
        const std::size_t last = json.find_last_not_of(" \t\r\n");
        if (last != std::string::npos && json[last] == ';') {
            json[last] = ' ';
        }
    }
    return support::parse_json(json, document.source());
}

/// Go's extra metrics were once taken for a part of the unit: "ns/op\t  4.000 auxMetricUnits".
std::string unit_of(const Node& bench) {
    const std::string unit = text_of(text_in(&bench, "unit"));
    return unit.substr(0, unit.find('\t'));
}

/// When and on which commit an entry was measured; milliseconds and full ids, or nothing.
Moment moment_of(const Node& entry) {
    Moment moment;
    constexpr std::int64_t a_second = 1000;
    if (const auto date = whole_number(entry.find("date")); date && *date >= 0) {
        moment.time = *date / a_second;
    }
    moment.commit = text_of(text_in(map_in(&entry, "commit"), "id"));
    return moment;
}

/// The unit that each name has in the newest entry: a value in another one belongs to another
/// series.
std::map<std::string, std::string> newest_units(const Node& suite) {
    std::map<std::string, std::string> units;
    for (const Node& entry : suite.items) {
        if (const Node* benches = list_in(&entry, "benches"); benches != nullptr) {
            for (const Node& bench : benches->items) {
                units[text_of(text_in(&bench, "name"))] = unit_of(bench);
            }
        }
    }
    return units;
}

support::Result<support::Done> take_suite(const std::string& name, const Node& suite,
                                          RunBuilder& builder) {
    const std::map<std::string, std::string> units = newest_units(suite);
    std::size_t repeated = 0;
    std::size_t other_unit = 0;
    std::int64_t step = 0;
    std::map<std::string, std::int64_t> seen;
    for (const Node& entry : suite.items) {
        const Node* benches = list_in(&entry, "benches");
        if (benches == nullptr) {
            return support::Diagnostic{entry.where, "found " + support::describe_found(entry) +
                                                        ", wanted an entry with its `benches`"};
        }
        ++step;
        const std::uint32_t moment = add_moment(builder.run, moment_of(entry));
        for (const Node& bench : benches->items) {
            const Node* bench_name = text_in(&bench, "name");
            const Node* value = bench.kind == Node::Kind::map ? bench.find("value") : nullptr;
            if (bench_name == nullptr || value == nullptr) {
                return support::Diagnostic{bench.where, "found " + support::describe_found(bench) +
                                                            ", wanted a bench with name and value"};
            }
            const std::string unit = unit_of(bench);
            std::string full = name + "." + bench_name->text;
            if (unit != units.at(bench_name->text)) {
                full += " (" + unit + ")";
                ++other_unit;
            }
            builder.point(full, *value, step, unit, moment);
            std::int64_t& last = seen[full];
            repeated += last == step ? 1 : 0;
            last = step;
        }
    }
    std::size_t gone = 0;
    for (const auto& [full, latest] : seen) {
        // What the newest commit no longer measures has no current value.
        gone += latest < step ? builder.series().erase(full) : 0;
    }
    if (gone > 0) {
        builder.run.notes.push_back("Suite '" + support::visible(name) + "' no longer measures " +
                                    support::count_of(gone, "benchmark", "benchmarks") +
                                    " that older commits did; they are left out.");
    }
    if (!suite.items.empty()) {
        const Node& last = suite.items.back();
        take_condition(builder.run.metadata, name + ".commit", map_in(&last, "commit"), "id");
        take_condition(builder.run.metadata, name + ".tool", &last, "tool");
    }
    const std::string suite_name = "Suite '" + support::visible(name) + "'";
    if (repeated > 0) {
        builder.run.notes.push_back(
            suite_name + " holds " +
            support::count_of(repeated, "value that stands", "values that stand") +
            " beside another of the same name and commit; the last one counts.");
    }
    if (other_unit > 0) {
        builder.run.notes.push_back(
            suite_name + " holds " + support::count_of(other_unit, "value", "values") +
            " in another unit than the newest; the unit is part of their name.");
    }
    return support::Done{};
}

support::Result<Recording> read(const Document& document) {
    const auto json = parse(document);
    if (!json.ok()) {
        return json.problems();
    }
    const Node* entries = map_in(&*json, "entries");
    if (entries == nullptr) {
        return not_this(document, "data of github-action-benchmark", "an object with `entries`");
    }
    RunBuilder builder;
    builder.run.steps_are_places = true;
    for (const support::Member& suite : entries->members) {
        if (suite.value.kind != Node::Kind::list) {
            return support::Diagnostic{
                suite.value.where, "suite '" + support::visible(suite.key) + "' is " +
                                       support::describe_found(suite.value) + ", wanted a list"};
        }
        const auto taken = take_suite(suite.key, suite.value, builder);
        if (!taken.ok()) {
            return taken.problems();
        }
    }
    return Recording{document.source(), {builder.take()}};
}

}  // namespace

MetricFormat github_action_benchmark() {
    return {"github_action_benchmark",
            "github-action-benchmark, data.js: values by commit",
            {},
            recognises,
            read};
}

}  // namespace metricgate::sources
