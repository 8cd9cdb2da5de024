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
