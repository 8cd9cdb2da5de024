#include "support/catch.h"
#include "support/node.h"

using namespace metricgate::support;

namespace {

Node parsed(std::string_view text) {
    const auto result = parse_yaml(text, "p.yaml");
    CAPTURE(text, result.ok() ? "" : describe(result.problems().front()));
    REQUIRE(result.ok());
    return *result;
}

std::string why(std::string_view text, DocumentLimits limits = {}) {
    const auto result = parse_yaml(text, "p.yaml", limits);
    return result.ok() ? "was read" : describe(result.problems().front());
}

bool says(std::string_view text, std::string_view words) {
    const std::string reason = why(text);
    CAPTURE(text, reason);
    return reason.find(words) != std::string::npos;
}

Node scalar(const std::string& text) {
    return parsed("a: " + text).members.at(0).value;
}

}  // namespace

TEST_CASE("every kind of YAML value becomes a node with its place", "[support]") {
    const Node root = parsed(
        "version: 1\n"
        "checks:\n"
        "  - {id: accuracy, margin: {abs: 0.01}}\n"
        "  - id: 'it''s'\n"
        "    on: true\n"
        "text: |\n"
        "  two\n"
        "  lines\n"
        "empty:\n"
        "list: []\n");
    REQUIRE(root.kind == Node::Kind::map);
    REQUIRE(root.members.size() == 5);
    REQUIRE(root.find("version")->number.value == 1.0);
    REQUIRE(describe(root.find("version")->where) == "p.yaml:1:10");
    const Node& checks = *root.find("checks");
    REQUIRE(checks.kind == Node::Kind::list);
    REQUIRE(describe(root.members[1].where) == "p.yaml:2:1");
    REQUIRE(checks.items[0].find("id")->text == "accuracy");
    REQUIRE(describe(checks.items[0].where) == "p.yaml:3:5");
    REQUIRE(describe(checks.items[0].find("margin")->find("abs")->where) == "p.yaml:3:34");
    REQUIRE(checks.items[1].find("id")->text == "it's");
    REQUIRE(checks.items[1].find("on")->boolean);
    REQUIRE(root.find("text")->text == "two\nlines\n");
    REQUIRE(root.find("empty")->kind == Node::Kind::null);
    REQUIRE(describe(root.find("empty")->where) == "p.yaml:9:1");
    REQUIRE(root.find("list")->items.empty());
}

TEST_CASE("plain YAML scalars are read by the one number parser", "[support]") {
    for (const char* text : {"0.05", "-1", "1e-3", "10"}) {
        REQUIRE(scalar(text).kind == Node::Kind::number);
        REQUIRE(scalar(text).number.kind == NumberKind::finite);
        REQUIRE(scalar(text).text == text);
    }
    for (const char* text : {"010", "0x10", "0o7", "5%", "1_000", "1:30", "no", "on", "y", "True",
                             "TRUE", "+1", ".5", "5 ms", "2026-12-31", "1.2.3", "0,05"}) {
        CAPTURE(text);
        REQUIRE(scalar(text).kind == Node::Kind::text);
        REQUIRE(scalar(text).text == text);
    }
    REQUIRE(scalar("1e400").number.kind == NumberKind::out_of_range);
    REQUIRE(scalar("1e-400").number.kind == NumberKind::out_of_range);
    REQUIRE(scalar("9007199254740993").number.kind == NumberKind::out_of_range);
    REQUIRE(scalar(".nan").number.kind == NumberKind::not_a_number);
    REQUIRE(scalar(".inf").number.kind == NumberKind::positive_infinity);
    REQUIRE(scalar("-.Inf").number.kind == NumberKind::negative_infinity);
    REQUIRE(scalar("NaN").number.kind == NumberKind::not_a_number);
    REQUIRE(scalar("true").kind == Node::Kind::boolean);
    REQUIRE_FALSE(scalar("false").boolean);
    REQUIRE(scalar("null").kind == Node::Kind::null);
    REQUIRE(scalar("~").kind == Node::Kind::null);
}

TEST_CASE("quoted YAML scalars are text whatever they look like", "[support]") {
    for (const char* text : {"'0.05'", "\"1\"", "'true'", "\"null\"", "''", "'~'", "'.nan'"}) {
        CAPTURE(text);
        REQUIRE(scalar(text).kind == Node::Kind::text);
    }
    REQUIRE(scalar("\"\\u00e9\\x41\\n\"").text ==
            "\xc3\xa9"
            "A\n");
}

TEST_CASE("anchors, aliases, tags and merge keys are refused at their place", "[support]") {
    REQUIRE(says("a: &x 1\nb: *x\n", "p.yaml:1:4: an anchor"));
    REQUIRE(says("a: &x [*x]\n", "p.yaml:1:4: an anchor"));
    REQUIRE(says("&x a: 1\n", "anchor"));
    REQUIRE(says("a: &x\n", "anchor"));
    REQUIRE(says("a: !!str 0.05\n", "p.yaml:1:4: a tag"));
    REQUIRE(says("a: !own 1\n", "a tag"));
    REQUIRE(says("a: ! 5\n", "a tag"));
    REQUIRE(says("a: !<tag:yaml.org,2002:int> 5\n", "a tag"));
    REQUIRE(says("!!map {a: 1}\n", "a tag"));
    REQUIRE(says("a: !!seq []\n", "a tag"));
    REQUIRE(says("a: !!null\n", "a tag"));
    REQUIRE(says("!!str\n", "a tag"));
    REQUIRE(says("a: 1\n<<: {b: 1}\n", "p.yaml:2:1: a merge key"));
    REQUIRE(why("*x : 1\n") != "was read");
    REQUIRE(says("%YAML 1.2\n---\na: 1\n", "p.yaml:1:1: a directive"));
    REQUIRE(says("a: 1\n%checks: 2\n", "p.yaml:2:1: a directive"));
    REQUIRE(scalar("'&x'").text == "&x");
    REQUIRE(scalar("'!x'").text == "!x");
}

TEST_CASE("nested aliases that would expand without end are refused at once", "[support]") {
    std::string bomb = "a: &a [x]\n";
    for (char name = 'b'; name < 'k'; ++name) {
        const std::string before(1, static_cast<char>(name - 1));
        bomb += std::string(1, name) + ": &" + name + " [";
        for (int i = 0; i < 9; ++i) {
            bomb += "*" + before + ",";
        }
        bomb += "]\n";
    }
    REQUIRE(says(bomb, "p.yaml:1:4: an anchor"));
}

TEST_CASE("a YAML file holds exactly one document", "[support]") {
    REQUIRE(says("a: 1\n---\nb: 2\n", "p.yaml:2:1: a second document"));
    REQUIRE(says("a: 1\n---\n", "a second document"));
    REQUIRE(says("a: 1\n...\nb: 2\n", "p.yaml:3:1: a second document"));
    REQUIRE(why("a: 1\n... garbage\n") != "was read");
    REQUIRE(why("{a: 1} x\n") != "was read");
    REQUIRE(why("---\na: 1\n...\n# end\n") == "was read");
    REQUIRE(says("", "is empty"));
    REQUIRE(says("\n \n", "only blanks"));
    REQUIRE(says("# nothing\n", "holds no document"));
    REQUIRE(says("---\n", "an empty document"));
    REQUIRE(says("~\n", "an empty document"));
}

TEST_CASE("keys are single, present and scalar", "[support]") {
    REQUIRE(says("a: 1\nb: 2\na: 3\n", "p.yaml:3:1: key 'a'"));
    REQUIRE(says("{a: 1, \"a\": 2}", "p.yaml:1:8: key 'a'"));
    REQUIRE(says("? [a]\n: 1\n", "a list stands where a key should be"));
    REQUIRE(says("{{a: 1}: 1}\n", "a map stands where a key should be"));
    REQUIRE(says(": 1\n", "a key is missing"));
    REQUIRE(says("~: 1\n", "a key is missing here, or is null"));
    REQUIRE(says("null: 1\n", "a key is missing here, or is null"));
    REQUIRE(says("a: [1,,2]\n", "p.yaml:1:7: an entry is missing"));
    REQUIRE(parsed("1: x\ntrue: y\n").members[0].key == "1");
    REQUIRE(parse_yaml("a: 1\na: 2\nb: {c: 1, c: 2}\n", "p").problems().size() == 2);
}

TEST_CASE("a quote that is never closed is refused", "[support]") {
    for (const char* text : {"a: \"x", "a: 'x", "a: \"x\n", "a: 'it''", "a: \"x\\\"", "a: \"",
                             "a: '", "a: \"x\nb: 2\n", "\"a", "['x]", "a: \"x\"#c"}) {
        CAPTURE(text);
        REQUIRE(why(text) != "was read");
    }
    REQUIRE(scalar("'it'''").text == "it'");
    REQUIRE(scalar("\"x\\\"\"").text == "x\"");
    REQUIRE(scalar("\"x\" # c").text == "x");
}

TEST_CASE("broken YAML is refused at its place", "[support]") {
    REQUIRE(says("a: 1\n\tb: 2\n", "p.yaml:2:1: is not valid YAML"));
    REQUIRE(says("a: b: c\n", "p.yaml:1:5: is not valid YAML"));
    for (const char* text : {"a: {b: 1\n", "a: [1, 2\n", "a: 1\n}\n", "[1]]", "a: 1\n b: 2\n",
                             "- 1\nx: 2\n", "@a: 1\n", "a: \"x\" y\n", "a: \"\\q\"\n"}) {
        CAPTURE(text);
        REQUIRE(why(text) != "was read");
    }
}

TEST_CASE("bytes that YAML forbids are refused at their place", "[support]") {
    REQUIRE(says("a: 1\x04\nb: 2\n", "p.yaml:1:5: control character '\\x04'"));
    REQUIRE(says("a: \x1b[0m\n", "control character"));
    REQUIRE(says("a: \x7f\n", "control character"));
    REQUIRE(says("a: 1\rb: 2\r", "p.yaml:1:5: a carriage return"));
    REQUIRE(says(std::string_view("a: 1\n\0b: 2", 10), "p.yaml:2:1: a NUL byte"));
    REQUIRE(says("a: \xe9\n", "p.yaml:1:4: byte"));
    REQUIRE(says(std::string_view("\xff\xfe"
                                  "a\0",
                                  4),
                 "UTF-16"));
}

TEST_CASE("line ends and a byte order mark change nothing", "[support]") {
    const Node root = parsed(
        "\xef\xbb\xbf"
        "a: 1\r\nb: 'x'\r\n");
    REQUIRE(describe(root.members[0].where) == "p.yaml:1:1");
    REQUIRE(describe(root.find("b")->where) == "p.yaml:2:4");
    REQUIRE(root.find("b")->text == "x");
}

TEST_CASE("YAML keeps its limits of depth, size and nodes", "[support]") {
    const auto nested = [](std::size_t depth) {
        return std::string(depth, '[') + std::string(depth, ']');
    };
    REQUIRE(why(nested(32)) == "was read");
    REQUIRE(says(nested(33), "p.yaml:1:33: lists and maps are nested deeper than 32 levels"));
    REQUIRE(why(std::string(100000, '[')) != "was read");
    std::string dashes;
    for (int i = 0; i < 1000; ++i) {
        dashes += "- ";
    }
    REQUIRE(says(dashes, "p.yaml:1:65: lists and maps are nested deeper than 32 levels"));
    REQUIRE(why(std::string(std::size_t{1} << 20, 'a')) == "was read");
    REQUIRE(why(std::string((std::size_t{1} << 20) + 1, 'a')).find("larger than the limit") !=
            std::string::npos);
    REQUIRE(why("[1,2]", {5, 32, 2}).find("more than 2 values") != std::string::npos);
}
