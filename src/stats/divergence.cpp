#include "stats/divergence.h"

#include <algorithm>
#include <cassert>
#include <cmath>
#include <limits>
#include <utility>

#include "stats/distributions.h"
#include "stats/exact_sum.h"

namespace metricgate::stats {

namespace {

using Counts = std::span<const std::uint64_t>;

double total_of(Counts counts) {
    std::uint64_t total = 0;
    for (const std::uint64_t count : counts) {
        total += count;
    }
    assert(total > 0);
    return static_cast<double>(total);
}

/// sum term(expected share, actual share) over all bins.
template <class Term>
double sum_of(Counts expected, Counts actual, const Term& term) {
    assert(expected.size() == actual.size());
    const double n = total_of(expected);
    const double m = total_of(actual);
    ExactSum sum;
    for (std::size_t i = 0; i < expected.size(); ++i) {
        sum.add(term(static_cast<double>(expected[i]) / n, static_cast<double>(actual[i]) / m));
    }
    return sum.value();
}

/// p ln(p/q), 0 when p is.
double relative_entropy(double p, double q) {
    return p == 0.0 ? 0.0 : p * std::log(p / q);
}

}  // namespace

double population_stability_index(Counts expected, Counts actual, BinShares shares) {
    assert(expected.size() == actual.size() && shares.amount >= 0.0);
    const double n = total_of(expected);
    const double m = total_of(actual);
    const double bins = static_cast<double>(expected.size());
    const auto share = [&](std::uint64_t count, double total) {
        const double counted = static_cast<double>(count);
        switch (shares.rule) {
            case EmptyBins::floor:
                return std::max(counted / total, shares.amount);
            case EmptyBins::add_share:
                return counted / total + shares.amount;
            case EmptyBins::add_count:
                return (counted + shares.amount) / (total + shares.amount * bins);
        }
        return counted / total;
    };
    ExactSum sum;
    for (std::size_t i = 0; i < expected.size(); ++i) {
        const double e = share(expected[i], n);
        const double a = share(actual[i], m);
        if (e == a) {
            continue;
        }
        if (e == 0.0 || a == 0.0) {
            return std::numeric_limits<double>::infinity();
        }
        sum.add((a - e) * std::log(a / e));
    }
    return sum.value();
}

double jensen_shannon_divergence(Counts expected, Counts actual) {
    return std::max(0.0, sum_of(expected, actual, [](double e, double a) {
                        const double mean = (e + a) / 2.0;
                        return (relative_entropy(e, mean) + relative_entropy(a, mean)) / 2.0;
                    }));
}

double jensen_shannon_distance(Counts expected, Counts actual) {
    // Clamped, because rounding may leave the divergence of disjoint samples above one bit.
    return std::min(1.0, std::sqrt(jensen_shannon_divergence(expected, actual) / std::log(2.0)));
}

double kullback_leibler(Counts of, Counts given) {
    assert(of.size() == given.size());
    for (std::size_t i = 0; i < of.size(); ++i) {
        if (of[i] > 0 && given[i] == 0) {
            return std::numeric_limits<double>::infinity();
        }
    }
    return std::max(0.0, sum_of(of, given, relative_entropy));
}

double total_variation(Counts expected, Counts actual) {
    return sum_of(expected, actual, [](double e, double a) { return std::abs(a - e); }) / 2.0;
}

double hellinger(Counts expected, Counts actual) {
    const double sum = sum_of(expected, actual, [](double e, double a) {
        const double difference = std::sqrt(a) - std::sqrt(e);
        return difference * difference;
    });
    return std::min(1.0, std::sqrt(sum / 2.0));
}

Homogeneity chi_square_homogeneity(Counts expected, Counts actual) {
    assert(expected.size() == actual.size());
    const double n = total_of(expected);
    const double m = total_of(actual);
    const double all = n + m;
    Homogeneity result;
    ExactSum sum;
    std::uint64_t occupied = 0;
    for (std::size_t i = 0; i < expected.size(); ++i) {
        const double both = static_cast<double>(expected[i] + actual[i]);
        if (both == 0.0) {
            continue;
        }
        ++occupied;
        for (const auto& [count, size] : {std::pair(expected[i], n), std::pair(actual[i], m)}) {
            const double wanted = both * size / all;
            const double difference = static_cast<double>(count) - wanted;
            sum.add(difference * difference / wanted);
        }
    }
    result.statistic = sum.value();
    result.degrees_of_freedom = occupied - 1;
    result.p =
        occupied == 1 ? 1.0 : chi_square_tail(result.statistic, static_cast<double>(occupied - 1));
    result.cramers_v = std::min(1.0, std::sqrt(result.statistic / all));
    return result;
}

}  // namespace metricgate::stats
