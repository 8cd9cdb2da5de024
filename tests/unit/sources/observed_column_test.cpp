#include "reading.h"

using namespace reading;

TEST_CASE("an observed column refuses nothing and counts what is not a number", "[sources]") {
    const auto read = table("age,x\n31,a\n,b\nNaN,c\nn/a,d\n2.5,e\n1e999,f\n", "eval.csv",
                            {ask("age", ReadAs::observed)});
    REQUIRE(problems_of(read) == "");
    const auto& column = read->observed.at("age");
    CHECK(column.rows == 6);
    CHECK(column.numbers == std::vector<double>{31.0, 2.5});
    CHECK(column.missing.count == 1);
    CHECK(column.non_finite.count == 1);
    CHECK(column.non_finite.text == "NaN");
    CHECK(column.text.count == 2);
    CHECK(column.text.text == "n/a");
    CHECK(column.text.first.line == 5);
    CHECK_FALSE(column.is_numeric());
}

TEST_CASE("in JSON lines a quoted number, true and null are no numbers", "[sources]") {
    const auto read = table(
        "{\"age\": \"3\", \"paid\": true, \"n\": 3}\n{\"age\": null, \"paid\": false, \"n\": 4}\n",
        "eval.jsonl",
        {ask("age", ReadAs::observed), ask("paid", ReadAs::observed), ask("n", ReadAs::observed)});
    REQUIRE(problems_of(read) == "");
    CHECK(read->observed.at("age").text.count == 1);
    CHECK(read->observed.at("age").missing.count == 1);
    CHECK(read->observed.at("paid").text.count == 2);
    CHECK(read->observed.at("n").numbers == std::vector<double>{3.0, 4.0});
}

TEST_CASE("a column of empty cells is neither numeric nor text", "[sources]") {
    const auto read = table("age,x\n,a\n,b\n", "eval.csv", {ask("age", ReadAs::observed)});
    REQUIRE(problems_of(read) == "");
    CHECK(read->observed.at("age").is_empty());
    CHECK_FALSE(read->observed.at("age").is_numeric());
}
