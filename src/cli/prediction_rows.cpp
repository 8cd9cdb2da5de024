#include <algorithm>
#include <set>

#include "cli/judge_part.h"
#include "cli/rows.h"
#include "cli/search_row.h"
#include "cli/slice_rows.h"
#include "metrics/evaluate.h"

namespace metricgate::cli {
namespace {

using evidence::Examples;
using evidence::Rows;
using evidence::Side;
using metrics::Metric;
using verdict::Rule;
using verdict::Status;

void add_rows(const PlannedCheck& check, Rule rule, Metric metric, const PlannedInput& input,
              const LoadedInput& loaded, std::vector<RowTask>& tasks) {
    const Examples& examples = *loaded.examples;
    const std::string unresolved = metrics::resolve(metric, examples);
    if (!unresolved.empty()) {
        const bool class_is_gone =
            metric.parameters.average == metrics::Average::one_class &&
            std::find(examples.classes.begin(), examples.classes.end(),
                      metric.parameters.class_name) == examples.classes.end();
        tasks.push_back(
            explained(rule, class_is_gone ? Status::missing : Status::error, unresolved));
        return;
    }
    if (check.source.slices) {
        const auto rows_of = check.source.slices->discover ? search_rows : slice_rows;
        for (RowTask& task : rows_of(check, rule, metric, input, loaded)) {
            tasks.push_back(std::move(task));
        }
        return;
    }
    tasks.push_back([rule, metric, &input, &loaded, options = check.options] {
        return judge_part(rule, metric, input, loaded, options, Rows::all(loaded.examples->rows),
                          false);
    });
}

/// Classes that the baseline has and that pairing left out altogether.
std::set<std::string> vanished_classes(const Examples& examples) {
    std::set<std::string> names;
    const auto& label = examples.unpaired[static_cast<std::size_t>(Side::baseline)].label;
    if (label) {
        for (const std::string& name : label->names) {
            names.insert(evidence::canonical_label(name));
        }
    }
    for (const std::string& name : examples.classes) {
        names.erase(name);
    }
    names.erase("");
    return names;
}

}  // namespace

std::vector<RowTask> prediction_rows(const PlannedCheck& check, const PlannedInput& input,
                                     const LoadedInput& loaded) {
    std::vector<RowTask> tasks;
    if (!check.per_class) {
        add_rows(check, check.rule, check.metric, input, loaded, tasks);
        return tasks;
    }
    for (const std::string& name : loaded.examples->classes) {
        Rule rule = check.rule;
        Metric metric = check.metric;
        metric.parameters.class_name = name;
        metric.title = rule.metric = metric.name + " (class " + name + ")";
        rule.slice["class"] = name;
        add_rows(check, rule, metric, input, loaded, tasks);
    }
    for (const std::string& name : vanished_classes(*loaded.examples)) {
        Rule rule = check.rule;
        rule.slice["class"] = name;
        rule.metric = check.metric.name + " (class " + name + ")";
        tasks.push_back(explained(rule, Status::missing,
                                  "the class has vanished: the baseline has examples of it, and "
                                  "none can be compared with the candidate"));
    }
    return tasks;
}

}  // namespace metricgate::cli
