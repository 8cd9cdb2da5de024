#include "stats/multiplicity.h"

#include <algorithm>
#include <cassert>
#include <cstddef>
#include <numeric>

namespace metricgate::stats {

std::vector<double> holm(std::span<const double> p) {
    // A p-value that is none claims nothing.
    std::vector<double> sane(p.begin(), p.end());
    for (double& value : sane) {
        assert(value >= 0.0 && value <= 1.0);
        value = value >= 0.0 && value <= 1.0 ? value : 1.0;
    }
    std::vector<std::size_t> order(p.size());
    std::iota(order.begin(), order.end(), std::size_t{0});
    std::ranges::sort(order, [&](std::size_t left, std::size_t right) {
        return sane[left] != sane[right] ? sane[left] < sane[right] : left < right;
    });
    std::vector<double> adjusted(p.size());
    double reached = 0.0;
    for (std::size_t step = 0; step < order.size(); ++step) {
        reached = std::max(reached, static_cast<double>(p.size() - step) * sane[order[step]]);
        adjusted[order[step]] = std::min(1.0, reached);
    }
    return adjusted;
}

}  // namespace metricgate::stats
