// Paired predictions: evaluates both sides, looks at support and identity, picks the method.
#include <algorithm>
#include <functional>

#include "comparison/candidate_interval.h"
#include "comparison/catalog.h"
#include "comparison/columns.h"
#include "comparison/constant_loss.h"
#include "comparison/contrast.h"
#include "comparison/support_floors.h"
#include "metrics/evaluate.h"
#include "metrics/reduce.h"
#include "support/text.h"

namespace metricgate::comparison {
namespace {

/// With fewer clusters intervals are rough; a note says so.
constexpr std::size_t few_clusters = 20;

const Method* method_for(const metrics::Metric& metric, const evidence::Examples& examples,
                         const std::string& wanted, std::string& problem) {
    const auto applies = [&](const Method& method) {
        return method.applies != nullptr ? method.applies(metric, examples)
                                         : std::string("it is not for paired examples");
    };
    return choose(wanted, metric.name, "weighted_bootstrap", applies, problem);
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
                   const std::string& unit, Comparison& out) {
    if (!is_clustered(examples)) {
        return;
    }
    const std::size_t clusters = occupied_clusters(examples, rows);
    add_fact(out, "clusters", clusters);
    std::string text = std::to_string(rows.size()) + " " + unit + " in " +
                       support::count_of(clusters, "cluster", "clusters") +
                       "; the number of clusters is the size of the sample.";
    if (clusters < few_clusters) {
        add_note(out, "few_clusters", text + " Intervals from fewer than 20 are rough.");
    } else {
        add_note(out, "clustered", std::move(text));
    }
}

/// Whether both sides hold the same evidence; asked late, since it takes a pass over the rows.
using SameSides = std::function<bool(const evidence::Rows&)>;

/// `listed` examples of a metric that is judged on them as they are; `unit` is what an example is.
Comparison compare_examples(const metrics::Metric& metric, const evidence::Examples& examples,
                            const evidence::Rows& listed, const Margin& margin,
                            const Options& options, const std::string& unit,
                            const SameSides& same) {
    using evidence::Side;
    Comparison out;
    const Method* method = method_for(metric, examples, options.method, out.problem);
    const bool limits_only = !metric.definition->no_margin.empty();
    if (method == nullptr && !(limits_only && options.method.empty())) {
        return out;
    }
    out.method = method != nullptr ? method->name : "";
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
    if (limits_only) {
        // Held against limits only: a change between the sides would mislead.
        out.method = out.candidate_interval ? out.method : "";
    } else if (out.insufficient) {
        fill_point(metric, margin, out);
    } else if (same(rows)) {
        fill_identical(margin, options, out);
        if (out.margin) {
            out.insufficient =
                missing_identity(metric, examples, rows, out.margin->margin, options);
        }
    } else {
        method->run(metric, examples, rows, margin, options, out);
        let_constant_loss_stand(
            is_clustered(examples) ? occupied_clusters(examples, rows) : rows.size(), options, out);
    }
    note_clusters(examples, rows, unit, out);
    return out;
}

/// A metric that is judged on what the examples are reduced to. Two sides are the same when the
/// examples are: different scores often give the same value to every query.
Comparison compare_reduced(const metrics::Metric& metric, const evidence::Examples& examples,
                           const evidence::Rows& listed, const Margin& margin,
                           const Options& options) {
    Comparison out;
    out.problem = weights_problem(examples, listed);
    if (!out.problem.empty()) {
        return out;
    }
    const evidence::Rows rows = rows_that_weigh(examples, listed);
    const metrics::Reduced reduced = metrics::reduce(metric, examples, rows);
    out.problem = problem_of(reduced);
    if (!out.problem.empty()) {
        return out;
    }
    out = compare_examples(
        reduced.metric, reduced.examples, evidence::Rows::all(reduced.examples.rows), margin,
        options, reduced.unit,
        [&](const evidence::Rows&) { return metrics::identical_sides(metric, examples, rows); });
    count_reduced(reduced, options, out);
    return out;
}

}  // namespace

Comparison compare(const metrics::Metric& metric, const evidence::Examples& examples,
                   const evidence::Rows& listed, const Margin& margin, const Options& options) {
    Comparison out;
    if (metric.definition == nullptr) {
        out.problem = "'" + metric.name +
                      "' is not a metric that can be computed from examples; `metricgate list "
                      "metrics` names those";
        return out;
    }
    if (std::holds_alternative<metrics::ReducedForm>(metric.definition->form)) {
        out = compare_reduced(metric, examples, listed, margin, options);
    } else {
        out = compare_examples(metric, examples, listed, margin, options, "examples",
                               [&](const evidence::Rows& rows) {
                                   return metrics::identical_sides(metric, examples, rows);
                               });
    }
    note_caution(metric, out);
    return out;
}

}  // namespace metricgate::comparison
