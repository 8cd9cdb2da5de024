#include "metrics/evaluate.h"
#include "metrics/used_columns.h"
#include "support/text.h"

namespace metricgate::metrics {
namespace {

using evidence::Examples;

constexpr std::size_t most_listed = 10;

std::vector<std::string> named_classes(const Examples& examples) {
    std::vector<std::string> names;
    for (const std::string& name : examples.classes) {
        if (!name.empty()) {
            names.push_back(name);
        }
    }
    return names;
}

std::string listed(std::vector<std::string> names) {
    const std::size_t all = names.size();
    for (std::string& name : names) {
        name = "'" + support::visible(name) + "'";
    }
    if (all > most_listed) {
        names.resize(most_listed);
        names.push_back(std::to_string(all - most_listed) + " more");
    }
    return support::enumerate(names);
}

std::string resolve_class(Metric& metric, const Examples& examples) {
    const std::string& wanted = metric.parameters.class_name;
    for (std::size_t code = 0; code < examples.classes.size(); ++code) {
        if (!wanted.empty() && examples.classes[code] == wanted) {
            metric.parameters.class_code = static_cast<std::uint32_t>(code);
            return {};
        }
    }
    const std::vector<std::string> names = named_classes(examples);
    return "class '" + support::visible(wanted) + "' occurs neither among the labels nor the " +
           "predictions; they hold " + (names.empty() ? std::string("no class") : listed(names)) +
           support::did_you_mean(wanted, names);
}

std::string resolve_positive(Metric& metric, const Examples& examples) {
    if (!examples.positive || *examples.positive >= examples.classes.size()) {
        return metric.title +
               " needs to know the positive class; name it with `positive:` beside the columns";
    }
    metric.parameters.class_code = *examples.positive;
    return {};
}

/// A metric of one score needs two classes of labels, whatever is predicted.
std::string refuse_many_labels(const Metric& metric, const Examples& examples) {
    if (!examples.label) {
        return {};
    }
    std::vector<bool> occurs(examples.classes.size(), false);
    for (std::size_t row = 0; row < examples.label->codes.size(); ++row) {
        const std::uint32_t code = examples.label->codes[row];
        if (code < occurs.size()) {
            occurs[code] = true;
        }
    }
    std::vector<std::string> names;
    for (std::size_t code = 0; code < occurs.size(); ++code) {
        if (occurs[code] && !examples.classes[code].empty()) {
            names.push_back(examples.classes[code]);
        }
    }
    return names.size() > 2
               ? metric.title + " needs labels of two classes; they hold " + listed(names)
               : std::string();
}

std::string resolve_average(Metric& metric, const Examples& examples) {
    switch (metric.parameters.average) {
        case Average::binary: {
            const std::vector<std::string> names = named_classes(examples);
            if (names.size() > 2) {
                return metric.title + " of " + std::to_string(names.size()) + " classes (" +
                       listed(names) +
                       ") needs `average: macro`, `micro` or `weighted`, or `class: X`";
            }
            return resolve_positive(metric, examples);
        }
        case Average::one_class:
            return resolve_class(metric, examples);
        case Average::macro:
        case Average::micro:
        case Average::weighted:
            return {};
    }
    return "unknown average";
}

}  // namespace

std::string resolve(Metric& metric, const Examples& examples) {
    if (metric.definition == nullptr) {
        return {};
    }
    if (metric.definition->averaged) {
        return resolve_average(metric, examples);
    }
    const unsigned needs = metric.definition->needs;
    if ((needs & positive_score) != 0U && !reads_class_scores(metric, examples)) {
        const std::string refusal = refuse_many_labels(metric, examples);
        return refusal.empty() ? resolve_positive(metric, examples) : refusal;
    }
    return (needs & positive_class) != 0U ? resolve_positive(metric, examples) : std::string();
}

}  // namespace metricgate::metrics
