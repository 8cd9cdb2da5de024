// AUC and metrics that are linear in it on different examples: DeLong's variances add.
#include <algorithm>
#include <cmath>

#include "comparison/auc.h"
#include "comparison/columns.h"
#include "comparison/contrast.h"
#include "comparison/different_examples.h"
#include "comparison/inversion.h"
#include "comparison/methods.h"
#include "stats/auc_interval.h"
#include "stats/delong.h"
#include "stats/means.h"

namespace metricgate::comparison {
namespace {

/// A wrongly ranked example of the rarer class: twice what paired areas need, because nothing of
/// their noise cancels. With half a one a loss of the margin passed in 7.4 % of simulated runs
/// (areas of 0.99 and 0.98, 100 positives a side).
constexpr double least_misranked = 1.0;

/// One side's area with its standard error, and whether that error is known.
struct SideArea {
    stats::AucEstimate estimate;
    stats::Area area;
    bool finite = true;
    bool constant = false;
    std::uint64_t fewer = 0;

    [[nodiscard]] bool perfect() const { return area.area <= 0.0 || area.area >= 1.0; }
};

SideArea area_of(const OneSide& side) {
    const SideScores scores(side.examples, evidence::Side::candidate, side.rows);
    SideArea result;
    result.finite = scores.finite();
    if (!result.finite) {
        return result;
    }
    result.constant = scores.constant();
    result.estimate =
        stats::own_placements(scores.values(), positives_of(side.examples, side.rows)).estimate();
    const auto& auc = result.estimate;
    result.fewer = std::min(auc.positives, auc.negatives);
    result.area = {auc.candidate, auc.candidate_standard_error,
                   static_cast<double>(auc.positives + auc.negatives) - 1.0};
    return result;
}

/// A side whose scores say nothing of their variance has the largest one there can be.
void bound_error(SideArea& side) {
    if (side.perfect() || side.constant) {
        side.area.standard_error = largest_standard_error(side.area.area, side.fewer);
    }
}

std::string area_applies(const OneSide& side) {
    return delong_applies(side.metric, side.examples);
}

}  // namespace

std::string delong_unpaired_applies(const OneSide& baseline, const OneSide& candidate) {
    const std::string reason = area_applies(candidate);
    return reason.empty() ? area_applies(baseline) : reason;
}

void run_delong_unpaired(const OneSide& of_baseline, const OneSide& of_candidate,
                         const Margin& margin, const Options& options, Comparison& out) {
    SideArea baseline = area_of(of_baseline);
    SideArea candidate = area_of(of_candidate);
    if (!baseline.finite || !candidate.finite) {
        out.problem = "a score is not a finite number";
        return;
    }
    const metrics::Metric& metric = of_candidate.metric;
    const std::uint64_t fewest = std::min(baseline.fewer, candidate.fewer);
    if (fewest < 2) {
        out.insufficient =
            Insufficient{"examples of either class per side", static_cast<std::size_t>(fewest), 2};
        fill_point(metric, margin, out);
        return;
    }
    if (baseline.perfect() || candidate.perfect()) {
        mark_degenerate(out, "An area of exactly 0 or 1 has no estimated variance.");
    } else if (baseline.constant || candidate.constant) {
        mark_degenerate(out, "All scores of one side are equal; they rank nothing.");
    }
    // A collapse is a collapse: only passes are out of reach then.
    out.loss_claims_stand = out.degenerate;
    bound_error(baseline);
    bound_error(candidate);
    add_fact(out, "area_of_the_baseline", baseline.area.area);
    add_fact(out, "area_of_the_candidate", candidate.area.area);
    add_fact(out, "standard_error_of_the_baselines_area", baseline.area.standard_error);
    add_fact(out, "standard_error_of_the_candidates_area", candidate.area.standard_error);

    const auto& form = std::get<metrics::RanksForm>(metric.definition->form);
    const double scale = metric.orientation() * *form.auc_scale;
    const double shift = metric.orientation() * form.auc_shift;
    Contrasts contrasts;
    contrasts.at = [&](double factor) {
        const double moved = shift * (1.0 - factor);
        const auto oriented = [&](double level) -> std::optional<stats::Interval> {
            const stats::Interval raw =
                stats::independent_auc_interval(candidate.area, baseline.area, factor, level);
            const double one = scale * raw.lower + moved;
            const double other = scale * raw.upper + moved;
            return stats::Interval{std::min(one, other), std::max(one, other), level};
        };
        const stats::Interval interval = *oriented(options.confidence);
        return Contrast{
            .estimate = scale * (candidate.area.area - factor * baseline.area.area) + moved,
            .lower = interval.lower,
            .upper = interval.upper,
            .standard_error = std::abs(scale) * std::hypot(candidate.area.standard_error,
                                                           factor * baseline.area.standard_error),
            .p_no_loss = factor == 1.0 ? p_by_inversion(oriented) : 1.0};
    };
    contrasts.baseline_standard_error = std::abs(scale) * baseline.area.standard_error;
    fill(metric, margin, options, contrasts, out);
    require_misranked(candidate.estimate, least_misranked, " in the candidate", out);
    if (!out.insufficient) {
        require_misranked(baseline.estimate, least_misranked, " in the baseline", out);
    }
    if (out.standard_error) {
        fill_power(options, *out.standard_error, out);
    }
}

}  // namespace metricgate::comparison
