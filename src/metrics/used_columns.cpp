#include "metrics/used_columns.h"

namespace metricgate::metrics {
namespace {

using evidence::Side;

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
    if (examples.weight) {
        used.push_back({"weight", std::nullopt, pointer_to(examples.weight), nullptr});
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
    return metric.definition != nullptr && metric.definition->takes_class_scores && !scored &&
           scored_by_class;
}

std::optional<std::uint32_t> missing_class(const evidence::Examples& examples) {
    for (std::size_t code = 0; code < examples.classes.size(); ++code) {
        if (examples.classes[code].empty()) {
            return static_cast<std::uint32_t>(code);
        }
    }
    return std::nullopt;
}

std::string name_of(const UsedColumn& column) {
    std::string name(column.role);
    if (column.side) {
        name += *column.side == Side::baseline ? " (baseline)" : " (candidate)";
    }
    return name;
}

}  // namespace metricgate::metrics
