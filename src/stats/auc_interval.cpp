#include "stats/auc_interval.h"

#include <algorithm>
#include <cmath>

#include "stats/distributions.h"
#include "stats/mover.h"

namespace metricgate::stats {

namespace {

bool has_logit(double area, double standard_error) {
    return area > 0.0 && area < 1.0 && standard_error > 0.0 && std::isfinite(standard_error);
}

Bounded on_logit_scale(double area, double standard_error, double confidence) {
    const double odds = area / (1.0 - area);
    const double reach =
        std::exp(normal_quantile(confidence) * standard_error / (area * (1.0 - area)));
    const double low = odds / reach;
    const double high = odds * reach;
    // Written so that odds beyond all doubles give an area of 1.
    return {area, {low / (1.0 + low), 1.0 - 1.0 / (1.0 + high), confidence}};
}

}  // namespace

Interval auc_contrast_interval(const PlacementSums& sums, double factor, double confidence) {
    const AucEstimate plain = sums.estimate();
    const AucEstimate contrast = factor == 1.0 ? plain : sums.estimate(factor);
    const double reach = normal_quantile(confidence) * contrast.standard_error;
    const Interval normal{contrast.difference - reach, contrast.difference + reach, confidence};
    const double of_baseline = plain.baseline_standard_error;
    const double of_candidate = plain.candidate_standard_error;
    // Without any spread of the change there is no interval to widen.
    if (!(contrast.standard_error > 0.0) || !has_logit(plain.baseline, of_baseline) ||
        !has_logit(plain.candidate, of_candidate)) {
        return normal;
    }
    const double covariance = 0.5 * (of_baseline * of_baseline + of_candidate * of_candidate -
                                     plain.standard_error * plain.standard_error);
    const double correlation = std::clamp(covariance / (of_baseline * of_candidate), -1.0, 1.0);
    const Interval recovered =
        mover(on_logit_scale(plain.candidate, of_candidate, confidence),
              on_logit_scale(plain.baseline, of_baseline, confidence), factor, correlation);
    return {std::min(normal.lower, recovered.lower), std::max(normal.upper, recovered.upper),
            confidence};
}

}  // namespace metricgate::stats
