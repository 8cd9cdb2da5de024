#include "history/catalog.h"
#include "scratch.h"
#include "store_points.h"
#include "support/catch.h"

using namespace metricgate;
using namespace metricgate::test;

TEST_CASE("What was logged is a source of history") {
    const Scratch scratch;
    const auto files = support::disk();
    const std::string path = scratch / std::string(GENERATE("s.db", "s.jsonl"));
    REQUIRE(history::open_store(path, *files)
                ->append({point("a", 1), point("a", 2, 1), point("b", 3)})
                .ok());
    history::Request request;
    request.address = path;
    request.metrics = {"a"};
    request.window = 1;
    request.files = files.get();
    const auto found = history::source_of("store")->read(request);
    INFO(why(found));
    REQUIRE(found.ok());
    CHECK(found->source == path);
    REQUIRE(found->histories.size() == 1);
    REQUIRE(found->histories[0].points.size() == 1);
    CHECK(found->histories[0].points[0].value.value == 2);
    CHECK(found->files.front() == path);
    request.trust = support::PathTrust::policy;
    request.root = scratch / "repo";
    CHECK_FALSE(history::source_of("store")->read(request).ok());
}
