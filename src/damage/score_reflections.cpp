// Scores move to the other end of their range: of examples on the right side of its middle to the
// wrong one, or back.
#include <algorithm>
#include <cmath>
#include <optional>

#include "damage/kinds.h"
#include "metrics/used_columns.h"

namespace metricgate::damage {
namespace {

using evidence::Examples;
using evidence::Side;
using metrics::Metric;

bool reads_scores(const Metric& metric, const Examples& examples) {
    constexpr unsigned scores =
        metrics::positive_score | metrics::class_scores | metrics::ranking_score;
    return (metric.definition->needs & scores) != 0U &&
           !metrics::reads_class_scores(metric, examples) &&
           examples.side(Side::baseline).score.has_value();
}

bool always(const Metric& /*metric*/, const Examples& /*examples*/) {
    return true;
}

/// The sum of the lowest and the highest score: what a score and its reflection add up to.
double ends_of(const std::vector<double>& scores) {
    double lowest = 0.0;
    double highest = 0.0;
    bool any = false;
    for (const double score : scores) {
        if (std::isfinite(score)) {
            lowest = any ? std::min(lowest, score) : score;
            highest = any ? std::max(highest, score) : score;
            any = true;
        }
    }
    return lowest + highest;
}

/// Whether an example deserves a high score: a positive one, or in a ranking one of the upper half
/// of the grades. Nothing where nobody knows.
class Deserving {
public:
    Deserving(const Metric& metric, const Examples& examples) : m_examples(examples) {
        m_graded = (metric.definition->needs & metrics::ranking_score) != 0U && examples.target;
        m_grades = m_graded ? ends_of(examples.target->values) : 0.0;
    }
    [[nodiscard]] std::optional<bool> at(std::size_t row) const {
        if (m_graded) {
            const double grade = m_examples.target->values[row];
            return grade > m_grades - grade;
        }
        if (m_examples.label && m_examples.positive) {
            return m_examples.label->codes[row] == *m_examples.positive;
        }
        return std::nullopt;
    }

private:
    const Examples& m_examples;
    bool m_graded = false;
    double m_grades = 0.0;
};

void apply(const Metric& metric, Examples& examples, const Extent& extent) {
    evidence::NumberColumn to = *examples.side(Side::baseline).score;
    const double ends = ends_of(to.values);
    const Deserving deserving(metric, examples);
    for (std::size_t row = 0; row < examples.rows; ++row) {
        double& score = to.values[row];
        if (!((*extent.places)[row] < extent.size) || !std::isfinite(score)) {
            continue;
        }
        if (const std::optional<bool> high = deserving.at(row)) {
            const bool on_the_right_side = *high == (score > ends - score);
            if (on_the_right_side != (extent.toward == Toward::worse)) {
                continue;
            }
        }
        score = ends - score;
    }
    examples.sides[static_cast<std::size_t>(Side::candidate)].score = std::move(to);
}

}  // namespace

Kind score_reflections() {
    return {"score_reflections",
            "scores moved to the wrong end of their range",
            "scores moved to the right end of their range",
            reads_scores,
            always,
            apply};
}

}  // namespace metricgate::damage
