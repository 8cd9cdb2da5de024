#pragma once

#include <string>
#include <vector>

#include "verdict/judge.h"
#include "verdict/result.h"

namespace metricgate::verdict {

/// A waiver may end at most so many days after the day of the run.
inline constexpr int longest_waiver = 90;

/// In its last days, this many, a waiver is about to lapse: said in the report, and under --strict
/// it does not count any more.
inline constexpr int last_days = 14;

/// Excuses the rows that would block and that a waiver covers: they become `waived` and keep in
/// `instead_of` what they were. A row that could not be judged (`error`) is never excused, and with
/// a bound on the loss only a row whose loss is known to stay within it. Fills the state of
/// `result.waivers`, which come in with `unused` or with the reason why they do not count, and adds
/// to the warnings and to the reasons of rows. After the correction for several checks, before
/// `conclude`.
void apply_waivers(GateResult& result, Strictness strictness);

/// "accuracy [language=tr]".
std::string target(const Waiver& waiver);

/// "a loss up to 0.05", "a loss up to 5 % of the baseline", "any loss".
std::string covered_loss(const Waiver& waiver);

}  // namespace metricgate::verdict
