#include "sources/selection.h"
#include "reading.h"

using namespace reading;
using metricgate::evidence::Entry;
using metricgate::evidence::MetricFile;
using metricgate::evidence::Scalar;
using metricgate::sources::Better;
using metricgate::sources::parse_step_rule;
using metricgate::sources::Point;
using metricgate::sources::Recording;
using metricgate::sources::Run;
using metricgate::sources::select;
using metricgate::sources::Selection;
using metricgate::sources::Series;
using metricgate::sources::StepRule;
using metricgate::support::NumberKind;
using metricgate::support::Result;

namespace {

Point point(std::int64_t step, double value) {
    Point made;
    made.step = step;
    made.value = {NumberKind::finite, value};
    return made;
}

Series series(const std::string& name, std::vector<Point> points) {
    Series made;
    made.name = name;
    made.where = metricgate::support::in_file("run.log", 3, 1);
    made.points = std::move(points);
    return made;
}

/// A loss that falls and rises again, with step 2 recorded twice.
Recording one_run() {
    Recording recording;
    recording.source = "run.log";
    Run run;
    run.id = "a";
    run.name = "first";
    run.series.push_back(
        series("loss", {point(1, 0.5), point(2, 0.9), point(2, 0.2), point(3, 0.3)}));
    run.conditions["cpu"] = "x";
    recording.runs.push_back(run);
    return recording;
}

Selection by(const std::string& rule) {
    Selection selection;
    selection.step = *parse_step_rule(rule);
    selection.better = [](const std::string& name) {
        return name == "loss" ? Better::lower : Better::unknown;
    };
    return selection;
}

double value_of(const Result<MetricFile>& file, const std::string& name = "loss") {
    REQUIRE(problems_of(file) == "");
    const Entry* entry = file->find(name);
    REQUIRE(entry != nullptr);
    CHECK_FALSE(entry->flaw);
    return std::get<Scalar>(entry->evidence).value.value;
}

std::string flaw_of(const Result<MetricFile>& file) {
    REQUIRE(problems_of(file) == "");
    REQUIRE(file->entries.front().flaw);
    return describe(*file->entries.front().flaw);
}

}  // namespace

TEST_CASE("a step rule takes one value of a series, of repeated steps the last", "[sources]") {
    const Recording log = one_run();
    CHECK(value_of(select(log, by("last"))) == 0.3);
    CHECK(value_of(select(log, by("best"))) == 0.2);
    CHECK(value_of(select(log, by("lowest"))) == 0.2);
    CHECK(value_of(select(log, by("highest"))) == 0.5);
    CHECK(value_of(select(log, by("step=2"))) == 0.2);
    CHECK(value_of(select(log, by("1"))) == 0.5);
    CHECK(value_of(select(log, by("mean=2"))) == 0.25);
    const std::string repeated =
        "Of several values at one step the last one counts: loss at step 2.";
    CHECK(select(log, by("last"))->notes == Texts{"Values are those of step 3.", repeated});
    CHECK(select(log, by("mean=2"))->notes ==
          Texts{"Values are those of the mean of steps 2 to 3.", repeated});
}

TEST_CASE("words that are no step rule are refused", "[sources]") {
    for (const char* text : {"", "Last", "step=", "step=x", "step=1.5", "mean=0",
                             "mean=", "mean=-1", "1e400", "nan", "last "}) {
        CAPTURE(text);
        CHECK_FALSE(parse_step_rule(text));
    }
    CHECK(parse_step_rule("-3")->step == -3);
    CHECK(parse_step_rule("mean=5")->count == 5);
}

TEST_CASE("a value that a rule cannot take is an error for the check that uses it", "[sources]") {
    Recording log = one_run();
    CHECK(flaw_of(select(log, by("step=7"))) ==
          "run.log:3:1: 'loss' has no value at step 7; its steps go from 1 to 3");
    CHECK(flaw_of(select(log, by("mean=4"))) ==
          "run.log:3:1: 'loss' has 3 values, and the mean of the last 4 is asked for");
    Selection best = by("best");
    best.better = nullptr;
    CHECK_THAT(flaw_of(select(log, best)), has("select `highest` or `lowest` instead of `best`"));
    log.runs[0].series[0].points[1].value = {NumberKind::not_a_number, 0.0};
    log.runs[0].series[0].points[2].value = {NumberKind::not_a_number, 0.0};
    CHECK_THAT(flaw_of(select(log, by("best"))), has("has a value that is not finite at step 2"));
    const auto carried = select(log, by("mean=2"));
    CHECK(std::get<Scalar>(carried->entries[0].evidence).value.kind == NumberKind::not_a_number);
}

TEST_CASE("globs select metrics, and one that matches nothing is a problem", "[sources]") {
    Recording log = one_run();
    log.runs[0].series.push_back(series("eval/loss", {point(1, 0.7)}));
    Selection some;
    some.metrics = {"eval/*"};
    const auto file = select(log, some);
    REQUIRE(problems_of(file) == "");
    REQUIRE(file->entries.size() == 1);
    CHECK(file->entries[0].name == "eval/loss");
    CHECK(file->entries[0].conditions.at("cpu") == "x");
    some.metrics = {"los"};
    CHECK(problems_of(select(log, some)) ==
          "run.log: no metric is called 'los' (did you mean 'loss'?); there are 'eval/loss' and "
          "'loss'\n");
}

TEST_CASE("of several runs one must be named, by its id or its name", "[sources]") {
    Recording log = one_run();
    Run other = log.runs[0];
    other.id = "b";
    other.name = "second";
    other.series[0].points = {point(1, 0.1)};
    log.runs.push_back(other);
    Selection which;
    CHECK_THAT(problems_of(select(log, which)), has("holds 2 runs: 'a' and 'b'; name one by"));
    which.run = "b";
    CHECK(value_of(select(log, which)) == 0.1);
    which.run = "first";
    CHECK(value_of(select(log, which)) == 0.3);
    which.run = "c";
    CHECK_THAT(problems_of(select(log, which)), has("holds no run 'c'"));
    log.runs[1].name = "first";
    which.run = "first";
    CHECK_THAT(problems_of(select(log, which)), has("has more than one run called 'first'"));
}

TEST_CASE("a run that did not finish is refused unless that is allowed", "[sources]") {
    Recording log = one_run();
    log.runs[0].refused = metricgate::support::problem_in("run.log", "the run failed");
    Selection which;
    CHECK(problems_of(select(log, which)) == "run.log: the run failed\n");
    which.allow_unfinished = true;
    const auto file = select(log, which);
    CHECK(value_of(file) == 0.3);
    CHECK(file->notes.front() == "the run failed; the policy allows it.");
}
