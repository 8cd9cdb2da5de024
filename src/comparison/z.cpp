// Two recorded numbers, each with a standard error.
#include <algorithm>
#include <cmath>
#include <optional>

#include "comparison/constant_loss.h"
#include "comparison/contrast.h"
#include "comparison/methods.h"
#include "comparison/rounding.h"

namespace metricgate::comparison {

std::string z_applies(const metrics::Metric& /*metric*/, const evidence::Scalar& baseline,
                      const evidence::Scalar& candidate) {
    return baseline.standard_error && candidate.standard_error
               ? ""
               : "it needs a standard error on both sides";
}

void run_z(const metrics::Metric& metric, const evidence::Scalar& of_baseline,
           const evidence::Scalar& of_candidate, const Margin& margin, const Options& options,
           Comparison& out) {
    const double baseline_standard_error = of_baseline.standard_error->value;
    const double candidate_standard_error = of_candidate.standard_error->value;
    add_fact(out, "standard_error_of_the_baseline", baseline_standard_error);
    add_fact(out, "standard_error_of_the_candidate", candidate_standard_error);
    const double baseline = out.baseline.number();
    const double candidate = out.candidate.number();
    Contrasts contrasts;
    contrasts.at = [&](double factor) {
        const double scaled = factor * baseline_standard_error;
        return normal_contrast(
            metric.orientation() * (candidate - factor * baseline),
            std::sqrt(candidate_standard_error * candidate_standard_error + scaled * scaled),
            options.confidence);
    };
    contrasts.baseline_standard_error = baseline_standard_error;
    fill_independent(metric, margin, options, contrasts, out);
    // A side that claims to be certain shows no pass. But a loss that the other side's error alone
    // does not explain is one, or a file could turn a collapse into "undecided". Few examples often
    // give an error of 0, as when all of them are right, so that stated ones must be enough.
    std::optional<std::uint64_t> units;
    bool is_certain = false;
    for (const evidence::Scalar* side : {&of_baseline, &of_candidate}) {
        if (is_rounding(side->standard_error->value, side->value.value)) {
            is_certain = true;
            units = side->n && units ? std::min(units, side->n) : side->n ? side->n : units;
        }
    }
    if (is_certain) {
        mark_degenerate(out, "A recorded standard error is 0; it says nothing about uncertainty.");
    }
    if (units) {
        let_constant_loss_stand(*units, options, out);
    } else if (out.degenerate) {
        // Nor is a change so large that the errors vanish beside it undecided.
        out.loss_claims_stand = !out.insufficient;
    }
}

}  // namespace metricgate::comparison
