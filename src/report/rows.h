#pragma once

#include <cstddef>
#include <vector>

#include "verdict/result.h"

namespace metricgate::report {

/// Where a row stands on the first screen.
enum class Group {
    failing,    ///< regressed, violated, missing, incomparable or error at level `block`
    warning,    ///< the same at level `warn` or `info`
    undecided,  ///< inconclusive, no_baseline, new
    waived,
    quiet,  ///< pass and skipped: only in the full list
};

Group group_of(const verdict::CheckResult& row);

/// Whether `a` needs a reader sooner than `b`: by status, then by the change in margins.
bool is_worse(const verdict::CheckResult& a, const verdict::CheckResult& b);

/// All rows, the worst first.
std::vector<const verdict::CheckResult*> worst_rows(const verdict::GateResult& result);

/// Some rows of a group, and how many more it has.
struct Listing {
    std::vector<const verdict::CheckResult*> shown;
    std::size_t left_out = 0;
};

/// The rows of `group`: in policy order when at most `limit`, else the worst. Undecided rows always
/// start with those that failed before correction for several checks, then those that lean worse.
Listing list_rows(const verdict::GateResult& result, Group group, std::size_t limit);

/// Every row once, those that need a reader first.
std::vector<const verdict::CheckResult*> rows_by_urgency(const verdict::GateResult& result);

bool has_note(const verdict::CheckResult& row, const char* code);

/// The confidence that every interval of the run shares; 0 when there is none or they differ.
double shared_confidence(const verdict::GateResult& result);

}  // namespace metricgate::report
