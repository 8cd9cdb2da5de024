#pragma once

#include <string>

#include "evidence/metric_file.h"

namespace metricgate::evidence {

/// Runs of one quantity joined: value i of both sides is one run. By id they are in the order of
/// the ids, so that the order of files does not matter.
struct PairedSamples {
    Samples baseline;
    Samples candidate;
    std::string left_out;      ///< a sentence on runs that only one side has, when intersecting
    std::string incomparable;  ///< why the runs cannot be paired, or empty
};

}  // namespace metricgate::evidence
