// Predicted classes become wrong, or right.
#include <optional>

#include "damage/kinds.h"
#include "metrics/used_columns.h"

namespace metricgate::damage {
namespace {

using evidence::Examples;
using evidence::Side;
using metrics::Metric;

bool reads_classes(const Metric& metric, const Examples& examples) {
    return (metric.definition->needs & metrics::predicted_class) != 0U &&
           examples.side(Side::baseline).predicted_class.has_value();
}

bool always(const Metric& /*metric*/, const Examples& /*examples*/) {
    return true;
}

/// A class that is not `right`: the one the metric looks at, so that false alarms count, else the
/// next. Nothing when there is only one class.
std::optional<std::uint32_t> wrong_class(std::uint32_t right,
                                         const std::optional<std::uint32_t>& looked_at,
                                         const std::optional<std::uint32_t>& empty,
                                         std::uint32_t classes) {
    if (looked_at && *looked_at != right) {
        return looked_at;
    }
    for (std::uint32_t step = 1; step < classes; ++step) {
        const std::uint32_t next = (right + step) % classes;
        if (next != empty) {
            return next;
        }
    }
    return std::nullopt;
}

void apply(const Metric& metric, Examples& examples, const Extent& extent) {
    const evidence::CategoryColumn& from = *examples.side(Side::baseline).predicted_class;
    const auto empty = metrics::missing_class(examples);
    const auto classes = static_cast<std::uint32_t>(examples.classes.size());
    evidence::CategoryColumn to;
    to.names = from.names;
    to.missing = from.missing;
    to.non_finite = from.non_finite;
    to.codes.reserve(examples.rows);
    for (std::size_t row = 0; row < examples.rows; ++row) {
        const std::uint32_t before = from.codes[row];
        // Without labels, what the baseline says is as good as right.
        const std::uint32_t right = examples.label ? examples.label->codes[row] : before;
        std::uint32_t after = before;
        if ((*extent.places)[row] < extent.size && before != empty) {
            switch (extent.toward) {
                case Toward::worse:
                    if (before == right) {
                        after = wrong_class(right, metric.parameters.class_code, empty, classes)
                                    .value_or(before);
                    }
                    break;
                case Toward::better:
                    after = right;
                    break;
            }
        }
        to.codes.push_back(after);
    }
    examples.sides[static_cast<std::size_t>(Side::candidate)].predicted_class = std::move(to);
}

}  // namespace

Kind class_flips() {
    return {"class_flips",
            "right predictions made wrong",
            "wrong predictions made right",
            reads_classes,
            always,
            apply};
}

}  // namespace metricgate::damage
