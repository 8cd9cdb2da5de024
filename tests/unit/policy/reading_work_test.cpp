// Reading a policy takes work in proportion to its length, counted in memory asked for and not in
// seconds, which depend on the machine.
#include <string>

#include "counted_memory.h"
#include "policy_texts.h"
#include "support/catch.h"

using namespace metricgate::policy::test;

namespace {

std::string policy_of(int checks, const std::string& margin) {
    std::string text = "version: 1\nchecks:\n";
    for (int i = 0; i < checks; ++i) {
        text += "  - {id: c" + std::to_string(100'000 + i) + ", metric: accuracy, " + margin +
                ": {abs: 0.01}}\n";
    }
    return text;
}

/// Bytes asked for while a policy of so many checks is read.
std::size_t work(int checks, const std::string& margin, bool good) {
    const std::string text = policy_of(checks, margin);
    const std::size_t before = memory_asked_for();
    const auto policy = parse_text(text);
    const std::size_t after = memory_asked_for();
    REQUIRE(policy.ok() == good);
    return after - before;
}

}  // namespace

TEST_CASE("a policy of twice as many checks takes twice the work to read, not four times",
          "[policy]") {
    const auto once = static_cast<double>(work(2'000, "margin", true));
    const auto twice = static_cast<double>(work(4'000, "margin", true));
    CHECK(once > 2'000.0);
    CHECK(twice < 2.2 * once);
}

TEST_CASE("twice as many mistakes take twice the work to report, not four times", "[policy]") {
    const auto once = static_cast<double>(work(2'000, "margn", false));
    const auto twice = static_cast<double>(work(4'000, "margn", false));
    CHECK(once > 2'000.0);
    CHECK(twice < 2.2 * once);
}
