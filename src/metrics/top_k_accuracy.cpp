#include <cstdint>

#include "metrics/catalog.h"
#include "metrics/definitions.h"
#include "metrics/reduce.h"

namespace metricgate::metrics {
namespace {

using evidence::Side;

/// Whether the label's class is among the k with the largest scores. Of equal scores the last class
/// goes first, as in scikit-learn.
bool is_within(const std::vector<evidence::NumberColumn>& scores, std::size_t row,
               std::uint32_t label, std::size_t k) {
    const double own = scores[label].values[row];
    std::size_t ahead = 0;
    for (std::size_t which = 0; which < scores.size(); ++which) {
        const double other = scores[which].values[row];
        ahead += other > own || (other == own && which > label) ? 1U : 0U;
    }
    return ahead < k;
}

Reduced outcomes(const Metric& metric, const evidence::Examples& examples,
                 const evidence::Rows& rows) {
    Reduced reduced;
    const std::size_t classes = examples.side(Side::candidate).class_scores.size();
    const std::size_t k = metric.parameters.k;
    if (k >= classes) {
        reduced.problem = "the first " + std::to_string(k) + " of " + std::to_string(classes) +
                          " classes are all of them, so that every example would count as right; "
                          "`k` must be smaller";
        return reduced;
    }
    reduced.metric = metric;
    reduced.metric.definition = find("accuracy");
    reduced.examples = one_a_row(examples, rows);
    reduced.examples.classes = {"outside", "within"};
    evidence::CategoryColumn label;
    for (std::size_t at = 0; at < rows.size(); ++at) {
        label.codes.push_back(1U);
    }
    reduced.examples.label = std::move(label);
    for (const Side side : {Side::baseline, Side::candidate}) {
        const auto& scores = examples.side(side).class_scores;
        if (scores.empty()) {
            continue;
        }
        evidence::CategoryColumn within;
        for (std::size_t at = 0; at < rows.size(); ++at) {
            const std::uint32_t own = examples.label->codes[rows[at]];
            if (own >= scores.size()) {
                reduced.problem = "the label's class has no score";
                return reduced;
            }
            within.codes.push_back(is_within(scores, rows[at], own, k) ? 1U : 0U);
        }
        reduced.examples.sides[static_cast<std::size_t>(side)].predicted_class = std::move(within);
    }
    return reduced;
}

}  // namespace

Definition top_k_accuracy() {
    Definition definition;
    definition.name = "top_k_accuracy";
    definition.summary = "share of examples whose class is among the k with the largest scores";
    definition.formula =
        "#{class scores above the label's, or equal and of a later class, < `k`} / n; undefined "
        "when `k` is not below the number of classes";
    definition.needs = label_class | class_scores;
    definition.form = ReducedForm{outcomes};
    definition.takes = setting_k;
    definition.must_say = setting_k;
    return definition;
}

}  // namespace metricgate::metrics
