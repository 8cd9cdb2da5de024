#include "stats/thin_curve.h"

#include <algorithm>
#include <cmath>

#include "support/catch.h"

using namespace metricgate;
using stats::CurvePoint;

TEST_CASE("a short curve stays as it is", "[stats]") {
    const std::vector<CurvePoint> points = {{0.0, 0.0}, {0.0, 0.5}, {0.4, 0.5}, {1.0, 1.0}};
    stats::ThinCurve curve(100);
    for (const CurvePoint& point : points) {
        curve.add(point);
    }
    CHECK(curve.points() == points);
    CHECK(stats::ThinCurve(10).points().empty());
}

TEST_CASE("a column of a long curve keeps its first, lowest, highest and last point in their order",
          "[stats]") {
    stats::ThinCurve curve(1);
    for (const CurvePoint& point : std::vector<CurvePoint>{
             {0.1, 0.5}, {0.2, 0.9}, {0.3, 0.6}, {0.4, 0.1}, {0.5, 0.3}, {0.6, 0.4}}) {
        curve.add(point);
    }
    CHECK(curve.points() ==
          std::vector<CurvePoint>{{0.1, 0.5}, {0.2, 0.9}, {0.4, 0.1}, {0.6, 0.4}});
}

TEST_CASE("a curve of a million points has at most four a column, and its ends", "[stats]") {
    stats::ThinCurve curve(150);
    constexpr int count = 1'000'000;
    for (int i = 0; i <= count; ++i) {
        const double x = static_cast<double>(i) / count;
        curve.add({x, std::sin(1000.0 * x)});
    }
    const auto points = curve.points();
    CHECK(points.size() <= 600);
    CHECK(points.size() > 300);
    CHECK(points.front() == CurvePoint{0.0, 0.0});
    CHECK(points.back().x == 1.0);
    // The waves are seen in full height.
    double highest = 0.0;
    for (const CurvePoint& point : points) {
        highest = std::max(highest, point.y);
    }
    CHECK(highest > 0.9999);
}
