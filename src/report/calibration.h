#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "report/catalog.h"
#include "verdict/calibration.h"

namespace metricgate::report {

/// A form that `metricgate calibrate` can answer in. Renderers compute nothing.
struct CalibrationFormat {
    std::string_view name;
    std::string (*render)(const verdict::Calibration&, const Style&) = nullptr;
    std::string_view mark;  ///< every such report begins with it
};

/// text, markdown, json
const std::vector<CalibrationFormat>& calibration_formats();
const CalibrationFormat* find_calibration_format(std::string_view name);

/// "proposals for 2 of 3 metrics".
std::string calibration_headline(const verdict::Calibration& calibration);
/// What is known and proposed of a metric, a sentence each; names within backticks.
std::vector<std::string> calibration_sentences(const verdict::MetricCalibration& metric,
                                               double confidence);
/// The formulas, a sentence each.
std::vector<std::string> calibration_formulas(const verdict::Calibration& calibration);

std::string render_calibration_text(const verdict::Calibration& calibration, const Style& style);
std::string render_calibration_markdown(const verdict::Calibration& calibration,
                                        const Style& style);
/// schemas/calibration.schema.json.
std::string render_calibration_json(const verdict::Calibration& calibration, const Style& style);

}  // namespace metricgate::report
