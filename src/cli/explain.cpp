#include "cli/explain.h"

#include <algorithm>

#include "cli/changed_examples.h"
#include "cli/row_names.h"
#include "cli/specimen.h"
#include "comparison/catalog.h"
#include "comparison/search.h"
#include "metrics/evaluate.h"
#include "metrics/used_columns.h"
#include "support/number.h"
#include "support/text.h"

namespace metricgate::cli {
namespace {

using verdict::CheckResult;
using verdict::Explanation;
using verdict::NamedText;

constexpr std::size_t runs_shown = 20;
constexpr std::size_t rows_named = 10;

support::Diagnostic no_such_row(const std::string& name, const std::vector<CheckResult>& rows) {
    std::vector<std::string> names;
    std::vector<std::string> of_check;
    for (const CheckResult& row : rows) {
        names.push_back(row_name(row.rule));
        if (row.rule.id == name) {
            of_check.push_back(names.back());
        }
    }
    if (of_check.empty()) {
        std::string text = "explain: the policy has no check '" + support::visible(name) + "'" +
                           support::did_you_mean(name, names);
        if (names.size() <= rows_named) {
            text += "; it has " + support::enumerate(names);
        }
        return usage_problem(text);
    }
    const std::size_t in_all = of_check.size();
    of_check.resize(std::min(in_all, rows_named));
    return usage_problem("explain: check '" + support::visible(name) + "' has " +
                         support::count_of(in_all, "row", "rows") + "; name one of them, such as " +
                         support::enumerate(of_check, "or"));
}

/// "label, score": what the metric reads, without the sides.
std::string needs_of(const metrics::Metric& metric, const LoadedInput& loaded) {
    if (metrics::column_form(metric.definition) != nullptr) {
        return "the column that `of:` names, unpaired";
    }
    if (loaded.histories) {
        return "values of this name over time, and a newest one";
    }
    if (!loaded.examples) {
        return "an entry of this name in both metric files";
    }
    std::vector<std::string> roles;
    for (const metrics::UsedColumn& column : metrics::used_columns(metric, *loaded.examples)) {
        std::string role(column.role);
        if (std::ranges::find(roles, role) == roles.end()) {
            roles.push_back(std::move(role));
        }
    }
    return support::enumerate(roles);
}

/// Why a method for examples was passed over; "" for one that was not in question.
std::string why_not(const comparison::Method& method, const metrics::Metric& metric,
                    const LoadedInput& loaded) {
    if (!loaded.different_baseline) {
        return method.applies != nullptr ? method.applies(metric, *loaded.examples) : "";
    }
    if (method.applies_to_different == nullptr) {
        return "";
    }
    const auto before = evidence::Rows::all(loaded.different_baseline->rows);
    const auto now = evidence::Rows::all(loaded.examples->rows);
    return method.applies_to_different({metric, *loaded.different_baseline, before},
                                       {metric, *loaded.examples, now});
}

/// The points that a chart or a path looked at, newest first.
void list_points(const LoadedInput& loaded, const std::string& metric, Explanation& out) {
    if (const auto& chart = out.row.comparison ? out.row.comparison->chart : std::nullopt) {
        for (std::size_t i = chart->points.size(); i > 0 && out.recorded.size() < runs_shown; --i) {
            const comparison::ChartedPoint& point = chart->points[i - 1];
            std::string text = support::format_exact(point.value);
            text += chart->sigma > 0.0
                        ? ", " + support::format_short(point.standardised, 3) + " sigma"
                        : "";
            text += point.attempts > 1 ? ", mean of " + std::to_string(point.attempts) + " attempts"
                                       : "";
            text += point.made_limits ? ", limits rest on it" : "";
            out.recorded.push_back({"point " + point.key, std::move(text)});
        }
        return;
    }
    for (const evidence::History& history : loaded.histories->histories) {
        for (std::size_t i = history.points.size();
             history.metric == metric && i > 0 && out.recorded.size() < runs_shown; --i) {
            const evidence::HistoryPoint& point = history.points[i - 1];
            out.recorded.push_back(
                {"point " + point.key, support::format_exact(point.value.value)});
        }
    }
}

void explain_chart(const comparison::Chart& chart, Explanation& out) {
    switch (chart.type) {
        case comparison::ChartType::individuals:
            out.method_summary = "single values against three-sigma limits from moving ranges";
            out.method_reference = "Shewhart 1931; NIST/SEMATECH e-Handbook 6.3.2.2";
            break;
        case comparison::ChartType::ewma:
            out.method_summary = "exponentially weighted moving average against its limits";
            out.method_reference = "Roberts, Technometrics 1, 1959";
            break;
        case comparison::ChartType::cusum:
            out.method_summary = "cumulative sum of deviations from the center";
            out.method_reference = "Page, Biometrika 41, 1954";
            break;
        case comparison::ChartType::moving_average:
            out.method_summary = "mean of the newest values against its limits";
            out.method_reference = "Montgomery, Introduction to Statistical Quality Control, 9.3";
            break;
    }
    out.chosen = "the policy names it";
}

void explain_method(const metrics::Metric& metric, const PlannedCheck& check,
                    const LoadedInput& loaded, Explanation& out) {
    const auto& row = out.row;
    if (row.comparison && row.comparison->chart) {
        explain_chart(*row.comparison->chart, out);
        return;
    }
    if (!row.comparison || row.comparison->method.empty()) {
        return;
    }
    const comparison::Method* method = comparison::find(row.comparison->method);
    if (method == nullptr) {
        return;
    }
    out.method_summary = method->summary;
    out.method_reference = method->reference;
    if (!check.options.method.empty()) {
        out.chosen = "the policy names it";
        return;
    }
    if (metrics::column_form(metric.definition) != nullptr) {
        out.chosen = "it is the one for checks of a column";
        return;
    }
    if (!loaded.examples) {
        out.chosen = "it follows from what both files record";
        return;
    }
    if (method->name == comparison::search_method) {
        out.chosen = "it is the one for a search over slices";
        return;
    }
    out.chosen = "the first in the order of preference that applies";
    for (const comparison::Method& other : comparison::catalog()) {
        if (other.name == method->name) {
            break;
        }
        const std::string reason = why_not(other, metric, loaded);
        if (!reason.empty()) {
            out.passed_over.push_back({std::string(other.name), reason});
        }
    }
}

std::string scalar_text(const evidence::Scalar& scalar) {
    std::string text = support::format_exact(scalar.value.value);
    if (scalar.standard_error) {
        text += ", standard error " + support::format_exact(scalar.standard_error->value);
    }
    return scalar.n ? text + ", n " + std::to_string(*scalar.n) : text;
}

std::string runs_text(const evidence::Samples& samples) {
    std::vector<double> values = samples.values;
    std::ranges::sort(values);
    std::string text = support::count_of(values.size(), "run", "runs") + ", ascending:";
    for (std::size_t i = 0; i < std::min(values.size(), runs_shown); ++i) {
        text += " " + support::format_short(values[i], 6);
    }
    return values.size() > runs_shown ? text + " ..." : text;
}

NamedText entry_text(const std::string& side, const evidence::Entry& entry) {
    const auto* scalar = std::get_if<evidence::Scalar>(&entry.evidence);
    std::string text = scalar != nullptr ? scalar_text(*scalar)
                                         : runs_text(std::get<evidence::Samples>(entry.evidence));
    text += entry.unit.empty() ? "" : ", unit " + entry.unit;
    return {side + " " + entry.name, text + " (" + support::describe(entry.where) + ")"};
}

void list_recorded(const PlannedCheck& check, const metrics::Metric& metric,
                   const LoadedInput& loaded, Explanation& out) {
    const auto add = [&](const char* side, const std::optional<evidence::MetricFile>& file,
                         bool old_names) {
        const evidence::Entry* entry = file ? file->find(metric.name) : nullptr;
        for (const std::string& old : check.source.formerly) {
            if (entry == nullptr && file && old_names) {
                entry = file->find(old);
            }
        }
        if (entry != nullptr) {
            out.recorded.push_back(entry_text(side, *entry));
        } else if (file) {
            out.recorded.push_back({std::string(side) + " " + metric.name, "not recorded"});
        }
    };
    add("baseline", loaded.baseline, true);
    add("candidate", loaded.candidate, false);
}

void explain_metric(const metrics::Metric& metric, const LoadedInput* loaded, Explanation& out) {
    // A recorded name that the catalog does not know is bound as if it were a value column.
    const bool unknown =
        metric.definition == nullptr || (loaded != nullptr && !loaded->examples &&
                                         (metric.definition->needs & metrics::value_column) != 0U);
    if (!unknown) {
        out.summary = metric.definition->summary;
        out.definition = metric.definition->formula;
    } else {
        out.summary = metric.statistic.empty()
                          ? "a recorded number that the catalog does not define"
                          : metric.statistic + " of what was recorded";
    }
    if (loaded != nullptr) {
        out.needs = needs_of(metric, *loaded);
    }
}

}  // namespace

support::Result<Explanation> explain(const Prepared& prepared, const CheckArguments& arguments,
                                     const std::string& name, std::size_t examples,
                                     const Progress& progress) {
    const verdict::GateResult result = judge(prepared, arguments, progress);
    const std::string wanted = tidy_row_name(name);
    const auto found = std::ranges::find_if(result.checks, [&](const CheckResult& row) {
        return tidy_row_name(row_name(row.rule)) == wanted;
    });
    if (found == result.checks.end()) {
        return no_such_row(wanted, result.checks);
    }
    Explanation out;
    out.row = *found;
    out.policy = result.policy;
    out.seed = result.seed;
    out.program_version = result.program_version;
    out.steps = verdict::decision_steps(out.row);
    for (const verdict::InputInfo& info : result.inputs) {
        if (info.name == out.row.rule.input) {
            out.inputs.push_back(info);
        }
    }
    const PlannedCheck* check = check_of(prepared.plan, out.row);
    if (check == nullptr) {
        return out;
    }
    const metrics::Metric metric = metric_of_row(*check, out.row.rule);
    const auto& loaded = prepared.inputs[check->input];
    explain_metric(metric, loaded ? &*loaded : nullptr, out);
    if (!loaded) {
        return out;
    }
    explain_method(metric, *check, *loaded, out);
    if (loaded->examples) {
        list_changed_examples(metric, prepared.plan.inputs[check->input], *loaded,
                              out.row.rule.slice, examples, out);
    } else if (loaded->histories) {
        list_points(*loaded, metric.name, out);
    } else {
        list_recorded(*check, metric, *loaded, out);
    }
    return out;
}

}  // namespace metricgate::cli
