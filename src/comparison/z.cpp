// Two recorded numbers, each with a standard error.
#include <cmath>

#include "comparison/constant_loss.h"
#include "comparison/contrast.h"
#include "comparison/methods.h"

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
    if (!(baseline_standard_error > 0.0) || !(candidate_standard_error > 0.0)) {
        mark_degenerate(out, "A recorded standard error is 0; it says nothing about uncertainty.");
        if (of_baseline.n || of_candidate.n) {
            let_constant_loss_stand(out.n, options, out);
        } else {
            out.loss_claims_stand = !out.insufficient;
        }
    }
}

}  // namespace metricgate::comparison
