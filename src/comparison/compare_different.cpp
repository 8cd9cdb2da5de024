// Predictions on different examples: evaluates each side on its own, picks the method.
#include <algorithm>

#include "comparison/candidate_interval.h"
#include "comparison/catalog.h"
#include "comparison/columns.h"
#include "comparison/constant_loss.h"
#include "comparison/contrast.h"
#include "comparison/different_examples.h"
#include "comparison/support_floors.h"
#include "metrics/evaluate.h"

namespace metricgate::comparison {
namespace {

/// A side's value with what it rests on.
struct Side {
    evidence::Rows rows = evidence::Rows::all(0);
    metrics::Value value = metrics::Value::undefined("not evaluated");
    std::optional<Insufficient> insufficient;
    std::uint64_t n = 0;
    std::string n_unit;
    std::string problem;
};

Side evaluated(const OneSide& side, const Options& options, const char* name) {
    Side result;
    result.problem = weights_problem(side.examples, side.rows);
    if (!result.problem.empty()) {
        return result;
    }
    result.rows = rows_that_weigh(side.examples, side.rows);
    result.value =
        metrics::evaluate(side.metric, side.examples, evidence::Side::candidate, result.rows);
    Comparison counted;
    count_support(side.metric, side.examples, result.rows, counted);
    result.n = counted.n;
    result.n_unit = counted.n_unit;
    if (!result.value.defined()) {
        result.problem = std::string("undefined on the ") + name + ": " + result.value.reason();
        return result;
    }
    result.insufficient = missing_support(side.metric, side.examples, result.rows, options);
    if (result.insufficient) {
        result.insufficient->of += std::string(" in the ") + name;
    }
    return result;
}

const Method* method_for(const OneSide& baseline, const OneSide& candidate,
                         const std::string& wanted, std::string& problem) {
    const auto applies = [&](const Method& method) {
        return method.applies_to_different != nullptr
                   ? method.applies_to_different(baseline, candidate)
                   : std::string("it is not for sides that are different examples");
    };
    return choose(wanted, candidate.metric.name + " of different examples", "mover", applies,
                  problem);
}

}  // namespace

Comparison compare_different(const OneSide& baseline, const OneSide& candidate,
                             const Margin& margin, const Options& options) {
    Comparison out;
    if (candidate.metric.definition == nullptr) {
        out.problem = "'" + candidate.metric.name +
                      "' is not a metric that can be computed from examples; `metricgate list "
                      "metrics` names those";
        return out;
    }
    const Method* method = method_for(baseline, candidate, options.method, out.problem);
    if (method == nullptr) {
        return out;
    }
    out.method = method->name;
    const Side now = evaluated(candidate, options, "candidate");
    const Side before = evaluated(baseline, options, "baseline");
    out.candidate = now.value;
    out.baseline = before.value;
    out.n = std::min(now.n, before.n);
    out.n_unit = now.n_unit + (now.n == before.n ? " per side" : " on the smaller side");
    out.problem = now.problem.empty() ? before.problem : now.problem;
    if (!out.problem.empty()) {
        return out;
    }
    if (options.candidate_interval) {
        out.candidate_interval =
            candidate_interval(candidate.metric, candidate.examples, now.rows, options);
    }
    out.insufficient = now.insufficient ? now.insufficient : before.insufficient;
    if (out.insufficient) {
        fill_point(candidate.metric, margin, out);
    } else {
        method->run_different({baseline.metric, baseline.examples, before.rows},
                              {candidate.metric, candidate.examples, now.rows}, margin, options,
                              out);
        let_constant_loss_stand(out.n, options, out);
    }
    add_note(
        out, "different_examples",
        "The two sides are different examples; nothing pairs them, so the noise of both counts "
        "in full.");
    return out;
}

}  // namespace metricgate::comparison
