// AUC and metrics that are linear in it on different examples: DeLong's variances add.
#include <cmath>

#include "comparison/auc.h"
#include "comparison/columns.h"
#include "comparison/contrast.h"
#include "comparison/different_examples.h"
#include "comparison/methods.h"
#include "stats/delong.h"
#include "stats/means.h"

namespace metricgate::comparison {
namespace {

/// One side's metric with its standard error.
struct Area {
    stats::MeanEstimate estimate;
    std::uint64_t positives = 0;
    std::uint64_t negatives = 0;
    bool finite = true;
    bool decides = true;  ///< the area is neither 0 nor 1, and scores differ
};

Area area_of(const OneSide& side) {
    const auto& form = std::get<metrics::RanksForm>(side.metric.definition->form);
    const SideScores scores(side.examples, evidence::Side::candidate, side.rows);
    Area area;
    area.finite = scores.finite();
    if (!area.finite) {
        return area;
    }
    const stats::AucEstimate auc =
        stats::own_placements(scores.values(), positives_of(side.examples, side.rows)).estimate();
    area.positives = auc.positives;
    area.negatives = auc.negatives;
    area.decides = !scores.constant() && auc.candidate > 0.0 && auc.candidate < 1.0;
    area.estimate = {*form.auc_scale * auc.candidate + form.auc_shift,
                     std::abs(*form.auc_scale) * auc.candidate_standard_error,
                     static_cast<double>(auc.positives + auc.negatives) - 1.0};
    return area;
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
    const Area baseline = area_of(of_baseline);
    const Area candidate = area_of(of_candidate);
    if (!baseline.finite || !candidate.finite) {
        out.problem = "a score is not a finite number";
        return;
    }
    const std::uint64_t fewest = std::min(
        {baseline.positives, baseline.negatives, candidate.positives, candidate.negatives});
    if (fewest < 2) {
        out.insufficient =
            Insufficient{"examples of either class per side", static_cast<std::size_t>(fewest), 2};
        fill_point(of_candidate.metric, margin, out);
        return;
    }
    if (!baseline.decides || !candidate.decides) {
        mark_degenerate(out,
                        "An area of exactly 0 or 1, or of equal scores, has no estimated variance; "
                        "it decides nothing.");
    }
    judge_independent(of_candidate.metric, baseline.estimate, candidate.estimate, margin, options,
                      out);
}

}  // namespace metricgate::comparison
