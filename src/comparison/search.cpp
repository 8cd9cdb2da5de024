#include "comparison/search.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <map>
#include <optional>
#include <tuple>

#include "comparison/columns.h"
#include "comparison/contrast.h"
#include "comparison/paired_outcomes.h"
#include "comparison/part_sums.h"
#include "comparison/rounding.h"
#include "comparison/support_floors.h"
#include "metrics/catalog.h"
#include "metrics/evaluate.h"
#include "stats/distributions.h"
#include "stats/exact_sum.h"
#include "stats/proportions.h"
#include "support/text.h"

namespace metricgate::comparison {
namespace {

using evidence::Examples;
using evidence::Rows;
using evidence::Side;

/// Below as many discordant pairs the score interval of a mean of 0/1 outcomes passes too often.
constexpr std::size_t least_discordant = 20;

/// What units add to the mean of one part: the amount S and the weight N of each.
struct ScoreSums {
    double mean = 0.0;
    double weight = 0.0;          ///< sum of N
    double weight_squares = 0.0;  ///< sum of N^2
    double spread = 0.0;          ///< sum of e^2, e = S - mean N
    double spread_weight = 0.0;   ///< sum of e N
    std::size_t units = 0;
};

template <class Number>
double exact(const std::vector<Number>& numbers) {
    stats::ExactSum sum;
    for (const double number : numbers) {
        sum.add(number);
    }
    return sum.value();
}

/// The units of `rows` with what each adds, `value(row)` weighted.
template <class Value>
ScoreSums score_sums(const ExampleTerms& terms, const Examples& examples, const Rows& rows,
                     Value value) {
    std::map<std::uint32_t, std::pair<stats::ExactSum, stats::ExactSum>> clusters;
    std::vector<double> amounts;
    std::vector<double> weights;
    for (std::size_t i = 0; i < rows.size(); ++i) {
        const std::size_t row = rows[i];
        const double weight = terms.weights[row];
        if (!(weight > 0.0)) {
            continue;
        }
        if (examples.cluster) {
            auto& [amount, own] = clusters[examples.cluster->codes[row]];
            amount.add(weight * value(row));
            own.add(weight);
        } else {
            amounts.push_back(weight * value(row));
            weights.push_back(weight);
        }
    }
    for (const auto& [code, sums] : clusters) {
        amounts.push_back(sums.first.value());
        weights.push_back(sums.second.value());
    }
    ScoreSums result;
    result.units = amounts.size();
    result.weight = exact(weights);
    result.mean = result.weight > 0.0 ? exact(amounts) / result.weight : 0.0;
    std::vector<double> squares(amounts.size());
    std::vector<double> products(amounts.size());
    std::vector<double> sizes(amounts.size());
    for (std::size_t i = 0; i < amounts.size(); ++i) {
        const double residual = amounts[i] - result.mean * weights[i];
        squares[i] = residual * residual;
        products[i] = residual * weights[i];
        sizes[i] = weights[i] * weights[i];
    }
    result.spread = exact(squares);
    result.spread_weight = exact(products);
    result.weight_squares = exact(sizes);
    return result;
}

/// The changes mu with |sum (S - mu N)| <= c sqrt(sum (S - mu N)^2), a quadratic inequality in
/// mu - mean; unbounded when c^2 reaches (sum N)^2 / sum N^2, the effective number of units.
Contrast score_contrast(const ScoreSums& sums, double critical) {
    constexpr double unbounded = std::numeric_limits<double>::infinity();
    const double c2 = critical * critical;
    const double a = sums.weight * sums.weight - c2 * sums.weight_squares;
    Contrast contrast{.estimate = sums.mean, .lower = -unbounded, .upper = unbounded};
    const auto units = static_cast<double>(sums.units);
    contrast.standard_error =
        sums.units > 1 ? std::sqrt(sums.spread * units / (units - 1.0)) / sums.weight : unbounded;
    if (a > 0.0) {
        const double b = c2 * sums.spread_weight;
        const double root = std::sqrt(b * b + a * c2 * sums.spread);
        contrast.lower = sums.mean + (-b - root) / a;
        contrast.upper = sums.mean + (-b + root) / a;
    }
    return contrast;
}

/// The parts' common ground.
struct Ground {
    const metrics::Metric& metric;
    const Examples& examples;
    const ExampleTerms& terms;
    const Margin& margin;
    Options options;        ///< its confidence is that of the report
    double critical = 0.0;  ///< instead of the normal quantile of one part
    double one_part = 0.0;  ///< the confidence that one part alone would have with it
};

std::size_t discordant(const ExampleTerms& terms, const Rows& rows) {
    std::size_t count = 0;
    for (std::size_t i = 0; i < rows.size(); ++i) {
        const std::size_t row = rows[i];
        count += terms.weights[row] > 0.0 && terms.baseline[row] != terms.candidate[row] ? 1U : 0U;
    }
    return count;
}

Contrast contrast_of(const Ground& ground, const Rows& rows, double factor) {
    const double s = ground.metric.orientation();
    const ExampleTerms& terms = ground.terms;
    const bool score_test = metrics::is_outcome(ground.metric) && !is_weighted(ground.examples) &&
                            !is_clustered(ground.examples);
    const ScoreSums sums = score_sums(terms, ground.examples, rows, [&](std::size_t row) {
        return s * (terms.candidate[row] - factor * terms.baseline[row]);
    });
    Contrast contrast = score_contrast(sums, ground.critical);
    if (score_test && factor == 1.0) {
        const stats::PairedCounts counts = paired_counts(ground.metric, ground.examples, rows);
        const stats::Interval interval = stats::tango(counts, ground.one_part);
        contrast.estimate = counts.difference();
        contrast.lower = interval.lower;
        contrast.upper = interval.upper;
    }
    return contrast;
}

Comparison compare_part(const Ground& ground, const Rows& listed, double p) {
    Comparison out;
    out.method = search_method;
    out.problem = weights_problem(ground.examples, listed);
    if (!out.problem.empty()) {
        return out;
    }
    const Rows rows = rows_that_weigh(ground.examples, listed);
    out.baseline = metrics::evaluate(ground.metric, ground.examples, Side::baseline, rows);
    out.candidate = metrics::evaluate(ground.metric, ground.examples, Side::candidate, rows);
    count_support(ground.metric, ground.examples, rows, out);
    if (!out.baseline.defined() || !out.candidate.defined()) {
        out.problem = "undefined: " +
                      (out.candidate.defined() ? out.baseline.reason() : out.candidate.reason());
        return out;
    }
    if (metrics::identical_sides(ground.metric, ground.examples, rows)) {
        fill_identical(ground.margin, ground.options, out);
        return out;
    }
    const bool rough = is_weighted(ground.examples) || is_clustered(ground.examples) ||
                       ground.margin.relative.has_value();
    if (metrics::is_outcome(ground.metric) && rough) {
        const std::size_t have = discordant(ground.terms, rows);
        if (have < least_discordant) {
            out.insufficient = Insufficient{"discordant pairs", have, least_discordant};
        }
    }
    const double rounding = 16.0 * unit_in_last_place(std::max(std::abs(out.baseline.number()),
                                                               std::abs(out.candidate.number())));
    Contrasts contrasts;
    contrasts.at = [&](double factor) {
        Contrast contrast = contrast_of(ground, rows, factor);
        contrast.p_no_loss = p;
        // The test decides, not the last digit of the interval.
        if (factor == 1.0 && p > 1.0 - ground.options.confidence && !(contrast.upper > rounding)) {
            contrast.upper = 0.0;
        }
        return contrast;
    };
    const ScoreSums baseline =
        score_sums(ground.terms, ground.examples, rows,
                   [&](std::size_t row) { return ground.terms.baseline[row]; });
    contrasts.baseline_standard_error = score_contrast(baseline, 0.0).standard_error;
    if (!std::isfinite(contrasts.at(1.0).lower)) {
        const auto needed = static_cast<std::size_t>(ground.critical * ground.critical) + 1;
        out.insufficient = Insufficient{"independent examples", baseline.units, needed};
        fill_point(ground.metric, ground.margin, out);
        return out;
    }
    fill(ground.metric, ground.margin, ground.options, contrasts, out);
    Options at_once = ground.options;
    at_once.confidence = ground.one_part;
    fill_power(at_once, out.standard_error.value_or(0.0), out);
    return out;
}

/// How bad a part is; smaller is worse.
enum class Group { problem, worse, leans_worse, open, passes };

Group group_of(const Comparison& part) {
    if (!part.problem.empty()) {
        return Group::problem;
    }
    const bool judged = !part.insufficient && !part.degenerate && part.interval && part.margin;
    if (part.identical || (judged && part.margin->lower > 0.0)) {
        return Group::passes;
    }
    const bool reaches = part.margin && part.margin->estimate <= 0.0;
    if (judged && part.interval->upper < 0.0 && reaches) {
        return Group::worse;
    }
    return reaches ? Group::leans_worse : Group::open;
}

bool is_searched(const metrics::Definition& definition) {
    if (!definition.no_margin.empty()) {
        return false;
    }
    const auto* moments = std::get_if<metrics::MomentsForm>(&definition.form);
    return (moments != nullptr && moments->combine == nullptr && moments->terms == 1) ||
           std::holds_alternative<metrics::OutcomesForm>(definition.form);
}

}  // namespace

std::string why_not_searched(const metrics::Metric& metric) {
    if (metric.definition != nullptr && is_searched(*metric.definition)) {
        const bool averaged =
            std::holds_alternative<metrics::OutcomesForm>(metric.definition->form) &&
            !metrics::is_outcome(metric);
        return averaged ? "a search with `discover` takes recall and the like of one class, not an "
                          "average over classes; use `class: NAME` or `average: per_class`"
                        : "";
    }
    std::vector<std::string> names;
    for (const metrics::Definition& definition : metrics::catalog()) {
        if (is_searched(definition)) {
            names.emplace_back(definition.name);
        }
    }
    return "a search with `discover` takes metrics that are a mean over examples (" +
           support::enumerate(names) + "), and '" + metric.name +
           "' is none; search one of those, or judge this one on slices without `discover`";
}

WorstPart find_worst(const metrics::Metric& metric, const Examples& examples, const Rows& all,
                     const std::vector<Rows>& parts, const Margin& margin, const Options& options) {
    WorstPart worst;
    const ExampleTerms terms = example_terms(metric, examples, all);
    if (!terms.problem.empty()) {
        worst.comparison.method = search_method;
        worst.comparison.problem = terms.problem;
        return worst;
    }
    const stats::SignedAmounts amounts =
        signed_amounts(terms, examples, all, parts, metric.orientation());
    const std::vector<std::int64_t> sums = stats::sums_of_parts(amounts);
    const std::vector<double> scales = stats::scales_of_parts(amounts);
    const stats::SearchNull null(amounts, scales, options.seed, options.confidence);
    const double critical = null.critical_value();
    const Ground ground{
        metric, examples, terms, margin, options, critical, stats::normal_cdf(critical)};
    Search search{.searched = parts.size(), .critical_value = critical};
    std::optional<std::tuple<Group, double>> lowest;
    for (std::size_t part = 0; part < parts.size(); ++part) {
        const double lost = stats::lost(sums[part], scales[part]);
        Comparison compared = compare_part(ground, parts[part], null.p(lost));
        const Group group = group_of(compared);
        search.worse += group == Group::worse ? 1U : 0U;
        search.open += group == Group::leans_worse || group == Group::open ? 1U : 0U;
        const std::tuple<Group, double> rank{group, -lost};
        if (!lowest || rank < *lowest) {
            lowest = rank;
            worst.index = part;
            worst.comparison = std::move(compared);
        }
    }
    worst.comparison.search = search;
    return worst;
}

}  // namespace metricgate::comparison
