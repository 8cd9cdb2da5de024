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

/// What warnings call the two sides, and the share of the other's size below which a size is less.
struct LessWords {
    const char* now = "The candidate";
    const char* then = "the baseline";
    double share = 1.0;
};

/// Warns of metrics of which the candidate has fewer runs or examples, a smaller exposure, a
/// standard error of more than twice the baseline's, or runs that spread more than five times as
/// wide: it may be judged as ever, and shows less.
void warn_of_less(const std::vector<ComparedEntries>& pairs, const LessWords& words,
                  std::vector<std::string>& warnings);

}  // namespace metricgate::cli
