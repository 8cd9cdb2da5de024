// Several runs of predictions a side, such as one a seed: means over runs and examples.
#include <algorithm>
#include <cmath>

#include "comparison/columns.h"
#include "comparison/contrast.h"
#include "comparison/example_runs.h"
#include "comparison/skewness_floor.h"
#include "comparison/support_floors.h"
#include "metrics/evaluate.h"
#include "stats/crossed_runs.h"
#include "stats/skewness.h"
#include "support/number.h"
#include "support/text.h"

namespace metricgate::comparison {
namespace {

using evidence::Examples;
using evidence::Rows;
using evidence::Side;

constexpr const char* own = "crossed_runs";
constexpr std::size_t least_changed = 20;

bool is_mean(const metrics::Metric& metric) {
    const auto* moments = metric.definition == nullptr
                              ? nullptr
                              : std::get_if<metrics::MomentsForm>(&metric.definition->form);
    return metric.definition != nullptr &&
           (metrics::is_outcome(metric) || (moments != nullptr && moments->combine == nullptr));
}

/// One side: the terms of every run, their mean over runs, and what the runs add to the variance.
struct SideRuns {
    std::vector<std::vector<double>> terms;  ///< a run each
    std::vector<double> mean;                ///< an example each
    std::vector<double> of_run;              ///< the metric's value a run
    stats::RunVariance variance;
    std::string problem;
};

class Reader {
public:
    Reader(const metrics::Metric& metric, const Examples& examples, const Rows& rows)
        : m_metric(metric), m_rows(rows_that_count(metric, examples, rows)) {
        m_weights = weights_of(examples, m_rows);
        m_clusters = clusters_of(examples, m_rows);
        m_cluster_count = examples.cluster ? examples.cluster->names.size() : 0;
        m_units = m_clusters.empty() ? m_rows.size() : occupied_clusters(examples, m_rows);
    }

    [[nodiscard]] std::size_t size() const { return m_rows.size(); }
    /// What is independent: clusters, or examples.
    [[nodiscard]] std::size_t units() const { return m_units; }
    [[nodiscard]] const char* unit() const { return m_clusters.empty() ? "examples" : "clusters"; }
    [[nodiscard]] stats::MeanEstimate mean_of(const std::vector<double>& values) const {
        return mean_estimate(values, m_weights, m_clusters, m_cluster_count);
    }

    [[nodiscard]] SideRuns read(std::span<const Examples> runs) const {
        SideRuns side;
        for (const Examples& run : runs) {
            add(run, side);
        }
        if (!side.problem.empty()) {
            return side;
        }
        side.mean.resize(size());
        if (runs.empty()) {
            return side;  // a first run: nothing is read of the baseline
        }
        std::vector<double> of_example(runs.size());
        for (std::size_t i = 0; i < size(); ++i) {
            for (std::size_t r = 0; r < runs.size(); ++r) {
                of_example[r] = side.terms[r][i];
            }
            side.mean[i] = stats::paired_mean(of_example).mean;
        }
        for (const std::vector<double>& terms : side.terms) {
            side.of_run.push_back(mean_of(terms).mean);
        }
        const bool plain = m_weights.empty() && m_clusters.empty();
        side.variance =
            plain ? stats::run_variance(side.terms, side.of_run) : stats::run_variance(side.of_run);
        return side;
    }

private:
    void add(const Examples& run, SideRuns& side) const {
        // Class codes belong to the examples of one run.
        metrics::Metric metric = m_metric;
        std::string problem = metrics::resolve(metric, run);
        const metrics::Value value = problem.empty()
                                         ? metrics::evaluate(metric, run, Side::candidate, m_rows)
                                         : metrics::Value::undefined(problem);
        if (!value.defined()) {
            side.problem = support::visible(run.candidate_source) + ": " + value.reason();
            return;
        }
        if (metrics::is_outcome(metric)) {
            side.terms.push_back(outcomes_of(metric, run, Side::candidate, m_rows));
            return;
        }
        metrics::Terms terms = metrics::terms_of(metric, run, Side::candidate, m_rows);
        if (!terms.problem.empty()) {
            side.problem = support::visible(run.candidate_source) + ": " + terms.problem;
        }
        side.terms.push_back(std::move(terms.values));
    }

    const metrics::Metric& m_metric;
    Rows m_rows;
    std::vector<double> m_weights;
    std::vector<std::uint32_t> m_clusters;
    std::size_t m_cluster_count = 0;
    std::size_t m_units = 0;
};

std::string why_not(const metrics::Metric& metric, const Options& options) {
    if (!is_mean(metric)) {
        return "several files a side are judged by metrics that are means over examples, such as "
               "accuracy, recall, log_loss or mae, and " +
               metric.name + " is none; give one file a side, or record " + metric.name +
               " of every run with kind: metrics";
    }
    if (!options.method.empty() && options.method != own) {
        return "method '" + options.method + "' does not apply to several files a side; " + own +
               " would";
    }
    return "";
}

/// Where the noise comes from, so that a reader knows whether more runs or more examples help.
void note_runs(const SideRuns& baseline, const SideRuns& candidate,
               const stats::MeanEstimate& over_examples, const stats::MeanEstimate& whole,
               Comparison& out) {
    const double all = whole.standard_error * whole.standard_error;
    const double examples = over_examples.standard_error * over_examples.standard_error;
    const double share = all > 0.0 ? std::max(0.0, 1.0 - examples / all) : 0.0;
    std::string text = support::count_of(candidate.of_run.size(), "run", "runs") +
                       " of the candidate, " + std::to_string(baseline.of_run.size()) +
                       " of the baseline; differences between runs are " +
                       support::format_fixed(100.0 * share, 0) + " % of the variance.";
    if (candidate.of_run.size() == 1 || baseline.of_run.size() == 1) {
        text += " The side with one run is taken to vary as the other does.";
    }
    add_note(out, "runs", std::move(text));
}

std::optional<Insufficient> missing_runs(std::size_t baseline, std::size_t candidate,
                                         const Options& options) {
    const std::size_t least = std::max<std::size_t>(options.min_runs, 2);
    const std::size_t fewest =
        std::min(baseline == 1 ? candidate : baseline, candidate == 1 ? baseline : candidate);
    return fewest < least ? std::optional(Insufficient{"runs per side", fewest, least})
                          : std::nullopt;
}

std::optional<stats::Interval> own_interval(const Reader& reader, const SideRuns& side,
                                            const Options& options) {
    if (side.of_run.size() < std::max<std::size_t>(options.min_runs, 2) || side.mean.size() < 2) {
        return std::nullopt;
    }
    const auto mean =
        stats::with_runs(reader.mean_of(side.mean), side.variance, stats::RunVariance{}, 0.0);
    return mean.standard_error > 0.0 && std::isfinite(mean.standard_error)
               ? std::optional(stats::skew_widened_interval(mean, options.confidence))
               : std::nullopt;
}

}  // namespace

Comparison compare(const metrics::Metric& metric, const evidence::Examples& examples,
                   const ExampleRuns& runs, const evidence::Rows& listed, const Margin& margin,
                   const Options& options) {
    Comparison out;
    out.method = own;
    out.problem = why_not(metric, options);
    if (out.problem.empty()) {
        out.problem = weights_problem(examples, listed);
    }
    if (!out.problem.empty()) {
        return out;
    }
    const Rows rows = rows_that_weigh(examples, listed);
    const Reader reader(metric, examples, rows);
    const SideRuns candidate = reader.read(runs.candidate);
    const SideRuns baseline = reader.read(runs.baseline);
    count_support(metric, examples, rows, out);
    out.problem = !candidate.problem.empty() ? candidate.problem : baseline.problem;
    if (!out.problem.empty()) {
        return out;
    }
    out.candidate = metrics::Value::of(reader.mean_of(candidate.mean).mean);
    if (options.candidate_interval) {
        out.candidate_interval = own_interval(reader, candidate, options);
    }
    out.insufficient = missing_support(metric, examples, rows, options);
    if (runs.baseline.empty()) {
        out.baseline = metrics::Value::undefined("there is no baseline");
        return out;
    }
    out.baseline = metrics::Value::of(reader.mean_of(baseline.mean).mean);
    if (!out.insufficient) {
        out.insufficient = missing_runs(runs.baseline.size(), runs.candidate.size(), options);
    }
    if (!out.insufficient && reader.size() < 2) {
        out.insufficient = Insufficient{"examples", reader.size(), 2};
    }
    if (out.insufficient) {
        fill_point(metric, margin, out);
        return out;
    }
    std::vector<double> differences(reader.size());
    const auto over_examples = [&](double factor) {
        for (std::size_t i = 0; i < differences.size(); ++i) {
            differences[i] = candidate.mean[i] - factor * baseline.mean[i];
        }
        return reader.mean_of(differences);
    };
    const auto whole = [&](double factor) {
        return stats::with_runs(over_examples(factor), candidate.variance, baseline.variance,
                                factor);
    };
    // Many runs of the same few examples do not make skewed losses of the examples less so.
    SkewnessFloor floor(reader.units(), reader.unit(), metric.orientation());
    Contrasts contrasts;
    contrasts.at = [&](double factor) {
        return skewed_t_contrast(floor.watch(whole(factor)), metric.orientation(),
                                 options.confidence);
    };
    contrasts.baseline_standard_error = reader.mean_of(baseline.mean).standard_error;
    note_runs(baseline, candidate, over_examples(1.0), whole(1.0), out);
    const auto changed = static_cast<std::size_t>(
        std::ranges::count_if(differences, [](double difference) { return difference != 0.0; }));
    if (metrics::is_outcome(metric) && changed < least_changed) {
        out.insufficient = Insufficient{"discordant pairs", changed, least_changed};
    }
    fill(metric, margin, options, contrasts, out);
    floor.apply(out);
    if (out.standard_error) {
        fill_power(options, *out.standard_error, out);
        out.n_needed.reset();  // it takes runs as well as examples
    }
    return out;
}

}  // namespace metricgate::comparison
