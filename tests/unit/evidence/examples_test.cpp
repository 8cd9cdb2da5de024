#include "evidence/examples.h"

#include "support/catch.h"

using namespace metricgate::evidence;

TEST_CASE("an example's id is its row's, directly or through the join", "[evidence]") {
    Examples examples;
    examples.rows = 2;
    REQUIRE(examples.id(0) == "");
    examples.ids = IdColumn();
    for (const char* id : {"a", "b", "c"}) {
        examples.ids->push_back(id);
    }
    REQUIRE(examples.id(1) == "b");
    examples.id_rows = {2, 0};
    REQUIRE(examples.id(0) == "c");
    REQUIRE(examples.id(1) == "a");
}

TEST_CASE("rows are all, or those listed", "[evidence]") {
    const Rows all = Rows::all(3);
    REQUIRE(all.is_all());
    REQUIRE(all.size() == 3);
    REQUIRE(all[2] == 2);
    const Rows listed(std::vector<std::uint32_t>{1, 5});
    REQUIRE_FALSE(listed.is_all());
    REQUIRE(listed.size() == 2);
    REQUIRE(listed[1] == 5);
    REQUIRE(Rows(std::vector<std::uint32_t>{}).size() == 0);
}
