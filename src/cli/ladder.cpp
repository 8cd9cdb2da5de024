#include "cli/ladder.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>

namespace metricgate::cli {
namespace {

using damage::Toward;
using metrics::Metric;
using verdict::Rule;

constexpr std::array<double, 12> multiples = {1.0,  1.25, 2.0,   4.0,   8.0,   16.0,
                                              32.0, 64.0, 128.0, 256.0, 512.0, 1024.0};
constexpr int finest = 20;    ///< the smallest share tried is 2^-20
constexpr int smallest = 16;  ///< the smallest amount is 2^-16
constexpr int largest = 20;   ///< the largest 2^20
constexpr int halvings = 12;

/// A size of damage and the loss it makes (the gain, when damage improves).
struct Tried {
    double size = 0.0;
    double harm = 0.0;
};

class Scale {
public:
    Scale(const Metric& metric, Toward toward, const Specimen& specimen)
        : m_specimen(specimen),
          m_toward(toward),
          m_sign(metric.orientation() * (toward == Toward::worse ? -1.0 : 1.0)),
          m_start(specimen.value()) {
        const int first = specimen.bounded ? -finest : -smallest;
        const int last = specimen.bounded ? 0 : largest;
        for (int power = first; m_start && power <= last; ++power) {
            add(std::ldexp(1.0, power));
        }
        specimen.mend();
    }

    [[nodiscard]] const std::optional<double>& start() const { return m_start; }

    /// The smallest size that does at least this harm.
    std::optional<double> reach(double harm) {
        const auto found = std::ranges::find_if(
            m_tried, [harm](const Tried& tried) { return tried.harm >= harm; });
        if (found == m_tried.end()) {
            return std::nullopt;
        }
        double too_small = found == m_tried.begin() ? 0.0 : std::prev(found)->size;
        double enough = found->size;
        for (int step = 0; step < halvings; ++step) {
            const double middle = 0.5 * (too_small + enough);
            (harm_of(middle).value_or(0.0) >= harm ? enough : too_small) = middle;
        }
        m_specimen.mend();
        return enough;
    }

    /// The size that does the most harm.
    [[nodiscard]] std::optional<double> worst() const {
        const auto found = std::ranges::max_element(m_tried, {}, &Tried::harm);
        return found == m_tried.end() ? std::nullopt : std::optional(found->size);
    }

private:
    std::optional<double> harm_of(double size) {
        m_specimen.damage(m_toward, size);
        const std::optional<double> value = m_specimen.value();
        return value ? std::optional(m_sign * (*value - *m_start)) : std::nullopt;
    }
    void add(double size) {
        const std::optional<double> harm = harm_of(size);
        if (harm && std::isfinite(*harm)) {
            m_tried.push_back({size, *harm});
        }
    }

    const Specimen& m_specimen;
    Toward m_toward;
    double m_sign;
    std::optional<double> m_start;
    std::vector<Tried> m_tried;
};

/// The limit that a candidate breaks when it gets worse, or when it gets better.
const std::optional<verdict::Limit>& limit_towards(const Rule& rule, Toward toward) {
    const bool downwards = rule.higher_is_better == (toward == Toward::worse);
    return downwards ? rule.minimum : rule.maximum;
}

/// The tolerated loss at the baseline's value; nothing without a margin.
std::optional<double> tolerated(const comparison::Margin& margin, double baseline) {
    std::optional<double> part;
    if (margin.relative) {
        part = *margin.relative * std::abs(baseline);
    }
    if (!margin.absolute || !part) {
        return margin.absolute ? margin.absolute : part;
    }
    return margin.need_both ? std::max(*margin.absolute, *part) : std::min(*margin.absolute, *part);
}

/// A hundredth of what the metric can differ by.
double usual_step(const Metric& metric, double baseline) {
    if (metric.definition != nullptr && std::isfinite(metric.definition->lowest) &&
        std::isfinite(metric.definition->highest)) {
        return 0.01 * (metric.definition->highest - metric.definition->lowest);
    }
    return baseline != 0.0 && std::isfinite(baseline) ? 0.01 * std::abs(baseline) : 0.01;
}

/// The harm that the rule just tolerates: the first rung.
double first_harm(const Rule& rule, const Metric& metric, Toward toward, double baseline) {
    double harm = std::numeric_limits<double>::infinity();
    const auto consider = [&harm](std::optional<double> candidate) {
        if (candidate && *candidate > 0.0) {
            harm = std::min(harm, *candidate);
        }
    };
    if (toward == Toward::worse || rule.require == verdict::Require::equivalence) {
        consider(tolerated(rule.margin, baseline));
    }
    if (rule.budget) {
        consider(rule.budget->absolute);
    }
    if (toward == Toward::better) {
        consider(rule.max_gain);
    }
    if (const auto& limit = limit_towards(rule, toward)) {
        consider(std::abs(limit->value - baseline));
    }
    return std::isfinite(harm) ? harm : usual_step(metric, baseline);
}

}  // namespace

std::vector<double> ladder_of(const Rule& rule, const Metric& metric, Toward toward,
                              const Specimen& specimen) {
    std::vector<double> sizes;
    const auto add = [&sizes](double size) {
        if (std::isfinite(size) && (sizes.empty() || size > sizes.back())) {
            sizes.push_back(size);
        }
    };
    if (specimen.in_units) {
        const double harm = first_harm(rule, metric, toward, specimen.value().value_or(0.0));
        for (const double multiple : multiples) {
            add(multiple * harm);
        }
        return sizes;
    }
    Scale scale(metric, toward, specimen);
    if (!scale.start()) {
        // No single number tells the harm: a share of the examples stands for it.
        const double harm = first_harm(rule, metric, toward, 1.0);
        for (const double multiple : multiples) {
            add(specimen.bounded ? std::min(1.0, multiple * harm) : multiple * harm);
        }
        add(1.0);
        return sizes;
    }
    const double harm = first_harm(rule, metric, toward, *scale.start());
    for (const double multiple : multiples) {
        const std::optional<double> size = scale.reach(multiple * harm);
        if (!size) {
            break;
        }
        add(*size);
    }
    add(scale.worst().value_or(1.0));
    if (specimen.bounded) {
        add(1.0);
    }
    return sizes;
}

bool breaks_when_worse(const Rule& rule) {
    return rule.margin.absolute || rule.margin.relative ||
           rule.require != verdict::Require::nothing || rule.chart || rule.budget ||
           limit_towards(rule, Toward::worse);
}

bool breaks_when_better(const Rule& rule) {
    return rule.max_gain || rule.require == verdict::Require::equivalence ||
           limit_towards(rule, Toward::better);
}

}  // namespace metricgate::cli
