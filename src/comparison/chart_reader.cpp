#include "comparison/chart_reader.h"

#include <algorithm>
#include <cmath>
#include <limits>

#include "comparison/chart_run_length.h"

namespace metricgate::comparison {
namespace {

using stats::RunRule;

/// A sum is held at most this far above its decision: a model that is mended stops ringing after a
/// few points, not after as many as the sum had grown.
constexpr double beyond_decision = 1.0;
constexpr double three = 3.0;
/// No rule looks further back.
constexpr std::size_t longest_pattern = 16;

/// Rules that know no better and worse.
bool has_direction(RunRule rule) {
    return rule != RunRule::fourteen_alternating && rule != RunRule::fifteen_within_one &&
           rule != RunRule::eight_beyond_one_either_side;
}

std::span<const double> newest_of(std::span<const double> values, std::size_t count) {
    return values.last(std::min(count, values.size()));
}

/// Whether the rule's pattern ends at the newest point. `values`: standardised, negative is worse.
bool ends_in_pattern(RunRule rule, std::span<const double> values, bool two_sided) {
    std::vector<double> looked_at(values.begin(), values.end());
    if (!two_sided) {
        if (!has_direction(rule)) {
            return false;
        }
        if (rule == RunRule::six_trending) {
            if (values.size() > 1 && values[values.size() - 1] > values[values.size() - 2]) {
                return false;
            }
        } else {
            for (double& value : looked_at) {
                value = std::min(value, 0.0);  // what is better is on the center line
            }
        }
    }
    const auto found = stats::find_pattern(rule, looked_at, 0.0, 1.0);
    return !found.empty() && found.back() + 1 == values.size();
}

}  // namespace

bool ChartReading::is_finite() const {
    return std::isfinite(center + sigma * statistic) && std::isfinite(center + sigma * limit) &&
           std::isfinite(center - sigma * limit);
}

ChartBounds bounds_of(const ChartReading& reading, ChartType type, double orientation) {
    const double origin = type == ChartType::cusum ? 0.0 : reading.center;
    return {origin + orientation * reading.sigma * reading.statistic,
            origin - reading.sigma * reading.limit, origin + reading.sigma * reading.limit};
}

ChartReader::ChartReader(std::span<const PooledPoint> points, bool is_proportion,
                         double orientation, const ChartOptions& options)
    : m_points(points),
      m_options(options),
      m_orientation(orientation),
      m_errors(errors_of(points, is_proportion)) {
    restart();
}

void ChartReader::restart() {
    m_least_own = std::numeric_limits<double>::infinity();
    m_distances.clear();
    m_charted.clear();
    m_average = 0.0;
    m_forgotten = 1.0;
    m_low = 0.0;
    m_high = 0.0;
}

double ChartReader::raw_sigma(std::size_t at) const {
    return m_limits->sigma * (m_limits->standardised ? m_errors[at] : 1.0);
}

/// As long as every point has a standard error, they are what distances are measured in.
void ChartReader::choose_limits(std::size_t at) {
    const bool standardised = at < m_errors.size();
    if (m_limits && m_limits->standardised == standardised) {
        return;
    }
    const auto all = standardised ? m_points.first(m_errors.size()) : m_points;
    m_limits = frozen_limits(all, standardised ? std::span(m_errors) : std::span<double>(),
                             m_options.points);
    m_widening = widening(m_limits->points);
    restart();
}

bool ChartReader::floor_rose(std::size_t at) {
    for (; m_rounded <= at; ++m_rounded) {
        m_rounding.add(m_points[m_rounded].point.value.value);
    }
    const double before = m_floor;
    m_floor = std::max(m_options.least_sigma.value_or(0.0), m_rounding.sigma(m_limits->center));
    return m_floor != before && std::max(m_floor, before) > m_least_own;
}

void ChartReader::take(std::size_t at) {
    ++m_work;
    const double own = m_widening * raw_sigma(at);
    m_least_own = std::min(m_least_own, own);
    const double sigma = std::max(own, m_floor);
    const double distance = m_orientation * (m_points[at].point.value.value - m_limits->center);
    // Only a history of zeros has no sigma at all, and nothing in it moves.
    m_distances.push_back(sigma > 0.0 ? distance / sigma : 0.0);
    if (at >= m_limits->after) {
        count(m_distances.back());
    }
}

void ChartReader::count(double distance) {
    m_charted.push_back(distance);
    const double kept = 1.0 - m_options.weight;
    m_average = m_options.weight * distance + kept * m_average;
    m_forgotten *= kept * kept;
    const double most = m_options.decision + beyond_decision;
    m_low = std::clamp(m_low - distance - m_options.allowance, 0.0, most);
    m_high = std::clamp(m_high + distance - m_options.allowance, 0.0, most);
}

void ChartReader::judge(ChartReading& reading) const {
    const auto add_beyond = [&](const char* rule) {
        if (reading.statistic < -reading.limit ||
            (m_options.two_sided && reading.statistic > reading.limit)) {
            reading.broken.emplace_back(rule);
        }
    };
    switch (m_options.type) {
        case ChartType::individuals:
            reading.statistic = m_charted.back();
            reading.limit = three;
            for (const RunRule rule : m_options.rules) {
                if (ends_in_pattern(rule, newest_of(m_charted, longest_pattern),
                                    m_options.two_sided)) {
                    reading.broken.emplace_back(word_of(rule));
                }
            }
            return;
        case ChartType::ewma: {
            const double share = m_options.weight / (2.0 - m_options.weight);
            reading.statistic = m_average;
            reading.limit = m_options.width * std::sqrt(share * (1.0 - m_forgotten));
            add_beyond("ewma_beyond_limits");
            return;
        }
        case ChartType::cusum:
            reading.statistic = m_options.two_sided && m_high > m_low ? m_high : -m_low;
            reading.limit = m_options.decision;
            add_beyond("cusum_beyond_decision");
            return;
        case ChartType::moving_average: {
            const auto averaged = newest_of(m_charted, m_options.span);
            double sum = 0.0;
            for (const double value : averaged) {
                sum += value;
            }
            const auto size = static_cast<double>(averaged.size());
            reading.statistic = sum / size;
            reading.limit = m_options.width / std::sqrt(size);
            add_beyond("moving_average_beyond_limits");
            return;
        }
    }
}

ChartReading ChartReader::read(std::size_t at) {
    choose_limits(at);
    if (floor_rose(at)) {
        restart();
    }
    m_read = at + 1;
    ChartReading reading;
    if (m_limits->points < m_options.points || at < m_limits->after) {
        return reading;
    }
    while (m_distances.size() <= at) {
        take(m_distances.size());
    }
    reading.judged = true;
    reading.center = m_limits->center;
    reading.standardised = m_limits->standardised;
    reading.raw_sigma = raw_sigma(at);
    reading.sigma = std::max(m_widening * reading.raw_sigma, m_floor);
    if (m_widening * reading.raw_sigma < m_floor) {
        reading.floor = m_floor;
    }
    judge(reading);
    return reading;
}

FrozenLimits ChartReader::limits() const {
    if (m_limits && m_limits->points >= m_options.points && m_read > m_limits->after) {
        return *m_limits;
    }
    const bool standardised = m_read <= m_errors.size();
    return frozen_limits(
        m_points.first(m_read),
        standardised ? std::span(m_errors).first(m_read) : std::span<const double>(),
        m_options.points);
}

std::size_t read_all(ChartReader& reader, std::size_t count, std::uint64_t most_work,
                     const std::function<void(std::size_t, const ChartReading&)>& tell) {
    std::size_t at = 0;
    for (; at < count && (at + 1 == count || reader.work() <= most_work); ++at) {
        tell(at, reader.read(at));
    }
    const std::size_t unread = count - at;
    if (unread > 0) {
        tell(count - 1, reader.read(count - 1));
    }
    return unread > 0 ? unread - 1 : 0;
}

}  // namespace metricgate::comparison
