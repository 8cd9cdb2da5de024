#pragma once

#include <numeric>

namespace metricgate::stats {

/// Where `beyond`, which holds at `outer` and not at `inner`, stops holding: halved until no double
/// lies between, so that the result needs no tolerance. Returns the outer of the last two, which is
/// the safe side of a bound.
template <class Beyond>
double last_beyond(double outer, double inner, const Beyond& beyond) {
    while (true) {
        const double middle = std::midpoint(outer, inner);
        if (middle == outer || middle == inner) {
            return outer;
        }
        if (beyond(middle)) {
            outer = middle;
        } else {
            inner = middle;
        }
    }
}

}  // namespace metricgate::stats
