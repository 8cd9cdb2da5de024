#include "history/catalog.h"

#include "support/catch.h"

using namespace metricgate;

TEST_CASE("A history source that is not in the catalog is not found") {
    CHECK(history::source_of("oracle") == nullptr);
}

TEST_CASE("Histories are read from git and from files") {
    REQUIRE(history::source_of("git") != nullptr);
    REQUIRE(history::source_of("file") != nullptr);
}
