#pragma once

#include <map>
#include <span>
#include <string>

#include "report/escape.h"
#include "verdict/result.h"

namespace metricgate::report {

/// The wording that text and Markdown share. Every function that shows something from an input
/// takes the sink that makes it inert.

/// "FAIL", "COULD NOT JUDGE".
std::string verdict_word(verdict::Verdict verdict);

/// What follows the verdict on the first line: " - NOT COMPARED (no baseline yet)", " - 2 WAIVED",
/// or nothing.
std::string first_line_addition(const verdict::GateResult& result);

/// "14 of 14 checks evaluated or explained: 12 pass, 1 regressed, 1 inconclusive."
std::string tally(const verdict::GateResult& result);

/// "12 pass, 1 regressed": how many of each status, those that are not there left out.
std::string status_counts(const std::map<std::string, std::size_t>& by_status);

/// Why the exit code is not the verdict's own; empty when it is.
std::string exit_note(const verdict::GateResult& result);

/// "recall-by-language [language=tr]", not yet escaped.
std::string check_label(const verdict::Rule& rule);

/// "language=tr, age=old"; empty for all examples. Not yet escaped.
std::string slice_label(const verdict::Rule& rule);

/// "lower is better" where a reader could expect the opposite; else empty.
std::string direction_hint(const verdict::Rule& rule);

/// "regressed, confirmed", "pass, worse within the margin" or "missing, only warns".
std::string status_words(const verdict::CheckResult& row);

/// The reason with what the row knows beside it: how it leans, what this data could have shown.
std::string why(const verdict::CheckResult& row, const Sink& sink);

/// When the margin is a share of the baseline, its own noise takes part in the decision: a sentence
/// where the interval that is shown would say otherwise, else empty.
std::string margin_remark(const verdict::CheckResult& row);

/// The heading of the change column.
std::string change_heading(const verdict::GateResult& result);

/// Every status with its meaning, and every exit code.
struct Meaning {
    const char* word;
    const char* text;
};
std::span<const Meaning> status_meanings();
std::span<const Meaning> exit_meanings();

/// All statuses in the order of the contract.
std::span<const verdict::Status> all_statuses();

}  // namespace metricgate::report
