#pragma once

#include <string>

#include "report/gallery.h"

namespace metricgate::report {

using CurvesOfSide = std::optional<SideCurves>;

std::string roc_spec(const CurvesOfSide& baseline, const CurvesOfSide& candidate);
std::string precision_recall_spec(const CurvesOfSide& baseline, const CurvesOfSide& candidate);
std::string calibration_spec(const InputGallery& input);

}  // namespace metricgate::report
