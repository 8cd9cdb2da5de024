#pragma once

#include <string>
#include <vector>

#include "cli/load.h"
#include "cli/prepare.h"
#include "report/gallery.h"

namespace metricgate::cli {

// What one input gives to the gallery, a file each.

/// Curves, calibration and confusion of paired examples.
void gather_curves(const evidence::Examples& examples, report::InputGallery& out);
/// Scores, predictions, errors and value columns of paired examples.
void gather_values(const evidence::Examples& examples, report::InputGallery& out);
/// Runs that are recorded on both sides: those with one of the names.
void gather_runs(const LoadedInput& loaded, const std::vector<std::string>& names,
                 report::InputGallery& out);
/// The columns that drift checks look at, in the order of the names.
void gather_columns(const LoadedInput& loaded, const std::vector<std::string>& names,
                    report::InputGallery& out);
/// The examples that changed, of the rows that need a reader first.
void gather_changes(const Prepared& prepared, const verdict::GateResult& result,
                    report::Gallery& out);

/// Values of both sides as a distribution; nothing is added where no side has a value.
void add_distribution(const std::string& title, const std::string& axis, const std::string& unit,
                      std::vector<double> baseline, std::vector<double> candidate,
                      std::vector<report::Distribution>& out);

}  // namespace metricgate::cli
