#include "support/hash.h"

#include <xxhash.h>

namespace metricgate::support {

std::uint64_t hash64(std::string_view bytes, std::uint64_t seed) noexcept {
    return XXH3_64bits_withSeed(bytes.data(), bytes.size(), seed);
}

}  // namespace metricgate::support
