#include "stats/auc_interval.h"

#include <algorithm>
#include <cmath>

#include "stats/distributions.h"
#include "stats/means.h"
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

/// Each bound the farther one of `plain`'s and of those recovered from the areas' own intervals.
Interval widened_by_logits(const Interval& plain, const Area& candidate, const Area& baseline,
                           double factor, double correlation) {
    if (!has_logit(baseline.area, baseline.standard_error) ||
        !has_logit(candidate.area, candidate.standard_error)) {
        return plain;
    }
    const double confidence = plain.confidence;
    const Interval recovered = mover(
        on_logit_scale(candidate.area, candidate.standard_error, confidence),
        on_logit_scale(baseline.area, baseline.standard_error, confidence), factor, correlation);
    return {std::min(plain.lower, recovered.lower), std::max(plain.upper, recovered.upper),
            confidence};
}

}  // namespace

Interval logit_auc_interval(double area, double standard_error, double confidence) {
    return on_logit_scale(area, standard_error, confidence).interval;
}

Interval auc_contrast_interval(const PlacementSums& sums, double factor, double confidence) {
    const AucEstimate plain = sums.estimate();
    const AucEstimate contrast = factor == 1.0 ? plain : sums.estimate(factor);
    const double reach = normal_quantile(confidence) * contrast.standard_error;
    const Interval normal{contrast.difference - reach, contrast.difference + reach, confidence};
    // Without any spread of the change there is no interval to widen.
    if (!(contrast.standard_error > 0.0)) {
        return normal;
    }
    const double of_baseline = plain.baseline_standard_error;
    const double of_candidate = plain.candidate_standard_error;
    const double covariance = 0.5 * (of_baseline * of_baseline + of_candidate * of_candidate -
                                     plain.standard_error * plain.standard_error);
    const double product = of_baseline * of_candidate;
    const double correlation = product > 0.0 ? std::clamp(covariance / product, -1.0, 1.0) : 0.0;
    return widened_by_logits(normal, {plain.candidate, of_candidate}, {plain.baseline, of_baseline},
                             factor, correlation);
}

Interval independent_auc_interval(const Area& candidate, const Area& baseline, double factor,
                                  double confidence) {
    const MeanEstimate difference = independent_difference(
        {candidate.area, candidate.standard_error, candidate.degrees_of_freedom},
        {baseline.area, baseline.standard_error, baseline.degrees_of_freedom}, factor);
    return widened_by_logits(difference.interval(confidence), candidate, baseline, factor, 0.0);
}

}  // namespace metricgate::stats
