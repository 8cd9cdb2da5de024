#include "cli/next_steps.h"

#include <algorithm>

#include "support/text.h"

namespace metricgate::cli {
namespace {

using verdict::CheckResult;
using verdict::Status;

/// Ids of the rows with a status, blocking ones if there are any, else the others; at most four.
std::vector<std::string> ids_with(const verdict::GateResult& result, Status status) {
    std::vector<std::string> blocking;
    std::vector<std::string> others;
    for (const CheckResult& row : result.checks) {
        auto& ids = row.rule.level == verdict::Level::block ? blocking : others;
        const bool known = std::find(ids.begin(), ids.end(), row.rule.id) != ids.end();
        if (row.status == status && !known && ids.size() < 4) {
            ids.push_back(row.rule.id);
        }
    }
    return blocking.empty() ? others : blocking;
}

/// The largest number of further examples that an undecided row asks for.
std::uint64_t examples_wanted(const verdict::GateResult& result) {
    std::uint64_t most = 0;
    for (const CheckResult& row : result.checks) {
        const bool counts = row.status == Status::inconclusive && row.comparison &&
                            row.comparison->n_needed && row.comparison->n_unit == "examples" &&
                            *row.comparison->n_needed > row.comparison->n;
        if (counts) {
            most = std::max(most, *row.comparison->n_needed - row.comparison->n);
        }
    }
    return most;
}

}  // namespace

std::vector<std::string> next_steps(const verdict::GateResult& result) {
    std::vector<std::string> steps;
    if (result.not_compared) {
        steps.push_back(
            "Nothing was compared: the baseline commit has no such file. Merge this "
            "candidate's file to record the first baseline.");
    }
    const auto add = [&](Status status, const std::string& before, const std::string& after) {
        const auto ids = ids_with(result, status);
        if (!ids.empty() && steps.size() < 3) {
            steps.push_back(before + support::enumerate(ids) + after);
        }
    };
    add(Status::error, "Mend the input of ", ": it could not be judged.");
    add(Status::incomparable,
        "Evaluate both sides on the same examples: ", " cannot be compared as they are.");
    add(Status::missing, "Record what is missing (", "), or name its old name with `formerly:`.");
    add(Status::violated, "Bring ", " back within its limits.");
    add(Status::regressed, "Find out what made ", " worse, or keep the baseline.");
    const std::uint64_t wanted = examples_wanted(result);
    if (wanted > 0 && steps.size() < 3) {
        steps.push_back("To decide what stayed open, add about " +
                        support::count_of(wanted, "example", "examples") +
                        ", or allow a wider margin.");
    }
    return steps;
}

}  // namespace metricgate::cli
