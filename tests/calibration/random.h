#pragma once

#include <cmath>
#include <cstdint>

#include "stats/random.h"
#include "support/hash.h"

namespace metricgate::calibration {

/// The random numbers of one trial: they depend on the cell's name and the trial's number alone.
class Random {
public:
    Random(std::string_view cell, std::uint64_t trial)
        : m_stream(stats::Stream::of_unit(trial, support::hash64(cell))) {}

    double uniform() { return m_stream.uniform(); }
    bool chance(double probability) { return m_stream.uniform() < probability; }
    std::uint64_t below(std::uint64_t bound) { return m_stream.below(bound); }
    /// A seed for the resampling of the program under test.
    std::uint64_t seed() { return m_stream.next() >> 11; }

    /// Standard normal, by Marsaglia and Bray's polar method (1964).
    double normal() {
        if (m_spare_known) {
            m_spare_known = false;
            return m_spare;
        }
        while (true) {
            const double x = 2.0 * m_stream.uniform() - 1.0;
            const double y = 2.0 * m_stream.uniform() - 1.0;
            const double square = x * x + y * y;
            if (square < 1.0 && square > 0.0) {
                const double factor = std::sqrt(-2.0 * std::log(square) / square);
                m_spare = factor * y;
                m_spare_known = true;
                return factor * x;
            }
        }
    }
    /// exp(sigma Z); mean exp(sigma^2 / 2).
    double lognormal(double sigma) { return std::exp(sigma * normal()); }

private:
    stats::Stream m_stream;
    double m_spare = 0.0;
    bool m_spare_known = false;
};

}  // namespace metricgate::calibration
