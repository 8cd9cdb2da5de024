#include "sources/alpaca_eval.h"

#include "cut_everywhere.h"
#include "llm_data.h"

using namespace reading;
using namespace metricgate;

namespace {

using Numbers = std::vector<double>;

support::Result<evidence::Table> read(const std::string& text) {
    return sources::read_alpaca_eval(document(text),
                                     {ask("id", ReadAs::id), ask("win", ReadAs::number),
                                      ask("tie", ReadAs::number), ask("unjudged", ReadAs::number)});
}

std::string judged(const std::string& preference, const std::string& reference = "ref") {
    return R"({"instruction": "Say )" + preference + R"(", "generator_1": ")" + reference +
           R"(", "generator_2": "m", "annotator": "j", "dataset": "d", "preference": )" +
           preference + "}";
}

}  // namespace

TEST_CASE("alpaca_eval ties count one half, and missing judgements are none", "[sources]") {
    const auto table = read(llm_file("alpaca_eval_annotations.json"));
    REQUIRE(problems_of(table) == "");
    CHECK(texts(*table->ids) == Texts{"helpful_base/Name a prime.", "helpful_base/Name a colour.",
                                      "koala/Name a river.", "koala/Name a bird.",
                                      "koala/Name a fish."});
    const auto& win = table->numbers.at("win");
    CHECK(win.values[0] == 1.0);
    CHECK(win.values[1] == 0.5);
    CHECK(win.values[2] == 0.0);
    CHECK(evidence::is_missing(win.values[3]));
    CHECK(win.values[4] == 0.25);
    CHECK(win.missing.count == 1);
    CHECK(table->numbers.at("unjudged").values == Numbers{0, 0, 0, 1, 0});
}

TEST_CASE("alpaca_eval ties are written as 0 and as 1.5", "[sources]") {
    const auto table = read("[" + judged("0") + "," + judged("1.5") + "," + judged("NaN") + "]");
    REQUIRE(problems_of(table) == "");
    CHECK(table->numbers.at("win").values[0] == 0.5);
    CHECK(table->numbers.at("win").values[1] == 0.5);
    CHECK(table->numbers.at("win").missing.count == 1);
}

TEST_CASE("alpaca_eval preferences outside of 1 to 2 are problems", "[sources]") {
    CHECK_THAT(problems_of(read("[" + judged("2.5") + "]")),
               has("the preference is the number 2.5, wanted 1 to 2"));
    CHECK_THAT(problems_of(read("[" + judged("true") + "]")),
               has("the preference is the boolean true"));
}

TEST_CASE("alpaca_eval judgements by another judge or against another reference are incomparable",
          "[sources]") {
    const auto one = read("[" + judged("1") + "]");
    const auto two = read("[" + judged("1", "other") + "]");
    CHECK_THAT(incomparable(*one, *two), has("values of 'generator_1' of 1 example differ"));
    CHECK(incomparable(*one, *one) == "");
}

TEST_CASE("alpaca_eval instruction that stands twice is a problem", "[sources]") {
    CHECK_THAT(problems_of(read("[" + judged("1") + ",\n" + judged("1") + "]")),
               has("the instruction 'Say 1' stands in line 1 already"));
}

TEST_CASE("alpaca_eval annotations are told by content and refused when cut", "[sources]") {
    const std::string whole = llm_file("alpaca_eval_annotations.json");
    CHECK(sources::is_alpaca_eval(document(whole)));
    CHECK_FALSE(sources::is_alpaca_eval(document("[{\"instruction\": 1}]")));
    const std::string small = "[" + judged("1") + "]";
    CHECK(accepted_cuts(small, [](const std::string& text) { return read(text).ok(); }).empty());
}
