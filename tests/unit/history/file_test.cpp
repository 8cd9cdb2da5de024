#include <map>
#include <string>
#include <vector>

#include "history/catalog.h"
#include "support/catch.h"

using namespace metricgate;
using history::Histories;

namespace {

using Read = support::Result<Histories>;

Read read(const std::string& name, const std::string& content, history::Request request) {
    std::map<std::string, std::string> files = {{"/repo/" + name, content}};
    const auto memory = support::in_memory(files);
    request.address = "/repo/" + name;
    request.files = memory.get();
    return history::source_of("file")->read(request);
}

history::Request keyed(const std::string& key, std::vector<std::string> metrics = {}) {
    history::Request request;
    request.key = key;
    request.metrics = std::move(metrics);
    return request;
}

std::string problem(const Read& read) {
    return read ? "" : support::describe(read.problems().front());
}

}  // namespace

TEST_CASE("a table is a history with a row a measurement", "[history]") {
    const Read found = read("h.csv",
                            "version,commit,accuracy,accuracy_stderr,accuracy_n,loss,data_digest\n"
                            "v1,aa,0.9,0.01,100,0.3,d1\n"
                            "v2,bb,,,,0.4,d1\n"
                            "v3,cc,nan,,,0.5,d2\n",
                            keyed("version"));
    REQUIRE(problem(found).empty());
    REQUIRE(found->histories.size() == 2);
    const evidence::History& accuracy = found->histories[0];
    REQUIRE(accuracy.metric == "accuracy");
    // A row without a value is no measurement; one that is not a number is one gone wrong.
    REQUIRE(accuracy.points.size() == 2);
    REQUIRE(accuracy.points[0].key == "v1");
    REQUIRE(accuracy.points[0].commit == "aa");
    REQUIRE(accuracy.points[0].data_digest == "d1");
    REQUIRE(accuracy.points[0].standard_error->value == 0.01);
    REQUIRE(accuracy.points[0].n == 100U);
    REQUIRE(accuracy.points[1].value.kind == support::NumberKind::not_a_number);
    REQUIRE(found->histories[1].metric == "loss");
    REQUIRE(found->histories[1].points.size() == 3);
}

TEST_CASE("JSON lines are read as a table is", "[history]") {
    const Read found = read("h.jsonl",
                            "{\"version\": \"v1\", \"accuracy\": 0.9}\n"
                            "{\"version\": \"v2\", \"accuracy\": 0.8}\n",
                            keyed("version", {"accuracy"}));
    REQUIRE(problem(found).empty());
    REQUIRE(found->histories.at(0).points.at(1).key == "v2");
    REQUIRE(found->histories[0].points[1].value.value == 0.8);
}

TEST_CASE("a window keeps the newest points of each metric", "[history]") {
    history::Request request = keyed("v", {"a"});
    request.window = 2;
    const Read found = read("h.csv", "v,a\n1,0.1\n2,0.2\n3,0.3\n", request);
    REQUIRE(found->histories.at(0).points.size() == 2);
    REQUIRE(found->histories[0].points[0].key == "2");
}

TEST_CASE("a table without a key, an unknown metric and steps that go back are refused",
          "[history]") {
    const std::string table = "v,step,a\n1,5,0.1\n2,4,0.2\n";
    REQUIRE(problem(read("h.csv", table, keyed(""))).find("needs `key:`") != std::string::npos);
    REQUIRE(problem(read("h.csv", table, keyed("v"))).find("has step 4 after step 5") !=
            std::string::npos);
    REQUIRE(
        problem(read("h.csv", "v,accuracy\n1,0.1\n", keyed("v", {"acuracy"}))).find("accuracy") !=
        std::string::npos);
}

TEST_CASE("a log gives its series by step", "[history]") {
    history::Request request;
    request.format = "keras_csv";
    const Read found = read("log.csv", "epoch,accuracy,loss\n0,0.5,1.0\n1,0.6,0.9\n", request);
    REQUIRE(problem(found).empty());
    REQUIRE(found->histories.at(0).metric == "accuracy");
    REQUIRE(found->histories[0].points.at(1).key == "step 1");
    REQUIRE(found->histories[0].points[1].value.value == 0.6);
}

TEST_CASE("a key of a table names one measurement, or attempts at one commit", "[history]") {
    CHECK(problem(read("h.csv", "key,a\nv1,1\nv2,2\nv2,3\n", keyed("key"))) ==
          "/repo/h.csv: row 3 has the key 'v2' of row 2, and is no attempt at one commit with it; "
          "give each measurement a key of its own, or name the `commit` of both");
    CHECK(problem(read("h.csv", "key,a\nv1,1\n,2\n", keyed("key"))) ==
          "/repo/h.csv: row 2 has no key in 'key'; name every measurement");
    CHECK(problem(read("h.csv", "step,a\n1,1\n1,2\n", keyed("step"))) != "");
    CHECK(problem(read("h.csv", "key,commit,a\nv1,aaaaaaa1,1\nv1,aaaaaaa2,2\n", keyed("key"))) !=
          "");
    CHECK(problem(read("h.csv", "key,commit,a\nv1,aaaaaaa1,1\nv1,,2\n", keyed("key"))) != "");
    // A short id and its full one are one commit; the column may be the key itself.
    CHECK(problem(read("h.csv", "key,commit,a\nv1,aaaaaaa,1\nv1,aaaaaaa1,2\n", keyed("key"))) ==
          "");
    CHECK(problem(read("h.csv", "commit,a\naaaaaaa,1\naaaaaaa,2\n", keyed("commit"))) == "");
    // The key may be the commit under another name; days and builds are no commits.
    const Read attempts = read("h.csv", "sha,a\nc0ffee1,1\nc0ffee2,2\nc0ffee2,3\n", keyed("sha"));
    REQUIRE(attempts);
    CHECK(attempts->histories.front().points.at(2).commit == "c0ffee2");
    CHECK(attempts->histories.front().points.front().commit.empty());
    for (const std::string key : {"20260101", "1234567", "c0ffee", "c0ffeeg", "v2c0ffee"}) {
        CHECK(problem(read("h.csv", "sha,a\n" + key + ",1\n" + key + ",2\n", keyed("sha"))) != "");
    }
    const std::string full(40, '1');
    CHECK(problem(read("h.csv", "sha,a\n" + full + ",1\n" + full + ",2\n", keyed("sha"))) == "");
    CHECK(problem(read("h.csv", "sha,commit,a\nc0ffee1,,1\nc0ffee1,,2\n", keyed("sha"))) != "");
    CHECK(problem(read("h.csv", "key,a\nv1,1\n \t,2\n", keyed("key"))) != "");
    // Two metrics may stand in a row each, and a row without a value is none.
    CHECK(problem(read("h.csv", "key,a,b\nv1,1,\nv1,,2\n,,\n", keyed("key"))) == "");
}
