#include "metrics/used_columns.h"

#include <algorithm>
#include <cmath>

namespace metricgate::metrics {
namespace {

using evidence::Side;

constexpr std::string_view query_role = "query";
constexpr std::string_view cluster_role = "cluster";

std::optional<std::uint32_t> code_of_empty(const std::vector<std::string>& names) {
    const auto found = std::ranges::find(names, std::string());
    return found == names.end()
               ? std::nullopt
               : std::optional<std::uint32_t>(static_cast<std::uint32_t>(found - names.begin()));
}

const evidence::NumberColumn* pointer_to(const std::optional<evidence::NumberColumn>& column) {
    return column ? &*column : nullptr;
}

const evidence::CategoryColumn* pointer_to(const std::optional<evidence::CategoryColumn>& column) {
    return column ? &*column : nullptr;
}

void add_scores(const Metric& metric, const evidence::Examples& examples, Side side,
                std::vector<UsedColumn>& used) {
    const evidence::SideColumns& columns = examples.side(side);
    if (!reads_class_scores(metric, examples)) {
        used.push_back({"score", side, pointer_to(columns.score), nullptr});
        return;
    }
    if (columns.class_scores.empty()) {
        used.push_back({"class scores", side, nullptr, nullptr});
    }
    for (const evidence::NumberColumn& column : columns.class_scores) {
        used.push_back({"class scores", side, &column, nullptr});
    }
}

void add_side(const Metric& metric, const evidence::Examples& examples, Side side,
              std::vector<UsedColumn>& used) {
    const evidence::SideColumns& columns = examples.side(side);
    const unsigned needs = metric.definition->needs;
    if ((needs & predicted_class) != 0U) {
        used.push_back({"prediction", side, nullptr, pointer_to(columns.predicted_class)});
    }
    if ((needs & predicted_number) != 0U) {
        used.push_back({"prediction", side, pointer_to(columns.predicted_number), nullptr});
    }
    if ((needs & (positive_score | class_scores)) != 0U) {
        add_scores(metric, examples, side, used);
    }
    if ((needs & ranking_score) != 0U) {
        used.push_back({"score", side, pointer_to(columns.score), nullptr});
    }
    if ((needs & value_column) != 0U) {
        for (const std::string* name : {&metric.parameters.column, &metric.parameters.reference}) {
            const auto found = columns.values.find(*name);
            if (!name->empty()) {
                used.push_back({*name, side,
                                found == columns.values.end() ? nullptr : &found->second, nullptr});
            }
        }
    }
}

}  // namespace

std::vector<UsedColumn> used_columns(const Metric& metric, const evidence::Examples& examples) {
    std::vector<UsedColumn> used;
    if (metric.definition == nullptr) {
        return used;
    }
    if ((metric.definition->needs & label_class) != 0U) {
        used.push_back({"label", std::nullopt, nullptr, pointer_to(examples.label)});
    }
    if ((metric.definition->needs & target) != 0U) {
        used.push_back({"label", std::nullopt, pointer_to(examples.target), nullptr});
    }
    if ((metric.definition->needs & query_column) != 0U) {
        used.push_back({query_role, std::nullopt, nullptr, pointer_to(examples.query)});
    }
    if ((metric.definition->needs & naive_column) != 0U) {
        used.push_back({"naive_error", std::nullopt, pointer_to(examples.naive_error), nullptr});
    }
    if (examples.weight) {
        used.push_back({"weight", std::nullopt, pointer_to(examples.weight), nullptr});
    }
    if (examples.cluster) {
        used.push_back({cluster_role, std::nullopt, nullptr, pointer_to(examples.cluster)});
    }
    add_side(metric, examples, Side::baseline, used);
    add_side(metric, examples, Side::candidate, used);
    return used;
}

bool reads_class_scores(const Metric& metric, const evidence::Examples& examples) {
    bool scored = false;
    bool scored_by_class = false;
    for (const evidence::SideColumns& side : examples.sides) {
        scored = scored || side.score.has_value();
        scored_by_class = scored_by_class || !side.class_scores.empty();
    }
    if (metric.definition == nullptr) {
        return false;
    }
    return (metric.definition->needs & class_scores) != 0U ||
           (metric.definition->takes_class_scores && !scored && scored_by_class);
}

std::optional<std::uint32_t> missing_class(const evidence::Examples& examples) {
    return code_of_empty(examples.classes);
}

std::optional<std::uint32_t> missing_code(const UsedColumn& column,
                                          const evidence::Examples& examples) {
    return column.role == query_role || column.role == cluster_role
               ? code_of_empty(column.category->names)
               : missing_class(examples);
}

std::string find_obstacle(const Metric& metric, const evidence::Examples& examples,
                          std::optional<evidence::Side> side, const evidence::Rows& rows) {
    for (const UsedColumn& column : used_columns(metric, examples)) {
        if (column.side && side && *column.side != *side) {
            continue;
        }
        if (column.number == nullptr && column.category == nullptr) {
            return "no column for " + name_of(column);
        }
        const std::optional<std::uint32_t> empty =
            column.category != nullptr ? missing_code(column, examples) : std::nullopt;
        for (std::size_t at = 0; at < rows.size(); ++at) {
            const std::size_t row = rows[at];
            if (column.number != nullptr && !std::isfinite(column.number->values[row])) {
                return name_of(column) + " is missing or not finite for some examples";
            }
            if (empty && column.category->codes[row] == *empty) {
                return name_of(column) + " is missing for some examples";
            }
        }
    }
    return {};
}

std::string name_of(const UsedColumn& column) {
    std::string name(column.role);
    if (column.side) {
        name += *column.side == Side::baseline ? " (baseline)" : " (candidate)";
    }
    return name;
}

}  // namespace metricgate::metrics
