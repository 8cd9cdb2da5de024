#include <algorithm>
#include <cmath>
#include <set>

#include "cli/recorded_pair.h"
#include "cli/rows.h"
#include "comparison/recorded.h"
#include "metrics/catalog.h"
#include "support/number.h"
#include "support/text.h"

namespace metricgate::cli {
namespace {

using evidence::Entry;
using evidence::MetricFile;
using evidence::Samples;
using evidence::Scalar;
using metrics::Metric;
using verdict::CheckResult;
using verdict::Rule;
using verdict::Status;

/// Names that one file has and the other has not.
std::vector<std::string> only_in(const MetricFile& file, const MetricFile* other) {
    std::vector<std::string> names;
    for (const Entry& entry : file.entries) {
        if (other == nullptr || other->find(entry.name) == nullptr) {
            names.push_back(entry.name);
        }
    }
    return names;
}

CheckResult judge_alone(const Rule& rule, const Metric& metric, const Entry& candidate,
                        const comparison::Options& options) {
    const auto description = std::visit(
        [&](const auto& evidence) { return comparison::describe(metric, evidence, options); },
        candidate.evidence);
    return verdict::judge_without_baseline(rule, description);
}

const Entry* find_baseline(const MetricFile* baseline, const PlannedCheck& check,
                           const std::string& name, bool& renamed) {
    renamed = false;
    if (baseline == nullptr) {
        return nullptr;
    }
    if (const Entry* found = baseline->find(name)) {
        return found;
    }
    for (const std::string& old : check.source.formerly) {
        if (const Entry* found = baseline->find(old)) {
            renamed = true;
            return found;
        }
    }
    return nullptr;
}

std::string missing_reason(const std::string& name, const MetricFile& candidate,
                           const MetricFile* baseline) {
    std::string reason = "the candidate has no metric '" + name + "'";
    constexpr std::size_t most_compared = 300;  // a near name is looked for among few only
    if (candidate.entries.size() > most_compared) {
        return reason;
    }
    const auto fresh = only_in(candidate, baseline);
    const std::string near = support::did_you_mean(name, fresh);
    reason += near;
    if (near.empty() && baseline != nullptr && !fresh.empty() && fresh.size() <= 5) {
        reason += "; only the candidate has " + support::enumerate(fresh);
    }
    return reason;
}

RowTask row_for(const PlannedCheck& check, Rule rule, const Metric& metric,
                const PlannedInput& input, const LoadedInput& loaded) {
    const MetricFile& candidate_file = *loaded.candidate;
    const MetricFile* baseline_file = loaded.baseline ? &*loaded.baseline : nullptr;
    const Entry* candidate = candidate_file.find(metric.name);
    if (candidate == nullptr) {
        return explained(rule, Status::missing,
                         missing_reason(metric.name, candidate_file, baseline_file));
    }
    if (candidate->flaw) {
        return explained(rule, Status::error, support::describe(*candidate->flaw));
    }
    if (const std::string reason = unusable_value(metric, *candidate, "candidate");
        !reason.empty()) {
        return explained(rule, Status::error, reason);
    }
    bool renamed = false;
    const Entry* baseline = find_baseline(baseline_file, check, metric.name, renamed);
    if (rule.unit.empty()) {
        rule.unit = candidate->unit;
    }
    const auto options = check.options;
    for (const auto& [entry, side] :
         {std::pair(candidate, "candidate"), std::pair(baseline, "baseline")}) {
        const bool other = entry != nullptr && !entry->unit.empty() && !metric.unit.empty() &&
                           entry->unit != metric.unit;
        // Two sides that differ are told apart below.
        if (other && (baseline == nullptr || baseline->unit == candidate->unit)) {
            return explained(rule, Status::incomparable,
                             std::string("the policy says `unit: ") + metric.unit + "`, and the " +
                                 side + " records '" + support::visible(entry->unit) +
                                 "'; limits and margins would mean another amount");
        }
    }
    if (baseline != nullptr) {
        if (baseline->flaw) {
            return explained(rule, Status::error, support::describe(*baseline->flaw));
        }
        if (const std::string reason = unusable_value(metric, *baseline, "baseline");
            !reason.empty()) {
            return explained(rule, Status::error, reason);
        }
        const bool same_content = loaded.same_content;
        return [rule, metric, baseline, candidate, &input, options, renamed, same_content] {
            CheckResult row = judge_recorded_pair(rule, metric, *baseline, *candidate, input,
                                                  options, same_content);
            if (renamed) {
                row.notes.push_back({"renamed", "The baseline calls it '" + baseline->name + "'."});
            }
            return row;
        };
    }
    const bool is_new = baseline_file != nullptr && rule.compares_sides();
    if (const std::string wrong = wrong_count(input.source, *candidate, "candidate");
        !wrong.empty()) {
        return explained(rule, Status::incomparable, wrong);
    }
    return [rule, metric, candidate, options, is_new] {
        CheckResult row = judge_alone(rule, metric, *candidate, options);
        if (is_new && row.status == Status::no_baseline) {
            row.status = Status::new_metric;
            row.reason = "only the candidate has it; nothing to compare with";
        }
        return row;
    };
}

/// `metric: "*"`: every recorded name of either side that the catalog gives a direction to.
std::vector<RowTask> rows_for_every(const PlannedCheck& check, const PlannedInput& input,
                                    const LoadedInput& loaded, std::vector<std::string>& warnings) {
    std::set<std::string> names;
    for (const auto* file : {&*loaded.candidate, loaded.baseline ? &*loaded.baseline : nullptr}) {
        if (file != nullptr) {
            for (const Entry& entry : file->entries) {
                names.insert(entry.name);
            }
        }
    }
    std::vector<RowTask> tasks;
    std::vector<std::string> unknown;
    for (const std::string& name : names) {
        support::Node setting;
        setting.kind = support::Node::Kind::text;
        setting.text = name;
        auto metric = metrics::bind(setting);
        if (!metric) {
            unknown.push_back(name);
            continue;
        }
        Rule rule = check.rule;
        rule.id = name;
        rule.metric = metric->title;
        rule.name = name;
        rule.higher_is_better = metric->direction == metrics::Direction::higher_is_better;
        tasks.push_back(row_for(check, rule, *metric, input, loaded));
    }
    if (!unknown.empty()) {
        warnings.push_back(
            "Not judged, because the catalog does not know whether higher or lower is "
            "better: " +
            support::enumerate(unknown) + ". A policy can say so: {name: ..., direction: higher}.");
    }
    if (tasks.empty()) {
        tasks.push_back(explained(check.rule, Status::error,
                                  "none of the recorded metrics is in the catalog; write a policy "
                                  "that names them with their direction"));
    }
    return tasks;
}

}  // namespace

bool states_digest(const MetricFile& file) {
    const auto found = file.metadata.find("data_digest");
    return found != file.metadata.end() && !found->second.empty();
}

std::string unusable_value(const Metric& metric, const Entry& entry, const char* side) {
    if (const auto* scalar = std::get_if<Scalar>(&entry.evidence)) {
        const std::string problem = comparison::scalar_problem(*scalar, side);
        if (!problem.empty()) {
            return support::describe(entry.where) + ": " + problem;
        }
    }
    const auto* definition = metrics::find(metric.name);
    if (definition == nullptr) {
        return "";
    }
    std::vector<double> values;
    if (const auto* scalar = std::get_if<Scalar>(&entry.evidence)) {
        values.push_back(scalar->value.value);
    } else {
        values = std::get<Samples>(entry.evidence).values;
    }
    for (const double value : values) {
        if (std::isfinite(value) && (value < definition->lowest || value > definition->highest)) {
            return support::describe(entry.where) + ": " + metric.name + " is " +
                   support::format_short(value, 6) + ", which lies outside its range from " +
                   support::format_short(definition->lowest) + " to " +
                   support::format_short(definition->highest);
        }
    }
    return "";
}

std::vector<RowTask> recorded_rows(const PlannedCheck& check, const PlannedInput& input,
                                   const LoadedInput& loaded, std::vector<std::string>& warnings) {
    if (check.every_metric) {
        return rows_for_every(check, input, loaded, warnings);
    }
    return {row_for(check, check.rule, check.metric, input, loaded)};
}

std::vector<RowTask> vanished_rows(const Plan& plan, std::size_t input, const LoadedInput& loaded,
                                   bool strict, std::vector<std::string>& warnings) {
    if (!loaded.candidate || !loaded.baseline || plan.inputs[input].anchor ||
        plan.inputs[input].source.kind != policy::InputKind::metrics) {
        return {};
    }
    std::set<std::string> named;
    bool every = false;
    for (const PlannedCheck& check : plan.checks) {
        if (check.input == input) {
            every = every || check.every_metric;
            named.insert(check.metric.name);
            named.insert(check.source.formerly.begin(), check.source.formerly.end());
        }
    }
    std::vector<RowTask> tasks;
    for (const std::string& name : only_in(*loaded.baseline, &*loaded.candidate)) {
        if (named.count(name) != 0 || (every && metrics::find(name) != nullptr)) {
            continue;
        }
        Rule rule;
        rule.id = rule.metric = rule.name = name;
        rule.input = loaded.info.name;
        rule.level = strict ? verdict::Level::block : verdict::Level::warn;
        tasks.push_back(explained(rule, Status::missing,
                                  missing_reason(name, *loaded.candidate, &*loaded.baseline) +
                                      "; no check names it, but the baseline has it"));
    }
    if (strict && states_digest(*loaded.baseline) && !states_digest(*loaded.candidate)) {
        Rule rule;
        rule.id = rule.metric = rule.name = "data_digest";
        rule.input = loaded.info.name;
        tasks.push_back(explained(rule, Status::missing,
                                  "the baseline states a data_digest and the candidate none, so "
                                  "nothing shows that both sides were measured on the same data; "
                                  "record it in the candidate's metadata"));
    }
    std::vector<std::string> fresh;
    for (const std::string& name : only_in(*loaded.candidate, &*loaded.baseline)) {
        if (named.count(name) == 0 && !every) {
            fresh.push_back(name);
        }
    }
    if (!fresh.empty()) {
        warnings.push_back(
            "Only the candidate has, and no check names: " + support::enumerate(fresh) + ".");
    }
    return tasks;
}

}  // namespace metricgate::cli
