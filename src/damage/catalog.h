#pragma once

#include <string_view>
#include <vector>

#include "evidence/examples.h"
#include "metrics/metric.h"

namespace metricgate::damage {

/// Which way a candidate is changed: most checks must catch a worse one, `max_gain` one that is too
/// good.
enum class Toward { worse, better };

/// How much is changed.
struct Extent {
    Toward toward = Toward::worse;
    double size = 0.0;  ///< a share of the examples up to 1, or an amount above 0
    const std::vector<double>* places = nullptr;  ///< of `places_of`
};

/// A way to damage one kind of column. `apply` writes the candidate's column of `examples` anew
/// from the baseline's, so that the candidate equals the baseline but for the damage, and a second
/// call replaces the first. Cells that are empty or not finite stay as they are.
struct Kind {
    std::string_view name;
    std::string_view worse;   ///< what was done, for reports: "predicted classes made wrong"
    std::string_view better;  ///< the same in the other direction
    bool (*reads)(const metrics::Metric&, const evidence::Examples&) = nullptr;
    bool (*bounded)(const metrics::Metric&,
                    const evidence::Examples&) = nullptr;  ///< sizes end at 1
    void (*apply)(const metrics::Metric&, evidence::Examples&, const Extent&) = nullptr;
};

/// Every way, one file each, in the order in which they are looked for.
const std::vector<Kind>& catalog();

/// The first that changes what the metric reads; null when there is none.
const Kind* find(const metrics::Metric& metric, const evidence::Examples& examples);

}  // namespace metricgate::damage
