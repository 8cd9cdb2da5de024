#include "comparison/recorded.h"

#include <algorithm>
#include <cmath>

#include "comparison/contrast.h"
#include "comparison/ratio.h"
#include "metrics/evaluate.h"
#include "stats/means.h"
#include "stats/quantiles.h"

namespace metricgate::comparison {
namespace {

const char* in_words(support::NumberKind kind) {
    switch (kind) {
        case support::NumberKind::finite:
            return "a finite number";
        case support::NumberKind::not_a_number:
            return "NaN";
        case support::NumberKind::positive_infinity:
            return "infinite";
        case support::NumberKind::negative_infinity:
            return "negative infinite";
        case support::NumberKind::malformed:
            return "not a number";
        case support::NumberKind::out_of_range:
            return "out of the range of numbers";
    }
    return "not a number";
}

std::string number_problem(const support::ParsedNumber& number, const std::string& what) {
    if (number.kind != support::NumberKind::finite) {
        return what + " is " + in_words(number.kind) + "; a finite number is wanted";
    }
    return std::isfinite(number.value) ? "" : what + " is not finite; a finite number is wanted";
}

}  // namespace

std::string scalar_problem(const evidence::Scalar& scalar, const char* side) {
    const std::string owner = std::string("the ") + side + "'s ";
    std::string problem = number_problem(scalar.value, owner + "value");
    if (problem.empty() && scalar.standard_error) {
        problem = number_problem(*scalar.standard_error, owner + "standard error");
        if (problem.empty() && !(scalar.standard_error->value >= 0.0)) {
            problem = owner + "standard error is negative; a number of 0 or more is wanted";
        }
    }
    return problem;
}

bool is_proportion(const metrics::Metric& metric, const evidence::Scalar& scalar) {
    return metric.definition != nullptr && metrics::is_outcome(metric) && scalar.n &&
           *scalar.n > 0 && scalar.value.value >= 0.0 && scalar.value.value <= 1.0;
}

std::optional<Insufficient> missing_examples(const metrics::Metric& metric,
                                             const evidence::Scalar& scalar,
                                             const Options& options) {
    const bool few = is_proportion(metric, scalar) && *scalar.n < options.min_examples;
    return few ? std::optional(Insufficient{"examples", static_cast<std::size_t>(*scalar.n),
                                            options.min_examples})
               : std::nullopt;
}

std::string samples_problem(const evidence::Samples& samples, const char* side) {
    if (samples.flaw) {
        return support::describe(*samples.flaw);
    }
    if (samples.values.empty()) {
        return std::string("the ") + side + " has no runs";
    }
    const bool finite =
        std::ranges::all_of(samples.values, [](double value) { return std::isfinite(value); });
    return finite ? "" : std::string("a run of the ") + side + " is not a finite number";
}

bool summarised_by_quantile(const metrics::Metric& metric) {
    return !metric.statistic.empty() && metric.statistic != "mean" && !is_geometric(metric);
}

metrics::Metric summarised_for(const metrics::Metric& metric, const Options& options,
                               Comparison& out) {
    metrics::Metric summarised = metric;
    if (metric.statistic.empty() && options.method == "log_ratio") {
        summarised.statistic = "geometric_mean";
        add_note(out, "geometric_means", "The values are geometric means of the runs.");
    }
    return summarised;
}

std::string undefined_summary(const Comparison& out) {
    if (!out.candidate.defined()) {
        return "undefined on the candidate: " + out.candidate.reason();
    }
    return out.baseline.defined() ? "" : "undefined on the baseline: " + out.baseline.reason();
}

metrics::Value summarise(const metrics::Metric& metric, const evidence::Samples& samples) {
    if (summarised_by_quantile(metric)) {
        std::vector<double> sorted = samples.values;
        std::ranges::sort(sorted);
        return metrics::Value::of(stats::quantile_sorted(sorted, metric.parameters.quantile));
    }
    if (is_geometric(metric)) {
        std::string problem;
        const std::vector<double> logs = logs_of(samples.values, "side", problem);
        return problem.empty()
                   ? metrics::Value::of(std::exp(stats::paired_mean(logs).mean))
                   : metrics::Value::undefined("a run is not above 0, so it has no geometric mean");
    }
    const metrics::Value mean = metrics::Value::of(stats::paired_mean(samples.values).mean);
    return mean.defined()
               ? mean
               : metrics::Value::undefined("the summary of the runs is not a finite number");
}

}  // namespace metricgate::comparison
