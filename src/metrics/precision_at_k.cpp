#include <algorithm>

#include "metrics/definitions.h"
#include "metrics/per_query.h"

namespace metricgate::metrics {
namespace {

Value precision_of_query(const RankedQuery& query, const Parameters& parameters) {
    const std::size_t cut = std::min(parameters.k, query.grade.size());
    double hits = 0.0;
    for (std::size_t begin = 0; begin < cut;) {
        const std::size_t end = end_of_tie(query, begin);
        const auto tie = query.grade.subspan(begin, end - begin);
        const auto relevant = static_cast<double>(
            std::ranges::count_if(tie, [](double grade) { return grade > 0.0; }));
        const auto within = static_cast<double>(std::min(end, cut) - begin);
        hits += relevant * within / static_cast<double>(tie.size());
        begin = end;
    }
    return parameters.k > 0 ? Value::of(hits / static_cast<double>(parameters.k))
                            : Value::undefined("`k` is not given");
}

}  // namespace

Definition precision_at_k() {
    Definition definition;
    definition.name = "precision_at_k";
    definition.summary = "mean over queries of the share of relevant results among the first k";
    definition.formula =
        "mean over queries of #{results among the first `k` with a label above 0} / k; the places "
        "that a shorter list leaves empty are not relevant; where tied scores reach across the "
        "cut, the mean over all their orders";
    definition.needs = target | ranking_score | query_column;
    definition.form = ReducedForm{
        [](const Metric& metric, const evidence::Examples& examples, const evidence::Rows& rows) {
            return per_query(metric, examples, rows, precision_of_query);
        }};
    definition.takes = setting_k;
    definition.must_say = setting_k;
    return definition;
}

}  // namespace metricgate::metrics
