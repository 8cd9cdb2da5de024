#include "cli/next_steps.h"

#include <algorithm>

#include "support/text.h"

namespace metricgate::cli {
namespace {

using verdict::CheckResult;
using verdict::Status;

constexpr std::size_t most_steps = 3;
constexpr std::size_t most_ids = 4;

/// "accuracy, auc, f1, recall and 3 more": the checks of such rows, or nothing.
template <class Wanted>
std::string checks_of(const verdict::GateResult& result, Wanted wanted) {
    std::vector<std::string> ids;
    for (const CheckResult& row : result.checks) {
        const bool known = std::find(ids.begin(), ids.end(), row.rule.id) != ids.end();
        if (wanted(row) && !known) {
            ids.push_back(row.rule.id);
        }
    }
    if (ids.size() > most_ids + 1) {  // "and 1 more" would be as long as its name
        const std::size_t more = ids.size() - most_ids;
        ids.resize(most_ids);
        ids.push_back(std::to_string(more) + " more");
    }
    return ids.empty() ? "" : support::enumerate(ids);
}

std::string checks_with(const verdict::GateResult& result, Status status, verdict::Level level) {
    return checks_of(result, [&](const CheckResult& row) {
        return row.status == status && row.rule.level == level;
    });
}

/// The rows at a level that could not be compared, of inputs whose examples are paired or of
/// others: recorded numbers and distributions have no examples to agree on.
std::string incomparable(const verdict::GateResult& result, verdict::Level level, bool paired) {
    return checks_of(result, [&](const CheckResult& row) {
        const auto input = std::ranges::find(result.inputs, row.rule.input,
                                             [](const auto& each) { return each.name; });
        const bool has_pairs =
            input != result.inputs.end() && input->pairing && !input->different_examples;
        return row.status == Status::incomparable && row.rule.level == level && has_pairs == paired;
    });
}

/// The largest number of further examples that an undecided row asks for.
std::uint64_t examples_wanted(const verdict::GateResult& result) {
    std::uint64_t most = 0;
    for (const CheckResult& row : result.checks) {
        const bool counts = row.status == Status::inconclusive && row.comparison &&
                            row.comparison->n_needed && row.comparison->n_unit == "examples" &&
                            *row.comparison->n_needed > row.comparison->n &&
                            // Beyond ten times the data the row itself says that it cannot be done.
                            *row.comparison->n_needed / 10 <= row.comparison->n;
        if (counts) {
            most = std::max(most, *row.comparison->n_needed - row.comparison->n);
        }
    }
    return most;
}

/// The file that is to become the first baseline.
std::string file_without_baseline(const verdict::GateResult& result) {
    for (const verdict::InputInfo& input : result.inputs) {
        if (!input.baseline && !input.candidate.description.empty()) {
            return input.candidate.description;
        }
    }
    return "such a file";
}

/// A chart without points enough for limits, whatever its newest point is like.
bool lacks_history(const CheckResult& row) {
    return row.rule.chart && (!row.comparison || !row.comparison->baseline.defined());
}

}  // namespace

std::vector<std::string> next_steps(const verdict::GateResult& result,
                                    const std::optional<WhereToLook>& look) {
    std::vector<std::string> steps;
    const auto add = [&](std::string step) {
        if (steps.size() < most_steps) {
            steps.push_back(std::move(step));
        }
    };
    if (result.not_compared) {
        const std::string file = file_without_baseline(result);
        add("Nothing was compared: the baseline commit does not have " + file + ". " +
            (result.verdict == verdict::Verdict::undecided
                 ? "To record the first baseline, commit " + file +
                       " apart from this change and merge it; or give a check a `min` or `max`, by "
                       "which a first run can be judged."
                 : "To record the first baseline, commit " + file + " and merge this change."));
    }
    bool open = false;
    const auto advise_history = [&](verdict::Level level) {
        for (const CheckResult& row : result.checks) {
            if (row.status == Status::inconclusive && row.rule.level == level &&
                lacks_history(row)) {
                add("To let the chart of " + row.rule.id +
                    " decide, go on recording: its limits rest on " +
                    std::to_string(row.rule.chart->points) + " points.");
                return;
            }
        }
    };
    // What blocks comes first, whatever the status.
    for (const auto level : {verdict::Level::block, verdict::Level::warn}) {
        const auto advise_on = [&](const std::string& checks, const std::string& before,
                                   const std::string& after) {
            if (!checks.empty()) {
                add(before + checks + after);
            }
        };
        const auto advise = [&](Status status, const std::string& before,
                                const std::string& after) {
            advise_on(checks_with(result, status, level), before, after);
        };
        advise(Status::error, "Mend what keeps ", " from being judged.");
        advise_on(incomparable(result, level, true),
                  "Evaluate both sides on the same examples, so that ", " can be compared.");
        advise_on(incomparable(result, level, false),
                  "Measure both sides alike, as the reason says, so that ", " can be compared.");
        if (checks_with(result, Status::missing, level) == "data_digest") {
            add("Record the data_digest of the data in the candidate's metadata, as the baseline "
                "does.");
        } else {
            advise(Status::missing, "Record what is missing (",
                   "); after a renaming, give the old name as `formerly:`.");
        }
        // Examples are named only of rows that block.
        const auto ending = [&](Status status) {
            const bool here = look && look->status == status && level == verdict::Level::block;
            return here ? ": " + look->text + "." : std::string(".");
        };
        advise(Status::violated, "Bring ", " back within the limits" + ending(Status::violated));
        advise(Status::regressed, "Find out what made ",
               " worse, or keep the baseline" + ending(Status::regressed));
        open = open || std::ranges::any_of(result.checks, [&](const CheckResult& row) {
                   return row.status == Status::inconclusive && row.rule.level == level &&
                          !lacks_history(row);
               });
        advise_history(level);
    }
    if (open) {
        const std::uint64_t wanted = examples_wanted(result);
        add("To decide what stayed open, add " +
            (wanted > 0 ? "about " + support::count_of(wanted, "example", "examples")
                        : std::string("data")) +
            ", or allow a wider margin.");
    }
    return steps;
}

}  // namespace metricgate::cli
