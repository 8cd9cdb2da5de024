#include "stats/hypergeometric.h"

#include <algorithm>
#include <cassert>

namespace metricgate::stats {

namespace {

/// Probabilities over that of the mode, outwards from it on one side.
class Walk {
public:
    Walk(double good, double bad, double draws, std::uint64_t mode, std::uint64_t end)
        : m_good(good), m_bad(bad), m_draws(draws), m_x(mode), m_end(end) {}

    /// One step further; the probability there, 0 at the end or where it no longer matters.
    double step() {
        constexpr double negligible = 1e-17;
        if (m_x == m_end || m_p <= negligible) {
            return 0.0;
        }
        if (m_x < m_end) {
            m_p *= ratio(static_cast<double>(m_x));
            ++m_x;
        } else {
            --m_x;
            m_p /= ratio(static_cast<double>(m_x));
        }
        return m_p;
    }
    [[nodiscard]] std::uint64_t place() const { return m_x; }

private:
    /// P(x + 1) / P(x)
    [[nodiscard]] double ratio(double x) const {
        return (m_good - x) * (m_draws - x) / ((x + 1.0) * (m_bad - m_draws + x + 1.0));
    }
    double m_good;
    double m_bad;
    double m_draws;
    std::uint64_t m_x;
    std::uint64_t m_end;
    double m_p = 1.0;
};

}  // namespace

std::uint64_t hypergeometric(Stream& stream, std::uint64_t good, std::uint64_t bad,
                             std::uint64_t draws) {
    assert(draws <= good + bad);
    const std::uint64_t least = draws > bad ? draws - bad : 0;
    const std::uint64_t most = std::min(good, draws);
    if (least == most) {
        return least;
    }
    const double g = static_cast<double>(good);
    const double b = static_cast<double>(bad);
    const double k = static_cast<double>(draws);
    const auto mode =
        std::clamp(static_cast<std::uint64_t>((k + 1.0) * (g + 1.0) / (g + b + 2.0)), least, most);
    const Walk down(g, b, k, mode, least);
    const Walk up(g, b, k, mode, most);
    double total = 1.0;
    for (Walk walk : {down, up}) {
        for (double p = walk.step(); p > 0.0; p = walk.step()) {
            total += p;
        }
    }
    // The same walks again, from the likeliest places outwards, until the drawn mass is used up.
    double left = stream.uniform() * total - 1.0;
    Walk below = down;
    Walk above = up;
    while (left >= 0.0) {
        const double p_below = below.step();
        left -= p_below;
        if (left < 0.0) {
            return below.place();
        }
        const double p_above = above.step();
        left -= p_above;
        if (left < 0.0) {
            return above.place();
        }
        if (p_below == 0.0 && p_above == 0.0) {
            break;  // what rounding leaves over
        }
    }
    return mode;
}

}  // namespace metricgate::stats
