// A table for spreadsheets and scripts: a row for the run, then one a check or slice, numbers in
// full precision.
#include <algorithm>
#include <array>
#include <cmath>

#include "report/escape.h"
#include "report/formats.h"
#include "report/phrases.h"
#include "support/number.h"
#include "support/text.h"

namespace metricgate::report {
namespace {

using verdict::CheckResult;
using verdict::GateResult;

constexpr std::array columns = {
    "kind",       "check",        "slice",      "metric",        "unit",      "direction",
    "level",      "status",       "blocks",     "baseline",      "candidate", "change",
    "lower",      "upper",        "confidence", "margin",        "min",       "max",
    "p",          "adjusted_p",   "n",          "n_unit",        "method",    "detectable_drop",
    "instead_of", "waived_until", "waived_by",  "waived_reason", "reason"};

/// Where a spreadsheet would start to read a formula: in front, and after a semicolon, at which
/// some of them cut lines of a file whose commas they take for decimal marks. Behind apostrophes,
/// too, so that a text with one of its own gets a second and stays apart from the one without.
bool starts_formula(std::string_view text) {
    // The last four are the full-width forms of the first four.
    static constexpr std::array signs = {
        "=", "+", "-", "@", "\xef\xbc\x9d", "\xef\xbc\x8b", "\xef\xbc\x8d", "\xef\xbc\xa0"};
    text.remove_prefix(std::min(text.find_first_not_of('\''), text.size()));
    for (const char* sign : signs) {
        if (text.starts_with(sign)) {
            return true;
        }
    }
    return false;
}

/// A text that is visible already: quoted, with an apostrophe before what would be a formula.
std::string quoted(std::string_view shown) {
    std::string out = "\"";
    for (std::size_t i = 0; i < shown.size(); ++i) {
        const bool may_start = i == 0 || shown[i - 1] == ';';
        out += may_start && starts_formula(shown.substr(i)) ? "'" : "";
        out += shown[i] == '"' ? "\"\"" : std::string(1, shown[i]);
    }
    return out + "\"";
}

std::string cell(std::string_view sentence) {
    return quoted(support::visible(sentence, 0));
}

std::string name_cell(std::string_view name) {
    return quoted(whole_name(name));
}

/// A number that reads back as the same double; empty where there is none.
std::string cell(const std::optional<double>& value) {
    const bool known = value && std::isfinite(*value);
    return known ? support::format_exact(*value == 0.0 ? 0.0 : *value) : "";
}

std::string cell(const metrics::Value& value) {
    return value.defined() ? cell(std::optional(value.number())) : "";
}

std::string cell(const std::optional<verdict::Limit>& limit) {
    return limit ? cell(std::optional(limit->value)) : "";
}

std::string line_of(const std::vector<std::string>& cells) {
    std::string line;
    for (const std::string& each : cells) {
        line += (line.empty() ? "" : ",") + each;
    }
    return line + "\n";
}

std::string run_line(const GateResult& result) {
    std::vector<std::string> cells(columns.size());
    cells[0] = "run";
    cells[7] = verdict::name(result.verdict);
    cells[8] = result.verdict == verdict::Verdict::pass ? "false" : "true";
    const std::string note = exit_note(result);
    cells.back() = cell(tally(result) + (note.empty() ? "" : " " + note));
    return line_of(cells);
}

std::string row_line(const CheckResult& row) {
    const verdict::Rule& rule = row.rule;
    const comparison::Comparison c = row.comparison.value_or(comparison::Comparison{});
    const auto of_interval = [&c](double stats::Interval::*member) {
        return c.interval ? cell(std::optional(*c.interval.*member)) : std::string();
    };
    return line_of({"check",
                    name_cell(rule.id),
                    name_cell(slice_label(rule)),
                    name_cell(rule.metric),
                    name_cell(rule.unit),
                    rule.higher_is_better ? "higher" : "lower",
                    verdict::name(rule.level),
                    verdict::name(row.status),
                    row.blocks ? "true" : "false",
                    cell(c.baseline),
                    cell(c.candidate),
                    cell(c.delta),
                    of_interval(&stats::Interval::lower),
                    of_interval(&stats::Interval::upper),
                    of_interval(&stats::Interval::confidence),
                    cell(row.margin),
                    cell(rule.minimum),
                    cell(rule.maximum),
                    cell(c.p_no_loss),
                    cell(row.adjusted_p),
                    c.n == 0 ? "" : std::to_string(c.n),
                    c.n == 0 ? "" : cell(c.n_unit),
                    cell(c.method),
                    cell(c.mde),
                    row.instead_of ? verdict::name(*row.instead_of) : "",
                    row.waiver ? cell(row.waiver->expires) : "",
                    row.waiver ? cell(row.waiver->owner) : "",
                    row.waiver ? cell(row.waiver->reason) : "",
                    cell(row.reason)});
}

}  // namespace

std::string render_csv(const GateResult& result, const Style& /*style*/) {
    std::string text = line_of({columns.begin(), columns.end()});
    text += run_line(result);
    for (const CheckResult& row : result.checks) {
        text += row_line(row);
    }
    return guard_workflow_lines(text);
}

}  // namespace metricgate::report
