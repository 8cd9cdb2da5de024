// A table for spreadsheets and scripts: a row for the run, then one a check or slice, numbers in
// full precision.
#include <array>

#include "report/csv_cells.h"
#include "report/escape.h"
#include "report/formats.h"
#include "report/phrases.h"

namespace metricgate::report {
namespace {

using report::csv_cell;  // beside those below
using verdict::CheckResult;
using verdict::GateResult;

constexpr std::array columns = {
    "kind",       "check",        "slice",      "metric",        "unit",      "direction",
    "level",      "status",       "blocks",     "baseline",      "candidate", "change",
    "lower",      "upper",        "confidence", "margin",        "min",       "max",
    "p",          "adjusted_p",   "n",          "n_unit",        "method",    "detectable_drop",
    "instead_of", "waived_until", "waived_by",  "waived_reason", "reason"};

std::string csv_cell(const metrics::Value& value) {
    return value.defined() ? csv_cell(std::optional(value.number())) : "";
}

std::string csv_cell(const std::optional<verdict::Limit>& limit) {
    return limit ? csv_cell(std::optional(limit->value)) : "";
}

std::string run_line(const GateResult& result) {
    std::vector<std::string> cells(columns.size());
    cells[0] = "run";
    cells[7] = verdict::name(result.verdict);
    cells[8] = result.verdict == verdict::Verdict::pass ? "false" : "true";
    const std::string note = exit_note(result);
    cells.back() = csv_cell(tally(result) + (note.empty() ? "" : " " + note));
    return csv_line(cells);
}

std::string row_line(const CheckResult& row) {
    const verdict::Rule& rule = row.rule;
    const comparison::Comparison c = row.comparison.value_or(comparison::Comparison{});
    const auto of_interval = [&c](double stats::Interval::*member) {
        return c.interval ? csv_cell(std::optional(*c.interval.*member)) : std::string();
    };
    return csv_line({"check",
                     csv_name_cell(rule.id),
                     csv_name_cell(slice_label(rule)),
                     csv_name_cell(rule.metric),
                     csv_name_cell(rule.unit),
                     rule.higher_is_better ? "higher" : "lower",
                     verdict::name(rule.level),
                     verdict::name(row.status),
                     row.blocks ? "true" : "false",
                     csv_cell(c.baseline),
                     csv_cell(c.candidate),
                     csv_cell(c.delta),
                     of_interval(&stats::Interval::lower),
                     of_interval(&stats::Interval::upper),
                     of_interval(&stats::Interval::confidence),
                     csv_cell(row.margin),
                     csv_cell(rule.minimum),
                     csv_cell(rule.maximum),
                     csv_cell(c.p_no_loss),
                     csv_cell(row.adjusted_p),
                     c.n == 0 ? "" : std::to_string(c.n),
                     c.n == 0 ? "" : csv_cell(c.n_unit),
                     csv_cell(c.method),
                     csv_cell(c.mde),
                     row.instead_of ? verdict::name(*row.instead_of) : "",
                     row.waiver ? csv_cell(row.waiver->expires) : "",
                     row.waiver ? csv_cell(row.waiver->owner) : "",
                     row.waiver ? csv_cell(row.waiver->reason) : "",
                     csv_cell(row.reason)});
}

}  // namespace

std::string render_csv(const GateResult& result, const Style& /*style*/) {
    std::string text = csv_line({columns.begin(), columns.end()});
    text += run_line(result);
    for (const CheckResult& row : result.checks) {
        text += row_line(row);
    }
    return guard_workflow_lines(text);
}

}  // namespace metricgate::report
