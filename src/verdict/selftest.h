#pragma once

#include <optional>
#include <string>
#include <vector>

#include "verdict/result.h"

namespace metricgate::verdict {

/// Whether a check can do its work, as a damaged candidate showed.
enum class Ability {
    goes_red,       ///< some damage turned it red
    cannot_go_red,  ///< not even the worst damage did
    untested,       ///< it could not be judged before any damage
    skipped,        ///< it does not run on this evidence, or the policy leaves it out
};

const char* name(Ability ability);

/// What a check answers to one kind of broken evidence.
struct FaultAnswer {
    enum class Outcome { caught, not_caught, does_not_apply };
    std::string fault;  ///< "nan", "missing" or "shrunken"
    std::string what;   ///< what was done, or why it cannot happen to this evidence
    Outcome outcome = Outcome::does_not_apply;
    std::optional<Status> status;  ///< the check's answer; empty when it does not apply
};

const char* name(FaultAnswer::Outcome outcome);

/// One row of the self-test: a check, or one slice or class of it.
struct SelftestRow {
    Rule rule;
    bool searched = false;  ///< of the worst part that a search found, which damage may move
    Ability ability = Ability::untested;
    std::string damage;            ///< what was done to the candidate; empty when nothing was
    std::optional<double> change;  ///< the smallest change that turned it red, negative is worse;
                                   ///< of a row that stayed green the largest that was tried
    std::optional<double> value;   ///< the candidate's value then
    std::optional<double> margin;  ///< the tolerated loss, in the metric's units
    std::optional<Status> status;  ///< the answer then
    std::optional<double> mde;     ///< smallest drop the undamaged data can show, when known
    std::string reason;            ///< why it turned red, or why it cannot
    std::vector<FaultAnswer> faults;

    /// A fault that applies and left the row without a red answer.
    [[nodiscard]] bool misses_a_fault() const;
};

/// What `metricgate selftest` found out.
struct SelftestResult {
    std::vector<SelftestRow> rows;  ///< in policy order
    std::vector<InputInfo> inputs;
    PolicyInfo policy;
    std::vector<std::string> warnings;
    std::uint64_t seed = 0;
    std::string program_version;
    int exit_code = 2;  ///< see `conclude`
};

/// True for the answers that stop a merge at level block: what a damaged candidate must get.
bool is_red(Status status);

/// 0 when every row that runs goes red and misses no fault, 1 when one does not or could not be
/// tested, 2 when nothing was tested at all.
void conclude(SelftestResult& result);

}  // namespace metricgate::verdict
