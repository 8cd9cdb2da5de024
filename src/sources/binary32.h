#pragma once

#include "support/number.h"

namespace metricgate::sources {

/// A 32-bit float as the number that a person reads in it: its shortest decimal text, so that 0.94f is 0.94 and not
/// 0.939999997615814. Non-finite values keep their kind.
support::ParsedNumber number_of(float value) noexcept;
/// The same of a 64-bit float, which is itself.
support::ParsedNumber number_of(double value) noexcept;

/// The same as a double; NaN and the infinities are themselves.
double shortest_decimal(float value) noexcept;

}  // namespace metricgate::sources
