#include "cli/row_names.h"

#include <algorithm>

#include "metrics/catalog.h"

namespace metricgate::cli {

std::string row_name(const verdict::Rule& rule) {
    if (rule.slice.empty()) {
        return rule.id;
    }
    std::string text;
    for (const auto& [column, value] : rule.slice) {
        text += (text.empty() ? "" : ",") + column + "=" + value;
    }
    return rule.id + "[" + text + "]";
}

std::string tidy_row_name(const std::string& typed) {
    std::string tidy;
    for (const char c : typed) {
        if (c == ' ' && (tidy.empty() || tidy.back() == ',')) {
            continue;
        }
        if (c == '[') {
            while (!tidy.empty() && tidy.back() == ' ') {
                tidy.pop_back();
            }
        }
        tidy += c;
    }
    return tidy;
}

const PlannedCheck* check_of(const Plan& plan, const verdict::CheckResult& row) {
    const auto own = std::ranges::find_if(plan.checks, [&](const PlannedCheck& check) {
        return check.source.id.value == row.rule.id;
    });
    if (own != plan.checks.end()) {
        return &*own;
    }
    const auto every = std::ranges::find_if(plan.checks, [&](const PlannedCheck& check) {
        return check.every_metric && plan.inputs[check.input].source.name == row.rule.input;
    });
    return every != plan.checks.end() ? &*every : nullptr;
}

metrics::Metric metric_of_row(const PlannedCheck& check, const verdict::Rule& rule) {
    if (check.every_metric) {
        support::Node setting;
        setting.kind = support::Node::Kind::text;
        setting.text = rule.name;
        auto metric = metrics::bind(setting);
        return metric ? *metric : check.metric;
    }
    metrics::Metric metric = check.metric;
    const auto one = rule.slice.find("class");
    if (check.per_class && one != rule.slice.end()) {
        metric.parameters.class_name = one->second;
    }
    return metric;
}

}  // namespace metricgate::cli
