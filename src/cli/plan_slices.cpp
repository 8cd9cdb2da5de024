#include "cli/plan_slices.h"

#include "comparison/search.h"

namespace metricgate::cli {
namespace {

using support::Diagnostics;

void check_search(const PlannedCheck& check, const PlannedInput& input, Diagnostics& problems) {
    const policy::Check& source = check.source;
    const auto refuse = [&](const support::Location& where, const std::string& message) {
        problems.push_back({where, "check '" + source.id.value + "': " + message});
    };
    if (!source.margin || source.minimum || source.maximum || source.max_gain ||
        source.require != policy::Require::nothing) {
        refuse(source.where,
               "a search with `discover` compares the two sides and needs a `margin`, and nothing "
               "else: a limit or a required improvement of the worst part would mean another part "
               "on every run; put those in a check of their own");
    }
    if (source.method && source.method->value != comparison::search_method) {
        refuse(source.method->where, "a search with `discover` always uses the method '" +
                                         std::string(comparison::search_method) +
                                         "'; leave `method` out");
    }
    const std::string reason = comparison::why_not_searched(check.metric);
    if (!reason.empty()) {
        refuse(source.slices->where, reason);
    }
    if (input.pairing.by_position && input.source.columns.count("cluster") == 0) {
        refuse(source.slices->where,
               "a search with `discover` draws a random sign for each example from its id, and "
               "this input is paired by position; bind an `id:` column");
    }
}

}  // namespace

void check_slices(const PlannedCheck& check, const PlannedInput& input, Diagnostics& problems) {
    if (!check.source.slices) {
        return;
    }
    for (const auto& by : check.source.slices->by) {
        if (check.per_class && by.value == "class") {
            problems.push_back({by.where,
                                "a slice column 'class' cannot be told apart from the classes of "
                                "`average: per_class`; bind the column under another name"});
        }
        const auto role = input.source.columns.find(by.value);
        if (role != input.source.columns.end() && role->second.per_side) {
            problems.push_back({role->second.where,
                                "a slice column says what an example is, on both sides; name one "
                                "column for '" +
                                    by.value + "'"});
        }
    }
    if (check.source.slices->discover) {
        check_search(check, input, problems);
    }
}

}  // namespace metricgate::cli
