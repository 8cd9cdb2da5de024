#pragma once

#include <string>
#include <vector>

#include "report/escape.h"
#include "verdict/result.h"

namespace metricgate::report {

/// How heavy an answer weighs, the worst last. Formats for programs know a few kinds of outcome;
/// each says in one `switch` what it makes of these.
enum class Weight {
    pass,
    skipped,
    waived,
    warning,    ///< a bad or open answer that does not block
    undecided,  ///< blocks, because it was not decided
    error,      ///< blocks, because it could not be judged
    failure,
};

Weight weight_of(const verdict::CheckResult& row);
Weight weight_of(verdict::Verdict verdict);

/// What a format for programs tells of the run, or of one row. All text is inert in a log and in
/// one line; each format still escapes what has a meaning in its own syntax.
struct Entry {
    Weight weight = Weight::error;
    const verdict::CheckResult* row = nullptr;  ///< null: the run itself
    std::string name;      ///< "recall [language=tr]", no two alike; of the run "verdict"
    std::string status;    ///< "regressed", "fail"
    std::string headline;  ///< "accuracy: regressed, confirmed", "metricgate: FAIL"
    std::string sentence;  ///< why, then the numbers
};

/// The run first, so that no report is an empty success, then every row in policy order.
std::vector<Entry> entries_of(const verdict::GateResult& result);

/// The same, the heaviest first; of equal weight the run, then the worst rows.
std::vector<Entry> worst_first(const verdict::GateResult& result);

}  // namespace metricgate::report
