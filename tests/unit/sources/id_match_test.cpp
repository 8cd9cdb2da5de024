#include "sources/id_match.h"

#include "support/catch.h"

using namespace metricgate;

namespace {

/// Ids 0, step, 2 step, ... modulo `count`, which has no factor in common with it.
evidence::IdColumn ids(std::uint64_t count, std::uint64_t step, std::uint64_t first) {
    evidence::IdColumn column;
    for (std::uint64_t i = 0; i < count; ++i) {
        column.push_back("i" + std::to_string(first + i * step % count));
    }
    return column;
}

}  // namespace

TEST_CASE("more ids than are matched in one go are matched as few are", "[sources]") {
    constexpr std::uint64_t count = 1'100'003;  // above 2^20 on each side; a prime
    const evidence::IdColumn baseline = ids(count, 1, 0);
    const evidence::IdColumn candidate = ids(count, 7919, 10);  // ten ids further, and shuffled
    const sources::IdMatch match = sources::match_ids(baseline, candidate);
    CHECK(match.paired == count - 10);
    CHECK(match.only_baseline == 10);
    CHECK(match.only_candidate == 10);
    CHECK(match.first_only_baseline == std::vector<std::string>{"i0", "i1", "i2", "i3", "i4"});
    REQUIRE(match.baseline_rows);
    REQUIRE(match.candidate_rows);
    REQUIRE(match.candidate_rows->size() == count - 10);
    bool same = true;
    for (std::size_t i = 0; i < count - 10; ++i) {
        same = same && baseline[(*match.baseline_rows)[i]] == candidate[(*match.candidate_rows)[i]];
    }
    CHECK(same);
}
