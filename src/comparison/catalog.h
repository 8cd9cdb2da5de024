#pragma once

#include <string_view>
#include <vector>

#include "comparison/comparison.h"

namespace metricgate::comparison {

/// A method for paired examples, for repeated runs, or for both. `applies` and `applies_to_samples`
/// say "" or why it does not; the first that applies, in catalog order, is the default.
struct Method {
    std::string_view name;
    std::string_view summary;
    std::string_view reference;  ///< paper, equation or reference implementation
    std::string (*applies)(const metrics::Metric&,
                           const evidence::Examples&) = nullptr;  ///< null: not for paired examples
    void (*run)(const metrics::Metric&, const evidence::Examples&, const evidence::Rows&,
                const Margin&, const Options&, Comparison&) = nullptr;
    std::string (*applies_to_samples)(const metrics::Metric&, const evidence::Samples& baseline,
                                      const evidence::Samples& candidate,
                                      const Options&) = nullptr;  ///< null: not for repeated runs
    void (*run_samples)(const metrics::Metric&, const evidence::Samples& baseline,
                        const evidence::Samples& candidate, const Margin&, const Options&,
                        Comparison&) = nullptr;
};

/// Every comparison method, in the order of preference.
const std::vector<Method>& catalog();

const Method* find(std::string_view name);

}  // namespace metricgate::comparison
