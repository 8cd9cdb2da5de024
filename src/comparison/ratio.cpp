// Two geometric means by the ratio between them.
#include "comparison/ratio.h"

#include <algorithm>
#include <cmath>

#include "comparison/contrast.h"
#include "comparison/rounding.h"
#include "stats/power.h"

namespace metricgate::comparison {
namespace {

/// The largest tolerated loss as a distance between logarithms.
double log_margin(double orientation, double relative) {
    return orientation > 0.0 ? -std::log1p(-relative) : std::log1p(relative);
}

/// The loss in the metric's units that lies `distance` away in logarithms.
double loss_at(double orientation, double baseline, double distance) {
    return orientation > 0.0 ? -baseline * std::expm1(-distance) : baseline * std::expm1(distance);
}

/// Widths below the rounding of the logarithms are none.
bool has_no_width(const stats::Interval& logs, const Comparison& out) {
    const double scale = std::max({std::abs(std::log(out.baseline.number())),
                                   std::abs(std::log(out.candidate.number())), 1.0});
    return !(logs.upper - logs.lower > 16.0 * unit_in_last_place(scale));
}

}  // namespace

bool is_geometric(const metrics::Metric& metric) {
    return metric.statistic == "geometric_mean";
}

std::vector<double> logs_of(std::span<const double> values, const char* side,
                            std::string& problem) {
    std::vector<double> logs;
    logs.reserve(values.size());
    for (const double value : values) {
        if (!(value > 0.0)) {
            problem = std::string("a run of the ") + side +
                      " is not above 0, so it has no logarithm; ratios and geometric means need "
                      "values above 0";
        }
        logs.push_back(std::log(value));
    }
    return logs;
}

void fill_ratio(const metrics::Metric& metric, const Margin& margin, const Options& options,
                const stats::MeanEstimate& log_ratio, Comparison& out) {
    if (margin.absolute) {
        out.problem =
            "geometric means are compared by their ratio, so only a relative margin can be judged; "
            "write margin: {rel: 5%} without `abs`";
        return;
    }
    const double s = metric.orientation();
    const double baseline = out.baseline.number();
    const stats::Interval logs = log_ratio.interval(options.confidence);
    const Ratio ratio{std::exp(log_ratio.mean), std::exp(logs.lower), std::exp(logs.upper)};
    const double delta = s * baseline * std::expm1(log_ratio.mean);
    const double one = s * baseline * std::expm1(logs.lower);
    const double other = s * baseline * std::expm1(logs.upper);
    if (!std::isfinite(delta) || !std::isfinite(one) || !std::isfinite(other)) {
        out.problem = "the interval of the ratio is not finite";
        return;
    }
    stats::MeanEstimate oriented = log_ratio;
    oriented.mean *= s;
    out.ratio = ratio;
    out.delta = delta;
    out.interval = stats::Interval{std::min(one, other), std::max(one, other), options.confidence};
    out.p_no_loss = oriented.p_not_negative();
    // The delta method; the bounds come from the logarithms themselves.
    out.standard_error = baseline * ratio.estimate * log_ratio.standard_error;
    if (log_ratio.standard_error > 0.0) {
        out.mde = loss_at(s, baseline,
                          stats::smallest_detectable(log_ratio.standard_error, options.confidence));
    }
    if (margin.relative) {
        const double loss = *margin.relative * baseline;
        const double scale = std::max(baseline, out.candidate.number());
        out.margin = AgainstMargin{.margin = loss,
                                   .estimate = oriented_excess(delta, loss, scale),
                                   .lower = out.interval->lower + loss,
                                   .upper = out.interval->upper + loss};
        if (*margin.relative > 0.0) {
            out.n_needed =
                stats::examples_needed(log_ratio.standard_error, out.n,
                                       log_margin(s, *margin.relative), options.confidence);
        }
    }
    if (has_no_width(logs, out)) {
        mark_degenerate(out,
                        "All ratios are equal; without variation the data say nothing about "
                        "uncertainty.");
    }
}

}  // namespace metricgate::comparison
