#include "comparison/pooled_points.h"

#include "support/catch.h"
#include "support/history_samples.h"

using namespace metricgate;
using comparison::attempts_of;
using comparison::pooled;
using evidence::HistoryPoint;
using test::history_point;

namespace {

HistoryPoint of_run(double value, const std::string& run, std::int64_t step) {
    HistoryPoint point = history_point(value, "c0ffee0");
    point.metadata["run"] = run;
    point.step = step;
    return point;
}

support::ParsedNumber number(double value) {
    return {support::NumberKind::finite, value};
}

}  // namespace

TEST_CASE("attempts on one commit and data digest are one measurement, their mean",
          "[comparison]") {
    std::vector<HistoryPoint> points = {history_point(0.9, "a"), history_point(0.8, "b"),
                                        history_point(0.7, "a"), history_point(0.5, "a")};
    points[0].data_digest = points[2].data_digest = "one";
    points[3].data_digest = "other";
    points[0].standard_error = number(0.03);
    points[2].standard_error = number(0.04);
    const auto found = pooled(points);
    REQUIRE(found.size() == 3);
    CHECK_THAT(found[0].point.value.value, WithinAbs(0.8, 1e-15));
    CHECK(found[0].attempts == 2);
    CHECK(found[0].lowest == 0.7);
    CHECK(found[0].highest == 0.9);
    // Attempts share their data: their errors do not average out, nor does one spoil the other.
    CHECK(found[0].point.standard_error->value == 0.03);
    CHECK(found[1].attempts == 1);
    CHECK_FALSE(found[1].point.standard_error);
    CHECK(found[2].point.value.value == 0.5);
}

TEST_CASE("the measurement of the newest point stands last, the others where they began",
          "[comparison]") {
    const auto found = pooled({history_point(1.0, "a"), history_point(2.0, "b"),
                               history_point(3.0, "c"), history_point(4.0, "b")});
    REQUIRE(found.size() == 3);
    CHECK(found[0].point.commit == "a");
    CHECK(found[1].point.commit == "c");
    CHECK(found[2].point.commit == "b");
    CHECK(found[2].point.value.value == 3.0);
    const auto same =
        pooled({history_point(1.0, "a"), history_point(2.0, "b")}, history_point(3.0, "a"));
    REQUIRE(same.size() == 2);
    CHECK(same[1].point.value.value == 2.0);
}

TEST_CASE("runs that ended at other steps are attempts, the steps of one run are a series",
          "[comparison]") {
    // Early stopping: a retry that trained longer is a retry.
    CHECK(attempts_of({of_run(0.5, "r1", 37), of_run(0.9, "r2", 42)}).size() == 1);
    // A log of one run, and a second run of the same steps.
    const std::vector<HistoryPoint> logs = {of_run(0.1, "r1", 1), of_run(0.2, "r1", 2),
                                            of_run(0.3, "r2", 1), of_run(0.4, "r2", 2)};
    const auto steps = pooled(logs);
    REQUIRE(steps.size() == 2);
    CHECK_THAT(steps[0].point.value.value, WithinAbs(0.2, 1e-15));
    CHECK_THAT(steps[1].point.value.value, WithinAbs(0.3, 1e-15));
    // An attempt is a run of its own.
    std::vector<HistoryPoint> attempts = {of_run(0.5, "r1", 1), of_run(0.9, "r1", 2)};
    CHECK(attempts_of(attempts).size() == 2);
    attempts[1].metadata["attempt"] = "2";
    CHECK(attempts_of(attempts).size() == 1);
}

TEST_CASE("an attempt that leaves the data digest out was measured on that of its commit",
          "[comparison]") {
    std::vector<HistoryPoint> points = {history_point(0.2, "a"), history_point(0.4, "a"),
                                        history_point(0.6, "a"), history_point(0.8, "a")};
    points[1].data_digest = "one";
    const auto found = pooled(points);
    REQUIRE(found.size() == 1);
    CHECK(found[0].attempts == 4);
    // So that the point says its data although its last attempt does not.
    CHECK(found[0].point.data_digest == "one");
    // Of several the one before it, else the first.
    points[2].data_digest = "other";
    const auto two = pooled(points);
    REQUIRE(two.size() == 2);
    CHECK_THAT(two[0].point.value.value, WithinAbs(0.3, 1e-15));
    CHECK_THAT(two[1].point.value.value, WithinAbs(0.7, 1e-15));
}

TEST_CASE("a retry weighs what it rests on, and makes no value uncertain", "[comparison]") {
    std::vector<HistoryPoint> points = {history_point(0.85, "a"), history_point(0.99, "a")};
    points[0].n = 4970;
    points[1].n = 30;
    CHECK_THAT(pooled(points)[0].point.value.value, WithinAbs(0.85 + 0.14 * 0.006, 1e-12));
    CHECK(pooled(points)[0].point.n == 4970U);
    points[1].n.reset();  // what it rests on is not known: alike
    CHECK_THAT(pooled(points)[0].point.value.value, WithinAbs(0.92, 1e-12));
    CHECK(pooled(points)[0].point.n == 4970U);
    // The error is estimated from the value: a good one would outweigh a bad one.
    points[0].standard_error = number(0.5);
    points[1].standard_error = number(0.00005);
    CHECK_THAT(pooled(points)[0].point.value.value, WithinAbs(0.92, 1e-12));
    CHECK(pooled(points)[0].point.standard_error->value == 0.00005);
}

TEST_CASE("a commit by its short id, or in capitals, is the same commit", "[comparison]") {
    const auto found = pooled({history_point(0.2, "c0ffee0123"), history_point(0.4, "C0FFEE0"),
                               history_point(0.6, "c0ffee0123456789"), history_point(0.8, "c0ffee"),
                               history_point(1.0, "deadbeef")});
    REQUIRE(found.size() == 3);
    CHECK_THAT(found[0].point.value.value, WithinAbs(0.4, 1e-15));
    CHECK(found[0].attempts == 3);
}

TEST_CASE("attempts at the newest measurement, and other steps of its commit, are told",
          "[comparison]") {
    const auto codes = [](const std::vector<HistoryPoint>& points) {
        comparison::Comparison out;
        comparison::note_newest(pooled(points), out);
        std::string all;
        for (const auto& note : out.notes) {
            all += note.code + " ";
        }
        return all;
    };
    CHECK(codes({history_point(1.0, "aaaaaaa"), history_point(1.0, "bbbbbbb")}).empty());
    CHECK(codes({history_point(1.0, "aaaaaaa"), history_point(1.0, "aaaaaaa")}) == "attempts ");
    CHECK(codes({of_run(0.8, "", 140), of_run(0.9, "", 141)}) == "steps_of_commit ");
}

TEST_CASE("points without a commit are never taken together", "[comparison]") {
    CHECK(pooled({history_point(1.0), history_point(1.0)}).size() == 2);
    CHECK(pooled(std::vector<HistoryPoint>{}).empty());
}

TEST_CASE("an attempt that gave no number is not outvoted", "[comparison]") {
    std::vector<HistoryPoint> points = {history_point(0.9, "a"), history_point(0.8, "a"),
                                        history_point(0.7, "a")};
    points[1].value.kind = support::NumberKind::not_a_number;
    CHECK_FALSE(comparison::unusable(pooled(points).front()).empty());
    points[1] = history_point(0.8, "a");
    CHECK(comparison::unusable(pooled(points).front()).empty());
    points[1].standard_error = support::ParsedNumber{support::NumberKind::not_a_number, 0.0};
    CHECK_FALSE(comparison::unusable(pooled(points).front()).empty());
}

TEST_CASE("limits begin anew at other data than were said last, and at accepted steps",
          "[comparison]") {
    std::vector<HistoryPoint> points = {
        history_point(1.0, "aaaaaaa"), history_point(1.0, "bbbbbbb"), history_point(1.0, "ccccccc"),
        history_point(1.0, "ddddddd")};
    points[0].data_digest = "old";
    points[2].data_digest = "new";
    const auto found = comparison::rebases_of(pooled(points), {{"bbbbbbb", "smaller model"}});
    REQUIRE(found.size() == 2);
    CHECK(found[0].first == 1);
    CHECK_FALSE(found[0].new_data);
    CHECK(found[1].first == 2);
    CHECK(found[1].new_data);
    CHECK(comparison::unknown_steps(pooled(points), {{"eeeeeee", "?"}, {"aaaaaaa", "!"}}) ==
          std::vector<std::string>{"eeeeeee"});
}
