// Geometric means of examples or of runs: the t interval of the differences of logarithms.
#include <algorithm>

#include "comparison/columns.h"
#include "comparison/contrast.h"
#include "comparison/methods.h"
#include "comparison/ratio.h"
#include "comparison/recorded.h"
#include "metrics/evaluate.h"
#include "support/text.h"

namespace metricgate::comparison {
namespace {

using evidence::Side;

/// Both sides are divided by one reference, or the comparison would be of the references.
std::string references_differ(const metrics::Metric& metric, const evidence::Examples& examples,
                              const evidence::Rows& rows) {
    const std::string& name = metric.parameters.reference;
    if (name.empty()) {
        return "";
    }
    const auto& baseline = examples.side(Side::baseline).values.at(name).values;
    const auto& candidate = examples.side(Side::candidate).values.at(name).values;
    std::size_t differing = 0;
    for (std::size_t i = 0; i < rows.size(); ++i) {
        differing += baseline[rows[i]] != candidate[rows[i]] ? 1U : 0U;
    }
    return differing == 0 ? ""
                          : "the reference column '" + name + "' differs between the sides for " +
                                support::count_of(differing, "example", "examples") +
                                "; both must be divided by the same numbers";
}

}  // namespace

std::string log_ratio_applies(const metrics::Metric& metric,
                              const evidence::Examples& /*examples*/) {
    const auto* moments = std::get_if<metrics::MomentsForm>(&metric.definition->form);
    return moments != nullptr && moments->log_mean
               ? ""
               : "it needs a geometric mean (stat: geometric_mean)";
}

void run_log_ratio(const metrics::Metric& metric, const evidence::Examples& examples,
                   const evidence::Rows& rows, const Margin& margin, const Options& options,
                   Comparison& out) {
    out.problem = references_differ(metric, examples, rows);
    if (!out.problem.empty()) {
        return;
    }
    const metrics::Terms baseline = metrics::terms_of(metric, examples, Side::baseline, rows);
    const metrics::Terms candidate = metrics::terms_of(metric, examples, Side::candidate, rows);
    out.problem = !baseline.problem.empty() ? baseline.problem : candidate.problem;
    if (!out.problem.empty()) {
        return;
    }
    const std::size_t clusters = examples.cluster ? occupied_clusters(examples, rows) : 2;
    if (rows.size() < 2 || clusters < 2) {
        out.insufficient = clusters < 2 ? Insufficient{"clusters", clusters, 2}
                                        : Insufficient{"examples", rows.size(), 2};
        fill_point(metric, margin, out);
        return;
    }
    std::vector<double> differences(rows.size());
    for (std::size_t i = 0; i < rows.size(); ++i) {
        differences[i] = candidate.values[i] - baseline.values[i];
    }
    fill_ratio(metric, margin, options,
               mean_estimate(differences, weights_of(examples, rows), clusters_of(examples, rows),
                             examples.cluster ? examples.cluster->names.size() : 0),
               out);
}

std::string log_ratio_of_runs_applies(const metrics::Metric& metric,
                                      const evidence::Samples& /*baseline*/,
                                      const evidence::Samples& /*candidate*/,
                                      const Options& options) {
    const bool asked = metric.statistic.empty() && options.method == "log_ratio";
    return is_geometric(metric) || asked ? "" : "it compares geometric means";
}

void run_log_ratio_of_runs(const metrics::Metric& metric, const evidence::Samples& baseline,
                           const evidence::Samples& candidate, const Margin& margin,
                           const Options& options, Comparison& out) {
    const std::vector<double> before = logs_of(baseline.values, "baseline", out.problem);
    std::vector<double> after = logs_of(candidate.values, "candidate", out.problem);
    if (!out.problem.empty()) {
        return;
    }
    if (!options.paired_runs) {
        fill_ratio(metric, margin, options, stats::welch(after, before), out);
    } else {
        for (std::size_t i = 0; i < after.size(); ++i) {
            after[i] -= before[i];
        }
        fill_ratio(metric, margin, options, mean_of_runs(after, options), out);
    }
    count_runs_needed(options, out);
}

}  // namespace metricgate::comparison
