#pragma once

#include <cstddef>

#include "evidence/paired_samples.h"

namespace metricgate::sources {

/// How recorded runs of both sides find each other.
struct RunPairing {
    bool by_position = false;  ///< run i with run i; else by `Samples::ids`
    bool intersect = false;    ///< leave out runs that only one side has
    double min_overlap = 0.0;  ///< paired / larger side, when intersecting
};

evidence::PairedSamples pair_runs(const evidence::Samples& baseline,
                                  const evidence::Samples& candidate, const RunPairing& rules);

}  // namespace metricgate::sources
