#pragma once

#include <cstdint>

#include "support/number.h"

namespace metricgate::sources {

/// A 32-bit float as the number that a person reads in it: its shortest decimal text, so that 0.94f
/// is 0.94 and not 0.939999997615814. Non-finite values keep their kind.
support::ParsedNumber number_of(float value) noexcept;
/// The same of a 64-bit float, which is itself.
support::ParsedNumber number_of(double value) noexcept;

/// The same as a double; NaN and the infinities are themselves.
double shortest_decimal(float value) noexcept;

/// A 16-bit float (IEEE 754 binary16) from its bits, exactly.
double of_binary16(std::uint16_t bits) noexcept;

}  // namespace metricgate::sources
