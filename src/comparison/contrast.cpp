#include "comparison/contrast.h"

#include <algorithm>
#include <cmath>

#include "comparison/rounding.h"
#include "stats/distributions.h"
#include "stats/power.h"
#include "stats/skewness.h"
#include "support/number.h"

namespace metricgate::comparison {
namespace {

constexpr double near_zero = 1e-9;
constexpr const char* near_zero_text =
    "the baseline is 0 or cannot be told from 0, so a relative margin means nothing there; use "
    "`abs` in the margin";

double larger_value(const Comparison& out) {
    return std::max(std::abs(out.baseline.number()), std::abs(out.candidate.number()));
}

/// What becomes of a relative margin.
enum class Relative { absent, usable, dropped, refused };

/// Near 0 the sign of the baseline is not known and r |b| is no linear statistic. With `need: both`
/// and an absolute part that is larger than r |b| can be, the absolute part alone is the margin.
Relative relative_use(const Margin& margin, double baseline, double baseline_standard_error) {
    if (!margin.relative) {
        return Relative::absent;
    }
    const double size = std::abs(baseline);
    if (size >= near_zero && size > 2.0 * baseline_standard_error) {
        return Relative::usable;
    }
    const double largest = *margin.relative * (size + 2.0 * baseline_standard_error);
    if (margin.need_both && margin.absolute && *margin.absolute >= largest) {
        return Relative::dropped;
    }
    return Relative::refused;
}

double tolerated(const Margin& margin, Relative relative, double baseline) {
    if (relative != Relative::usable) {
        return margin.absolute.value_or(0.0);
    }
    const double part = *margin.relative * std::abs(baseline);
    if (!margin.absolute) {
        return part;
    }
    return margin.need_both ? std::max(*margin.absolute, part) : std::min(*margin.absolute, part);
}

double factor_of(const metrics::Metric& metric, double relative, double baseline) {
    return 1.0 - metric.orientation() * relative * (baseline < 0.0 ? -1.0 : 1.0);
}

/// Joins the bounds against the parts of a margin. A loss (or gain) within either or both of two
/// parts is one within the smaller or the larger of them.
class JoinedBounds {
public:
    JoinedBounds(double margin, bool larger) : m_larger(larger) { m_against.margin = margin; }

    void include(double lower, double upper) {
        const auto join = [this](double one, double other) {
            return m_larger ? std::max(one, other) : std::min(one, other);
        };
        m_against.lower = m_first ? lower : join(m_against.lower, lower);
        m_against.upper = m_first ? upper : join(m_against.upper, upper);
        m_first = false;
    }
    [[nodiscard]] AgainstMargin with(double estimate) const {
        AgainstMargin against = m_against;
        against.estimate = estimate;
        return against;
    }

private:
    AgainstMargin m_against;
    bool m_larger;
    bool m_first = true;
};

bool usable(const Contrast& contrast) {
    return std::isfinite(contrast.estimate) && std::isfinite(contrast.lower) &&
           std::isfinite(contrast.upper) && std::isfinite(contrast.standard_error);
}

/// Whether the bounds hold the estimate. One on a bound may miss it by rounding; they then reach
/// it.
bool holds_its_estimate(Contrast& contrast, double scale) {
    const double slack = 16.0 * unit_in_last_place(scale);
    if (contrast.estimate < contrast.lower - slack || contrast.estimate > contrast.upper + slack) {
        return false;
    }
    contrast.lower = std::min(contrast.lower, contrast.estimate);
    contrast.upper = std::max(contrast.upper, contrast.estimate);
    return true;
}

void note_dropped(Comparison& out) {
    add_note(out, "relative_margin_dropped",
             "The baseline cannot be told from 0; only the absolute part of the margin counts.");
}

}  // namespace

void note_independent(Comparison& out) {
    add_note(out, "sides_independent",
             "The two numbers are taken as independent; scores from the same examples make this "
             "conservative.");
}

void fill_independent(const metrics::Metric& metric, const Margin& margin, const Options& options,
                      const Contrasts& contrasts, Comparison& out) {
    fill(metric, margin, options, contrasts, out);
    note_independent(out);
    if (out.standard_error) {
        fill_power(options, *out.standard_error, out);
    }
}

void add_note(Comparison& out, std::string code, std::string text) {
    out.notes.push_back({std::move(code), std::move(text)});
}

void add_fact(Comparison& out, std::string name, double value) {
    if (std::isfinite(value)) {
        out.facts.push_back({std::move(name), value});
    }
}

void mark_degenerate(Comparison& out, std::string text) {
    const bool said =
        std::ranges::any_of(out.notes, [](const Note& note) { return note.code == "degenerate"; });
    out.degenerate = true;
    if (!said) {
        add_note(out, "degenerate", std::move(text));
    }
}

Contrast normal_contrast(double estimate, double standard_error, double confidence) {
    const double reach = stats::normal_quantile(confidence) * standard_error;
    double p = estimate < 0.0 ? 0.0 : 1.0;
    if (standard_error > 0.0) {
        p = stats::normal_cdf(estimate / standard_error);
    }
    return {.estimate = estimate,
            .lower = estimate - reach,
            .upper = estimate + reach,
            .standard_error = standard_error,
            .p_no_loss = p};
}

Contrast t_contrast(const stats::MeanEstimate& estimate, double orientation, double confidence) {
    stats::MeanEstimate oriented = estimate;
    oriented.mean = orientation * estimate.mean;
    const stats::Interval interval = oriented.interval(confidence);
    return {.estimate = oriented.mean,
            .lower = interval.lower,
            .upper = interval.upper,
            .standard_error = oriented.standard_error,
            .p_no_loss = oriented.p_not_negative(),
            .degrees_of_freedom = std::isfinite(estimate.degrees_of_freedom)
                                      ? std::optional(estimate.degrees_of_freedom)
                                      : std::nullopt};
}

Contrast skewed_t_contrast(const stats::MeanEstimate& estimate, double orientation,
                           double confidence) {
    stats::MeanEstimate oriented = estimate;
    oriented.mean = orientation * estimate.mean;
    oriented.skewness = orientation * estimate.skewness;
    const stats::Interval interval = stats::skew_widened_interval(oriented, confidence);
    Contrast contrast = t_contrast(estimate, orientation, confidence);
    contrast.lower = interval.lower;
    contrast.upper = interval.upper;
    contrast.p_no_loss = stats::skew_widened_p_not_negative(oriented);
    return contrast;
}

double fill(const metrics::Metric& metric, const Margin& margin, const Options& options,
            const Contrasts& contrasts, Comparison& out) {
    const double scale = larger_value(out);
    const double baseline = out.baseline.number();
    const Relative relative =
        relative_use(margin, baseline, contrasts.baseline_standard_error.value_or(0.0));
    if (relative == Relative::refused) {
        out.problem = near_zero_text;
        return 0.0;
    }
    Contrast delta = contrasts.at(1.0);
    if (!usable(delta)) {
        if (std::isfinite(delta.estimate) && std::isfinite(delta.standard_error)) {
            fill_point(metric, margin, out);
            mark_degenerate(out, "The data bound the difference on no side.");
        } else {
            out.problem = "the interval of the difference is not finite";
        }
        return 0.0;
    }
    bool contains = holds_its_estimate(delta, scale);
    out.delta = delta.estimate;
    out.interval = stats::Interval{delta.lower, delta.upper, options.confidence};
    out.standard_error = delta.standard_error;
    out.p_no_loss = delta.p_no_loss;
    out.degrees_of_freedom = delta.degrees_of_freedom;
    bool flat = is_one_number(delta.lower, delta.upper, scale);
    double error = delta.standard_error;
    if (relative == Relative::dropped) {
        note_dropped(out);
    }
    if (margin.absolute || relative == Relative::usable) {
        const double loss = tolerated(margin, relative, baseline);
        JoinedBounds losses(loss, margin.need_both);
        JoinedBounds gains(loss, !margin.need_both);
        if (margin.absolute) {
            losses.include(delta.lower + *margin.absolute, delta.upper + *margin.absolute);
            gains.include(delta.lower - *margin.absolute, delta.upper - *margin.absolute);
        }
        if (relative == Relative::usable) {
            Contrast excess = contrasts.at(factor_of(metric, *margin.relative, baseline));
            if (!usable(excess)) {
                out.problem = "the interval against the relative margin is not finite";
                return 0.0;
            }
            contains = holds_its_estimate(excess, scale) && contains;
            losses.include(excess.lower, excess.upper);
            flat = flat || is_one_number(excess.lower, excess.upper, scale);
            error = std::max(error, excess.standard_error);
            if (options.equivalence) {
                Contrast gain = contrasts.at(factor_of(metric, -*margin.relative, baseline));
                if (!usable(gain)) {
                    out.problem = "the interval against the relative margin is not finite";
                    return 0.0;
                }
                contains = holds_its_estimate(gain, scale) && contains;
                gains.include(gain.lower, gain.upper);
                error = std::max(error, gain.standard_error);
            }
        }
        out.margin = losses.with(oriented_excess(delta.estimate, loss, scale));
        if (options.equivalence) {
            out.against_gain = gains.with(oriented_excess(delta.estimate, -loss, scale));
        }
    }
    if (flat) {
        mark_degenerate(out,
                        "The interval has no width; without variation the data say nothing about "
                        "uncertainty.");
    }
    if (!contains) {
        out.degenerate = true;
        add_note(out, "estimate_outside_interval",
                 "The interval does not contain its own estimate.");
    }
    return error;
}

void fill_point(const metrics::Metric& metric, const Margin& margin, Comparison& out) {
    const double baseline = out.baseline.number();
    const double delta = metric.orientation() * (out.candidate.number() - baseline);
    if (!std::isfinite(delta)) {
        out.problem = "the difference of the two values is not finite";
        return;
    }
    out.delta = delta;
    const Relative relative = relative_use(margin, baseline, 0.0);
    if (relative == Relative::refused) {
        out.problem = near_zero_text;
        return;
    }
    if (relative == Relative::dropped) {
        note_dropped(out);
    }
    if (margin.absolute || margin.relative) {
        const double loss = tolerated(margin, relative, baseline);
        const double excess = oriented_excess(delta, loss, larger_value(out));
        out.margin =
            AgainstMargin{.margin = loss, .estimate = excess, .lower = excess, .upper = excess};
        const double gain = oriented_excess(delta, -loss, larger_value(out));
        out.against_gain =
            AgainstMargin{.margin = loss, .estimate = gain, .lower = gain, .upper = gain};
    }
}

void fill_identical(const Margin& margin, const Options& options, Comparison& out) {
    out.identical = true;
    out.delta = 0.0;
    out.interval = stats::Interval{0.0, 0.0, options.confidence};
    out.standard_error = 0.0;
    out.p_no_loss = 1.0;
    if (margin.absolute || margin.relative) {
        const double loss = tolerated(margin, margin.relative ? Relative::usable : Relative::absent,
                                      out.baseline.number());
        out.margin = AgainstMargin{.margin = loss, .estimate = loss, .lower = loss, .upper = loss};
    }
    add_note(out, "identical", "Both sides hold the same evidence.");
}

void fill_power(const Options& options, double null_standard_error, Comparison& out) {
    // Constant differences leave a standard error of a few ulp, and no word about what can be
    // shown.
    const bool flat = out.interval && *out.delta != 0.0 &&
                      is_one_number(out.interval->lower, out.interval->upper, larger_value(out));
    if (flat || !(null_standard_error > 0.0) || !std::isfinite(null_standard_error)) {
        return;
    }
    out.mde = stats::smallest_detectable(null_standard_error, options.confidence);
    if (out.margin && out.margin->margin > 0.0 && out.n > 0) {
        // An unchanged candidate must pass on both sides of an equivalence.
        out.n_needed = stats::examples_needed(null_standard_error, out.n, out.margin->margin,
                                              options.confidence, options.equivalence ? 0.9 : 0.8);
    }
}

}  // namespace metricgate::comparison
