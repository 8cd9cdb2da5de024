#include "metrics/reduce.h"

#include <algorithm>

#include "metrics/catalog.h"
#include "metrics/used_columns.h"

namespace metricgate::metrics {
namespace {

using evidence::Examples;
using evidence::Rows;
using evidence::Side;

bool has_side(const Metric& metric, const Examples& examples, Side side) {
    return std::ranges::any_of(used_columns(metric, examples), [&](const UsedColumn& column) {
        return column.side == side && (column.number != nullptr || column.category != nullptr);
    });
}

evidence::NumberColumn taken(const evidence::NumberColumn& column, const Rows& rows) {
    evidence::NumberColumn result;
    result.values.reserve(rows.size());
    for (std::size_t at = 0; at < rows.size(); ++at) {
        result.values.push_back(column.values[rows[at]]);
    }
    return result;
}

evidence::CategoryColumn taken(const evidence::CategoryColumn& column, const Rows& rows) {
    evidence::CategoryColumn result;
    result.names = column.names;
    result.codes.reserve(rows.size());
    for (std::size_t at = 0; at < rows.size(); ++at) {
        result.codes.push_back(column.codes[rows[at]]);
    }
    return result;
}

}  // namespace

Reduced reduce(const Metric& metric, const Examples& examples, const Rows& rows) {
    Reduced nothing;
    const auto* form =
        metric.definition != nullptr ? std::get_if<ReducedForm>(&metric.definition->form) : nullptr;
    if (form == nullptr) {
        nothing.problem = "'" + metric.name + "' is judged on the examples themselves";
    } else if (rows.size() == 0) {
        nothing.problem = "no examples";
    } else {
        const bool alone = !has_side(metric, examples, Side::baseline);
        nothing.problem = find_obstacle(
            metric, examples, alone ? std::optional(Side::candidate) : std::nullopt, rows);
    }
    return nothing.problem.empty() ? form->reduce(metric, examples, rows) : nothing;
}

Examples one_a_row(const Examples& examples, const Rows& rows) {
    Examples result;
    result.baseline_source = examples.baseline_source;
    result.candidate_source = examples.candidate_source;
    result.rows = rows.size();
    result.pairing = examples.pairing;
    if (examples.ids) {
        result.ids = examples.ids;
        for (std::size_t at = 0; at < rows.size(); ++at) {
            const std::size_t row = rows[at];
            result.id_rows.push_back(examples.id_rows.empty() ? static_cast<std::uint32_t>(row)
                                                              : examples.id_rows[row]);
        }
    }
    if (examples.weight) {
        result.weight = taken(*examples.weight, rows);
    }
    if (examples.cluster) {
        result.cluster = taken(*examples.cluster, rows);
    }
    return result;
}

Metric of_values(const Metric& metric, std::string_view name) {
    Metric values = metric;
    values.definition = find(name);
    values.parameters.column = metric.name;
    values.parameters.quantile = 0.5;
    return values;
}

}  // namespace metricgate::metrics
