#include <cmath>
#include <limits>

#include "evidence/column.h"
#include "reading.h"

using namespace reading;
using metricgate::evidence::is_missing;

namespace {

constexpr double infinity = std::numeric_limits<double>::infinity();

}  // namespace

TEST_CASE("jsonl rows become columns in file order", "[sources]") {
    const auto read = jsonl(
        "{\"id\": \"a\", \"label\": 1, \"pred\": 0.5}\n"
        "{\"pred\":1e-3 ,\"id\":\"b\",\"label\":1.0}\n");
    REQUIRE(problems_of(read) == "");
    CHECK(read->rows == 2);
    CHECK(texts(*read->ids) == Texts{"a", "b"});
    CHECK(texts(read->categories.at("label")) == Texts{"1", "1"});
    CHECK(read->numbers.at("pred").values == std::vector<double>{0.5, 1e-3});
}

TEST_CASE("jsonl lines may be long, many and end without a line end", "[sources]") {
    std::string text;
    for (int i = 0; i < 300; ++i) {
        text += "{\"id\":" + std::to_string(i) + ",\"label\":\"" + std::string(200, 'x') +
                "\",\"pred\":0.25,\"tags\":[1,{\"a\":[]}]}\r\n";
    }
    text.resize(text.size() - 2);
    const auto read = jsonl(text);
    REQUIRE(problems_of(read) == "");
    CHECK(read->rows == 300);
    CHECK((*read->ids)[299] == "299");
}

TEST_CASE("jsonl nested keys are joined with dots", "[sources]") {
    const auto read = table(
        "{\"meta\": {\"id\": \"a\", \"x\": {\"y\": 2}}}\n{\"meta\": {\"id\": \"b\", \"x\": "
        "{\"y\": 3}}}\n",
        "eval.jsonl", {ask("meta.id", ReadAs::id), ask("meta.x.y", ReadAs::number)});
    REQUIRE(problems_of(read) == "");
    CHECK(read->numbers.at("meta.x.y").values == std::vector<double>{2, 3});
}

TEST_CASE("jsonl escapes are undone in keys and values", "[sources]") {
    const auto read = jsonl(
        "{\"id\": \"a\\u00e9\\n\", \"l\\u0061bel\": \"\\\"\", \"pred\": 1}\n"
        "{\"id\": \"b\", \"label\": \"\\\"\", \"pred\": 1}\n");
    REQUIRE(problems_of(read) == "");
    CHECK(texts(*read->ids) == Texts{"a\u00e9\n", "b"});
    CHECK(texts(read->categories.at("label")) == Texts{"\"", "\""});
}

TEST_CASE("jsonl key that is missing in a row is a problem", "[sources]") {
    CHECK(
        problems_of(jsonl("{\"id\":\"a\",\"label\":1,\"pred\":1}\n"
                          "{\"id\":\"b\",\"label\":1,\"Pred\":1}\n")) ==
        "eval.jsonl:2:1: this row has no 'pred', but the first one does; write null where there is "
        "no value\n");
}

TEST_CASE("jsonl value that changes its type is a problem", "[sources]") {
    CHECK(problems_of(jsonl("{\"id\":\"a\",\"label\":1,\"pred\":1}\n"
                            "{\"id\":\"b\",\"label\":\"1\",\"pred\":1}\n")) ==
          "eval.jsonl:2:19: 'label' is text here, but a number in the rows before\n");
    CHECK_THAT(problems_of(jsonl("{\"id\":\"a\",\"label\":1,\"pred\":1}\n"
                                 "{\"id\":2,\"label\":1,\"pred\":1}\n")),
               has("'id' is a number here, but text in the rows before"));
}

TEST_CASE("jsonl key that was never there is a problem where it was asked for", "[sources]") {
    CHECK(problems_of(jsonl("{\"id\":\"a\",\"lable\":1,\"pred\":1}\n")) ==
          "policy.yaml:7:12: 'eval.jsonl' has no column 'label' (did you mean 'lable'?); it has "
          "'id', 'lable' and 'pred'\n");
}

TEST_CASE("jsonl keys that stand twice are a problem, also when escaped or joined", "[sources]") {
    const auto refused = [](const std::string& members) {
        return problems_of(jsonl("{\"id\":1,\"label\":1,\"pred\":1," + members + "}\n"));
    };
    CHECK_THAT(refused("\"label\":2"), has("the key 'label' stands twice"));
    CHECK_THAT(refused("\"l\\u0061bel\":2"), has("the key 'label' stands twice"));
    CHECK_THAT(refused("\"a.b\":2,\"a\":{\"b\":1}"), has("the key 'a.b' stands twice"));
    CHECK_THAT(refused("\"a\":{\"x\":1},\"a\":{\"y\":1}"), has("the key 'a' stands twice"));
    CHECK_THAT(refused("\"a\":[{\"x\":1,\"x\":1}]"), has("the key 'x' stands twice"));
}

TEST_CASE("jsonl bare NaN and Infinity are non-finite numbers", "[sources]") {
    const auto read = jsonl(
        "{\"id\":1,\"label\":NaN,\"pred\":NaN}\n"
        "{\"id\":2,\"label\":1,\"pred\":-Infinity}\n"
        "{\"id\":3,\"label\":1,\"pred\":Infinity}\n"
        "{\"id\":4,\"label\":1,\"pred\":null}\n");
    REQUIRE(problems_of(read) == "");
    const auto& pred = read->numbers.at("pred");
    CHECK(std::isnan(pred.values[0]));
    CHECK(pred.values[1] == -infinity);
    CHECK(pred.values[2] == infinity);
    CHECK(is_missing(pred.values[3]));
    CHECK(pred.non_finite.count == 3);
    CHECK(describe(pred.non_finite.first) == "eval.jsonl:1:28");
    CHECK(pred.missing.count == 1);
    const auto& label = read->categories.at("label");
    CHECK(label.missing.count == 0);
    CHECK(label.non_finite.count == 1);
    CHECK(label.non_finite.text == "NaN");
}

TEST_CASE("jsonl text in quotes is a name, whatever it says", "[sources]") {
    const auto read = jsonl("{\"id\":1,\"label\":\"nan\",\"pred\":1}\n");
    REQUIRE(problems_of(read) == "");
    CHECK(read->categories.at("label").non_finite.count == 0);
    CHECK(read->categories.at("label").names == std::vector<std::string>{"nan"});
}

TEST_CASE("jsonl numbers are JSON numbers that a double can hold", "[sources]") {
    const auto with = [](const std::string& value) {
        return problems_of(jsonl("{\"id\":1,\"label\":1,\"pred\":" + value + "}\n"));
    };
    CHECK_THAT(with("\"0.5\""), has("column 'pred' holds the text '0.5', wanted a number"));
    CHECK_THAT(with("true"), has("column 'pred' holds true, wanted a number"));
    CHECK_THAT(with("[0.5]"), has("column 'pred' holds a list, wanted a number"));
    CHECK_THAT(with("{\"a\":1}"), has("has no column 'pred'"));
    for (const std::string& value :
         Texts{"1e400", "1e-400", "9007199254740993", "18446744073709551616"}) {
        CHECK_THAT(with(value), has("holds '" + value + "', wanted a number that a 64-bit float"));
    }
    for (const std::string& value : Texts{"01", "+1", ".5", "5.", "0x1", "nan", "inf", "1_0", "nul",
                                          "truex", "'a'", "-", "1e", "--1", "NaNa"}) {
        CAPTURE(value);
        CHECK_FALSE(with(value).empty());
    }
}

TEST_CASE("jsonl ids are text or integers, as they are written", "[sources]") {
    const auto with = [](const std::string& id) {
        return jsonl("{\"id\":" + id + ",\"label\":1,\"pred\":1}\n");
    };
    REQUIRE(problems_of(with("12345678901234567890")) == "");
    CHECK(texts(*with("12345678901234567890")->ids) == Texts{"12345678901234567890"});
    CHECK_THAT(problems_of(with("1.5")), has("wanted an id, which is text or an integer"));
    CHECK_THAT(problems_of(with("NaN")), has("wanted an id"));
    CHECK_THAT(problems_of(with("null")), has("holds null, wanted an id"));
    CHECK_THAT(problems_of(with("true")), has("holds true, wanted an id"));
    CHECK_THAT(problems_of(with("\"\"")), has("the id in column 'id' is empty"));
    CHECK_THAT(problems_of(jsonl("{\"id\":2,\"label\":1,\"pred\":1}\n"
                                 "{\"id\":1,\"label\":1,\"pred\":1}\n"
                                 "{\"id\":2,\"label\":1,\"pred\":1}\n")),
               has("'2' (lines 1 and 3)"));
}

TEST_CASE("jsonl categories are text, numbers, true or false", "[sources]") {
    const auto read = table(
        "{\"a\":true,\"b\":\"x\",\"c\":null}\n{\"a\":false,\"b\":\"\",\"c\":2}\n", "eval.jsonl",
        {ask("a", ReadAs::category), ask("b", ReadAs::category), ask("c", ReadAs::category)});
    REQUIRE(problems_of(read) == "");
    CHECK(texts(read->categories.at("a")) == Texts{"true", "false"});
    CHECK(texts(read->categories.at("b")) == Texts{"x", ""});
    CHECK(read->categories.at("b").missing.count == 1);
    CHECK(texts(read->categories.at("c")) == Texts{"", "2"});
    CHECK_THAT(problems_of(table("{\"a\":[1]}\n", "eval.jsonl", {ask("a", ReadAs::category)})),
               has("holds a list"));
}

TEST_CASE("jsonl lines that are not one whole object are refused", "[sources]") {
    const std::string row = "{\"id\":\"a\",\"label\":1,\"pred\":1}\n";
    const std::string further = "{\"id\":\"b\",\"label\":1,\"pred\":1}";
    for (const std::string& bad :
         {further.substr(0, further.size() - 1), further + "}", further + further, further + " x",
          std::string("{\"id\":\"b\",\"label\":1,\"pred\":1,}"),
          std::string("{\"id\":\"b\" \"label\":1,\"pred\":1}"),
          std::string("{\"id\":\"b\",\"label\" 1,\"pred\":1}"), std::string("[1,2]"),
          std::string("\"text\""), std::string("1"), std::string("{id:1}"),
          std::string("{\"id\":\"\\x\",\"label\":1,\"pred\":1}"),
          std::string("{\"id\":\"b\",\"label\":[1,],\"pred\":1}"),
          std::string("{\"id\":\"b\",\"label\":[1 2],\"pred\":1}"),
          std::string("{\"id\":\"\\ud800\",\"label\":1,\"pred\":1}")}) {
        CAPTURE(bad);
        CHECK_THAT(problems_of(jsonl(row + bad + "\n")), has("eval.jsonl:2"));
        CHECK_THAT(problems_of(jsonl(row + bad)), has("eval.jsonl:2"));
        // Far from the end of the file, where lines are read in place.
        CHECK_THAT(problems_of(jsonl(row + bad + "\n" + std::string(300, ' ') + row)),
                   has("eval.jsonl:2"));
    }
    CHECK_THAT(problems_of(jsonl(row + "\n" + further)), has("eval.jsonl:2:1: a blank line"));
    CHECK(problems_of(jsonl(row + "\n \r\n")) == "");
    CHECK_THAT(problems_of(jsonl("")), has("the file is empty"));
    CHECK_THAT(problems_of(jsonl("[{\"id\":1}]\n")), has("found a JSON list"));
}

TEST_CASE("jsonl nesting is limited", "[sources]") {
    const std::string deep = std::string(100, '[') + std::string(100, ']');
    CHECK_THAT(problems_of(jsonl("{\"id\":1,\"label\":1,\"pred\":1,\"x\":" + deep + "}\n")),
               has("nested more than 64 deep"));
    std::string maps;
    for (int i = 0; i < 100; ++i) {
        maps += "{\"a\":";
    }
    CHECK_THAT(problems_of(jsonl(maps + "1" + std::string(100, '}') + "\n")),
               has("nested more than 64 deep"));
}

TEST_CASE("jsonl cut at any byte is refused, but for its last line end", "[sources]") {
    const std::string whole =
        "{\"id\":\"a\",\"label\":1,\"pred\":0.75}\n"
        "{\"id\":\"b\",\"label\":0,\"pred\":0.96}\n";
    const std::size_t first = whole.find('\n');
    for (std::size_t size = 0; size < whole.size(); ++size) {
        CAPTURE(size);
        const bool whole_lines = size == first || size == first + 1 || size == whole.size() - 1;
        CHECK(jsonl(whole.substr(0, size)).ok() == whole_lines);
    }
}

TEST_CASE("jsonl outline holds the first line's keys and rows as text", "[sources]") {
    const auto outline = metricgate::sources::outline(
        document("{\"id\":\"a\",\"m\":{\"x\":0.50}}\n{\"id\":\"b\"}\n", "eval.jsonl"), "");
    REQUIRE(problems_of(outline) == "");
    CHECK(outline->format == "jsonl");
    CHECK(outline->columns == Texts{"id", "m.x"});
    CHECK(outline->first_rows == std::vector<Texts>{{"a", "0.50"}, {"b", ""}});
}
