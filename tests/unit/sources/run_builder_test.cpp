#include "sources/run_builder.h"

#include "recorded_run.h"

using namespace recorded;
using metricgate::sources::NameBudget;
using metricgate::sources::node_of;
using metricgate::sources::RunBuilder;
using metricgate::support::in_file;
using metricgate::support::Node;

namespace {

Node text(std::string_view written, std::uint32_t line = 1) {
    return node_of(written, in_file("log", line));
}

}  // namespace

TEST_CASE("a run builder sorts entries by name and points by step, whatever the order of the log",
          "[sources]") {
    RunBuilder builder;
    builder.value("b", text("1"));
    builder.value("a", text("2"));
    builder.point("s", text("5"), 2);
    builder.point("s", text("6"), 1);
    builder.point("s", text("7"), 2);
    const Run found = builder.take();
    CHECK(names(found) == Texts{"a", "b"});
    CHECK(points(found, "s") ==
          std::vector<std::pair<std::int64_t, double>>{{1, 6}, {2, 5}, {2, 7}});
}

TEST_CASE(
    "a run builder makes a flaw of a value that stands twice, and keeps the first one's place",
    "[sources]") {
    RunBuilder builder;
    builder.value("a", text("1", 3));
    builder.value("a", text("1", 7));
    CHECK(flaw(builder.take(), "a") ==
          "log:7: 'a' holds two values, this one and one in line 3, wanted one; names must differ");
}

TEST_CASE("a run builder does not mix a single value and measurements of one name", "[sources]") {
    RunBuilder builder;
    builder.value("a", text("1", 3));
    builder.sample("a", text("2", 4), "s");
    CHECK_THAT(flaw(builder.take(), "a"), has("a single value in line 3 and a measurement here"));
}

TEST_CASE("a run builder refuses measurements in two units or under two conditions as one sample",
          "[sources]") {
    RunBuilder builder;
    builder.sample("a", text("1"), "s");
    builder.sample("a", text("2"), "ms");
    builder.sample("b", text("1"), "s", {{"cpu", "x"}});
    builder.sample("b", text("2"), "s", {{"cpu", "y"}});
    builder.sample("c", text("1"), "s", {{"cpu", "x"}});
    builder.sample("c", text("2"), "s", {{"cpu", "x"}});
    const Run found = builder.take();
    CHECK_THAT(flaw(found, "a"), has("measurements in 's' and in 'ms', wanted one unit"));
    CHECK_THAT(flaw(found, "b"), has("under different conditions"));
    CHECK(samples(found, "c") == Numbers{1, 2});
}

TEST_CASE("a run builder carries NaN as a value and as a point, and not among measurements",
          "[sources]") {
    RunBuilder builder;
    builder.value("a", text("NaN"));
    builder.sample("b", text("NaN"), "s");
    builder.point("c", text("-inf"), 1);
    const Run found = builder.take();
    CHECK(scalar(found, "a").value.kind == NumberKind::not_a_number);
    CHECK_THAT(flaw(found, "b"), has("as measurement 1, wanted a finite number"));
    CHECK(series(found, "c").points[0].value.kind == NumberKind::negative_infinity);
}

TEST_CASE("a run builder has no series beside a flaw of the same name", "[sources]") {
    RunBuilder builder;
    builder.point("a", text("1"), 1);
    builder.point("a", text("1e999"), 2);
    const Run found = builder.take();
    CHECK(found.series.empty());
    CHECK_THAT(flaw(found, "a"), has("at step 2, wanted a number"));
}

TEST_CASE("a run builder reads nested maps without recursion, to any depth that the parser allows",
          "[sources]") {
    Node map;
    map.kind = Node::Kind::map;
    map.members.push_back({"x", {}, text("1")});
    for (int depth = 0; depth < 60; ++depth) {
        Node outer;
        outer.kind = Node::Kind::map;
        outer.members.push_back({"m", {}, map});
        map = outer;
    }
    RunBuilder builder;
    builder.values_below("top:", map);
    const Run found = builder.take();
    REQUIRE(found.entries.size() == 1);
    CHECK(found.entries[0].name.starts_with("top:m.m."));
}

TEST_CASE("a run builder passes a flaw on to all quantities of a benchmark and to no other",
          "[sources]") {
    RunBuilder builder;
    for (const char* one : {"a.x", "a.y", "ab.x", "a"}) {
        builder.value(one, text("1"));
    }
    builder.flaw_below("a", in_file("log", 9), "an error");
    const Run found = builder.take();
    CHECK(flaw(found, "a.x") == "log:9: 'a.x' holds an error");
    CHECK_FALSE(flaw(found, "a.y").empty());
    CHECK(flaw(found, "ab.x").empty());
    CHECK(flaw(found, "a").empty());
}

TEST_CASE("runs of one file share a budget of names, and what is beyond is left out", "[sources]") {
    NameBudget budget;
    RunBuilder one(budget);
    RunBuilder other(budget);
    metricgate::evidence::Scalar scalar;
    for (std::size_t i = 0; i < NameBudget::most; ++i) {
        (i % 2 == 0 ? one : other).value(std::to_string(i), {}, scalar);
    }
    CHECK_FALSE(budget.exceeded());
    one.flaw("0", {}, "a name that is known");
    CHECK_FALSE(budget.exceeded());
    one.flaw("a", {}, "one too many");
    one.value("b", {}, scalar);
    one.point("c", metricgate::sources::node_of("1", {}), 0);
    CHECK(budget.exceeded());
    CHECK(one.take().entries.size() == NameBudget::most / 2);
    CHECK(budget.message() ==
          "holds more than 200,000 names of values; wanted fewer: leave out what no check uses");
}

TEST_CASE("runs of one file share a budget of values over time", "[sources]") {
    NameBudget budget(3);
    RunBuilder one(budget);
    RunBuilder other(budget);
    for (const std::int64_t step : {0, 1, 2}) {
        (step == 0 ? one : other).point("a", metricgate::sources::node_of("1", {}), step);
    }
    CHECK_FALSE(budget.exceeded());
    one.point("a", metricgate::sources::node_of("1", {}), 3);
    CHECK(budget.exceeded());
    CHECK(one.take().series.at(0).points.size() == 1);
    CHECK(budget.message() ==
          "holds more than 3 values over time; wanted fewer: leave out what no check uses, or log "
          "less often");
}
