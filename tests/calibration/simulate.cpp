#include "calibration/simulate.h"

#include <algorithm>
#include <stdexcept>

#include "comparison/column_checks.h"
#include "comparison/different_examples.h"
#include "metrics/catalog.h"
#include "metrics/evaluate.h"

namespace metricgate::calibration {
namespace {

bool may_decide(const verdict::CheckResult& row) {
    const auto& comparison = row.comparison;
    return comparison && comparison->problem.empty() && comparison->interval &&
           !comparison->insufficient && !comparison->degenerate;
}

bool has(const verdict::CheckResult& row, verdict::Status status) {
    return row.status == status;
}

void count_first(const verdict::CheckResult& row, double truth, Rates& rates) {
    if (may_decide(row)) {
        ++rates.judged;
        const auto& ratio = row.comparison->ratio;
        const auto& interval = *row.comparison->interval;
        rates.understated += (ratio ? ratio->upper < truth : interval.lower > truth) ? 1U : 0U;
        rates.overstated += (ratio ? ratio->lower > truth : interval.upper < truth) ? 1U : 0U;
    }
    rates.passed += has(row, verdict::Status::pass) ? 1U : 0U;
    rates.violated += has(row, verdict::Status::violated) ? 1U : 0U;
    const bool has_noise = row.comparison && row.comparison->noise.has_value();
    rates.above_noise +=
        has_noise && row.comparison->candidate.number() > row.comparison->noise->level ? 1U : 0U;
}

}  // namespace

Rates simulate(const std::string& name, const Trial& trial, double truth, std::size_t runs) {
    Rates rates;
    rates.runs = runs;
    for (std::size_t number = 0; number < runs; ++number) {
        Random random(name, number);
        std::vector<verdict::CheckResult> rows = trial(random);
        verdict::correct_for_multiplicity(rows, verdict::Correction::holm);
        count_first(rows.front(), truth, rates);
        const auto passes = [](const auto& row) { return has(row, verdict::Status::pass); };
        const auto regresses = [](const auto& row) { return has(row, verdict::Status::regressed); };
        const auto confirms = [](const auto& row) {
            return has(row, verdict::Status::regressed) && row.confirmed;
        };
        rates.all_passed += std::ranges::all_of(rows, passes) ? 1U : 0U;
        rates.any_regressed += std::ranges::any_of(rows, regresses) ? 1U : 0U;
        rates.any_confirmed += std::ranges::any_of(rows, confirms) ? 1U : 0U;
    }
    return rates;
}

metrics::Metric metric(const std::string& name) {
    metrics::Metric metric;
    metric.definition = metrics::find(name);
    if (metric.definition == nullptr) {
        throw std::invalid_argument("no metric '" + name + "'");
    }
    metric.name = name;
    metric.title = name;
    metric.direction = metric.definition->direction;
    return metric;
}

metrics::Metric value_mean() {
    metrics::Metric mean = metric("mean");
    mean.direction = metrics::Direction::lower_is_better;
    mean.parameters.column = "value";
    mean.statistic = "mean";
    return mean;
}

metrics::Metric value_quantile(double quantile) {
    metrics::Metric result = metric("quantile");
    result.direction = metrics::Direction::lower_is_better;
    result.parameters.column = "value";
    result.parameters.quantile = quantile;
    result.statistic = "p";
    return result;
}

comparison::Margin absolute(double margin) {
    comparison::Margin result;
    result.absolute = margin;
    return result;
}

comparison::Options asking_for(const std::string& method) {
    comparison::Options options;
    options.method = method;
    return options;
}

comparison::Margin relative(double share) {
    comparison::Margin result;
    result.relative = share;
    return result;
}

verdict::Rule rule_with(const comparison::Margin& margin) {
    verdict::Rule rule;
    rule.id = "check";
    rule.margin = margin;
    return rule;
}

verdict::Rule rule_with(double margin) {
    return rule_with(absolute(margin));
}

verdict::CheckResult judge_examples(const metrics::Metric& metric,
                                    const evidence::Examples& examples,
                                    const comparison::Margin& margin, std::uint64_t seed,
                                    const std::string& method) {
    metrics::Metric resolved = metric;
    const std::string problem = metrics::resolve(resolved, examples);
    if (!problem.empty()) {
        throw std::invalid_argument(problem);
    }
    comparison::Options options;
    options.seed = seed;
    options.method = method;
    options.min_examples = default_min_examples;
    return verdict::judge(rule_with(margin),
                          comparison::compare(resolved, examples,
                                              evidence::Rows::all(examples.rows), margin, options));
}

verdict::CheckResult judge_examples(const metrics::Metric& metric,
                                    const evidence::Examples& examples, double margin,
                                    std::uint64_t seed, const std::string& method) {
    return judge_examples(metric, examples, absolute(margin), seed, method);
}

verdict::CheckResult judge_different(const metrics::Metric& metric,
                                     const evidence::Examples& baseline,
                                     const evidence::Examples& candidate, double margin,
                                     std::uint64_t seed, const std::string& method) {
    metrics::Metric before = metric;
    metrics::Metric now = metric;
    for (const std::string& problem :
         {metrics::resolve(before, baseline), metrics::resolve(now, candidate)}) {
        if (!problem.empty()) {
            throw std::invalid_argument(problem);
        }
    }
    comparison::Options options;
    options.seed = seed;
    options.method = method;
    options.min_examples = default_min_examples;
    const auto rows_before = evidence::Rows::all(baseline.rows);
    const auto rows_now = evidence::Rows::all(candidate.rows);
    return verdict::judge(
        rule_with(margin),
        comparison::compare_different({before, baseline, rows_before}, {now, candidate, rows_now},
                                      absolute(margin), options));
}

verdict::CheckResult judge_columns(const metrics::Metric& metric,
                                   const evidence::ColumnSides& sides, double maximum,
                                   std::uint64_t seed) {
    comparison::Options options;
    options.seed = seed;
    options.min_examples = default_min_examples;
    verdict::Rule rule;
    rule.id = "check";
    rule.higher_is_better = false;
    rule.maximum = verdict::Limit{maximum, {}};
    return verdict::judge(rule, comparison::compare(metric, sides, "column", {}, options));
}

}  // namespace metricgate::calibration
