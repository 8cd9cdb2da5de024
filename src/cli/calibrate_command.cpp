#include "cli/calibrate_command.h"

#include <algorithm>

#include "cli/history_place.h"
#include "cli/plan_trend.h"
#include "cli/policy_source.h"
#include "metrics/catalog.h"
#include "report/calibration.h"
#include "support/text.h"
#include "verdict/calibration.h"

namespace metricgate::cli {
namespace {

using support::Diagnostics;
using support::Result;
using verdict::Calibration;
using verdict::RuleToCalibrate;

/// The window of the history that a check looks at; none: all of it.
std::optional<std::uint64_t> window_of(const policy::Policy& policy, const policy::Check& check) {
    for (const policy::Input& input : policy.inputs) {
        const bool named = check.input.value.empty() || input.name == check.input.value;
        if (named && input.history && input.history->window) {
            return input.history->window->value;
        }
    }
    return std::nullopt;
}

/// The rules of the checks that name a recorded metric.
Result<std::vector<RuleToCalibrate>> rules_of(const policy::Policy& policy) {
    std::vector<RuleToCalibrate> rules;
    Diagnostics problems;
    for (const policy::Check& check : policy.checks) {
        const auto metric = metrics::bind(check.metric);
        if (!metric) {
            problems.insert(problems.end(), metric.problems().begin(), metric.problems().end());
            continue;
        }
        RuleToCalibrate rule;
        rule.check = check.id.value;
        rule.metric = metric->name;
        rule.higher_is_better = metric->direction == metrics::Direction::higher_is_better;
        rule.margin = check.margin;
        if (check.minimum) {
            rule.minimum = check.minimum->value.value;
        }
        if (check.maximum) {
            rule.maximum = check.maximum->value.value;
        }
        if (check.chart) {
            rule.chart = chart_options(*check.chart, problems);
            rule.window = window_of(policy, check);
        }
        rule.bound = *metric;
        rules.push_back(std::move(rule));
    }
    if (!problems.empty()) {
        return problems;
    }
    return rules;
}

Result<Calibration> look(const CalibrateArguments& arguments, Opener& opener, const World& world) {
    Calibration calibration;
    std::vector<RuleToCalibrate> rules;
    if (!arguments.policy.empty()) {
        const auto policy = load_policy(arguments.policy, "", opener);
        if (!policy) {
            return policy.problems();
        }
        auto read = rules_of((**policy).policy);
        if (!read) {
            return read.problems();
        }
        rules = std::move(*read);
        calibration.policy = (**policy).policy.source;
    }
    auto histories = read_place(arguments.place, opener, world);
    if (!histories) {
        return histories.problems();
    }
    calibration.program_version = METRICGATE_VERSION;
    calibration.source = arguments.place.from;
    calibration.address = histories->source;
    calibration.confidence = arguments.confidence;
    calibration.notes = std::move(histories->notes);
    for (const evidence::History& history : histories->histories) {
        calibration.metrics.push_back(verdict::calibrate(history, arguments.confidence, rules));
    }
    for (const RuleToCalibrate& rule : rules) {
        const bool stored = std::ranges::any_of(
            calibration.metrics,
            [&](const verdict::MetricCalibration& metric) { return metric.metric == rule.metric; });
        if (!stored) {
            calibration.notes.push_back("Check `" + rule.check +
                                        "` is not looked at: no history of `" + rule.metric +
                                        "` is among those that were read.");
        }
    }
    return calibration;
}

}  // namespace

int calibrate_command(const CalibrateArguments& arguments, const Streams& streams,
                      const World& world) {
    Opener opener(world.files, {}, arguments.place.trust_repository, world.environment, world.now);
    const auto calibration = look(arguments, opener, world);
    const auto render = [&](const std::string& format, const report::Style& plain) {
        report::Style style = plain;
        style.columns = arguments.columns;
        return report::find_calibration_format(format)->render(*calibration, style);
    };
    const auto ending = [&]() -> ShownEnding {
        const bool all = !calibration->metrics.empty() &&
                         std::ranges::all_of(calibration->metrics, [](const auto& metric) {
                             return metric.margin.has_value();
                         });
        return {{}, all ? Ending{"proposed", 0} : Ending{"not_enough_runs", 1}};
    };
    return show(calibration ? Diagnostics{} : calibration.problems(), arguments.reports, render,
                ending, opener, streams);
}

}  // namespace metricgate::cli
