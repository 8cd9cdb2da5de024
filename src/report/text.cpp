#include <algorithm>

#include "report/escape.h"
#include "report/figures.h"
#include "report/formats.h"
#include "report/phrases.h"
#include "report/provenance.h"
#include "report/rows.h"
#include "report/table.h"

namespace metricgate::report {
namespace {

using verdict::CheckResult;
using verdict::GateResult;
using verdict::Status;
using verdict::Verdict;

constexpr std::size_t rows_shown = 50;
constexpr std::size_t status_width = 14;  ///< "inconclusive" and two blanks

enum class Color { none, red, green, yellow };

std::string colored(const std::string& text, Color color, const Style& style) {
    if (!style.color) {
        return text;
    }
    switch (color) {
        case Color::none:
            return text;
        case Color::red:
            return "\x1b[31m" + text + "\x1b[0m";
        case Color::green:
            return "\x1b[32m" + text + "\x1b[0m";
        case Color::yellow:
            return "\x1b[33m" + text + "\x1b[0m";
    }
    return text;
}

Color color_of(Status status) {
    switch (status) {
        case Status::pass:
            return Color::green;
        case Status::regressed:
        case Status::violated:
        case Status::missing:
        case Status::incomparable:
        case Status::error:
            return Color::red;
        case Status::inconclusive:
        case Status::no_baseline:
        case Status::new_metric:
        case Status::waived:
            return Color::yellow;
        case Status::skipped:
            return Color::none;
    }
    return Color::red;
}

Color color_of(Verdict verdict) {
    switch (verdict) {
        case Verdict::pass:
            return Color::green;
        case Verdict::undecided:
            return Color::yellow;
        case Verdict::fail:
        case Verdict::could_not_judge:
            return Color::red;
    }
    return Color::red;
}

/// The colour of a padded cell that holds a status word.
std::string colored_status(const std::string& cell, const Style& style) {
    const std::string word = cell.substr(0, cell.find_first_of(" ,"));
    for (const Status status : all_statuses()) {
        if (word == verdict::name(status)) {
            return colored(word, color_of(status), style) + cell.substr(word.size());
        }
    }
    return cell;
}

std::string head(const GateResult& result, const Style& style) {
    std::string text =
        "metricgate: " + colored(verdict_word(result.verdict), color_of(result.verdict), style) +
        first_line_addition(result) + "\n\n" + wrap(tally(result), 0, style.columns);
    const std::string note = exit_note(result);
    return text + wrap(note, 0, style.columns);
}

std::string sources(const GateResult& result, const Style& style) {
    std::string text;
    for (const verdict::InputInfo& input : result.inputs) {
        text += wrap(input_line(input, result.inputs.size() > 1, terminal_sink), 0, style.columns);
    }
    if (!result.policy.source.empty()) {
        text += wrap(policy_line(result.policy, terminal_sink), 0, style.columns);
    }
    if (!result.waivers_on.empty()) {
        text += "Waivers as of " + result.waivers_on + ".\n";
    }
    for (const std::string& warning : result.warnings) {
        text += wrap("Warning: " + terminal_sentence(warning), 0, style.columns);
    }
    return text;
}

std::string attention_row(const CheckResult& row, bool with_level, const Style& style) {
    const Figures figures = figures_of(row, terminal_sink, with_level);
    const std::string status = verdict::name(row.status);
    const std::string words = status_words(row);
    const std::string hint = direction_hint(row.rule);
    std::string title = escape_terminal(check_label(row.rule));
    title += hint.empty() ? "" : " (" + hint + ")";
    title += words == status ? "" : words.substr(status.size());
    std::string text = colored(status, color_of(row.status), style);
    text += std::string(status.size() < status_width ? status_width - status.size() : 1, ' ');
    text += title + "\n";
    text += wrap(numbers_line(figures, row.status), status_width, style.columns);
    return text + wrap(why(row, terminal_sink), status_width, style.columns);
}

std::string attention(const GateResult& result, const Style& style) {
    const bool with_level = shared_confidence(result) == 0.0;
    std::string text;
    for (const Group group : {Group::failing, Group::warning, Group::undecided, Group::waived}) {
        const Listing listing = list_rows(result, group, rows_shown);
        for (const CheckResult* row : listing.shown) {
            text += attention_row(*row, with_level, style);
        }
        if (listing.left_out != 0) {
            text += "(" + grouped(listing.left_out) + " more rows like these are left out)\n";
        }
    }
    if (text.empty()) {
        return "";
    }
    const double confidence = shared_confidence(result);
    const std::string brackets =
        confidence == 0.0 ? "" : " Brackets hold the " + interval_name(confidence) + ".";
    if (result.not_compared) {
        return "\n" + text;
    }
    return "\nA change with a minus is worse." + brackets + "\n\n" + text;
}

/// What a quiet row has to say beside its numbers: why it was skipped, or that it got worse.
std::string quiet_remark(const CheckResult& row) {
    if (row.status == Status::skipped) {
        return "skipped: " + row.reason;
    }
    for (const comparison::Note& note : row.notes) {
        if (note.code == "worse_within_margin") {
            return note.text;
        }
    }
    return "";
}

std::string rest(const GateResult& result, const Style& style) {
    const Listing listing = list_rows(result, Group::quiet, result.checks.size());
    if (listing.shown.empty()) {
        return "";
    }
    const bool with_level = shared_confidence(result) == 0.0;
    Table table({"status", "check", "baseline", "candidate", "change", "allowed"});
    Table basis({"check", "n", "method", "smallest detectable drop"});
    bool compared = false;
    std::string remarks;
    for (const CheckResult* row : listing.shown) {
        const Figures figures = figures_of(*row, terminal_sink, with_level);
        const std::string label = escape_terminal(check_label(row->rule));
        table.add({verdict::name(row->status), label, figures.baseline, figures.candidate,
                   figures.change, figures.allowed});
        if (figures.n != "-") {
            basis.add({label, figures.n, figures.method, figures.mde});
            compared = true;
        }
        const std::string remark = quiet_remark(*row);
        if (!remark.empty()) {
            remarks += wrap(label + ": " + terminal_sentence(remark), 0, style.columns);
        }
    }
    const auto mark = [&style](const std::string& cell) { return colored_status(cell, style); };
    const auto plain = [](const std::string& cell) { return cell; };
    return "\n" + table.print(style.columns, 0, mark) +
           (compared ? "\n" + basis.print(style.columns, 0, plain) : "") + remarks;
}

std::string next_steps(const GateResult& result, const Style& style) {
    std::string text;
    for (const std::string& step : result.next_steps) {
        text += wrap("Next step: " + terminal_sentence(step), 0, style.columns);
    }
    return text.empty() ? "" : "\n" + text;
}

}  // namespace

std::string render_text(const GateResult& result, const Style& style) {
    return guard_workflow_lines(head(result, style) + sources(result, style) +
                                attention(result, style) + rest(result, style) +
                                next_steps(result, style));
}

}  // namespace metricgate::report
