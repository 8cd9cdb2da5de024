#include "support/json_skip.h"

#include "support/catch.h"

using namespace metricgate::support;

namespace {

/// The tree as text: a skipped text is empty, a skipped list or map has nothing in it.
std::string shown(const Node& node) {
    std::string text;
    switch (node.kind) {
        case Node::Kind::null:
            return "null";
        case Node::Kind::boolean:
        case Node::Kind::number:
            return node.text;
        case Node::Kind::text:
            return "'" + node.text + "'";
        case Node::Kind::list:
            for (const Node& item : node.items) {
                text += (text.empty() ? "" : " ") + shown(item);
            }
            return "[" + text + "]";
        case Node::Kind::map:
            for (const Member& member : node.members) {
                text += (text.empty() ? "" : " ") + member.key + "=" + shown(member.value);
            }
            return "{" + text + "}";
    }
    return text;
}

std::string read(std::string_view text, const std::vector<JsonSkip>& skips,
                 DocumentLimits limits = {1000, 8, 12}) {
    const auto node = parse_json_without(text, "a.json", limits, skips);
    return node.ok() ? shown(*node) : describe(node.problems().front());
}

}  // namespace

TEST_CASE("json: what is skipped stays in the tree, empty", "[support]") {
    CHECK(read(R"({"a": {"b": [1, 2], "c": 3}, "b": [4]})", {{{"a", "b"}}}) ==
          "{a={b=[] c=3} b=[4]}");
    CHECK(read(R"({"a": "long", "b": "kept"})", {{{"a"}}}) == "{a='' b='kept'}");
    CHECK(read(R"({"a": 5, "b": null})", {{{"a"}}, {{"b"}}}) == "{a=5 b=null}");
    CHECK(read(R"([{"a": 1, "b": {"c": []}}, {"a": "x"}])", {{{"[]", "b"}}, {{"[]", "a"}}}) ==
          "[{a=1 b={}} {a=''}]");
}

TEST_CASE("json: paths go through any key, all keys but one, and items of lists", "[support]") {
    const std::string_view text = R"({"s": {"x": {"v": 1, "t": "x"}, "y": {"v": 2, "t": [3]}}})";
    CHECK(read(text, {{{"s", "*", "!v"}}}) == "{s={x={v=1 t=''} y={v=2 t=[]}}}");
    CHECK(read(text, {{{"s", "[]", "t"}}}) == "{s={x={v=1 t='x'} y={v=2 t=[3]}}}");
    CHECK(read(R"({"s": [[1], {"a": [2]}]})", {{{"s", "*"}}}) == "{s=[[1] {a=[2]}]}");
    CHECK(read(R"({"s": [[1], {"a": [2]}]})", {{{"s", "[]"}}}) == "{s=[[] {}]}");
}

TEST_CASE("json: lists can be skipped wherever they are below a path", "[support]") {
    CHECK(read(R"({"m": [{"v": {"l": [1, 2], "n": {"q": [[1]], "w": 3}}}], "o": [1]})",
               {{{"m", "[]", "v"}, true}}) == "{m=[{v={l=[] n={q=[] w=3}}}] o=[1]}");
}

TEST_CASE("json: of what is skipped the syntax is held, not the number of its values",
          "[support]") {
    const std::string many =
        R"({"a": [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, NaN, 1e999], "b": 1})";
    CHECK(read(many, {{{"a"}}}) == "{a=[] b=1}");
    CHECK(read(many, {}) == "a.json:1:39: the document has more than 12 values");
    CHECK_THAT(read(R"({"a": [1, }, "b": 1})", {{{"a"}}}),
               Catch::Contains("a.json:1:11: is not valid JSON"));
    CHECK_THAT(read(R"({"a": {"b": [1, 2})", {{{"a"}}}), Catch::Contains("is not valid JSON"));
    CHECK_THAT(read(R"({"a": {NaN: 1}})", {{{"a"}}}), Catch::Contains("a key must be a quoted"));
}
