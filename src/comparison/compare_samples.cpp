// Repeated runs of one quantity on both sides: looks at support and identity, picks the method.
#include <algorithm>

#include "comparison/candidate_interval.h"
#include "comparison/catalog.h"
#include "comparison/constant_loss.h"
#include "comparison/contrast.h"
#include "comparison/ratio.h"
#include "comparison/recorded.h"
#include "support/text.h"

namespace metricgate::comparison {
namespace {

bool same_values(const evidence::Samples& baseline, const evidence::Samples& candidate,
                 bool paired) {
    if (paired) {
        return baseline.values == candidate.values;
    }
    std::vector<double> left = baseline.values;
    std::vector<double> right = candidate.values;
    std::ranges::sort(left);
    std::ranges::sort(right);
    return left == right;
}

/// The method that was asked for, or the first that applies; null and why in `problem`.
const Method* choose(const metrics::Metric& metric, const evidence::Samples& baseline,
                     const evidence::Samples& candidate, const Options& options,
                     std::string& problem) {
    std::vector<std::string> names;
    for (const Method& method : catalog()) {
        const bool applies =
            method.applies_to_samples != nullptr &&
            method.applies_to_samples(metric, baseline, candidate, options).empty();
        if (applies && (options.method.empty() || options.method == method.name)) {
            return &method;
        }
        if (applies) {
            names.emplace_back(method.name);
        }
    }
    const std::string what = summarised_by_quantile(metric) ? "the quantile of repeated runs"
                             : is_geometric(metric)         ? "the geometric mean of repeated runs"
                                                            : "the mean of repeated runs";
    if (options.method.empty()) {
        problem = "no method applies to " + what + ": " +
                  (options.test_train_ratio ? "folds of one data set are compared by their means"
                                            : "it is of no known kind");
        return nullptr;
    }
    const Method* wanted = find(options.method);
    const std::string reason =
        wanted != nullptr && wanted->applies_to_samples != nullptr
            ? wanted->applies_to_samples(metric, baseline, candidate, options)
            : "it is not for repeated runs";
    problem = "method '" + options.method + "' does not apply to " + what + ": " + reason + "; " +
              (names.empty() ? "none does" : support::enumerate(names, "or") + " would");
    return nullptr;
}

std::string problem_of(const evidence::Samples& baseline, const evidence::Samples& candidate,
                       const Options& options) {
    std::string problem = samples_problem(candidate, "candidate");
    if (problem.empty()) {
        problem = samples_problem(baseline, "baseline");
    }
    if (problem.empty() && options.paired_runs &&
        baseline.values.size() != candidate.values.size()) {
        problem = "paired runs need equally many on both sides; the baseline has " +
                  std::to_string(baseline.values.size()) + ", the candidate " +
                  std::to_string(candidate.values.size());
    }
    return problem;
}

}  // namespace

Comparison compare(const metrics::Metric& asked, const evidence::Samples& baseline,
                   const evidence::Samples& candidate, const Margin& margin,
                   const Options& options) {
    Comparison out;
    out.problem = problem_of(baseline, candidate, options);
    if (!out.problem.empty()) {
        return out;
    }
    const Method* method = choose(asked, baseline, candidate, options, out.problem);
    if (method == nullptr) {
        return out;
    }
    out.method = method->name;
    const metrics::Metric metric = summarised_for(asked, options, out);
    out.baseline = summarise(metric, baseline);
    out.candidate = summarise(metric, candidate);
    const std::size_t runs = std::min(baseline.values.size(), candidate.values.size());
    out.n = runs;
    const bool unequal = baseline.values.size() != candidate.values.size();
    const std::string counted = options.test_train_ratio ? "paired folds"
                                : options.paired_runs    ? "paired runs"
                                                         : "runs per side";
    out.n_unit = unequal ? "runs on the smaller side" : counted;
    if (unequal) {
        add_note(out, "unequal_runs",
                 support::count_of(baseline.values.size(), "run", "runs") + " of the baseline, " +
                     support::count_of(candidate.values.size(), "run", "runs") +
                     " of the candidate.");
    }
    out.problem = undefined_summary(out);
    if (!out.problem.empty()) {
        return out;
    }
    if (options.candidate_interval) {
        out.candidate_interval = candidate_interval(metric, candidate, options);
    }
    const std::size_t least = std::max<std::size_t>(options.min_runs, 2);
    if (runs < least) {
        out.insufficient = Insufficient{counted, runs, least};
        fill_point(metric, margin, out);
    } else if (same_values(baseline, candidate, options.paired_runs)) {
        fill_identical(margin, options, out);
    } else {
        method->run_samples(metric, baseline, candidate, margin, options, out);
        let_constant_loss_stand(baseline, candidate, metric.orientation(), options, out);
    }
    return out;
}

}  // namespace metricgate::comparison
