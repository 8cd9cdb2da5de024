// How long a store takes to read; hidden, because bench/store.py makes the store and asks for it.

#include <chrono>
#include <cstdlib>
#include <iostream>

#include "history/store.h"
#include "support/catch.h"
#include "support/number.h"

using namespace metricgate;

TEST_CASE("Reading the history of one metric, by the clock", "[.store]") {
    const auto variable = [](const char* name) {
        const char* value = std::getenv(name);
        return std::string(value == nullptr ? "" : value);
    };
    history::Query query{{variable("METRICGATE_METRIC")}, std::nullopt};
    if (const std::string window = variable("METRICGATE_WINDOW"); !window.empty()) {
        query.window = static_cast<std::uint64_t>(support::parse_number(window).value);
    }
    const auto files = support::disk();
    for (int round = 0; round < 21; ++round) {
        const auto start = std::chrono::steady_clock::now();
        const auto read = history::open_store(variable("METRICGATE_STORE"), *files)->read(query);
        const std::chrono::duration<double> taken = std::chrono::steady_clock::now() - start;
        REQUIRE(read.ok());
        REQUIRE_FALSE(read->front().points.empty());
        std::cout << "read " << support::format_exact(taken.count()) << "\n";
    }
}
