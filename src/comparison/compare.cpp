// Paired predictions: evaluates both sides, looks at support and identity, picks the method.
#include <algorithm>

#include "comparison/candidate_interval.h"
#include "comparison/catalog.h"
#include "comparison/columns.h"
#include "comparison/contrast.h"
#include "comparison/support_floors.h"
#include "metrics/evaluate.h"
#include "support/text.h"

namespace metricgate::comparison {
namespace {

/// With fewer clusters CR1 intervals are rough; a note says so.
constexpr std::size_t few_clusters = 20;

std::string methods_that_apply(const metrics::Metric& metric, const evidence::Examples& examples) {
    std::vector<std::string> names;
    for (const Method& method : catalog()) {
        if (method.applies != nullptr && method.applies(metric, examples).empty()) {
            names.emplace_back(method.name);
        }
    }
    return names.empty() ? "none does" : support::enumerate(names, "or") + " would";
}

/// The method to use, or null and why in `problem`.
const Method* choose(const metrics::Metric& metric, const evidence::Examples& examples,
                     const std::string& wanted, std::string& problem) {
    if (!wanted.empty()) {
        const Method* method = find(wanted);
        if (method == nullptr) {
            problem = "there is no method '" + wanted + "'";
            return nullptr;
        }
        const std::string reason = method->applies != nullptr ? method->applies(metric, examples)
                                                              : "it is not for paired examples";
        if (reason.empty()) {
            return method;
        }
        problem = "method '" + wanted + "' does not apply to " + metric.name + ": " + reason +
                  "; " + methods_that_apply(metric, examples);
        return nullptr;
    }
    std::string last;
    for (const Method& method : catalog()) {
        if (method.applies == nullptr) {
            continue;
        }
        std::string reason = method.applies(metric, examples);
        if (reason.empty()) {
            return &method;
        }
        // The most general method is the last one that could fit, so its reason is the useful one.
        if (method.name == "weighted_bootstrap") {
            last = std::move(reason);
        }
    }
    problem = "no method applies to " + metric.name + ": " + last;
    return nullptr;
}

std::string undefined_side(const Comparison& out) {
    if (!out.candidate.defined()) {
        return "undefined on the candidate: " + out.candidate.reason();
    }
    if (!out.baseline.defined()) {
        return "undefined on the baseline: " + out.baseline.reason();
    }
    return {};
}

void note_clusters(const evidence::Examples& examples, const evidence::Rows& rows,
                   Comparison& out) {
    if (!is_clustered(examples)) {
        return;
    }
    const std::size_t clusters = occupied_clusters(examples, rows);
    std::string text = support::count_of(rows.size(), "example", "examples") + " in " +
                       support::count_of(clusters, "cluster", "clusters") +
                       "; the number of clusters is the size of the sample.";
    if (clusters < few_clusters) {
        add_note(out, "few_clusters", text + " Intervals from fewer than 20 are rough.");
    } else {
        add_note(out, "clustered", std::move(text));
    }
}

}  // namespace

Comparison compare(const metrics::Metric& metric, const evidence::Examples& examples,
                   const evidence::Rows& listed, const Margin& margin, const Options& options) {
    using evidence::Side;
    Comparison out;
    if (metric.definition == nullptr) {
        out.problem = "'" + metric.name +
                      "' is not a metric that can be computed from examples; `metricgate list "
                      "metrics` names those";
        return out;
    }
    const Method* method = choose(metric, examples, options.method, out.problem);
    if (method == nullptr) {
        return out;
    }
    out.method = method->name;
    out.problem = weights_problem(examples, listed);
    if (!out.problem.empty()) {
        return out;
    }
    if (std::holds_alternative<metrics::PairForm>(metric.definition->form)) {
        out.n = listed.size();
        out.insufficient = missing_support(metric, examples, listed, options);
        method->run(metric, examples, listed, margin, options, out);
        return out;
    }
    const evidence::Rows rows = rows_that_weigh(examples, listed);
    out.baseline = metrics::evaluate(metric, examples, Side::baseline, rows);
    out.candidate = metrics::evaluate(metric, examples, Side::candidate, rows);
    count_support(metric, examples, rows, out);
    out.problem = undefined_side(out);
    if (!out.problem.empty()) {
        return out;
    }
    if (options.candidate_interval) {
        out.candidate_interval = candidate_interval(metric, examples, rows, options);
    }
    out.insufficient = missing_support(metric, examples, rows, options);
    if (out.insufficient) {
        fill_point(metric, margin, out);
    } else if (metrics::identical_sides(metric, examples, rows)) {
        fill_identical(margin, options, out);
    } else {
        method->run(metric, examples, rows, margin, options, out);
    }
    note_clusters(examples, rows, out);
    return out;
}

}  // namespace metricgate::comparison
