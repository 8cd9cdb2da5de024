#pragma once

#include <string_view>

namespace metricgate::fuzz {

/// Whether an input of the target `gate` is a `check` that the target runs, and not one that it
/// leaves to other tests.
bool is_evaluation(std::string_view input);

}  // namespace metricgate::fuzz
