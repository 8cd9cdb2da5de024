#include <array>

#include "cli/gallery_parts.h"
#include "metrics/calibration_curve.h"
#include "metrics/catalog.h"
#include "metrics/confusion_table.h"
#include "metrics/evaluate.h"
#include "metrics/operating_curves.h"

namespace metricgate::cli {
namespace {

using evidence::Examples;
using evidence::Rows;
using evidence::Side;

constexpr std::size_t curve_columns = 150;  ///< of a chart some 300 pixels wide; 600 points a curve
constexpr std::size_t calibration_bins = 10;
constexpr std::size_t most_classes = 11;
constexpr std::array false_alarm_rates = {0.01, 0.05, 0.1, 0.2};
constexpr std::array recalls = {0.5, 0.8, 0.9, 0.95};

std::vector<report::GalleryPoint> points(const std::vector<stats::CurvePoint>& curve) {
    std::vector<report::GalleryPoint> shown;
    for (const stats::CurvePoint& point : curve) {
        shown.push_back({point.x, point.y});
    }
    return shown;
}

/// The examples that have all that the metric reads.
Rows rows_for(const char* name, const Examples& examples) {
    metrics::Metric metric;
    metric.definition = metrics::find(name);
    metric.name = name;
    return metrics::without_missing(metric, examples, Rows::all(examples.rows));
}

const char* name_of(Side side) {
    return side == Side::baseline ? "baseline" : "candidate";
}

std::optional<report::SideCurves> curves_of(const Examples& examples, Side side, const Rows& rows,
                                            std::vector<std::string>& notes) {
    const metrics::OperatingCurves found =
        metrics::operating_curves(examples, side, rows, curve_columns, false_alarm_rates, recalls);
    if (!found.problem.empty()) {
        notes.push_back(std::string("There is no ROC curve of the ") + name_of(side) + ": " +
                        found.problem + ".");
        return std::nullopt;
    }
    return report::SideCurves{points(found.roc), points(found.precision_recall),
                              points(found.recall_at), points(found.precision_at)};
}

std::vector<report::CalibrationRow> calibration_of(const Examples& examples, Side side,
                                                   const Rows& rows,
                                                   std::vector<std::string>& notes) {
    const metrics::CalibrationCurve found =
        metrics::calibration_curve(examples, side, rows, calibration_bins);
    if (!found.problem.empty()) {
        notes.push_back(std::string("There is no calibration curve of the ") + name_of(side) +
                        ": " + found.problem + ".");
    }
    std::vector<report::CalibrationRow> shown;
    for (const metrics::CalibrationPoint& point : found.points) {
        shown.push_back(
            {point.from, point.to, point.mean_score, point.share_positive, point.examples});
    }
    return shown;
}

}  // namespace

void gather_curves(const Examples& examples, report::InputGallery& out) {
    out.weighted = examples.weight.has_value();
    if (examples.positive && *examples.positive < examples.classes.size()) {
        out.positive = examples.classes[*examples.positive];
        const Rows rows = rows_for("roc_auc", examples);
        if (examples.side(Side::baseline).score) {
            out.baseline_curves = curves_of(examples, Side::baseline, rows, out.notes);
            out.baseline_calibration = calibration_of(examples, Side::baseline, rows, out.notes);
        }
        if (examples.side(Side::candidate).score) {
            out.candidate_curves = curves_of(examples, Side::candidate, rows, out.notes);
            out.candidate_calibration = calibration_of(examples, Side::candidate, rows, out.notes);
        }
    }
    metrics::SmallConfusion table =
        metrics::small_confusion(examples, rows_for("accuracy", examples), most_classes);
    if (!table.classes.empty()) {
        out.confusion = report::ConfusionTable{std::move(table.classes), std::move(table.mass[0]),
                                               std::move(table.mass[1]), table.others};
    }
}

}  // namespace metricgate::cli
