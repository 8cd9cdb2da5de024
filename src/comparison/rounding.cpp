#include "comparison/rounding.h"

#include <cmath>
#include <limits>

namespace metricgate::comparison {

double unit_in_last_place(double scale) {
    const double size = std::abs(scale);
    return std::nextafter(size, std::numeric_limits<double>::infinity()) - size;
}

double rounded_excess(double excess, double scale) {
    return std::abs(excess) <= 4.0 * unit_in_last_place(scale) ? 0.0 : excess;
}

double oriented_excess(double delta, double margin, double scale) {
    return rounded_excess(delta + margin, scale);
}

bool reaches(double delta, double margin, double scale) {
    return oriented_excess(delta, margin, scale) <= 0.0;
}

}  // namespace metricgate::comparison
