#pragma once

#include <array>
#include <cstddef>
#include <string>
#include <vector>

#include "evidence/examples.h"

namespace metricgate::metrics {

/// Mass by label and predicted class, of a side that has predicted classes.
struct SmallConfusion {
    std::vector<std::string> classes;
    bool others = false;                      ///< the last class stands for all that are not named
    std::array<std::vector<double>, 2> mass;  ///< by Side; row = label; empty: no predictions
};

/// The confusion matrices of both sides over the `most` classes with the most labels; all others
/// are one more class. Empty without labels or without predicted classes.
SmallConfusion small_confusion(const evidence::Examples& examples, const evidence::Rows& rows,
                               std::size_t most);

}  // namespace metricgate::metrics
