#include "cli/log_selection.h"

#include "metrics/catalog.h"

namespace metricgate::cli {
namespace {

sources::Better of_direction(metrics::Direction direction) {
    return direction == metrics::Direction::higher_is_better ? sources::Better::higher
                                                             : sources::Better::lower;
}

}  // namespace

sources::Better better_by_catalog(const std::string& name) {
    const auto* known = metrics::find(name);
    return known == nullptr ? sources::Better::unknown : of_direction(known->direction);
}

sources::Selection log_selection(const Plan& plan, std::size_t input, bool baseline,
                                 const CheckArguments& arguments) {
    const policy::LogSelection& written = plan.inputs[input].source.select;
    sources::Selection selection;
    if (written.run) {
        selection.run = !written.run->per_side ? written.run->both
                        : baseline             ? written.run->baseline
                                               : written.run->candidate;
    }
    const std::string& typed = baseline ? arguments.baseline_run : arguments.candidate_run;
    if (!typed.empty()) {
        selection.run = typed;
    }
    for (const auto& glob : written.metrics) {
        selection.metrics.push_back(glob.value);
    }
    if (written.step) {
        selection.step = *sources::parse_step_rule(written.step->value);  // looked at by the plan
    }
    selection.allow_unfinished = written.allow_unfinished;
    selection.better = [&plan, input](const std::string& name) {
        for (const PlannedCheck& check : plan.checks) {
            if (check.input == input && !check.every_metric && check.metric.name == name) {
                return of_direction(check.metric.direction);
            }
        }
        return better_by_catalog(name);
    };
    return selection;
}

}  // namespace metricgate::cli
