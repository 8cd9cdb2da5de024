#include <algorithm>
#include <array>
#include <numeric>

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
constexpr std::size_t small_columns = 75;   ///< of each of the charts of several classes
constexpr std::size_t most_class_curves = 6;
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
                                            std::size_t columns, std::string_view what,
                                            std::vector<std::string>& notes) {
    const metrics::OperatingCurves found =
        metrics::operating_curves(examples, side, rows, columns, false_alarm_rates, recalls);
    if (!found.problem.empty()) {
        notes.push_back("There is no ROC curve of " + std::string(what) + "the " + name_of(side) +
                        ": " + found.problem + ".");
        return std::nullopt;
    }
    return report::SideCurves{points(found.roc), points(found.precision_recall),
                              points(found.recall_at), points(found.precision_at)};
}

/// Codes of the classes that have a score, those with the most examples first.
std::vector<std::uint32_t> scored_classes(const Examples& examples) {
    std::vector<std::size_t> sizes(examples.classes.size());
    for (std::size_t row = 0; row < examples.rows; ++row) {
        const std::uint32_t code = examples.label->codes[row];
        if (code < sizes.size()) {
            ++sizes[code];
        }
    }
    const std::size_t scored =
        std::min(sizes.size(), std::max(examples.side(Side::baseline).class_scores.size(),
                                        examples.side(Side::candidate).class_scores.size()));
    std::vector<std::uint32_t> codes(scored);
    std::iota(codes.begin(), codes.end(), 0U);
    std::ranges::stable_sort(codes,
                             [&](auto left, auto right) { return sizes[left] > sizes[right]; });
    return codes;
}

/// What an ROC curve needs of the examples, the score of a class being that of the positive one.
Examples against_the_rest(const Examples& examples) {
    Examples view;
    view.rows = examples.rows;
    view.classes = examples.classes;
    view.label = examples.label;
    view.weight = examples.weight;
    return view;
}

void gather_class_curves(const Examples& examples, report::InputGallery& out) {
    if (!examples.label || examples.classes.size() < 3) {
        return;  // of two classes, the curve of one is that of the other
    }
    std::vector<std::uint32_t> codes = scored_classes(examples);
    if (codes.size() > most_class_curves) {
        out.notes.push_back("Curves of one class against the rest are those of the " +
                            std::to_string(most_class_curves) + " classes with the most examples.");
        codes.resize(most_class_curves);
    }
    if (codes.empty()) {
        return;
    }
    const Rows rows = rows_for("roc_auc_ovr", examples);
    Examples view = against_the_rest(examples);
    for (const std::uint32_t code : codes) {
        view.positive = code;
        report::ClassCurves curves;
        curves.name = examples.classes[code];
        const std::string what = "class " + curves.name + " of ";
        for (const Side side : {Side::baseline, Side::candidate}) {
            const auto& scores = examples.side(side).class_scores;
            if (code >= scores.size()) {
                continue;
            }
            view.sides[static_cast<std::size_t>(side)].score = scores[code];
            auto& found = side == Side::baseline ? curves.baseline : curves.candidate;
            found = curves_of(view, side, rows, small_columns, what, out.notes);
        }
        if (curves.baseline || curves.candidate) {
            out.class_curves.push_back(std::move(curves));
        }
    }
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
            out.baseline_curves =
                curves_of(examples, Side::baseline, rows, curve_columns, "", out.notes);
            out.baseline_calibration = calibration_of(examples, Side::baseline, rows, out.notes);
        }
        if (examples.side(Side::candidate).score) {
            out.candidate_curves =
                curves_of(examples, Side::candidate, rows, curve_columns, "", out.notes);
            out.candidate_calibration = calibration_of(examples, Side::candidate, rows, out.notes);
        }
    }
    gather_class_curves(examples, out);
    metrics::SmallConfusion table =
        metrics::small_confusion(examples, rows_for("accuracy", examples), most_classes);
    if (!table.classes.empty()) {
        out.confusion = report::ConfusionTable{std::move(table.classes), std::move(table.mass[0]),
                                               std::move(table.mass[1]), table.others};
    }
}

}  // namespace metricgate::cli
