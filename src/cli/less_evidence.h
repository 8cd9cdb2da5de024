#pragma once

#include <set>
#include <string>
#include <vector>

#include "evidence/metric_file.h"

namespace metricgate::cli {

/// What both sides record of one metric.
struct ComparedEntries {
    std::string name;
    const evidence::Entry* candidate = nullptr;
    const evidence::Entry* baseline = nullptr;
};

/// The first few, and that there are more.
std::vector<std::string> first_of(const std::set<std::string>& names);

/// Warns of metrics of which the candidate has fewer runs or examples, a smaller exposure, or a
/// standard error of more than twice the baseline's: it may be judged as ever, and shows less.
void warn_of_less(const std::vector<ComparedEntries>& pairs, std::vector<std::string>& warnings);

}  // namespace metricgate::cli
