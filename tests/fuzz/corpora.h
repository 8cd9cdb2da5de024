#pragma once

#include <string>
#include <vector>

#include "fuzz/target.h"

namespace metricgate::fuzz {

/// The files below folders of tests/ whose names end so, each content once; longer ones than a
/// fuzzer gets far with are cut.
std::vector<Seed> files_ending(const std::vector<std::string>& folders,
                               const std::vector<std::string>& endings, std::size_t cuts);

/// The files of other projects that parsers are known to stumble over, none of them cut.
std::vector<Seed> hostile_files();

}  // namespace metricgate::fuzz
