#include "verdict/calibration.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <numbers>

#include "comparison/chart_limits.h"
#include "comparison/pooled_points.h"
#include "stats/distributions.h"
#include "stats/exact_sum.h"
#include "stats/moments.h"
#include "support/counted.h"
#include "support/number.h"

namespace metricgate::verdict {
namespace {

using evidence::HistoryPoint;

constexpr double tail = 0.05;  ///< of the interval of sigma, on each side

void add_interval(Noise& noise) {
    const double degrees = noise.degrees_of_freedom;
    noise.lower =
        noise.sigma * std::sqrt(degrees / stats::chi_square_quantile(1.0 - tail, degrees));
    noise.upper = noise.sigma * std::sqrt(degrees / stats::chi_square_quantile(tail, degrees));
}

std::optional<Noise> noise_of_repeats(const std::vector<HistoryPoint>& points) {
    Noise noise;
    stats::ExactSum squares;
    bool countable = true;
    for (const comparison::Attempts& attempts : comparison::attempts_of(points)) {
        std::vector<double> values;
        for (const HistoryPoint* attempt : attempts) {
            if (attempt->value.kind == support::NumberKind::finite) {
                values.push_back(attempt->value.value);
            }
        }
        if (values.size() < 2) {
            continue;
        }
        const auto more = static_cast<double>(values.size() - 1);
        // Moments are sums of squares and cubes, which may be beyond all numbers.
        const auto [least, most] = std::ranges::minmax(values);
        const double spread = most - least;
        if (std::isfinite(spread * spread * spread)) {
            squares.add(stats::moments_of(values, stats::range_of(values), 1.0).variance * more);
        } else {
            countable = false;
        }
        noise.degrees_of_freedom += more;
        noise.values += values.size();
        ++noise.groups;
    }
    if (noise.groups == 0) {
        return std::nullopt;
    }
    noise.sigma = countable ? std::sqrt(squares.value() / noise.degrees_of_freedom)
                            : std::numeric_limits<double>::infinity();
    add_interval(noise);
    return noise;
}

std::optional<Noise> noise_of_history(const std::vector<double>& stable) {
    if (stable.size() < 2) {
        return std::nullopt;
    }
    Noise noise;
    noise.sigma = stats::individuals_chart(stable).sigma;
    noise.degrees_of_freedom = std::max(1.0, stats::moving_range_degrees(stable.size()));
    noise.values = stable.size();
    noise.groups = 1;
    add_interval(noise);
    return noise;
}

/// What was measured since the last change of level, on the newest data.
std::vector<double> stable_values(const MetricHistory& view) {
    std::size_t from = view.changes.empty() ? 0 : view.changes.back().at;
    for (std::size_t at = from; at < view.measurements.size(); ++at) {
        from = view.measurements[at].new_data ? at : from;
    }
    std::vector<double> values;
    for (std::size_t at = from; at < view.measurements.size(); ++at) {
        values.push_back(view.measurements[at].value);
    }
    return values;
}

std::string why_not(const MetricCalibration& result) {
    std::string words;
    if (!result.repeats) {
        words = "no commit was measured more than once";
    } else if (result.repeats->sigma == 0.0) {
        words = "the " + support::counted(result.repeats->values, "repeats") + " never differ";
    } else if (!std::isfinite(result.repeats->sigma)) {
        words = "the repeats differ by more than a number holds";
    } else {
        words = "the repeats have " +
                support::counted(static_cast<std::uint64_t>(result.repeats->degrees_of_freedom),
                                 "degrees of freedom") +
                " where " + support::format_short(least_repeat_degrees) +
                " are wanted (6 runs of one commit)";
    }
    words += ", and ";
    if (result.stable < least_stable) {
        words += support::counted(result.stable, "measurements") +
                 " since the last change of level are too few: " +
                 support::counted(least_stable, "measurements") + " are wanted";
    } else {
        words += "the history never moved";
    }
    return words;
}

bool says_something(const std::optional<Noise>& noise) {
    return noise && noise->sigma > 0.0 && std::isfinite(noise->sigma);
}

/// The loss that a margin tolerates at the present level; nothing where it has none.
std::optional<double> tolerated(const policy::Margin& margin, double level) {
    const auto absolute = margin.absolute ? std::optional(margin.absolute->value) : std::nullopt;
    const auto relative =
        margin.relative ? std::optional(margin.relative->value * std::abs(level)) : std::nullopt;
    if (absolute && relative) {
        return margin.need_both ? std::max(*absolute, *relative) : std::min(*absolute, *relative);
    }
    return absolute ? absolute : relative;
}

double chance_below(double distance, double error, double degrees) {
    return stats::student_t_cdf(distance / error, degrees);
}

void add_rules(MetricCalibration& result, const std::vector<double>& stable,
               const std::vector<RuleToCalibrate>& rules) {
    const Noise& noise = result.noise();
    const auto n = static_cast<double>(stable.size());
    const double of_one = noise.sigma * std::sqrt(1.0 + 1.0 / n);
    for (const RuleToCalibrate& rule : rules) {
        if (rule.metric != result.metric) {
            continue;
        }
        const double up = rule.higher_is_better ? 1.0 : -1.0;
        if (const auto margin =
                rule.margin ? tolerated(*rule.margin, result.level) : std::nullopt) {
            RuleNoise row = {rule.check, RuleNoise::Kind::margin, *margin};
            row.false_alarm =
                chance_below(-*margin, std::numbers::sqrt2 * noise.sigma, noise.degrees_of_freedom);
            for (std::size_t at = 1; at < stable.size(); ++at) {
                const double change = up * (stable[at] - stable[at - 1]);
                row.broken += change < 0.0 && change <= -*margin ? 1U : 0U;
                ++row.looked_at;
            }
            result.rules.push_back(row);
        }
        const auto add_limit = [&](RuleNoise::Kind kind, double limit, double sign) {
            RuleNoise row = {rule.check, kind, limit};
            row.false_alarm =
                chance_below(sign * (limit - result.level), of_one, noise.degrees_of_freedom);
            for (const double value : stable) {
                row.broken += sign * (value - limit) < 0.0 ? 1U : 0U;
                ++row.looked_at;
            }
            result.rules.push_back(row);
        };
        if (rule.minimum) {
            add_limit(RuleNoise::Kind::minimum, *rule.minimum, 1.0);
        }
        if (rule.maximum) {
            add_limit(RuleNoise::Kind::maximum, *rule.maximum, -1.0);
        }
    }
}

}  // namespace

comparison::ChartOptions proposed_chart(comparison::ChartType type) {
    comparison::ChartOptions options;
    options.type = type;
    options.two_sided = true;
    return options;
}

MetricCalibration calibrate(const evidence::History& history, double confidence,
                            const std::vector<RuleToCalibrate>& rules) {
    const MetricHistory view = view_history(history, {});
    MetricCalibration result;
    result.metric = view.metric;
    result.unit = view.unit;
    result.higher_is_better = view.higher_is_better;
    result.measurements = view.measurements.size();
    result.notes = view.notes;
    const std::vector<double> stable = stable_values(view);
    result.stable = stable.size();
    result.repeats = noise_of_repeats(history.points);
    result.history = noise_of_history(stable);
    for (const RuleToCalibrate& rule : rules) {
        if (rule.metric == result.metric && rule.chart) {
            result.charts.push_back(replay_chart(rule.bound, history, *rule.chart, rule.window));
            result.charts.back().check = rule.check;
        }
    }
    if (says_something(result.repeats) &&
        result.repeats->degrees_of_freedom >= least_repeat_degrees) {
        result.used = NoiseSource::repeats;
    } else if (says_something(result.history) && stable.size() >= least_stable) {
        result.used = NoiseSource::history;
    } else {
        result.unknown = why_not(result);
        return result;
    }
    result.level = stats::moments_of(stable, stats::range_of(stable), 1.0).mean;
    const Noise& noise = result.noise();
    result.margin = stats::student_t_quantile(confidence, noise.degrees_of_freedom) *
                    std::numbers::sqrt2 * noise.sigma;
    if (stable.size() >= least_stable && says_something(result.history)) {
        constexpr double limit_sigmas = 3.0;
        const double sigma = comparison::widening(stable.size()) * result.history->sigma;
        const comparison::ChartOptions cusum = proposed_chart(comparison::ChartType::cusum);
        result.limits = {result.level - limit_sigmas * sigma, result.level + limit_sigmas * sigma};
        result.cusum_allowance = cusum.allowance * sigma;
        result.cusum_decision = cusum.decision * sigma;
    }
    if (says_something(result.repeats) && says_something(result.history) &&
        result.used == NoiseSource::repeats) {
        constexpr double much = 2.0;
        if (result.history->sigma > much * noise.sigma) {
            result.notes.push_back(
                "neighbouring commits differ " +
                support::format_short(result.history->sigma / noise.sigma, 2) +
                " times as much as repeats of one commit: the difference is what commits did, or "
                "what repeats share (data, seed, machine)");
        }
    }
    add_rules(result, stable, rules);
    return result;
}

const char* name(NoiseSource source) {
    switch (source) {
        case NoiseSource::none:
            return "none";
        case NoiseSource::repeats:
            return "repeats";
        case NoiseSource::history:
            return "history";
    }
    return "none";
}

const char* name(RuleNoise::Kind kind) {
    switch (kind) {
        case RuleNoise::Kind::margin:
            return "margin";
        case RuleNoise::Kind::minimum:
            return "min";
        case RuleNoise::Kind::maximum:
            return "max";
    }
    return "margin";
}

}  // namespace metricgate::verdict
