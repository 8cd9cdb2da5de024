#include <algorithm>
#include <cmath>
#include <functional>
#include <vector>

#include "metrics/definitions.h"
#include "metrics/per_query.h"

namespace metricgate::metrics {
namespace {

double gain_of(double grade, const Parameters& parameters) {
    return parameters.exponential_gain ? std::exp2(grade) - 1.0 : grade;
}

double discount_at(std::size_t position) {
    return 1.0 / std::log2(static_cast<double>(position) + 2.0);
}

/// Tied results share the discounts of their places, which is the mean over all their orders:
/// McSherry and Najork, "Computing information retrieval performance measures efficiently in the
/// presence of tied scores" (ECIR 2008).
double gain_in_order(const RankedQuery& query, std::size_t cut, const Parameters& parameters) {
    double sum = 0.0;
    for (std::size_t begin = 0; begin < cut;) {
        const std::size_t end = end_of_tie(query, begin);
        double gain = 0.0;
        double discount = 0.0;
        for (std::size_t at = begin; at < end; ++at) {
            gain += gain_of(query.grade[at], parameters);
            discount += at < cut ? discount_at(at) : 0.0;
        }
        sum += gain / static_cast<double>(end - begin) * discount;
        begin = end;
    }
    return sum;
}

double largest_gain(const RankedQuery& query, std::size_t cut, const Parameters& parameters) {
    std::vector<double> grades(query.grade.begin(), query.grade.end());
    std::ranges::sort(grades, std::greater<>());
    double sum = 0.0;
    for (std::size_t at = 0; at < cut; ++at) {
        sum += gain_of(grades[at], parameters) * discount_at(at);
    }
    return sum;
}

Value ndcg_of_query(const RankedQuery& query, const Parameters& parameters) {
    const std::size_t all = query.grade.size();
    const std::size_t cut = parameters.k == 0 ? all : std::min(parameters.k, all);
    const double ideal = largest_gain(query, cut, parameters);
    if (!(ideal > 0.0)) {
        return Value::undefined(
            "a query without a relevant result has no NDCG (`when_undefined: "
            "0` counts it as 0)");
    }
    return Value::of(gain_in_order(query, cut, parameters) / ideal);
}

}  // namespace

Definition ndcg() {
    Definition definition;
    definition.name = "ndcg";
    definition.summary = "mean over queries of the discounted gain, divided by the best possible";
    definition.formula =
        "mean over queries of DCG / DCG in the best order, DCG = sum over the first `k` places "
        "(default: all) of gain / log2(place + 1); gain is the grade (the label, at least 0), or "
        "2^grade - 1 with `gain: exponential`; tied scores share their places' discounts; a list "
        "shorter than `k` is taken whole; undefined for a query without a grade above 0, unless "
        "`when_undefined` gives the value";
    definition.needs = target | ranking_score | query_column;
    definition.form = ReducedForm{
        [](const Metric& metric, const evidence::Examples& examples, const evidence::Rows& rows) {
            return per_query(metric, examples, rows, ndcg_of_query);
        }};
    definition.takes = setting_k | setting_gain;
    definition.takes_when_undefined = true;
    return definition;
}

}  // namespace metricgate::metrics
