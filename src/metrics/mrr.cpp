#include <algorithm>

#include "metrics/definitions.h"
#include "metrics/per_query.h"

namespace metricgate::metrics {
namespace {

/// The mean of 1 / place of the first of `relevant` results over all orders of `tied` results that
/// start behind `before` others; places behind `cut` count 0.
double mean_reciprocal(std::size_t before, std::size_t tied, std::size_t relevant,
                       std::size_t cut) {
    double chance = static_cast<double>(relevant) / static_cast<double>(tied);
    double mean = 0.0;
    for (std::size_t place = 1; place + relevant <= tied + 1; ++place) {
        if (before + place <= cut) {
            mean += chance / static_cast<double>(before + place);
        }
        if (place < tied) {
            // From "first at this place" to "first at the next".
            chance *= static_cast<double>(tied - place - relevant + 1) /
                      static_cast<double>(tied - place);
        }
    }
    return mean;
}

Value reciprocal_rank(const RankedQuery& query, const Parameters& parameters) {
    const std::size_t all = query.grade.size();
    const std::size_t cut = parameters.k == 0 ? all : std::min(parameters.k, all);
    for (std::size_t begin = 0; begin < cut;) {
        const std::size_t end = end_of_tie(query, begin);
        const auto tie = query.grade.subspan(begin, end - begin);
        const auto relevant = static_cast<std::size_t>(
            std::ranges::count_if(tie, [](double grade) { return grade > 0.0; }));
        if (relevant > 0) {
            return Value::of(mean_reciprocal(begin, tie.size(), relevant, cut));
        }
        begin = end;
    }
    return Value::of(0.0);
}

}  // namespace

Definition mrr() {
    Definition definition;
    definition.name = "mrr";
    definition.summary = "mean over queries of 1 / place of the first relevant result";
    definition.formula =
        "mean over queries of 1 / place of the first result with a label above 0, 0 when there is "
        "none, or none within the first `k` places (default: all); tied scores: the mean over all "
        "their orders";
    definition.needs = target | ranking_score | query_column;
    definition.form = ReducedForm{
        [](const Metric& metric, const evidence::Examples& examples, const evidence::Rows& rows) {
            return per_query(metric, examples, rows, reciprocal_rank);
        }};
    definition.takes = setting_k;
    return definition;
}

}  // namespace metricgate::metrics
