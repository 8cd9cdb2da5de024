#include <cstdint>
#include <vector>

#include "support/catch.h"
#include "unit/comparison/fixtures.h"

using namespace metricgate;
using namespace metricgate::comparison;

namespace {

/// 200 weighted examples; the candidate differs on the first `flipped`.
evidence::Examples weighted_examples(std::size_t flipped) {
    std::vector<std::uint32_t> labels(200);
    std::vector<std::uint32_t> baseline(200);
    std::vector<std::uint32_t> candidate(200);
    for (std::size_t i = 0; i < labels.size(); ++i) {
        labels[i] = i % 2 == 0 ? 1U : 0U;
        baseline[i] = labels[i];
        candidate[i] = i < flipped ? 1U - labels[i] : labels[i];
    }
    evidence::Examples examples = test::binary_examples(labels, baseline, candidate);
    examples.weight = evidence::NumberColumn{std::vector<double>(200, 1.5), {}, {}};
    return examples;
}

Comparison compared(std::size_t flipped) {
    const evidence::Examples examples = weighted_examples(flipped);
    return test::compare_all(test::metric_for("accuracy", examples), examples, test::absolute(0.02),
                             Options{});
}

}  // namespace

TEST_CASE("weighted accuracy with fewer than 20 discordant pairs is insufficient", "[comparison]") {
    const Comparison result = compared(19);
    REQUIRE(result.insufficient);
    CHECK(result.insufficient->of == "discordant pairs");
    CHECK(result.insufficient->have == 19);
    CHECK(result.insufficient->need == 20);
}

TEST_CASE("weighted accuracy with 20 discordant pairs is judged", "[comparison]") {
    const Comparison result = compared(20);
    CHECK_FALSE(result.insufficient);
    CHECK(result.interval);
}
