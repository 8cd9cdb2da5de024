#include "comparison/rank_contrast.h"

#include <limits>

#include "comparison/inversion.h"

namespace metricgate::comparison {

Contrast rank_contrast(const stats::HodgesLehmann& located, double confidence) {
    constexpr double unbounded = std::numeric_limits<double>::infinity();
    Contrast contrast{.estimate = located.estimate(), .lower = -unbounded, .upper = unbounded};
    contrast.p_no_loss = located.p_not_negative();
    if (const auto interval = located.interval(confidence)) {
        contrast.lower = interval->lower;
        contrast.upper = interval->upper;
        contrast.standard_error = error_from_width(*interval);
    }
    return contrast;
}

void note_rank_estimate(Comparison& out, const char* what) {
    add_note(out, "rank_estimate",
             std::string("The change is ") + what +
                 " (Hodges-Lehmann), which single extreme values do not move; it is not the "
                 "difference of the two values shown.");
}

}  // namespace metricgate::comparison
