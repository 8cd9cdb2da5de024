#pragma once

#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace metricgate::sources {

/// What is left of a name when letter case, blanks, invisible characters and look-alike letters of
/// the Cyrillic, Greek and full-width alphabets are taken away. Two different names with one
/// skeleton are easily mistaken for each other.
std::string skeleton(std::string_view name);

/// Pairs of different names with one skeleton, each in the order given; to warn about.
std::vector<std::pair<std::string, std::string>> confusable_names(
    const std::vector<std::string>& names);

}  // namespace metricgate::sources
