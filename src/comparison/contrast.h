#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <utility>

#include "comparison/comparison.h"
#include "stats/means.h"

namespace metricgate::comparison {

/// What a method says of s * (candidate - factor * baseline), s = +1 when higher is better, else
/// -1. Factor 1 is delta; factor 1 - s r sign(baseline) is delta + r |baseline|, so that a relative
/// margin is judged as one linear statistic with the baseline's noise in it.
struct Contrast {
    double estimate = 0.0;
    double lower = 0.0;
    double upper = 0.0;
    double standard_error = 0.0;
    double p_no_loss = 1.0;
    std::optional<double> degrees_of_freedom = std::nullopt;  ///< of a t interval
};

struct Contrasts {
    std::function<Contrast(double factor)> at;
    /// Of the baseline's value, when it is known cheaply: refuses relative margins of a baseline
    /// that may be 0.
    std::optional<double> baseline_standard_error;
};

Contrast normal_contrast(double estimate, double standard_error, double confidence);
/// `estimate` times `orientation`.
Contrast t_contrast(const stats::MeanEstimate& estimate, double orientation, double confidence);
/// The same, widened for its skewness: for examples, whose losses may have any shape.
Contrast skewed_t_contrast(const stats::MeanEstimate& estimate, double orientation,
                           double confidence);

/// Fills delta, interval, margin, p_no_loss and standard_error from a method's contrasts, and marks
/// evidence that decides nothing (zero width, an interval without its own estimate). Needs both
/// values. Returns the standard error of the statistic against the margin (of delta without one).
double fill(const metrics::Metric& metric, const Margin& margin, const Options& options,
            const Contrasts& contrasts, Comparison& out);

/// delta, and the margin with bounds that equal the estimate: for bare scalars and for evidence
/// that is too little for an interval.
void fill_point(const metrics::Metric& metric, const Margin& margin, Comparison& out);

/// Both sides are the same: delta 0, interval [0, 0], note `identical`.
void fill_identical(const Margin& margin, const Options& options, Comparison& out);

/// mde from `standard_error`, n_needed when a margin above 0 was filled. `null_standard_error` is
/// the standard error if nothing had changed, where a method knows it apart.
void fill_power(const Options& options, double null_standard_error, Comparison& out);

/// Note that nothing pairs two recorded numbers.
void note_independent(Comparison& out);

/// `fill` and `fill_power` for two recorded numbers, with the note that nothing pairs them.
void fill_independent(const metrics::Metric& metric, const Margin& margin, const Options& options,
                      const Contrasts& contrasts, Comparison& out);

void add_note(Comparison& out, std::string code, std::string text);
/// Of something that a method counted or estimated; a number that is not finite is left out.
void add_fact(Comparison& out, std::string name, double value);
inline void add_fact(Comparison& out, std::string name, std::uint64_t count) {
    add_fact(out, std::move(name), static_cast<double>(count));
}
/// Note `degenerate`, the first reason only; the comparison decides nothing from here on.
void mark_degenerate(Comparison& out, std::string text);

}  // namespace metricgate::comparison
