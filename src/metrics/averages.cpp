#include "metrics/averages.h"

#include <algorithm>
#include <optional>

namespace metricgate::metrics {
namespace {

bool occurs(const ClassCounts& counts) {
    return counts.hit + counts.miss + counts.false_alarm > 0.0;
}

Value of_class(const Confusion& confusion, const Parameters& parameters, std::size_t which,
               const ClassCounts& counts, ClassShare share, const char* lacks) {
    const Share parts = share(counts, parameters);
    if (parts.whole > 0.0) {
        return Value::of(parts.part / parts.whole);
    }
    if (parameters.when_undefined) {
        return Value::of(*parameters.when_undefined);
    }
    return Value::undefined("class " + class_in_words(confusion, which) + " has " + lacks);
}

Value micro_average(const std::vector<ClassCounts>& all, const Parameters& parameters,
                    ClassShare share, const char* lacks) {
    Share sums;
    for (const ClassCounts& counts : all) {
        if (occurs(counts)) {
            const Share parts = share(counts, parameters);
            sums.part += parts.part;
            sums.whole += parts.whole;
        }
    }
    if (sums.whole > 0.0) {
        return Value::of(sums.part / sums.whole);
    }
    if (parameters.when_undefined) {
        return Value::of(*parameters.when_undefined);
    }
    return Value::undefined(std::string("all classes together have ") + lacks);
}

/// Macro (every class weighs 1) or weighted (by its labels).
Value mean_over_classes(const Confusion& confusion, const std::vector<ClassCounts>& all,
                        const Parameters& parameters, ClassShare share, const char* lacks) {
    const bool by_labels = parameters.average == Average::weighted;
    double sum = 0.0;
    double weights = 0.0;
    for (std::size_t which = 0; which < confusion.classes; ++which) {
        const ClassCounts& counts = all[which];
        const double weight = by_labels ? counts.hit + counts.miss : 1.0;
        if (!occurs(counts) || !(weight > 0.0)) {
            continue;
        }
        Value value = of_class(confusion, parameters, which, counts, share, lacks);
        if (!value.defined()) {
            return value;
        }
        sum += weight * value.number();
        weights += weight;
    }
    return weights > 0.0 ? Value::of(sum / weights) : Value::undefined("no examples");
}

}  // namespace

std::vector<ClassCounts> class_counts(const Confusion& confusion) {
    std::vector<ClassCounts> counts(confusion.classes);
    std::vector<double> labelled(confusion.classes, 0.0);
    for (std::size_t label = 0; label < confusion.classes; ++label) {
        for (std::size_t predicted = 0; predicted < confusion.classes; ++predicted) {
            const double mass = confusion.at(label, predicted);
            labelled[label] += mass;
            if (label == predicted) {
                counts[label].hit = mass;
            } else {
                counts[label].miss += mass;
                counts[predicted].false_alarm += mass;
            }
        }
    }
    for (std::size_t which = 0; which < confusion.classes; ++which) {
        // The other classes' labels are added up, not subtracted from the total, so that nothing
        // stays exactly nothing whatever the weights.
        double others = 0.0;
        for (std::size_t label = 0; label < confusion.classes; ++label) {
            others += label == which ? 0.0 : labelled[label];
        }
        counts[which].rest = std::max(0.0, others - counts[which].false_alarm);
    }
    return counts;
}

std::string class_in_words(const Confusion& confusion, std::size_t which) {
    if (confusion.names != nullptr && which < confusion.names->size()) {
        return "'" + (*confusion.names)[which] + "'";
    }
    return "number " + std::to_string(which + 1);
}

Value average_over_classes(const Confusion& confusion, const Parameters& parameters,
                           ClassShare share, const char* lacks) {
    const bool empty = std::none_of(confusion.mass.begin(), confusion.mass.end(),
                                    [](double mass) { return mass > 0.0; });
    if (empty) {
        return Value::undefined("no examples");
    }
    const std::vector<ClassCounts> all = class_counts(confusion);
    switch (parameters.average) {
        case Average::binary:
        case Average::one_class: {
            if (!parameters.class_code || *parameters.class_code >= confusion.classes) {
                return Value::undefined("the class to count is not known");
            }
            const std::size_t which = *parameters.class_code;
            return of_class(confusion, parameters, which, all[which], share, lacks);
        }
        case Average::micro:
            return micro_average(all, parameters, share, lacks);
        case Average::macro:
        case Average::weighted:
            return mean_over_classes(confusion, all, parameters, share, lacks);
    }
    return Value::undefined("unknown average");
}

}  // namespace metricgate::metrics
