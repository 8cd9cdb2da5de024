#include "damage/places.h"

#include <algorithm>
#include <numeric>
#include <string>

#include "support/hash.h"

namespace metricgate::damage {
namespace {

std::vector<double> ranked(const std::vector<std::uint64_t>& hashes) {
    std::vector<std::uint32_t> order(hashes.size());
    std::iota(order.begin(), order.end(), 0U);
    std::ranges::sort(order, [&](std::uint32_t left, std::uint32_t right) {
        return hashes[left] != hashes[right] ? hashes[left] < hashes[right] : left < right;
    });
    std::vector<double> places(hashes.size());
    for (std::size_t rank = 0; rank < order.size(); ++rank) {
        places[order[rank]] = (static_cast<double>(rank) + 0.5) / static_cast<double>(order.size());
    }
    return places;
}

}  // namespace

std::vector<double> places_of(const evidence::Examples& examples, std::uint64_t seed) {
    if (!examples.ids) {
        return places_of(examples.rows, seed);
    }
    std::vector<std::uint64_t> hashes(examples.rows);
    for (std::size_t row = 0; row < examples.rows; ++row) {
        hashes[row] = support::hash64(examples.id(row), seed);
    }
    return ranked(hashes);
}

std::vector<double> places_of(std::size_t count, std::uint64_t seed) {
    std::vector<std::uint64_t> hashes(count);
    for (std::size_t row = 0; row < count; ++row) {
        hashes[row] = support::hash64(std::to_string(row), seed);
    }
    return ranked(hashes);
}

}  // namespace metricgate::damage
