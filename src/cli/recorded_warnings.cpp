// What a reader of the report should know of recorded metrics, whatever their rows say.
#include <algorithm>
#include <map>
#include <set>

#include "cli/less_evidence.h"
#include "cli/rows.h"
#include "metrics/catalog.h"
#include "sources/confusable.h"
#include "support/text.h"

namespace metricgate::cli {
namespace {

using evidence::MetricFile;

std::vector<const MetricFile*> files_of(const LoadedInput& loaded) {
    std::vector<const MetricFile*> files;
    for (const auto* file : {&loaded.candidate, &loaded.baseline}) {
        if (*file) {
            files.push_back(&**file);
        }
    }
    return files;
}

std::set<std::string> judged_names(const Plan& plan, std::size_t input,
                                   const std::vector<const MetricFile*>& files) {
    std::set<std::string> judged;
    for (const PlannedCheck& check : plan.checks) {
        if (check.input != input) {
            continue;
        }
        if (!check.every_metric) {
            judged.insert(check.metric.name);
            continue;
        }
        for (const MetricFile* file : files) {
            for (const evidence::Entry& entry : file->entries) {
                if (metrics::find(entry.name) != nullptr) {
                    judged.insert(entry.name);
                }
            }
        }
    }
    return judged;
}

/// A number under a look-alike name is easily taken for the one that was judged.
void warn_of_look_alikes(const std::set<std::string>& judged,
                         const std::vector<const MetricFile*>& files,
                         std::vector<std::string>& warnings) {
    std::map<std::string, std::string> by_skeleton;
    for (const std::string& name : judged) {
        by_skeleton.emplace(sources::skeleton(name), name);
    }
    std::set<std::string> pairs;
    for (const MetricFile* file : files) {
        for (const evidence::Entry& entry : file->entries) {
            const auto found = by_skeleton.find(sources::skeleton(entry.name));
            if (found != by_skeleton.end() && found->second != entry.name) {
                pairs.insert("'" + entry.name + "' beside '" + found->second + "'");
            }
        }
    }
    if (!pairs.empty()) {
        warnings.push_back("Names of other metrics look like a judged one: " +
                           support::enumerate(first_of(pairs)) + ".");
    }
}

/// A digest that only one side states proves nothing about the other.
void warn_of_lone_digest(const LoadedInput& loaded, std::vector<std::string>& warnings) {
    if (!loaded.candidate || !loaded.baseline) {
        return;
    }
    const bool candidate = states_digest(*loaded.candidate);
    const bool baseline = states_digest(*loaded.baseline);
    if (candidate != baseline) {
        warnings.push_back(std::string("Only the ") + (candidate ? "candidate" : "baseline") +
                           " states a data_digest, so nothing shows that both sides were measured "
                           "on the same data.");
    }
}

/// Training and serving data have names of their own, and so have slices, which are then compared
/// with another slice.
void warn_of_other_data_set(const LoadedInput& loaded, std::vector<std::string>& warnings) {
    if (!loaded.candidate || !loaded.baseline) {
        return;
    }
    const auto candidate = loaded.candidate->metadata.find("data_set");
    const auto baseline = loaded.baseline->metadata.find("data_set");
    if (candidate != loaded.candidate->metadata.end() &&
        baseline != loaded.baseline->metadata.end() && candidate->second != baseline->second) {
        warnings.push_back("The candidate is the data set '" + support::visible(candidate->second) +
                           "', the baseline the data set '" + support::visible(baseline->second) +
                           "'.");
    }
}

/// The names that a check compares, each with what the baseline may call it.
std::map<std::string, std::vector<std::string>> compared_names(const Plan& plan, std::size_t input,
                                                               const MetricFile& candidate) {
    std::map<std::string, std::vector<std::string>> compared;
    for (const PlannedCheck& check : plan.checks) {
        if (check.input != input || !check.not_run.empty() || !check.rule.compares_sides()) {
            continue;
        }
        if (!check.every_metric) {
            auto& names = compared[check.metric.name];
            names.push_back(check.metric.name);
            names.insert(names.end(), check.source.formerly.begin(), check.source.formerly.end());
            continue;
        }
        for (const evidence::Entry& entry : candidate.entries) {
            if (metrics::find(entry.name) != nullptr) {
                compared[entry.name].push_back(entry.name);
            }
        }
    }
    return compared;
}

/// The entries that a check compares.
std::vector<ComparedEntries> compared_entries(const Plan& plan, std::size_t input,
                                              const LoadedInput& loaded) {
    std::vector<ComparedEntries> pairs;
    if (!loaded.candidate || !loaded.baseline) {
        return pairs;
    }
    for (const auto& [name, names_before] : compared_names(plan, input, *loaded.candidate)) {
        const evidence::Entry* candidate = loaded.candidate->find(name);
        const evidence::Entry* baseline = nullptr;
        for (const std::string& before : names_before) {
            baseline = baseline == nullptr ? loaded.baseline->find(before) : baseline;
        }
        if (candidate != nullptr && baseline != nullptr) {
            pairs.push_back({name, candidate, baseline});
        }
    }
    return pairs;
}

/// A condition that only one side states proves nothing about the other.
void warn_of_lone_conditions(const Plan& plan, std::size_t input, const LoadedInput& loaded,
                             std::vector<std::string>& warnings) {
    if (!loaded.candidate || !loaded.baseline) {
        return;
    }
    const auto& allowed = plan.inputs[input].source.allow_different;
    const auto collect = [&](const evidence::Entry& stating, const evidence::Entry& other,
                             std::set<std::string>& lone) {
        for (const auto& condition : stating.conditions) {
            const std::string& name = condition.first;
            const bool may_differ = std::ranges::any_of(
                allowed, [&](const auto& glob) { return support::matches_glob(glob.value, name); });
            if (!may_differ && other.conditions.count(name) == 0) {
                lone.insert("'" + support::visible(name) + "'");
            }
        }
    };
    std::set<std::string> of_candidate;
    std::set<std::string> of_baseline;
    for (const ComparedEntries& pair : compared_entries(plan, input, loaded)) {
        collect(*pair.candidate, *pair.baseline, of_candidate);
        collect(*pair.baseline, *pair.candidate, of_baseline);
    }
    for (const auto& [lone, side] :
         {std::pair(&of_candidate, "candidate"), std::pair(&of_baseline, "baseline")}) {
        if (!lone->empty()) {
            warnings.push_back(std::string("Only the ") + side + " states " +
                               support::enumerate(first_of(*lone)) +
                               ", so nothing shows that both sides were measured under the same "
                               "conditions.");
        }
    }
}

/// What the readers say of what they took, once where both sides say the same.
void tell_notes(const LoadedInput& loaded, std::vector<std::string>& warnings) {
    static const std::vector<std::string> none;
    const auto& of_candidate = loaded.candidate ? loaded.candidate->notes : none;
    const auto& of_baseline = loaded.baseline ? loaded.baseline->notes : none;
    for (const std::string& note : of_candidate) {
        const bool both = std::ranges::find(of_baseline, note) != of_baseline.end();
        warnings.push_back((both ? "Both sides: " : "Candidate: ") + note);
    }
    for (const std::string& note : of_baseline) {
        if (std::ranges::find(of_candidate, note) == of_candidate.end()) {
            warnings.push_back("Baseline: " + note);
        }
    }
}

}  // namespace

void recorded_warnings(const Plan& plan, std::size_t input, const LoadedInput& loaded,
                       std::vector<std::string>& warnings) {
    const auto files = files_of(loaded);
    warn_of_look_alikes(judged_names(plan, input, files), files, warnings);
    warn_of_lone_digest(loaded, warnings);
    warn_of_other_data_set(loaded, warnings);
    warn_of_lone_conditions(plan, input, loaded, warnings);
    warn_of_less(compared_entries(plan, input, loaded), {}, warnings);
    tell_notes(loaded, warnings);
}

}  // namespace metricgate::cli
