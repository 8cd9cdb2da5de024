// Means of per-example losses by ranks: the median of the averages of all pairs of differences,
// with the interval that turns Wilcoxon's signed-rank test around.
#include <cmath>

#include "comparison/columns.h"
#include "comparison/methods.h"
#include "comparison/rank_contrast.h"
#include "metrics/evaluate.h"
#include "stats/means.h"

namespace metricgate::comparison {

std::string wilcoxon_applies(const metrics::Metric& metric, const evidence::Examples& examples) {
    const auto* moments = std::get_if<metrics::MomentsForm>(&metric.definition->form);
    if (moments == nullptr || moments->combine != nullptr) {
        return "it needs a metric that is a mean over examples";
    }
    if (is_weighted(examples)) {
        return "it does not weigh examples";
    }
    return is_clustered(examples) ? "it takes examples as independent, and these are clustered"
                                  : "";
}

void run_wilcoxon(const metrics::Metric& metric, const evidence::Examples& examples,
                  const evidence::Rows& rows, const Margin& margin, const Options& options,
                  Comparison& out) {
    const metrics::Terms baseline =
        metrics::terms_of(metric, examples, evidence::Side::baseline, rows);
    const metrics::Terms candidate =
        metrics::terms_of(metric, examples, evidence::Side::candidate, rows);
    out.problem = baseline.problem.empty() ? candidate.problem : baseline.problem;
    if (!out.problem.empty()) {
        return;
    }
    const double s = metric.orientation();
    bool finite = true;
    Contrasts contrasts;
    contrasts.at = [&](double factor) {
        std::vector<double> differences(candidate.values.size());
        for (std::size_t i = 0; i < differences.size(); ++i) {
            differences[i] = s * (candidate.values[i] - factor * baseline.values[i]);
            finite = finite && std::isfinite(differences[i]);
        }
        return finite ? rank_contrast(stats::HodgesLehmann::of_averages(differences),
                                      options.confidence)
                      : Contrast{.estimate = std::nan("")};
    };
    contrasts.baseline_standard_error = stats::paired_mean(baseline.values).standard_error;
    fill(metric, margin, options, contrasts, out);
    note_rank_estimate(out, "the median of the averages of all pairs of differences");
    if (out.standard_error) {
        fill_power(options, *out.standard_error, out);
    }
}

}  // namespace metricgate::comparison
