#include "cli/taken_run.h"

#include <algorithm>

#include "cli/log_selection.h"
#include "sources/selection.h"

namespace metricgate::cli {

support::Result<sources::Run> taken_run(const sources::Recording& recording,
                                        const ConvertArguments& arguments) {
    sources::Selection selection;
    selection.run = arguments.run;
    selection.metrics = arguments.metrics;
    selection.allow_unfinished = arguments.allow_unfinished;
    selection.better = better_by_catalog;
    if (!arguments.step.empty()) {
        selection.step = *sources::parse_step_rule(arguments.step);  // looked at by the arguments
    }
    const auto chosen = sources::select_run(recording, selection);
    if (!chosen) {
        return chosen.problems();
    }
    const auto selected = sources::select(recording, selection);
    if (!selected) {
        return selected.problems();
    }
    sources::Run run = **chosen;
    if (!arguments.step.empty()) {
        support::Diagnostics absent;
        for (const sources::Series& series : run.series) {
            const evidence::Entry* entry = selected->find(series.name);
            if (entry != nullptr && entry->flaw) {
                absent.push_back(*entry->flaw);
            }
        }
        if (!absent.empty()) {
            return absent;
        }
        run.series.clear();
        run.entries = selected->entries;
        run.conditions.clear();  // each entry holds them now
        run.notes = selected->notes;
        return run;
    }
    if (run.refused) {
        run.notes.push_back(run.refused->message + "; it was taken all the same.");
    }
    const auto left_out = [&](const auto& one) { return selected->find(one.name) == nullptr; };
    std::erase_if(run.entries, left_out);
    std::erase_if(run.series, left_out);
    return run;
}

}  // namespace metricgate::cli
