#include "comparison/rounding.h"

#include <algorithm>
#include <cmath>
#include <limits>

namespace metricgate::comparison {

double unit_in_last_place(double scale) {
    const double size = std::abs(scale);
    return std::nextafter(size, std::numeric_limits<double>::infinity()) - size;
}

bool is_rounding(double standard_error, double value) {
    constexpr double few = 16.0;
    return !(standard_error > few * unit_in_last_place(value));
}

bool is_one_number(double lowest, double highest, double scale) {
    constexpr double few = 16.0;
    constexpr double billionth = 1e-9;
    const double size = std::max(std::abs(lowest), std::abs(highest));
    return !(highest - lowest > std::max(few * unit_in_last_place(scale), billionth * size));
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
