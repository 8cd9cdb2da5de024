#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "stats/power.h"
#include "verdict/judge.h"
#include "verdict/result.h"

namespace metricgate::verdict {

/// How a check answers a true loss.
struct DropPower {
    double multiple = 0.0;          ///< of the margin
    double drop = 0.0;              ///< in the metric's units
    stats::VerdictChances chances;  ///< of this check by itself
    double blocked_in_run = 0.0;  ///< `regressed` after correction, when only this check got worse
};

/// What an absolute limit does to a model that is as good as the baseline.
struct LimitPower {
    bool minimum = true;
    Limit limit;
    bool of_baseline = true;       ///< seen from the baseline's value; else from the candidate's
    double distance = 0.0;         ///< from that value to the limit; negative: broken
    std::optional<double> broken;  ///< the chance that it is broken; absent: no uncertainty known
};

/// What one check, or one slice of it, can see on this data. Losses are in the metric's units and
/// positive.
struct RowPower {
    Rule rule;
    Status status = Status::error;  ///< what `check` answers on this data
    std::string reason;             ///< ... and why
    std::string basis;    ///< how chances were computed: "exact", "t", "normal"; empty: not at all
    std::string unknown;  ///< why there are no chances
    std::string method;
    std::optional<double> margin;
    std::optional<double> smallest_shown;    ///< smallest loss shown to be real, at 80 % power
    std::optional<double> smallest_blocked;  ///< smallest loss that is blocked 80 % of the time
    std::optional<stats::VerdictChances> unchanged;  ///< of this check by itself
    std::optional<double> unchanged_blocked_in_run;  ///< after correction, when nothing changed
    std::vector<DropPower> drops;                    ///< those that are possible of 1, 2, 3 margins
    std::vector<LimitPower> limits;
    std::uint64_t n = 0;
    std::string n_unit;
    std::optional<std::uint64_t> n_needed;  ///< for the margin, of the same unit
    bool cannot_fail = false;
    std::vector<comparison::Note> warnings;  ///< cannot_fail, cannot_police, too_little_data,
                                             ///< no_uncertainty, not_compared
};

/// How the whole policy answers when every blocking check got worse by the same multiple of its
/// margin.
struct PolicyDrop {
    double multiple = 0.0;
    double blocked = 0.0;                ///< the chance that at least one check blocks
    std::optional<std::size_t> hardest;  ///< row whose loss alone is blocked least often
    double hardest_blocked = 0.0;
};

/// The blocking checks together, by simulation.
struct PolicyPower {
    std::size_t rows = 0;              ///< blocking rows whose chances are known
    std::vector<std::string> unknown;  ///< blocking rows left out, by label
    std::size_t simulations = 0;
    Correction correction = Correction::holm;
    double blocked_unchanged = 0.0;  ///< at least one check blocks although nothing changed
    double passed_unchanged = 0.0;   ///< every check passes, none stays inconclusive
    std::vector<PolicyDrop> drops;
};

enum class PowerAnswer {
    could_not_analyse,  ///< some check could not be looked at, or none could
    cannot_fail,        ///< some check, or the whole policy, can never turn red
    analysed,
};

/// "could_not_analyse", "cannot_fail", "analysed"; exit codes 2, 1, 0.
const char* name(PowerAnswer answer);
int exit_code(PowerAnswer answer);

/// Everything a power report shows.
struct PowerResult {
    PowerAnswer answer = PowerAnswer::could_not_analyse;
    std::vector<RowPower> rows;               ///< in policy order
    std::optional<PolicyPower> policy_power;  ///< absent when no blocking row has known chances
    std::vector<comparison::Note> warnings;   ///< of the run: nothing_blocks, nothing_analysed
    std::vector<InputInfo> inputs;
    PolicyInfo policy;
    bool not_compared = false;
    std::uint64_t seed = 0;
    std::string program_version;
};

/// What the policy that gave `judged` can see on that data. Noise is as observed; `correction` is
/// the policy's for several checks. Deterministic: the policy's seed drives the simulation.
PowerResult analyse_power(const GateResult& judged, Correction correction);

/// One row by itself; `blocked_in_run` is left at 0.
RowPower row_power(const CheckResult& row);

/// Fills what a row does within the run, and the run as a whole.
std::optional<PolicyPower> policy_power(const GateResult& judged, Correction correction,
                                        std::vector<RowPower>& rows);

/// "recall [language=tr]".
std::string label(const Rule& rule);

}  // namespace metricgate::verdict
