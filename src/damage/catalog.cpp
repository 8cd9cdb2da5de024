#include "damage/catalog.h"

#include "damage/kinds.h"

namespace metricgate::damage {

const std::vector<Kind>& catalog() {
    static const std::vector<Kind> kinds = {class_flips(),       class_score_swaps(),
                                            score_reflections(), passed_counts(),
                                            number_errors(),     value_shifts()};
    return kinds;
}

const Kind* find(const metrics::Metric& metric, const evidence::Examples& examples) {
    if (metric.definition == nullptr) {
        return nullptr;
    }
    for (const Kind& kind : catalog()) {
        if (kind.reads(metric, examples)) {
            return &kind;
        }
    }
    return nullptr;
}

}  // namespace metricgate::damage
