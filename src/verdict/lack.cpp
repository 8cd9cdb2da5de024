#include "verdict/lack.h"

#include "support/counted.h"

namespace metricgate::verdict {

std::string lack_text(const comparison::Insufficient& lack) {
    return "has " + std::to_string(lack.have) + ", needs at least " + std::to_string(lack.need) +
           " " + (lack.need == 1 ? support::singular(lack.of) : lack.of);
}

}  // namespace metricgate::verdict
