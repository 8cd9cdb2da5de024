#include "stats/rank_sums.h"

#include <algorithm>
#include <cassert>
#include <cstddef>
#include <numeric>

namespace metricgate::stats {

std::vector<double> signed_sum_chances(std::span<const std::uint64_t> scores) {
    const std::uint64_t largest = std::accumulate(scores.begin(), scores.end(), std::uint64_t{0});
    std::vector<double> chances(largest + 1, 0.0);
    chances[0] = 1.0;
    std::uint64_t reached = 0;
    for (const std::uint64_t score : scores) {
        reached += score;
        for (std::uint64_t sum = reached + 1; sum > 0; --sum) {
            const std::uint64_t at = sum - 1;
            chances[at] = 0.5 * chances[at] + (at >= score ? 0.5 * chances[at - score] : 0.0);
        }
    }
    return chances;
}

// Scores are decided one after the other: with `left` still to come and `wanted` still to be drawn,
// the next one is drawn with chance wanted / left.
std::vector<double> drawn_sum_chances(std::span<const std::uint64_t> scores, std::size_t drawn) {
    assert(drawn <= scores.size());
    const std::uint64_t largest = std::accumulate(scores.begin(), scores.end(), std::uint64_t{0});
    const std::size_t width = largest + 1;
    std::vector<double> chances((drawn + 1) * width, 0.0);
    chances[0] = 1.0;
    std::size_t decided = 0;
    std::uint64_t reached = 0;
    for (const std::uint64_t score : scores) {
        const auto left = static_cast<double>(scores.size() - decided);
        reached += score;
        for (std::size_t k = std::min(drawn, decided + 1) + 1; k > 0; --k) {
            const std::size_t taken = k - 1;
            const double keep = std::max(0.0, 1.0 - static_cast<double>(drawn - taken) / left);
            const double draw = taken == 0 ? 0.0 : static_cast<double>(drawn - taken + 1) / left;
            for (std::uint64_t sum = reached + 1; sum > 0; --sum) {
                const std::uint64_t at = sum - 1;
                double& chance = chances[taken * width + at];
                chance *= keep;
                if (taken > 0 && at >= score) {
                    chance += draw * chances[(taken - 1) * width + at - score];
                }
            }
        }
        ++decided;
    }
    return {chances.begin() + static_cast<std::ptrdiff_t>(drawn * width), chances.end()};
}

}  // namespace metricgate::stats
