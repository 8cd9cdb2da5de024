#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "verdict/explanation.h"

namespace metricgate::report {

/// A point of a curve.
struct GalleryPoint {
    double x = 0.0;
    double y = 0.0;
};

/// How well one side's scores order the examples, and how far they can be taken as probabilities.
struct SideCurves {
    std::vector<GalleryPoint> roc;               ///< false-alarm rate, recall; thinned
    std::vector<GalleryPoint> precision_recall;  ///< recall, precision; thinned
    std::vector<GalleryPoint> recall_at;         ///< recall at a few false-alarm rates
    std::vector<GalleryPoint> precision_at;      ///< best precision at a recall of at least that
};

/// The curves of one of several classes against all others, by the class's own score.
struct ClassCurves {
    std::string name;
    std::optional<SideCurves> baseline, candidate;
};

/// Examples whose score lies in one bin.
struct CalibrationRow {
    double from = 0.0;
    double to = 0.0;
    double mean_score = 0.0;
    double share_positive = 0.0;
    std::uint64_t examples = 0;
};

/// Mass by label and predicted class. What had no room is counted under the last class.
struct ConfusionTable {
    std::vector<std::string> classes;
    std::vector<double> baseline;  ///< row = label; empty: that side has no predictions
    std::vector<double> candidate;
    bool others = false;  ///< the last class stands for all further ones
};

/// Values of both sides counted in the same bins.
struct Distribution {
    std::string title;          ///< "Scores of class 1", "latency_ms"
    std::string of;             ///< the axis
    std::string unit;           ///< what is counted: "examples", "runs"
    std::vector<double> edges;  ///< inner and outer; the outer bins also hold what is beyond
    bool below = false;         ///< the first bin holds values below its lower edge
    bool above = false;
    std::vector<std::uint64_t> baseline;  ///< empty: that side has none
    std::vector<std::uint64_t> candidate;
    std::uint64_t baseline_n = 0;
    std::uint64_t candidate_n = 0;
    std::vector<double> shares;  ///< of the quantiles below: 0.5, 0.95
    std::vector<double> baseline_quantiles;
    std::vector<double> candidate_quantiles;
};

/// A column of text on both sides.
struct CategoryShares {
    struct Row {
        std::string name;
        std::uint64_t baseline = 0;
        std::uint64_t candidate = 0;
    };
    std::string title;
    std::vector<Row> rows;  ///< the most frequent ones, then "(other)" and "(empty)"
    std::uint64_t baseline_n = 0;
    std::uint64_t candidate_n = 0;
};

/// The examples that changed under one check.
struct ChangedList {
    std::string check;  ///< as reports name the row
    std::string examples_are;
    std::string harm_is;
    std::vector<verdict::ChangedExample> examples;  ///< worst first
    std::size_t in_all = 0;
};

/// What the evidence of one input looks like.
struct InputGallery {
    std::string input;
    std::string positive;  ///< name of the class that curves are about
    std::optional<SideCurves> baseline_curves, candidate_curves;
    std::vector<ClassCurves> class_curves;  ///< of several classes, those with the most examples
    std::vector<CalibrationRow> baseline_calibration, candidate_calibration;
    std::optional<ConfusionTable> confusion;
    std::vector<Distribution> distributions;
    std::vector<Distribution> columns;  ///< that drift checks look at
    std::vector<CategoryShares> categories;
    std::vector<std::string> notes;  ///< sentences: what could not be shown, and why
    bool weighted = false;
};

/// What a report that is looked at shows beside the result; gathered from the evidence only when
/// such a report is asked for.
struct Gallery {
    std::vector<InputGallery> inputs;
    std::vector<ChangedList> changes;
};

}  // namespace metricgate::report
