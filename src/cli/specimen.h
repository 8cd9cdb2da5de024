#pragma once

#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "cli/load.h"
#include "cli/plan.h"
#include "damage/catalog.h"

namespace metricgate::cli {

/// Evidence that one check looks at, to be damaged and mended in memory. The input it belongs to
/// must outlive it.
struct Specimen {
    std::function<void(damage::Toward, double size)> damage;
    std::function<void()> mend;
    /// The candidate's metric over all examples as they stand; nothing when the check has no such
    /// single number.
    std::function<std::optional<double>()> value;
    bool bounded = false;    ///< sizes end at 1
    bool in_units = false;   ///< sizes are losses in the metric's units
    std::string worse_text;  ///< what damage does: "right predictions made wrong"
    std::string better_text;
    std::string obstacle;  ///< why nothing can be damaged, or empty
};

/// Makes the candidate equal the baseline, so that what turns red is the damage alone. Without a
/// baseline the candidate stands for it.
void equalise(const Plan& plan, std::size_t input, LoadedInput& loaded);

/// The examples whose candidate's columns are judged: the pairs, and every run where there are
/// several files a side.
std::vector<evidence::Examples*> candidates_of(LoadedInput& loaded);

/// Paired predictions: `places` as damage::places_of gives them.
Specimen specimen_of_examples(const metrics::Metric& metric, bool per_class, LoadedInput& loaded,
                              const std::vector<double>& places);

/// The recorded metric of this name, after `equalise`.
Specimen specimen_of_entry(const metrics::Metric& metric, LoadedInput& loaded);

/// The newest value of a history, with a decline planted into the last points before it that the
/// limits of a chart do not rest on.
Specimen specimen_of_history(const metrics::Metric& metric, const verdict::Rule& rule,
                             LoadedInput& loaded);

/// The entry of this name; null when the file has none.
evidence::Entry* find_entry(std::optional<evidence::MetricFile>& file, const std::string& name);

/// Takes the entry of this name out of the sight of every check. It stays at its place under a name
/// that nobody asks for, because thousands of checks in turn would else move all the entries behind
/// theirs.
void remove_entry(evidence::MetricFile& file, const std::string& name);

}  // namespace metricgate::cli
