#pragma once

namespace metricgate::stats {

/// 128-bit integers, which both compilers offer and the standard does not name.
__extension__ using Int128 = __int128;
__extension__ using Uint128 = unsigned __int128;

}  // namespace metricgate::stats
