#include "report/chart_curves.h"

#include "report/chart_spec.h"
#include "report/figures.h"

namespace metricgate::report {
namespace {

/// Two curves in the unit square. The line of `guide` is what chance, or perfection, would look
/// like.
constexpr std::string_view pattern = R"spec({
    "width": "container",
    "height": 300,
    "layer": [
        {"data": {"values": "@guide"},
         "mark": {"type": "line", "color": "var(--quiet)", "strokeDash": [4, 4], "strokeWidth": 1},
         "encoding": {"x": {"field": "x", "type": "quantitative"},
                      "y": {"field": "y", "type": "quantitative"}}},
        {"data": {"values": "@rows"},
         "mark": {"type": "line", "strokeWidth": 2, "interpolate": "@interpolate"},
         "encoding": {
            "x": {"field": "x", "type": "quantitative", "axis": {"title": "@x"},
                  "scale": {"domain": [0, 1]}},
            "y": {"field": "y", "type": "quantitative", "axis": {"title": "@y"},
                  "scale": {"domain": [0, 1]}},
            "order": {"field": "at", "type": "quantitative"},
            "color": {"field": "side", "type": "nominal",
                      "scale": {"domain": ["baseline", "candidate"],
                                "range": ["var(--baseline)", "var(--candidate)"]}},
            "tooltip": [
                {"field": "side", "type": "nominal", "title": "side"},
                {"field": "x", "type": "quantitative", "title": "@x", "format": ".3f"},
                {"field": "y", "type": "quantitative", "title": "@y", "format": ".3f"}
            ]}}
    ]
})spec";

void add_curve(DataRows& data, const char* side, const std::vector<GalleryPoint>& points) {
    double at = 0.0;
    for (const GalleryPoint& point : points) {
        data.row().set("side", side).set("x", point.x).set("y", point.y).set("at", at);
        at += 1.0;
    }
}

std::string curves(const DataRows& data, const char* guide, const char* interpolate, const char* x,
                   const char* y) {
    return fill_spec(pattern, {{"rows", data.json()},
                               {"guide", guide},
                               {"interpolate", interpolate},
                               {"x", x},
                               {"y", y}});
}

/// A dot a bin, the larger the more examples it holds: small dots are noise.
constexpr std::string_view calibration_pattern = R"spec({
    "width": "container",
    "height": 300,
    "layer": [
        {"data": {"values": "@guide"},
         "mark": {"type": "line", "color": "var(--quiet)", "strokeDash": [4, 4], "strokeWidth": 1},
         "encoding": {"x": {"field": "x", "type": "quantitative"},
                      "y": {"field": "y", "type": "quantitative"}}},
        {"data": {"values": "@rows"},
         "encoding": {
            "x": {"field": "x", "type": "quantitative", "axis": {"title": "mean score"},
                  "scale": {"domain": [0, 1]}},
            "y": {"field": "y", "type": "quantitative", "axis": {"title": "share of positives"},
                  "scale": {"domain": [0, 1]}},
            "color": {"field": "side", "type": "nominal",
                      "scale": {"domain": ["baseline", "candidate"],
                                "range": ["var(--baseline)", "var(--candidate)"]}}
         },
         "layer": [
            {"mark": {"type": "line", "strokeWidth": 1, "opacity": 0.6}},
            {"mark": {"type": "point", "filled": true, "opacity": 1},
             "encoding": {
                "size": {"field": "examples", "type": "quantitative", "legend": null,
                         "scale": {"range": [12, 260]}},
                "tooltip": [
                    {"field": "side", "type": "nominal", "title": "side"},
                    {"field": "x", "type": "quantitative", "title": "mean score", "format": ".3f"},
                    {"field": "y", "type": "quantitative", "title": "positives", "format": ".3f"},
                    {"field": "examples", "type": "quantitative", "title": "examples", "format": ","}
                ]}}
         ]}
    ]
})spec";

constexpr const char* diagonal = R"spec([{"x":0,"y":0},{"x":1,"y":1}])spec";

}  // namespace

std::string roc_spec(const CurvesOfSide& baseline, const CurvesOfSide& candidate) {
    DataRows data;
    if (baseline) {
        add_curve(data, "baseline", baseline->roc);
    }
    if (candidate) {
        add_curve(data, "candidate", candidate->roc);
    }
    return curves(data, diagonal, R"("linear")", R"("false-alarm rate")", R"("recall")");
}

std::string precision_recall_spec(const CurvesOfSide& baseline, const CurvesOfSide& candidate) {
    DataRows data;
    if (baseline) {
        add_curve(data, "baseline", baseline->precision_recall);
    }
    if (candidate) {
        add_curve(data, "candidate", candidate->precision_recall);
    }
    // Between two thresholds there is no precision in between: that of the next one counts.
    return curves(data, "[]", R"("step-before")", R"("recall")", R"("precision")");
}

std::string calibration_spec(const InputGallery& input) {
    DataRows data;
    const auto add = [&data](const char* side, const std::vector<CalibrationRow>& rows) {
        for (const CalibrationRow& row : rows) {
            if (row.examples != 0) {
                data.row().set("side", side).set("x", row.mean_score);
                data.set("y", row.share_positive);
                data.set("examples", static_cast<double>(row.examples));
            }
        }
    };
    add("baseline", input.baseline_calibration);
    add("candidate", input.candidate_calibration);
    return fill_spec(calibration_pattern, {{"rows", data.json()}, {"guide", diagonal}});
}

}  // namespace metricgate::report
