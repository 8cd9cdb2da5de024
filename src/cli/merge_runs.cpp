#include "cli/merge_runs.h"

#include <algorithm>
#include <set>

#include "support/number.h"
#include "support/text.h"

namespace metricgate::cli {
namespace {

using evidence::Entry;
using evidence::MetricFile;
using evidence::Samples;
using evidence::Scalar;
using support::Diagnostic;
using support::Diagnostics;
using support::Done;

/// Numbers that name runs, such as seeds, in the form that they have everywhere.
std::vector<std::string> names_in(const Entry& entry) {
    if (const auto* scalar = std::get_if<Scalar>(&entry.evidence)) {
        return {support::format_exact(scalar->value.value)};
    }
    std::vector<std::string> names;
    for (const double value : std::get<Samples>(entry.evidence).values) {
        names.push_back(support::format_exact(value));
    }
    return names;
}

Diagnostics give_names(MetricFile& file, const std::vector<std::string>& names,
                       const std::string& run_id) {
    Diagnostics problems;
    for (Entry& entry : file.entries) {
        auto* samples = std::get_if<Samples>(&entry.evidence);
        if (samples == nullptr && names.size() == 1) {
            // One named run of this file; a list, so that its name has a place.
            const auto& scalar = std::get<Scalar>(entry.evidence);
            Samples one{{scalar.value.value}, names, std::nullopt};
            if (scalar.value.kind != support::NumberKind::finite) {
                one.flaw =
                    Diagnostic{entry.where, "metric '" + entry.name + "' is not a finite number"};
            }
            entry.evidence = std::move(one);
            continue;
        }
        const std::size_t runs = samples == nullptr ? 1 : samples->values.size();
        if (runs != names.size() && !entry.flaw) {
            problems.push_back({entry.where, "'" + support::visible(entry.name) + "' has " +
                                                 support::count_of(runs, "run", "runs") +
                                                 ", and '" + support::visible(run_id) + "' names " +
                                                 std::to_string(names.size()) +
                                                 "; every run needs one name"});
            continue;
        }
        if (samples != nullptr) {
            samples->ids = names;
        }
    }
    return problems;
}

}  // namespace

support::Result<Done> name_runs(MetricFile& file, const std::string& run_id) {
    if (run_id.empty()) {
        return Done{};
    }
    std::vector<std::string> names;
    const auto recorded = std::find_if(file.entries.begin(), file.entries.end(),
                                       [&](const Entry& entry) { return entry.name == run_id; });
    const auto stated = file.metadata.find(run_id);
    if (recorded != file.entries.end()) {
        if (recorded->flaw) {
            return *recorded->flaw;
        }
        names = names_in(*recorded);
        file.entries.erase(recorded);
    } else if (stated != file.metadata.end()) {
        names = {stated->second};
        file.metadata.erase(stated);  // of one run, not of the side
    } else {
        return support::problem_in(
            file.source, "neither the metadata nor the metrics hold '" + support::visible(run_id) +
                             "', by which the policy pairs runs (`run_id`); record it, or say "
                             "`pair_by: position`");
    }
    Diagnostics problems = give_names(file, names, run_id);
    if (!problems.empty()) {
        return problems;
    }
    return Done{};
}

namespace {

/// Runs that were measured in different places are as different from the other side as their places
/// are.
void join_facts(const std::map<std::string, std::string>& of_run,
                std::map<std::string, std::set<std::string>>& joined) {
    for (const auto& [name, value] : of_run) {
        joined[name].insert(value);
    }
}

/// "A", or "A, B" where runs differ, whichever came first.
std::map<std::string, std::string> texts_of(
    const std::map<std::string, std::set<std::string>>& joined) {
    std::map<std::string, std::string> texts;
    for (const auto& [name, values] : joined) {
        for (const std::string& value : values) {
            std::string& text = texts[name];
            text += (text.empty() ? "" : ", ") + value;
        }
    }
    return texts;
}

}  // namespace

support::Result<MetricFile> merge_runs(std::vector<MetricFile> runs) {
    if (runs.size() == 1) {
        return std::move(runs.front());
    }
    std::set<std::string> names;
    for (const MetricFile& run : runs) {
        for (const Entry& entry : run.entries) {
            names.insert(entry.name);
        }
    }
    MetricFile merged;
    merged.source = runs.front().source + " and " + std::to_string(runs.size() - 1) + " more";
    std::map<std::string, std::set<std::string>> metadata;
    for (const MetricFile& run : runs) {
        join_facts(run.metadata, metadata);
        for (const std::string& note : run.notes) {
            merged.notes.push_back(runs.size() == 1 ? note : run.source + ": " + note);
        }
    }
    merged.metadata = texts_of(metadata);
    Diagnostics problems;
    for (const std::string& name : names) {
        std::map<std::string, std::set<std::string>> conditions;
        Entry entry{name, {}, Samples{}, "", std::nullopt, {}};
        auto& samples = std::get<Samples>(entry.evidence);
        for (const MetricFile& run : runs) {
            const Entry* found = run.find(name);
            if (found == nullptr) {
                problems.push_back(
                    support::problem_in(run.source, "metric '" + name +
                                                        "' is missing, though other runs have it; "
                                                        "every run needs the same metrics"));
                continue;
            }
            if (entry.where.file != nullptr && entry.unit != found->unit && !samples.flaw) {
                samples.flaw = Diagnostic{found->where, "metric '" + name + "' is recorded in '" +
                                                            found->unit + "' here and in '" +
                                                            entry.unit + "' in another run"};
            }
            entry.where = found->where;
            entry.unit = found->unit;
            join_facts(found->conditions, conditions);
            if (found->flaw && !samples.flaw) {
                samples.flaw = found->flaw;
            }
            if (const auto* scalar = std::get_if<Scalar>(&found->evidence)) {
                if (scalar->value.kind != support::NumberKind::finite && !samples.flaw) {
                    samples.flaw =
                        Diagnostic{found->where, "metric '" + name + "' is not a finite number"};
                }
                samples.values.push_back(scalar->value.value);
            } else {
                const auto& more = std::get<Samples>(found->evidence);
                samples.values.insert(samples.values.end(), more.values.begin(), more.values.end());
                samples.ids.insert(samples.ids.end(), more.ids.begin(), more.ids.end());
                samples.flaw = samples.flaw ? samples.flaw : more.flaw;
            }
        }
        entry.conditions = texts_of(conditions);
        entry.flaw = samples.flaw;
        merged.entries.push_back(std::move(entry));
    }
    if (!problems.empty()) {
        return problems;
    }
    return merged;
}

}  // namespace metricgate::cli
