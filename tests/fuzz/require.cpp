#include <cstdio>
#include <cstdlib>

#include "fuzz/target.h"

namespace metricgate::fuzz {

void require(bool holds, std::string_view what, std::string_view detail) {
    if (!holds) {
        std::fprintf(stderr, "does not hold: %.*s: %.*s\n", static_cast<int>(what.size()),
                     what.data(), static_cast<int>(detail.size()), detail.data());
        std::abort();
    }
}

}  // namespace metricgate::fuzz
