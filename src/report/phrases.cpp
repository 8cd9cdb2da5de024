#include "report/phrases.h"

#include <array>
#include <cmath>

#include "report/figures.h"
#include "report/rows.h"
#include "support/number.h"
#include "support/text.h"

namespace metricgate::report {
namespace {

using verdict::CheckResult;
using verdict::GateResult;
using verdict::Level;
using verdict::Status;
using verdict::Verdict;

constexpr std::array statuses = {
    Status::pass,    Status::regressed,    Status::violated,    Status::inconclusive,
    Status::missing, Status::incomparable, Status::no_baseline, Status::new_metric,
    Status::skipped, Status::waived,       Status::error,
};

std::string without_suffix(std::string text, std::string_view suffix) {
    if (text.ends_with(suffix)) {
        text.erase(text.size() - suffix.size());
    }
    return text;
}

}  // namespace

std::string verdict_word(Verdict verdict) {
    switch (verdict) {
        case Verdict::pass:
            return "PASS";
        case Verdict::fail:
            return "FAIL";
        case Verdict::undecided:
            return "UNDECIDED";
        case Verdict::could_not_judge:
            return "COULD NOT JUDGE";
    }
    return "COULD NOT JUDGE";
}

std::string first_line_addition(const GateResult& result) {
    std::string text = result.not_compared ? " - NOT COMPARED (no baseline yet)" : "";
    const auto waived = result.counts.by_status.find(verdict::name(Status::waived));
    if (waived != result.counts.by_status.end() && waived->second != 0) {
        text += " - " + grouped(waived->second) + " WAIVED";
    }
    return text;
}

std::string tally(const GateResult& result) {
    if (result.counts.declared == 0) {
        return "No check was judged.";
    }
    const std::string counts = status_counts(result.counts.by_status);
    return grouped(result.counts.evaluated) + " of " +
           support::count_of(result.counts.declared, "check", "checks") +
           " evaluated or explained" + (counts.empty() ? "" : ": " + counts) + ".";
}

std::string status_counts(const std::map<std::string, std::size_t>& by_status) {
    std::string text;
    for (const Status status : statuses) {
        const auto found = by_status.find(verdict::name(status));
        if (found != by_status.end() && found->second != 0) {
            text += (text.empty() ? "" : ", ") + grouped(found->second) + " " + found->first;
        }
    }
    return text;
}

std::string exit_note(const GateResult& result) {
    const int own = verdict::exit_code(result.verdict);
    if (result.exit_code == own) {
        return "";
    }
    return "The exit code is " + std::to_string(result.exit_code) + " instead of " +
           std::to_string(own) + (result.exit_code == 0 ? ", because of --no-fail." : ".");
}

std::string check_label(const verdict::Rule& rule) {
    return rule.slice.empty() ? rule.id : rule.id + " [" + slice_label(rule) + "]";
}

std::string slice_label(const verdict::Rule& rule) {
    std::string text;
    for (const auto& [column, value] : rule.slice) {
        text += (text.empty() ? "" : ", ") + column + "=" + value;
    }
    return text;
}

std::string direction_hint(const verdict::Rule& rule) {
    return rule.higher_is_better ? "" : "lower is better";
}

std::string status_words(const CheckResult& row) {
    std::string text = verdict::name(row.status);
    if (row.instead_of) {
        text += std::string(", otherwise ") + verdict::name(*row.instead_of);
    }
    if (row.confirmed) {
        text += ", confirmed";
    }
    if (row.status == Status::inconclusive && row.leans == "worse") {
        text += ", leans worse";
    }
    if (row.status == Status::pass && has_note(row, "improved")) {
        text += ", improved";
    }
    if (row.status == Status::pass && has_note(row, "worse_within_margin")) {
        text += ", worse within the margin";
    }
    // What does nothing at any level needs no word about it.
    const bool quiet = row.status == Status::pass || row.status == Status::skipped;
    switch (row.rule.level) {
        case Level::block:
            return text;
        case Level::warn:
            return quiet ? text : text + ", only warns";
        case Level::info:
            return quiet ? text : text + ", for information";
        case Level::off:
            return text + ", switched off";
    }
    return text;
}

std::string why(const CheckResult& row, const Sink& sink) {
    // The change's own cell already says that no uncertainty is known.
    std::string text = sink.prose(without_suffix(row.reason, "; no uncertainty known"));
    if (row.waiver) {
        const verdict::Waiver& waiver = *row.waiver;
        text +=
            "; waived by " + sink.prose(waiver.owner) + " until " + waiver.expires + " (" +
            (waiver.days_left == 0
                 ? "today"
                 : support::count_of(static_cast<std::size_t>(waiver.days_left), "day", "days")) +
            "): " + sink.prose(waiver.reason);
    }
    if (!row.comparison) {
        return text;
    }
    const comparison::Comparison& comparison = *row.comparison;
    if (row.status == Status::inconclusive && comparison.mde && std::isfinite(*comparison.mde)) {
        text += "; the smallest drop this data can show is " +
                support::format_short(*comparison.mde, 2) +
                (row.rule.unit.empty() ? "" : " " + sink.prose(row.rule.unit));
    }
    const std::string remark = margin_remark(row);
    text += remark.empty() ? "" : "; " + remark;
    for (const auto* value : {&comparison.baseline, &comparison.candidate}) {
        const bool says_why = value->defined() || has_none_by_nature(*value) ||
                              row.reason.find(value->reason()) != std::string::npos;
        if (!says_why) {
            text += std::string("; the ") +
                    (value == &comparison.baseline ? "baseline" : "candidate") +
                    " is undefined: " + sink.prose(value->reason());
        }
    }
    return text;
}

std::string margin_remark(const CheckResult& row) {
    if (!row.margin || !row.rule.margin.relative || !row.comparison || !row.comparison->margin ||
        !row.comparison->interval) {
        return "";
    }
    const auto& judged = *row.comparison->margin;
    const auto& shown = *row.comparison->interval;
    const bool same_low = (judged.lower > 0.0) == (shown.lower > -*row.margin);
    const bool same_high = (judged.upper < 0.0) == (shown.upper < -*row.margin);
    return same_low && same_high ? ""
                                 : "the allowed loss moves with the baseline, and its own noise "
                                   "was counted in the decision, not in the interval shown";
}

std::string change_heading(const GateResult& result) {
    const double confidence = shared_confidence(result);
    return confidence == 0.0 ? "Change (minus is worse)"
                             : "Change (" + interval_name(confidence) + ", minus is worse)";
}

std::span<const Meaning> status_meanings() {
    static constexpr std::array<Meaning, 11> meanings = {{
        {"pass", "a loss beyond the allowed one is ruled out, and the limits hold"},
        {"regressed",
         "the loss is real and reaches the margin; confirmed: even the good end of "
         "the interval is beyond it"},
        {"violated", "the candidate breaks a fixed limit, or misses a required improvement"},
        {"inconclusive", "the data is valid but too little to tell"},
        {"missing", "the policy names it, a side does not have it"},
        {"incomparable", "the two sides were not measured on the same data or in the same way"},
        {"no_baseline", "first run: there is nothing to compare with yet"},
        {"new", "only the candidate has it"},
        {"skipped", "the policy says not to judge it here"},
        {"waived", "it would have failed; a waiver in the policy excuses it for a time"},
        {"error", "it could not be judged"},
    }};
    return meanings;
}

std::span<const Meaning> exit_meanings() {
    static constexpr std::array<Meaning, 5> meanings = {{
        {"0", "pass"},
        {"1", "fail"},
        {"2", "could not judge"},
        {"3", "undecided"},
        {"70", "a mistake in metricgate itself"},
    }};
    return meanings;
}

std::span<const Status> all_statuses() {
    return statuses;
}

}  // namespace metricgate::report
