#include "history/jsonl_store.h"
#include "history/jsonl_line.h"

#include "store_points.h"
#include "support/catch.h"

using namespace metricgate;
using namespace metricgate::test;

namespace {

const std::string good =
    R"({"schema":"metricgate.history/1","metric":"a","value":1,"time":"2026-01-01T00:00:00Z","call":1})";

std::string read(const std::string& text) {
    const auto lines = history::read_lines(text, "h.jsonl");
    return lines.ok() ? std::to_string(lines->size()) : support::describe(lines.problems().front());
}

}  // namespace

TEST_CASE("A line says all that is known of a point, and nothing that is not") {
    history::NewPoint full = point("a", 0.1, 0, 3);
    full.unit = "ms";
    full.point.standard_error = support::ParsedNumber{support::NumberKind::finite, 0.5};
    full.point.n = 7;
    full.point.commit = first_commit;
    full.point.data_digest = "d";
    full.point.metadata = {{"b", "2"}, {"a", "\"1\""}};
    CHECK(history::line_of(full, 4) ==
          R"({"schema":"metricgate.history/1","metric":"a","value":0.1,"stderr":0.5,"n":7,)"
          R"("unit":"ms","step":3,"time":"2026-01-01T00:00:00Z","commit":")" +
              first_commit + R"(","data_digest":"d","metadata":{"a":"\"1\"","b":"2"},"call":4})" +
              "\n");
    CHECK(history::line_of(point("a", 1), 1) == good + "\n");
}

TEST_CASE("A last line without its end is refused, whatever stands before it") {
    CHECK(read(good + "\n" + good.substr(0, 40)) ==
          "h.jsonl:2: the last line has no line end, so the file was cut short; restore it from a "
          "copy, or remove this line if what it says may be lost");
    CHECK_THAT(read(good), Catch::Contains("h.jsonl:1: the last line has no line end"));
    for (std::size_t length = 1; length < good.size(); ++length) {
        CHECK_THAT(read(good.substr(0, length) + "\n"), Catch::Contains("h.jsonl:1"));
    }
}

TEST_CASE("What a merge doubles counts once, in any order of the branches") {
    std::string other = good;
    other.replace(other.find(":1,"), 3, ":2,");
    CHECK(read(good + "\n" + other + "\n" + good + "\n") == "2");
    std::map<std::string, std::string> contents = {
        {"/repo/h.jsonl", other + "\n" + good + "\n" + other + "\r\n"}};
    const auto files = support::in_memory(contents);
    const auto store =
        history::jsonl_store("h.jsonl", *files, support::PathTrust::command_line, "");
    CHECK(store->read({})->front().points.size() == 2);
    // The line ends stay as they are; the next call has a number of its own.
    REQUIRE(store->append({point("a", 3)}).ok());
    CHECK_THAT(contents["/repo/h.jsonl"], Catch::EndsWith("\"call\":2}\n"));
    CHECK_THAT(contents["/repo/h.jsonl"], Catch::StartsWith(other + "\n" + good + "\n"));
}

TEST_CASE("Lines that are no points are told by their places") {
    const auto with = [](const std::string& from, const std::string& to) {
        std::string text = good;
        return text.replace(text.find(from), from.size(), to) + "\n";
    };
    CHECK_THAT(read("<<<<<<< ours\n" + good + "\n"), Catch::Contains("a merge left its conflict"));
    CHECK_THAT(read(good + "\n\n"), Catch::Contains("h.jsonl:2"));
    CHECK_THAT(read("[1]\n"), Catch::Contains("wanted a point as a JSON object"));
    CHECK_THAT(read(with("history/1", "history/2")), Catch::Contains("read by a later metricgate"));
    CHECK_THAT(read(with("\"value\":1", "\"value\":NaN")), Catch::Contains("a finite number"));
    CHECK_THAT(read(with("\"value\":1", "\"value\":\"1\"")),
               Catch::Contains("h.jsonl:1:") && Catch::Contains("found the text '1' as `value`"));
    CHECK_THAT(read(with(",\"value\":1", "")), Catch::Contains("wanted a point with"));
    CHECK_THAT(read(with("\"call\":1", "\"call\":0")), Catch::Contains("wanted a count"));
    CHECK_THAT(read(with("2026-01-01T00:00:00Z", "today")), Catch::Contains("wanted a time"));
    CHECK_THAT(read(with("\"call\"", "\"step\":1.5,\"call\"")), Catch::Contains("a whole number"));
    CHECK_THAT(read(with("\"call\"", "\"colour\":1,\"call\"")),
               Catch::Contains("'colour' is no member of a point"));
    CHECK_THAT(read(with("\"call\"", "\"metadata\":{\"a\":1},\"call\"")), Catch::Contains("text"));
    CHECK_THAT(read(with("\"call\"", "\"call\":1,\"call\"")), Catch::Contains("h.jsonl:1"));
}

TEST_CASE("A damaged file is not written to") {
    std::map<std::string, std::string> contents = {{"/repo/h.jsonl", good.substr(0, 50)}};
    const auto files = support::in_memory(contents);
    const auto store =
        history::jsonl_store("h.jsonl", *files, support::PathTrust::command_line, "");
    CHECK_FALSE(store->append({point("a", 1)}).ok());
    CHECK(contents["/repo/h.jsonl"] == good.substr(0, 50));
}
