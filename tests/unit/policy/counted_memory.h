#pragma once

#include <cstddef>

namespace metricgate::policy::test {

/// Bytes that this program has asked `operator new` for since it started.
std::size_t memory_asked_for();

}  // namespace metricgate::policy::test
