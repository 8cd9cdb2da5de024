// Counts over both sides at once (examples that flipped): there is no baseline value, so only
// limits apply.
#include <cmath>

#include "comparison/columns.h"
#include "comparison/contrast.h"
#include "comparison/methods.h"
#include "metrics/evaluate.h"
#include "stats/proportions.h"

namespace metricgate::comparison {
namespace {

stats::Interval flips_interval(const metrics::Metric& metric, const evidence::Examples& examples,
                               const evidence::Rows& rows, const Options& options) {
    const auto& form = std::get<metrics::PairForm>(metric.definition->form);
    const auto& baseline = examples.side(evidence::Side::baseline).predicted_class->codes;
    const auto& candidate = examples.side(evidence::Side::candidate).predicted_class->codes;
    std::vector<double> flipped(rows.size());
    double count = 0.0;
    for (std::size_t i = 0; i < rows.size(); ++i) {
        const std::size_t row = rows[i];
        const bool counts = form.counts(examples.label ? examples.label->codes[row] : 0U,
                                        baseline[row], candidate[row]);
        flipped[i] = counts ? 1.0 : 0.0;
        count += flipped[i];
    }
    const double n = static_cast<double>(rows.size());
    stats::Interval share;
    if (is_clustered(examples)) {
        share =
            mean_estimate(flipped, {}, clusters_of(examples, rows), examples.cluster->names.size())
                .interval(options.confidence);
    } else {
        share = stats::wilson(count, n, options.confidence);
    }
    return {share.lower * n, share.upper * n, share.confidence};
}

}  // namespace

std::string flips_applies(const metrics::Metric& metric, const evidence::Examples& /*examples*/) {
    return std::holds_alternative<metrics::PairForm>(metric.definition->form)
               ? ""
               : "it needs a metric that counts over both sides at once";
}

void run_flips(const metrics::Metric& metric, const evidence::Examples& examples,
               const evidence::Rows& rows, const Margin& margin, const Options& options,
               Comparison& out) {
    out.baseline = metrics::Value::undefined("the metric looks at both sides at once");
    out.candidate = metrics::evaluate(metric, examples, evidence::Side::candidate, rows);
    if (!out.candidate.defined()) {
        out.problem = "undefined: " + out.candidate.reason();
        return;
    }
    if (margin.absolute || margin.relative) {
        out.problem = "'" + metric.name +
                      "' looks at both sides at once and has no baseline value, so no margin "
                      "applies; use `max` or `min`";
        return;
    }
    add_fact(out, "examples", rows.size());
    add_fact(out, "examples_that_count", out.candidate.number());
    if (options.candidate_interval && rows.size() > 0) {
        const stats::Interval interval = flips_interval(metric, examples, rows, options);
        if (std::isfinite(interval.lower) && interval.upper > interval.lower) {
            out.candidate_interval = interval;
        }
    }
}

}  // namespace metricgate::comparison
