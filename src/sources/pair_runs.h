#pragma once

#include <cstddef>
#include <string>

#include "evidence/metric_file.h"

namespace metricgate::sources {

/// How recorded runs of both sides find each other.
struct RunPairing {
    bool by_position = false;  ///< run i with run i; else by `Samples::ids`
    bool intersect = false;    ///< leave out runs that only one side has
    double min_overlap = 0.0;  ///< paired / larger side, when intersecting
};

/// Runs of one quantity joined: value i of both sides is one run. By id they are in the order of
/// the ids, so that the order of files does not matter.
struct PairedSamples {
    evidence::Samples baseline;
    evidence::Samples candidate;
    std::string left_out;      ///< a sentence on runs that only one side has, when intersecting
    std::string incomparable;  ///< why the runs cannot be paired, or empty
};

PairedSamples pair_runs(const evidence::Samples& baseline, const evidence::Samples& candidate,
                        const RunPairing& rules);

}  // namespace metricgate::sources
