#pragma once

#include <string>

#include "report/gallery.h"

namespace metricgate::report {

std::string roc_spec(const InputGallery& input);
std::string precision_recall_spec(const InputGallery& input);
std::string calibration_spec(const InputGallery& input);

}  // namespace metricgate::report
