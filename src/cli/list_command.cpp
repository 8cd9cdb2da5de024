#include "cli/list_command.h"

#include <algorithm>
#include <array>
#include <cmath>

#include "cli/output.h"
#include "comparison/catalog.h"
#include "comparison/chart_catalog.h"
#include "comparison/chart_run_length.h"
#include "history/catalog.h"
#include "metrics/catalog.h"
#include "policy/policy.h"
#include "report/catalog.h"
#include "sources/table_reader.h"
#include "sources/tracker.h"
#include "support/number.h"
#include "support/text.h"

namespace metricgate::cli {
namespace {

/// An entry of a catalog: its line in the short list, and the columns of the long one.
struct Entry {
    std::string name;
    std::string line;
    std::vector<std::string> columns;
};

/// A catalog as a table. `headings` are those of the long list.
struct Table {
    std::vector<std::string> headings;
    std::vector<Entry> entries;
};

std::string direction_of(const metrics::Definition& metric) {
    if ((metric.needs & metrics::value_column) != 0) {
        return "the policy says which direction is better";
    }
    if (metric.undirected) {
        return "neither direction is better";
    }
    return metric.direction == metrics::Direction::higher_is_better ? "higher is better"
                                                                    : "lower is better";
}

/// The roles whose columns a metric reads: "label, score".
std::string roles_of(const metrics::Definition& metric) {
    using Role = std::pair<unsigned, const char*>;
    constexpr std::array<Role, 7> roles = {
        {{metrics::label_class | metrics::target, "label"},
         {metrics::predicted_class | metrics::predicted_number, "prediction"},
         {metrics::positive_score | metrics::ranking_score, "score"},
         {metrics::class_scores, "class scores"},
         {metrics::query_column, "query"},
         {metrics::naive_column, "naive_error"},
         {metrics::value_column, "a value column"}}};
    std::string text;
    for (const auto& [needs, role] : roles) {
        if ((metric.needs & needs) != 0) {
            text += (text.empty() ? "" : ", ") + std::string(role);
        }
    }
    return text + (metric.takes_class_scores ? " or class scores" : "");
}

std::string range_of(const metrics::Definition& metric) {
    const auto bound = [](double value) {
        return std::isfinite(value) ? support::format_short(value, 6) : std::string("unbounded");
    };
    return bound(metric.lowest) + " to " + bound(metric.highest);
}

Table metric_table() {
    Table table{{"name", "better", "columns", "range", "summary", "definition"}, {}};
    for (const metrics::Definition& metric : metrics::catalog()) {
        const std::string name(metric.name);
        const std::string summary(metric.summary);
        const std::string direction = direction_of(metric);
        table.entries.push_back({name,
                                 summary + " (" + direction + ")",
                                 {name, direction, roles_of(metric), range_of(metric), summary,
                                  std::string(metric.formula)}});
    }
    return table;
}

Table method_table() {
    Table table{{"name", "summary", "source"}, {}};
    for (const comparison::Method& method : comparison::catalog()) {
        const std::string name(method.name);
        const std::string summary(method.summary);
        const std::string source(method.reference);
        table.entries.push_back({name, summary + " [" + source + "]", {name, summary, source}});
    }
    return table;
}

/// How many points a chart runs until it rings by chance: "741", "at least 741", "-".
std::string run_length(comparison::ChartOptions options, bool two_sided) {
    if (options.rules.empty()) {
        return "-";
    }
    options.two_sided = two_sided;
    const comparison::RunLength length = comparison::run_length_in_control(options);
    return (length.at_least ? "at least " : "") + support::format_short(length.points, 3);
}

Table chart_table() {
    Table table{{"name", "summary", "settings", "points until it rings by chance",
                 "with sides: both", "source"},
                {}};
    for (const comparison::ChartKind& kind : comparison::chart_kinds()) {
        const std::string name(kind.name);
        const std::string summary(kind.summary);
        const std::string source(kind.reference);
        const comparison::ChartOptions options = comparison::default_options(kind.type);
        table.entries.push_back({name,
                                 summary + " [" + source + "]",
                                 {name, summary, std::string(kind.settings),
                                  run_length(options, false), run_length(options, true), source}});
    }
    return table;
}

Table rule_table() {
    Table table{
        {"name", "rings on", "points until it rings by chance", "with sides: both", "source"}, {}};
    for (const comparison::ChartRule& rule : comparison::chart_rules()) {
        const std::string name(rule.name);
        const std::string summary(rule.summary);
        const std::string source(rule.reference);
        comparison::ChartOptions options;
        options.rules = rule.rules;
        const std::string one_side = run_length(options, false);
        options.rules.insert(options.rules.end(), rule.on_both_sides.begin(),
                             rule.on_both_sides.end());
        table.entries.push_back({name,
                                 summary + " [" + source + "]",
                                 {name, summary, one_side, run_length(options, true), source}});
    }
    return table;
}

/// Adds the entries of a catalog that knows names and summaries only.
template <class Catalog>
void add_summaries(const Catalog& catalog, Table& table) {
    for (const auto& entry : catalog) {
        const std::string name(entry.name);
        const std::string summary(entry.summary);
        table.entries.push_back({name, summary, {name, summary}});
    }
}

Table table_of(const std::string& what) {
    if (what == "metrics") {
        return metric_table();
    }
    if (what == "methods") {
        return method_table();
    }
    if (what == "charts") {
        return chart_table();
    }
    if (what == "rules") {
        return rule_table();
    }
    Table table{{"name", "summary"}, {}};
    if (what == "formats") {
        add_summaries(sources::table_formats(), table);
        add_summaries(sources::metric_formats(), table);
        for (const sources::Tracker& tracker : sources::trackers()) {
            const std::string name = std::string(tracker.scheme) + ":";
            const std::string summary(tracker.summary);
            table.entries.push_back({name, summary, {name, summary}});
        }
    } else if (what == "histories") {
        add_summaries(history::sources(), table);
    } else if (what == "reports") {
        add_summaries(report::catalog(), table);
    } else if (what == "gates") {
        for (const std::string& gate : policy::built_in_gates()) {
            const std::string name = "metricgate:" + gate;
            const std::string summary = "extends: " + name;
            table.entries.push_back({name, summary, {name, summary}});
        }
    }
    return table;
}

std::string joined(const std::vector<std::string>& columns) {
    std::string line;
    for (const std::string& column : columns) {
        line += (line.empty() ? "" : "\t") + column;
    }
    return line + "\n";
}

std::string short_list(const Table& table) {
    std::size_t width = 0;
    for (const Entry& entry : table.entries) {
        width = std::max(width, entry.name.size());
    }
    std::string text;
    for (const Entry& entry : table.entries) {
        text += entry.name + std::string(width + 2 - entry.name.size(), ' ') + entry.line + "\n";
    }
    return text;
}

std::string long_list(const Table& table) {
    std::string text = joined(table.headings);
    for (const Entry& entry : table.entries) {
        text += joined(entry.columns);
    }
    return text;
}

}  // namespace

int list_command(const ListArguments& arguments, const Streams& streams) {
    const Table table = table_of(arguments.what);
    if (table.entries.empty()) {
        const std::vector<std::string> known = {"metrics", "methods",   "charts",  "rules",
                                                "formats", "histories", "reports", "gates"};
        const auto problem = usage_problem("unknown list '" + arguments.what + "'" +
                                           support::did_you_mean(arguments.what, known) +
                                           "; wanted " + support::enumerate(known, "or"));
        print(streams.error, describe_all({problem}) + closing_line("could_not_judge", 2));
        return 2;
    }
    return print(streams.out, arguments.complete ? long_list(table) : short_list(table)) ? 0 : 2;
}

}  // namespace metricgate::cli
