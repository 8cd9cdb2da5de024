// The candidate alone: its value, how much it rests on and, when asked, its interval.
#include "comparison/candidate_interval.h"
#include "comparison/columns.h"
#include "comparison/comparison.h"
#include "comparison/contrast.h"
#include "comparison/recorded.h"
#include "comparison/support_floors.h"
#include "metrics/evaluate.h"
#include "metrics/reduce.h"

namespace metricgate::comparison {
namespace {

Comparison without_baseline() {
    Comparison out;
    out.baseline = metrics::Value::undefined("there is no baseline");
    return out;
}

/// A metric that is judged on what the examples are reduced to.
Comparison describe_reduced(const metrics::Metric& metric, const evidence::Examples& examples,
                            const evidence::Rows& listed, const Options& options) {
    Comparison out = without_baseline();
    out.problem = weights_problem(examples, listed);
    if (!out.problem.empty()) {
        return out;
    }
    const metrics::Reduced reduced =
        metrics::reduce(metric, examples, rows_that_weigh(examples, listed));
    out.problem = problem_of(reduced);
    if (!out.problem.empty()) {
        return out;
    }
    out = describe(reduced.metric, reduced.examples, evidence::Rows::all(reduced.examples.rows),
                   options);
    count_reduced(reduced, options, out);
    note_caution(metric, out);
    return out;
}

}  // namespace

Comparison describe(const metrics::Metric& metric, const evidence::Examples& examples,
                    const evidence::Rows& listed, const Options& options) {
    Comparison out = without_baseline();
    if (metric.definition == nullptr) {
        out.problem = "'" + metric.name + "' is not a metric that can be computed from examples";
        return out;
    }
    if (std::holds_alternative<metrics::ReducedForm>(metric.definition->form)) {
        return describe_reduced(metric, examples, listed, options);
    }
    if (std::holds_alternative<metrics::PairForm>(metric.definition->form)) {
        out.problem = "'" + metric.name + "' counts over both sides, and there is no baseline";
        return out;
    }
    out.problem = weights_problem(examples, listed);
    if (!out.problem.empty()) {
        return out;
    }
    const evidence::Rows rows = rows_that_weigh(examples, listed);
    out.candidate = metrics::evaluate(metric, examples, evidence::Side::candidate, rows);
    count_support(metric, examples, rows, out);
    if (!out.candidate.defined()) {
        out.problem = "undefined on the candidate: " + out.candidate.reason();
        return out;
    }
    if (options.candidate_interval) {
        out.candidate_interval = candidate_interval(metric, examples, rows, options);
    }
    out.insufficient = missing_support(metric, examples, rows, options);
    note_caution(metric, out);
    return out;
}

Comparison describe(const metrics::Metric& metric, const evidence::Scalar& candidate,
                    const Options& options) {
    Comparison out = without_baseline();
    out.problem = scalar_problem(candidate, "candidate");
    if (!out.problem.empty()) {
        return out;
    }
    out.candidate = metrics::Value::of(candidate.value.value);
    out.n = candidate.n.value_or(0);
    out.uncertainty_known =
        candidate.standard_error || candidate.events || is_proportion(metric, candidate);
    if (options.candidate_interval) {
        out.candidate_interval = candidate_interval(metric, candidate, options);
    }
    out.insufficient = missing_examples(metric, candidate, options);
    return out;
}

Comparison describe(const metrics::Metric& asked, const evidence::Samples& candidate,
                    const Options& options) {
    Comparison out = without_baseline();
    out.problem = samples_problem(candidate, "candidate");
    if (!out.problem.empty()) {
        return out;
    }
    const metrics::Metric metric = summarised_for(asked, options, out);
    out.candidate = summarise(metric, candidate);
    out.n = candidate.values.size();
    out.n_unit = "runs";
    if (!out.candidate.defined()) {
        out.problem = "undefined on the candidate: " + out.candidate.reason();
        return out;
    }
    if (options.candidate_interval) {
        out.candidate_interval = candidate_interval(metric, candidate, options);
    }
    return out;
}

}  // namespace metricgate::comparison
