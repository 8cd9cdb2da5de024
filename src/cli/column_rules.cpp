#include "cli/column_rules.h"

#include "support/number.h"
#include "support/text.h"

namespace metricgate::cli {
namespace {

void refuse(const PlannedCheck& check, const support::Location& where, const std::string& problem,
            support::Diagnostics& problems) {
    problems.push_back({where, "'" + check.metric.name + "' " + problem});
}

/// A distance of 0 is no fault and has no baseline value: only `max` makes sense.
void check_limits(const PlannedCheck& check, const metrics::ColumnForm& form,
                  support::Diagnostics& problems) {
    const policy::Check& source = check.source;
    if (source.minimum) {
        refuse(check, source.minimum->value.where, "is good when it is low; use `max:` only",
               problems);
    }
    if (source.require != policy::Require::nothing || source.max_gain) {
        refuse(check, source.where, "has no gain to ask for; use `max:`", problems);
    }
    if (source.margin && !form.is_share) {
        refuse(check, source.margin->where,
               "looks at both sides at once and has no baseline value; use `max:` instead of a "
               "margin",
               problems);
    }
    if (source.maximum && source.maximum->by != policy::Using::point && !form.is_share) {
        refuse(check, source.maximum->value.where,
               "is held against its limit by its value; leave `using:` out", problems);
    }
    const double highest = check.metric.definition->highest;
    if (source.maximum && !(source.maximum->value.value < highest)) {
        refuse(check, source.maximum->value.where,
               "is at most " + support::format_short(highest) + ", so this check could never fail",
               problems);
    }
    if (source.maximum && source.maximum->value.value < 0.0) {
        refuse(check, source.maximum->value.where,
               "is never below 0, so this check could never pass", problems);
    }
}

}  // namespace

sources::Roles::PerSide columns_named(const PlannedInput& input, const std::string& name) {
    const auto found = input.source.columns.find(name);
    if (found == input.source.columns.end()) {
        return {name, name};
    }
    const policy::ColumnBinding& binding = found->second;
    return binding.per_side ? sources::Roles::PerSide{binding.baseline, binding.candidate}
                            : sources::Roles::PerSide{binding.both, binding.both};
}

void check_column_rules(PlannedCheck& check, const metrics::ColumnForm& form,
                        const PlannedInput& input, support::Diagnostics& problems) {
    const policy::Check& source = check.source;
    for (const auto& name : source.of) {
        if (name.value == "*" && source.of.size() > 1) {
            problems.push_back({name.where,
                                "`of: \"*\"` stands for all columns without a role; "
                                "list the others alone, or none of them"});
        }
        check.of.push_back(name.value);
        const auto columns = columns_named(input, name.value);
        if (input.one_file && (name.value == "*" || columns[0] == columns[1])) {
            refuse(check, name.where,
                   "would compare a column with itself, because both sides stand in one file; "
                   "give a column a side, or two files",
                   problems);
        }
    }
    if (check.of.empty()) {
        refuse(check, source.where,
               "looks at one column; name it, `of: score`, several in a list, or `of: \"*\"`",
               problems);
    }
    if (input.source.kind == policy::InputKind::metrics) {
        refuse(check, source.where,
               "looks at the rows of a column, and input '" + input.source.name +
                   "' holds recorded metrics; it needs kind: predictions or samples",
               problems);
    }
    if (source.slices) {
        refuse(check, source.slices->where, "is not offered for slices; leave them out", problems);
    }
    if (source.method) {
        refuse(check, source.method->where, "has one method; leave `method:` out", problems);
    }
    check_limits(check, form, problems);
}

void refuse_columns(const PlannedCheck& check, support::Diagnostics& problems) {
    if (!check.source.of.empty()) {
        problems.push_back({check.source.of.front().where,
                            "`of` names the column of a drift check or data-quality check, and '" +
                                check.metric.name + "' is none; leave it out"});
    }
}

}  // namespace metricgate::cli
