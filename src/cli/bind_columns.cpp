#include "cli/bind_columns.h"

#include <algorithm>

namespace metricgate::cli {
namespace {

using evidence::Side;
using sources::ReadAs;
using PerSide = sources::Roles::PerSide;

std::string& of(PerSide& columns, Side side) {
    return columns[static_cast<std::size_t>(side)];
}

PerSide columns_of(const policy::ColumnBinding& binding) {
    if (binding.per_side) {
        return {binding.baseline, binding.candidate};
    }
    return {binding.both, binding.both};
}

const policy::ColumnBinding* find_role(const PlannedInput& input, const std::string& role) {
    const auto found = input.source.columns.find(role);
    return found == input.source.columns.end() ? nullptr : &found->second;
}

/// Binds `role`, or says that the check needs it.
void need_role(const PlannedCheck& check, const PlannedInput& input, const std::string& role,
               const std::string& purpose, PerSide& target, support::Diagnostics& problems) {
    if (const auto* binding = find_role(input, role)) {
        target = columns_of(*binding);
        return;
    }
    problems.push_back({check.source.where,
                        "check '" + check.source.id.value + "' needs " + purpose + "; add `" +
                            role + ": COLUMN` under inputs." + input.source.name + ".columns"});
}

void bind_class_scores(PlannedInput& input) {
    for (const auto& [name, column] : input.source.class_scores) {
        input.roles.class_scores[name] = {column, column};
    }
}

void need_class_scores(const PlannedCheck& check, PlannedInput& input,
                       support::Diagnostics& problems) {
    bind_class_scores(input);
    if (input.source.class_scores.empty()) {
        problems.push_back(
            {check.source.where, "check '" + check.source.id.value +
                                     "' needs a score for each class; add `class_scores: {CLASS: "
                                     "COLUMN, ...}` under inputs." +
                                     input.source.name});
    }
}

void need_predicted_class(const PlannedCheck& check, PlannedInput& input,
                          support::Diagnostics& problems) {
    if (const auto* prediction = find_role(input, "prediction")) {
        input.roles.predicted_class = columns_of(*prediction);
        return;
    }
    if (!input.source.class_scores.empty()) {
        bind_class_scores(input);
        input.derives_classes = true;
        return;
    }
    const auto* score = find_role(input, "score");
    if (score != nullptr && input.source.threshold) {
        input.roles.score = columns_of(*score);
        input.threshold = input.source.threshold->value;
        input.derives_classes = true;
        return;
    }
    problems.push_back({check.source.where,
                        "check '" + check.source.id.value +
                            "' needs predicted classes; add `prediction: COLUMN` under inputs." +
                            input.source.name + ".columns" +
                            (score != nullptr ? ", or `threshold: 0.5` beside them to cut the score"
                                              : ", or a `score:` with a `threshold:`")});
}

void need_scores(const PlannedCheck& check, PlannedInput& input, support::Diagnostics& problems) {
    const bool multi_class = check.metric.definition->takes_class_scores &&
                             find_role(input, "score") == nullptr &&
                             !input.source.class_scores.empty();
    if (multi_class) {
        bind_class_scores(input);
        return;
    }
    need_role(check, input, "score", "the score of the positive class", input.roles.score,
              problems);
}

void request(std::vector<sources::ColumnRequest>& requests, const std::string& column, ReadAs as,
             const support::Location& where) {
    const bool known = std::any_of(requests.begin(), requests.end(), [&](const auto& request) {
        return request.column == column && request.as == as;
    });
    if (!column.empty() && !known) {
        requests.push_back({column, as, where});
    }
}

support::Location place_of(const PlannedInput& input, const std::string& role) {
    const auto* binding = find_role(input, role);
    return binding != nullptr ? binding->where : input.source.where;
}

}  // namespace

void bind_columns(const PlannedCheck& check, PlannedInput& input, support::Diagnostics& problems) {
    sources::Roles& roles = input.roles;
    const unsigned needs = check.metric.definition != nullptr ? check.metric.definition->needs : 0U;
    if ((needs & (metrics::label_class | metrics::target)) != 0U) {
        need_role(check, input, "label", "the true label", roles.label, problems);
        roles.label_as_class = roles.label_as_class || (needs & metrics::label_class) != 0U;
        roles.label_as_number = roles.label_as_number || (needs & metrics::target) != 0U;
    }
    if ((needs & metrics::predicted_class) != 0U) {
        need_predicted_class(check, input, problems);
    }
    if ((needs & metrics::predicted_number) != 0U) {
        need_role(check, input, "prediction", "the predicted number", roles.predicted_number,
                  problems);
    }
    if ((needs & metrics::positive_score) != 0U) {
        need_scores(check, input, problems);
    }
    if ((needs & metrics::class_scores) != 0U) {
        need_class_scores(check, input, problems);
    }
    if ((needs & metrics::ranking_score) != 0U) {
        need_role(check, input, "score", "the score that orders the results", roles.score,
                  problems);
    }
    if ((needs & metrics::query_column) != 0U) {
        need_role(check, input, "query", "the query that each example is a result of", roles.query,
                  problems);
    }
    if ((needs & metrics::naive_column) != 0U) {
        need_role(check, input, "naive_error", "the error of a naive forecast", roles.naive_error,
                  problems);
    }
    if ((needs & metrics::value_column) != 0U) {
        for (const std::string& column :
             {check.metric.parameters.column, check.metric.parameters.reference}) {
            const auto* binding = find_role(input, column);
            if (!column.empty()) {
                roles.values[column] =
                    binding != nullptr ? columns_of(*binding) : PerSide{column, column};
            }
        }
    }
    if (check.source.slices) {
        for (const auto& column : check.source.slices->by) {
            const bool known = std::find(roles.slices.begin(), roles.slices.end(), column.value) !=
                               roles.slices.end();
            if (!known) {
                roles.slices.push_back(column.value);
            }
        }
    }
}

void request_columns(PlannedInput& input) {
    sources::Roles& roles = input.roles;
    if (const auto* binding = find_role(input, "id")) {
        roles.id = binding->both;
    }
    if (const auto* binding = find_role(input, "weight")) {
        roles.weight = columns_of(*binding);
    }
    if (const auto* binding = find_role(input, "cluster")) {
        roles.cluster = columns_of(*binding);
    }
    // A slice column may be renamed by a role of its own name.
    std::vector<std::pair<std::string, support::Location>> slices;
    for (std::string& slice : roles.slices) {
        const auto where = place_of(input, slice);
        if (const auto* binding = find_role(input, slice)) {
            slice = binding->both;
        }
        slices.emplace_back(slice, where);
    }
    for (const Side side : {Side::baseline, Side::candidate}) {
        auto& requests = input.one_file || side == Side::candidate ? input.candidate_columns
                                                                   : input.baseline_columns;
        request(requests, roles.id, ReadAs::id, place_of(input, "id"));
        if (roles.label_as_class) {
            request(requests, of(roles.label, side), ReadAs::category, place_of(input, "label"));
        }
        if (roles.label_as_number) {
            request(requests, of(roles.label, side), ReadAs::number, place_of(input, "label"));
        }
        request(requests, of(roles.predicted_class, side), ReadAs::category,
                place_of(input, "prediction"));
        request(requests, of(roles.predicted_number, side), ReadAs::number,
                place_of(input, "prediction"));
        request(requests, of(roles.score, side), ReadAs::number, place_of(input, "score"));
        for (auto& [name, columns] : roles.class_scores) {
            request(requests, of(columns, side), ReadAs::number, input.source.where);
        }
        for (auto& [name, columns] : roles.values) {
            request(requests, of(columns, side), ReadAs::number, place_of(input, name));
        }
        request(requests, of(roles.weight, side), ReadAs::number, place_of(input, "weight"));
        request(requests, of(roles.cluster, side), ReadAs::category, place_of(input, "cluster"));
        request(requests, of(roles.query, side), ReadAs::category, place_of(input, "query"));
        request(requests, of(roles.naive_error, side), ReadAs::number,
                place_of(input, "naive_error"));
        for (const auto& [slice, where] : slices) {
            request(requests, slice, ReadAs::category, where);
        }
    }
}

}  // namespace metricgate::cli
