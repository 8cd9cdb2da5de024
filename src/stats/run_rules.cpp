#include "stats/run_rules.h"

#include <algorithm>
#include <array>
#include <cmath>

namespace metricgate::stats {
namespace {

constexpr std::array<RunRule, 11> all_rules = {RunRule::beyond_three_sigma,
                                               RunRule::two_of_three_beyond_two,
                                               RunRule::two_of_three_beyond_two_any,
                                               RunRule::four_of_five_beyond_one,
                                               RunRule::four_of_five_beyond_one_any,
                                               RunRule::eight_on_one_side,
                                               RunRule::nine_on_one_side,
                                               RunRule::six_trending,
                                               RunRule::fourteen_alternating,
                                               RunRule::fifteen_within_one,
                                               RunRule::eight_beyond_one_either_side};

/// Values against the center, in sigmas where it matters.
class Series {
public:
    Series(std::span<const double> values, double center, double sigma)
        : m_values(values), m_center(center), m_sigma(sigma) {}

    [[nodiscard]] std::size_t size() const { return m_values.size(); }
    /// +1 above `sigmas` above the center, -1 below as many below it, else 0.
    [[nodiscard]] int side(std::size_t at, double sigmas) const {
        const double offset = m_values[at] - m_center;
        const double reach = sigmas > 0.0 ? sigmas * m_sigma : 0.0;
        return offset > reach ? 1 : (offset < -reach ? -1 : 0);
    }
    [[nodiscard]] bool within(std::size_t at, double sigmas) const {
        return std::abs(m_values[at] - m_center) < sigmas * m_sigma;
    }
    /// +1 when the point is above the one before it, -1 below, 0 equal or first.
    [[nodiscard]] int step(std::size_t at) const {
        if (at == 0 || m_values[at] == m_values[at - 1]) {
            return 0;
        }
        return m_values[at] > m_values[at - 1] ? 1 : -1;
    }

private:
    std::span<const double> m_values;
    double m_center;
    double m_sigma;
};

/// Whether `wanted` of the last `window` points up to `at` lie beyond `sigmas` on one side.
bool crowded(const Series& series, std::size_t at, std::size_t wanted, std::size_t window,
             double sigmas, bool last_counts) {
    for (const int side : {1, -1}) {
        std::size_t count = 0;
        for (std::size_t back = 0; back < window && back <= at; ++back) {
            count += series.side(at - back, sigmas) == side ? 1U : 0U;
        }
        if (count >= wanted && (!last_counts || series.side(at, sigmas) == side)) {
            return true;
        }
    }
    return false;
}

/// Whether `holds` is true of the last `count` points up to `at`.
template <class Holds>
bool unbroken(std::size_t at, std::size_t count, const Holds& holds) {
    if (at + 1 < count) {
        return false;
    }
    for (std::size_t back = 0; back < count; ++back) {
        if (!holds(at - back)) {
            return false;
        }
    }
    return true;
}

bool on_one_side(const Series& series, std::size_t at, std::size_t count) {
    const int side = series.side(at, 0.0);
    return side != 0 &&
           unbroken(at, count, [&](std::size_t point) { return series.side(point, 0.0) == side; });
}

/// Six points have five steps between them.
bool trends(const Series& series, std::size_t at) {
    const int step = series.step(at);
    return step != 0 &&
           unbroken(at, 5, [&](std::size_t point) { return series.step(point) == step; });
}

/// Fourteen points have thirteen steps between them, each against the one before it.
bool alternates(const Series& series, std::size_t at) {
    return series.step(at) != 0 && at >= 13 && unbroken(at, 12, [&](std::size_t point) {
               return series.step(point) == -series.step(point - 1);
           });
}

bool shows(RunRule rule, const Series& series, std::size_t at) {
    switch (rule) {
        case RunRule::beyond_three_sigma:
            return series.side(at, 3.0) != 0;
        case RunRule::two_of_three_beyond_two:
            return crowded(series, at, 2, 3, 2.0, true);
        case RunRule::two_of_three_beyond_two_any:
            return crowded(series, at, 2, 3, 2.0, false);
        case RunRule::four_of_five_beyond_one:
            return crowded(series, at, 4, 5, 1.0, true);
        case RunRule::four_of_five_beyond_one_any:
            return crowded(series, at, 4, 5, 1.0, false);
        case RunRule::eight_on_one_side:
            return on_one_side(series, at, 8);
        case RunRule::nine_on_one_side:
            return on_one_side(series, at, 9);
        case RunRule::six_trending:
            return trends(series, at);
        case RunRule::fourteen_alternating:
            return alternates(series, at);
        case RunRule::fifteen_within_one:
            return unbroken(at, 15, [&](std::size_t point) { return series.within(point, 1.0); });
        case RunRule::eight_beyond_one_either_side:
            return unbroken(at, 8, [&](std::size_t point) { return series.side(point, 1.0) != 0; });
    }
    return false;
}

}  // namespace

std::span<const RunRule> run_rules() {
    return all_rules;
}

std::string_view name_of(RunRule rule) {
    switch (rule) {
        case RunRule::beyond_three_sigma:
            return "beyond three sigma";
        case RunRule::two_of_three_beyond_two:
            return "two of three beyond two sigma on one side";
        case RunRule::two_of_three_beyond_two_any:
            return "two of three beyond two sigma on one side, the last or not";
        case RunRule::four_of_five_beyond_one:
            return "four of five beyond one sigma on one side";
        case RunRule::four_of_five_beyond_one_any:
            return "four of five beyond one sigma on one side, the last or not";
        case RunRule::eight_on_one_side:
            return "eight in a row on one side";
        case RunRule::nine_on_one_side:
            return "nine in a row on one side";
        case RunRule::six_trending:
            return "six in a row rising or falling";
        case RunRule::fourteen_alternating:
            return "fourteen in a row up and down in turn";
        case RunRule::fifteen_within_one:
            return "fifteen in a row within one sigma";
        case RunRule::eight_beyond_one_either_side:
            return "eight in a row beyond one sigma, on either side";
    }
    return "unknown rule";
}

std::vector<std::size_t> find_pattern(RunRule rule, std::span<const double> values, double center,
                                      double sigma) {
    const Series series(values, center, sigma);
    std::vector<std::size_t> found;
    for (std::size_t at = 0; at < series.size(); ++at) {
        if (shows(rule, series, at)) {
            found.push_back(at);
        }
    }
    return found;
}

}  // namespace metricgate::stats
