#include <algorithm>

#include "metrics/definitions.h"
#include "metrics/per_query.h"

namespace metricgate::metrics {
namespace {

Value average_precision_of_query(const RankedQuery& query, const Parameters&) {
    double area = 0.0;
    std::size_t found = 0;
    for (std::size_t begin = 0; begin < query.grade.size();) {
        const std::size_t end = end_of_tie(query, begin);
        const auto tie = query.grade.subspan(begin, end - begin);
        const auto relevant = static_cast<std::size_t>(
            std::ranges::count_if(tie, [](double grade) { return grade > 0.0; }));
        found += relevant;
        area +=
            static_cast<double>(relevant) * static_cast<double>(found) / static_cast<double>(end);
        begin = end;
    }
    if (found == 0) {
        return Value::undefined(
            "a query without a relevant result has no average precision "
            "(`when_undefined: 0` counts it as 0)");
    }
    return Value::of(area / static_cast<double>(found));
}

}  // namespace

Definition mean_average_precision() {
    Definition definition;
    definition.name = "mean_average_precision";
    definition.summary = "mean over queries of the average precision";
    definition.formula =
        "mean over queries of the mean, over the results with a label above 0, of the share of "
        "such results among all that score at least as high; tied scores are one step; undefined "
        "for a query without a label above 0, unless `when_undefined` gives the value";
    definition.needs = target | ranking_score | query_column;
    definition.form = ReducedForm{
        [](const Metric& metric, const evidence::Examples& examples, const evidence::Rows& rows) {
            return per_query(metric, examples, rows, average_precision_of_query);
        }};
    definition.takes_when_undefined = true;
    return definition;
}

}  // namespace metricgate::metrics
