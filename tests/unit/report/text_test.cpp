#include <algorithm>
#include <sstream>

#include "report/formats.h"
#include "report/table.h"
#include "support/catch.h"
#include "support/sample_results.h"

using namespace metricgate;

TEST_CASE("a terminal shows the rows that need attention first", "[report]") {
    CHECK(report::render_text(tests::sample_undecided(), {}) == R"(metricgate: UNDECIDED

2 of 2 checks evaluated or explained: 2 inconclusive.
Candidate eval/predictions.csv (commit aaaabbbbcccc) against baseline main:eval/predictions.csv
(commit 0123456789ab, 12 days older): 1,200 examples paired.
Policy .metricgate.yaml at 0123456789ab, the same in the work tree.

A change with a minus is worse. Brackets hold the 90 % interval.

inconclusive  recall-by-language [language=tr], leans worse
              0.874 -> 0.849: -0.025 [-0.049, -0.001]; allowed: loss up to 0.01; 1,200 examples,
              tango
              significant alone (p 0.045) but not after correction for 4 checks (Holm p 0.18); the
              smallest drop this data can show is 0.027
inconclusive  recall
              0.874 -> 0.868: -0.006 [-0.021, 0.009]; allowed: loss up to 0.01; 1,200 examples,
              tango
              a loss beyond the margin cannot be ruled out; about 1,900 more examples would decide;
              the smallest drop this data can show is 0.027

Next step: Add about 1,900 examples, or widen the margin of recall to 0.027.
)");
}

TEST_CASE("rows that hold are one table, with what they have to say below", "[report]") {
    const std::string text = report::render_text(tests::sample_pass(), {});
    CHECK(
        text.find("\n"
                  "status   check      baseline  candidate  change                       allowed\n"
                  "pass     auc        0.9312    0.9335     0.0023 [-0.0021, 0.0067]     loss up "
                  "to 0.01\n") != std::string::npos);
    CHECK(
        text.ends_with("p95: The candidate is worse, by less than the margin.\n"
                       "recall-tr: skipped: 40 examples, 100 wanted\n"));
}

TEST_CASE("colour marks status words only, and only when asked", "[report]") {
    report::Style style;
    style.color = true;
    const std::string plain = report::render_text(tests::sample_fail(), {});
    std::string colored = report::render_text(tests::sample_fail(), style);
    CHECK(plain.find('\x1b') == std::string::npos);
    CHECK(colored.starts_with("metricgate: \x1b[31mFAIL\x1b[0m\n"));
    CHECK(colored.find("\n\x1b[31mregressed\x1b[0m     accuracy\n") != std::string::npos);
    CHECK(colored.find("\n\x1b[33minconclusive\x1b[0m  recall\n") != std::string::npos);
    CHECK(colored.find("\n\x1b[32mpass\x1b[0m    auc") != std::string::npos);
    for (const std::string code : {"\x1b[31m", "\x1b[32m", "\x1b[33m", "\x1b[0m"}) {
        for (auto at = colored.find(code); at != std::string::npos; at = colored.find(code)) {
            colored.erase(at, code.size());
        }
    }
    CHECK(colored == plain);
}

TEST_CASE("lines keep to the terminal's width unless a single word is wider", "[report]") {
    for (const auto& [name, result] : tests::sample_results()) {
        if (name == "hostile") {
            continue;
        }
        std::istringstream lines(report::render_text(result, {}));
        std::string line;
        while (std::getline(lines, line)) {
            INFO(name << ": " << line);
            CHECK(report::display_width(line) <= 100);
        }
    }
}

TEST_CASE("no hostile name reaches a terminal or a runner as a command", "[report]") {
    std::istringstream lines(report::render_text(tests::sample_hostile(), {}));
    std::string line;
    while (std::getline(lines, line)) {
        const auto start = line.find_first_not_of(" \t");
        CHECK((start == std::string::npos || line.compare(start, 2, "::") != 0));
        CHECK(std::none_of(line.begin(), line.end(), [](char byte) {
            return static_cast<unsigned char>(byte) < 0x20 || byte == 0x7f;
        }));
        CHECK(line.find("\xc2\x9b") == std::string::npos);
    }
}
