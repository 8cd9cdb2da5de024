#include "support/catch.h"
#include "support/node.h"

using namespace metricgate::support;

namespace {

Node parsed(std::string_view text) {
    const auto result = parse_json(text, "f.json");
    CAPTURE(text, result.ok() ? "" : describe(result.problems().front()));
    REQUIRE(result.ok());
    return *result;
}

std::string why(std::string_view text, DocumentLimits limits = {1000, 64, 1000}) {
    const auto result = parse_json(text, "f.json", limits);
    return result.ok() ? "was read" : describe(result.problems().front());
}

bool says(std::string_view text, std::string_view words) {
    const std::string reason = why(text);
    CAPTURE(reason);
    return reason.find(words) != std::string::npos;
}

NumberKind kind(std::string_view text) {
    const Node node = parsed(text);
    REQUIRE(node.kind == Node::Kind::number);
    REQUIRE(node.text == text);
    return node.number.kind;
}

}  // namespace

TEST_CASE("every kind of JSON value becomes a node", "[support]") {
    const Node root = parsed(
        R"({"null": null, "yes": true, "no": false, "n": -1.5e2, "t": "a\u00e9\n", "l": [1, []], "m": {}})");
    REQUIRE(root.kind == Node::Kind::map);
    REQUIRE(root.members.size() == 7);
    REQUIRE(root.find("null")->kind == Node::Kind::null);
    REQUIRE(root.find("yes")->boolean);
    REQUIRE_FALSE(root.find("no")->boolean);
    REQUIRE(root.find("no")->kind == Node::Kind::boolean);
    REQUIRE(root.find("n")->number.value == -150.0);
    REQUIRE(root.find("n")->text == "-1.5e2");
    REQUIRE(root.find("t")->text == "a\xc3\xa9\n");
    REQUIRE(root.find("l")->items.size() == 2);
    REQUIRE(root.find("l")->items[1].kind == Node::Kind::list);
    REQUIRE(root.find("m")->kind == Node::Kind::map);
    REQUIRE(root.find("other") == nullptr);
    REQUIRE(parsed("null").kind == Node::Kind::null);
    REQUIRE(parsed("\"\"").kind == Node::Kind::text);
}

TEST_CASE("members keep the order of the document", "[support]") {
    const Node root = parsed(R"({"b": 1, "a": 2})");
    REQUIRE(root.members[0].key == "b");
    REQUIRE(root.members[1].key == "a");
}

TEST_CASE("every JSON node knows its line and column", "[support]") {
    const Node root =
        parsed("{\n  \"a\" : [10,\n \"x\\\"]\", NaN ,true],\r\n\t\"b\":{\"c\":null}}");
    REQUIRE(describe(root.where) == "f.json:1:1");
    REQUIRE(describe(root.members[0].where) == "f.json:2:3");
    const Node& list = root.members[0].value;
    REQUIRE(describe(list.where) == "f.json:2:9");
    REQUIRE(describe(list.items[0].where) == "f.json:2:10");
    REQUIRE(describe(list.items[1].where) == "f.json:3:2");
    REQUIRE(list.items[1].text == "x\"]");
    REQUIRE(describe(list.items[2].where) == "f.json:3:10");
    REQUIRE(describe(list.items[3].where) == "f.json:3:15");
    REQUIRE(describe(root.members[1].where) == "f.json:4:2");
    REQUIRE(describe(root.members[1].value.members[0].value.where) == "f.json:4:11");
}

TEST_CASE("bare non-finite tokens are numbers of their kind", "[support]") {
    REQUIRE(kind("NaN") == NumberKind::not_a_number);
    REQUIRE(kind("-NaN") == NumberKind::not_a_number);
    REQUIRE(kind("Infinity") == NumberKind::positive_infinity);
    REQUIRE(kind("-Infinity") == NumberKind::negative_infinity);
    const Node list = parsed(R"([NaN,"NaN","\"NaN",Infinity])");
    REQUIRE(list.items[0].kind == Node::Kind::number);
    REQUIRE(list.items[1].kind == Node::Kind::text);
    REQUIRE(list.items[2].text == "\"NaN");
    REQUIRE(list.items[3].kind == Node::Kind::number);
}

TEST_CASE("non-finite tokens stand nowhere but as values", "[support]") {
    for (const char* text : {"{NaN: 1}", "NaNNaN", "[NaN1]", "[1NaN]", "--NaN", "+Infinity", "nan",
                             "Nan", "Inf", "[NaN NaN]", "\"a\"NaN", "{\"a\" NaN}", "-", "[Infinit]",
                             "{1e999: 1}", "[1e999 1e999]", "1e999x"}) {
        CAPTURE(text);
        REQUIRE(why(text) != "was read");
    }
}

TEST_CASE("numbers that a double cannot hold are marked, not rounded", "[support]") {
    REQUIRE(kind("1e400") == NumberKind::out_of_range);
    REQUIRE(kind("-1e400") == NumberKind::out_of_range);
    REQUIRE(kind("1e-400") == NumberKind::out_of_range);
    REQUIRE(kind("9007199254740993") == NumberKind::out_of_range);
    REQUIRE(kind("-9007199254740993") == NumberKind::out_of_range);
    REQUIRE(kind("18446744073709551616") == NumberKind::out_of_range);
    REQUIRE(kind(std::string(400, '1')) == NumberKind::out_of_range);
    REQUIRE(kind("9007199254740992") == NumberKind::finite);
    REQUIRE(kind("-0") == NumberKind::finite);
    REQUIRE(parsed("0.1").number.value == 0.1);
}

TEST_CASE("JSON that is not JSON is refused", "[support]") {
    for (const char* text : {"[1,]",
                             "{\"a\":1,}",
                             "{,}",
                             "[,1]",
                             "[1 2]",
                             "{\"a\" 1}",
                             "{'a':1}",
                             "{a:1}",
                             "[1",
                             "{",
                             "\"",
                             "\"a",
                             "[\"\\x\"]",
                             "[\"\\u12\"]",
                             "[\"\\ud800\"]",
                             "[\"\n\"]",
                             "[\"\t\"]",
                             "01",
                             "+1",
                             ".5",
                             "1.",
                             "0x1",
                             "1e",
                             "tru",
                             "True",
                             "// c\n1",
                             "/* c */1",
                             "1 2",
                             "{}{}",
                             "[]]",
                             "[}",
                             "{]",
                             "1,",
                             ":",
                             "[1:2]",
                             "{\"a\"::1}",
                             "{\"a\":1 \"b\":2}",
                             "undefined",
                             "\xc3\xa9",
                             "\\"}) {
        CAPTURE(text);
        REQUIRE(why(text) != "was read");
    }
}

TEST_CASE("a JSON error names its place", "[support]") {
    REQUIRE(says("{\"a\": 1,\n \"b\": }", "f.json:2:7: is not valid JSON"));
    REQUIRE(says("{\"a\": 1", "f.json:1:8"));
    REQUIRE(says("", "f.json: is empty"));
    REQUIRE(says(std::string_view("{\"a\":0.9}\0{\"a\":0.1}", 19), "f.json:1:10: a NUL byte"));
}

TEST_CASE("keys that are equal after unescaping are duplicates", "[support]") {
    REQUIRE(says("{\"acc\": 1,\n \"\\u0061cc\": 2}", "f.json:2:2: key 'acc'"));
    REQUIRE(says(R"({"a": {"b": 1, "c": 2, "b": 3}})", "f.json:1:24: key 'b'"));
    REQUIRE(why(R"({"a": {"a": {"a": 1}}, "A": 1})") == "was read");
    REQUIRE(parse_json(R"({"a": 1, "b": 1, "a": 1, "b": 1})", "f").problems().size() == 2);
}

TEST_CASE("JSON keeps its limits of depth, size and nodes", "[support]") {
    const auto nested = [](std::size_t depth) {
        return std::string(depth, '[') + std::string(depth, ']');
    };
    REQUIRE(why(nested(64)) == "was read");
    REQUIRE(says(nested(65), "f.json:1:65: lists and maps are nested deeper than 64 levels"));
    REQUIRE(why(std::string(1000000, '['), {2000000, 64, 1000}).find("nested deeper") !=
            std::string::npos);
    REQUIRE(why("[1,2]", {4, 64, 10}).find("larger than the limit of 4 bytes") !=
            std::string::npos);
    REQUIRE(why("[1,2]", {5, 64, 3}) == "was read");
    REQUIRE(why("[1,2]", {5, 64, 2}).find("more than 2 values") != std::string::npos);
}

TEST_CASE("a JSON document cut at any byte is refused", "[support]") {
    const std::string whole = R"({"a": [1.5, "x\n", NaN, 1e999, {"b": null}], "c": true})";
    REQUIRE(why(whole) == "was read");
    for (std::size_t size = 0; size < whole.size(); ++size) {
        CAPTURE(size);
        REQUIRE(why(std::string_view(whole).substr(0, size)) != "was read");
    }
}
