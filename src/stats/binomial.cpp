// Binomial and multinomial draws, own code because the standard library's differ between vendors.
#include <algorithm>
#include <array>
#include <cassert>
#include <cmath>

#include "stats/random.h"

namespace metricgate::stats {

namespace {

// Below this n p the walk of inversion is shorter than one round of rejection; BTRS needs n p
// >= 10.
constexpr double rejection_from = 10.0;
// With n p < 10 nothing beyond this has a probability that a double can tell from 0.
constexpr std::uint64_t inversion_limit = 110;

// Sequential search from 0 (BINV of Kachitvichyanukul and Schmeiser 1988). 0 < p <= 1/2.
std::uint64_t by_inversion(Stream& stream, std::uint64_t n, double p) {
    const auto trials = static_cast<double>(n);
    const double odds = p / (1.0 - p);
    const double start = std::exp(trials * std::log1p(-p));
    const std::uint64_t limit = std::min(n, inversion_limit);
    while (true) {
        double left = stream.uniform();
        double probability = start;
        for (std::uint64_t k = 0; k <= limit; ++k) {
            if (left <= probability) {
                return k;
            }
            left -= probability;
            probability *= odds * (trials - static_cast<double>(k)) / (static_cast<double>(k) + 1);
        }
    }
}

// ln k! minus Stirling's approximation of it, (k + 1/2) ln(k + 1) - (k + 1) + ln(2 pi)/2.
double stirling_correction(double k) {
    static constexpr std::array<double, 10> exact{
        0.08106146679532726,  0.04134069595540929, 0.02767792568499834, 0.02079067210376509,
        0.01664469118982119,  0.01387612882307075, 0.01189670994589177, 0.01041126526197209,
        0.009255462182712733, 0.008330563433362871};
    if (k < static_cast<double>(exact.size())) {
        return exact[static_cast<std::size_t>(k)];
    }
    const double next = k + 1.0;
    const double inverse_square = 1.0 / (next * next);
    return (1.0 / 12 - (1.0 / 360 - inverse_square / 1260) * inverse_square) / next;
}

// Transformed rejection with squeeze: algorithm BTRS of Hormann, "The generation of binomial random
// variates", Journal of Statistical Computation and Simulation 46 (1993). n p >= 10, p <= 1/2.
std::uint64_t by_rejection(Stream& stream, std::uint64_t n, double p) {
    const auto trials = static_cast<double>(n);
    const double odds = p / (1.0 - p);
    const double spread = std::sqrt(trials * p * (1.0 - p));
    const double b = 1.15 + 2.53 * spread;
    const double a = -0.0873 + 0.0248 * b + 0.01 * p;
    const double c = trials * p + 0.5;
    const double squeeze = 0.92 - 4.2 / b;
    const double alpha = (2.83 + 5.1 / b) * spread;
    const double mode = std::floor((trials + 1.0) * p);
    const double at_mode = (mode + 0.5) * std::log((mode + 1.0) / (odds * (trials - mode + 1.0))) +
                           stirling_correction(mode) + stirling_correction(trials - mode);
    while (true) {
        const double u = stream.uniform() - 0.5;
        const double v = stream.uniform();
        const double margin = 0.5 - std::fabs(u);
        if (margin <= 0.0) {
            continue;
        }
        const double k = std::floor((2.0 * a / margin + b) * u + c);
        if (!(k >= 0.0 && k <= trials)) {
            continue;
        }
        if (margin >= 0.07 && v <= squeeze) {
            return static_cast<std::uint64_t>(k);
        }
        const double height = std::log(v * alpha / (a / (margin * margin) + b));
        const double bound = at_mode +
                             (trials + 1.0) * std::log1p((k - mode) / (trials - k + 1.0)) +
                             (k + 0.5) * std::log(odds * (trials - k + 1.0) / (k + 1.0)) -
                             stirling_correction(k) - stirling_correction(trials - k);
        if (height <= bound) {
            return static_cast<std::uint64_t>(k);
        }
    }
}

}  // namespace

std::uint64_t binomial(Stream& stream, std::uint64_t n, double p) {
    assert(p >= 0.0 && p <= 1.0);
    if (n == 0 || !(p > 0.0)) {
        return 0;
    }
    if (p >= 1.0) {
        return n;
    }
    // Both algorithms draw the rarer outcome.
    const double rarer = p > 0.5 ? 1.0 - p : p;
    const std::uint64_t drawn = static_cast<double>(n) * rarer < rejection_from
                                    ? by_inversion(stream, n, rarer)
                                    : by_rejection(stream, n, rarer);
    return p > 0.5 ? n - drawn : drawn;
}

void multinomial(Stream& stream, std::span<const std::uint64_t> counts,
                 std::span<std::uint64_t> out) {
    assert(counts.size() == out.size());
    std::uint64_t mass = 0;
    for (const std::uint64_t count : counts) {
        mass += count;
    }
    std::uint64_t draws = mass;
    for (std::size_t i = 0; i < counts.size(); ++i) {
        if (counts[i] == mass) {  // the last occupied cell takes what is left
            out[i] = draws;
        } else {
            out[i] =
                binomial(stream, draws, static_cast<double>(counts[i]) / static_cast<double>(mass));
        }
        draws -= out[i];
        mass -= counts[i];
    }
}

void multinomial(Stream& stream, std::span<const double> masses, double total, std::uint64_t draws,
                 std::span<std::uint64_t> out) {
    assert(masses.size() == out.size());
    std::size_t last = masses.size();
    for (std::size_t i = 0; i < masses.size(); ++i) {
        assert(std::isfinite(masses[i]) && masses[i] >= 0.0);
        if (masses[i] > 0.0) {
            last = i;
        }
    }
    assert(draws == 0 || last < masses.size());
    double left = total;
    for (std::size_t i = 0; i < masses.size(); ++i) {
        if (i == last) {  // whatever rounding left of the total
            out[i] = draws;
        } else if (masses[i] > 0.0) {
            out[i] = masses[i] < left ? binomial(stream, draws, masses[i] / left) : draws;
        } else {
            out[i] = 0;
        }
        draws -= out[i];
        left -= masses[i];
    }
}

}  // namespace metricgate::stats
