#pragma once

#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "comparison/comparison.h"
#include "comparison/different_examples.h"

namespace metricgate::comparison {

/// A comparison method: one pair of functions for each kind of evidence it knows, the others null.
/// The first of a pair says "" or why it does not apply; the first method that applies, in catalog
/// order, is the default. The second fills a comparison whose two values and n are there already
/// and whose sides differ.
struct Method {
    std::string_view name;
    std::string_view summary;
    std::string_view reference;  ///< paper, equation or reference implementation

    /// Paired examples.
    std::string (*applies)(const metrics::Metric&, const evidence::Examples&) = nullptr;
    void (*run)(const metrics::Metric&, const evidence::Examples&, const evidence::Rows&,
                const Margin&, const Options&, Comparison&) = nullptr;

    /// Repeated runs or measurements; baseline first.
    std::string (*applies_to_samples)(const metrics::Metric&, const evidence::Samples&,
                                      const evidence::Samples&, const Options&) = nullptr;
    void (*run_samples)(const metrics::Metric&, const evidence::Samples&, const evidence::Samples&,
                        const Margin&, const Options&, Comparison&) = nullptr;

    /// Two recorded numbers; baseline first.
    std::string (*applies_to_scalars)(const metrics::Metric&, const evidence::Scalar&,
                                      const evidence::Scalar&) = nullptr;
    void (*run_scalars)(const metrics::Metric&, const evidence::Scalar&, const evidence::Scalar&,
                        const Margin&, const Options&, Comparison&) = nullptr;

    /// Predictions on different examples; baseline first.
    std::string (*applies_to_different)(const OneSide&, const OneSide&) = nullptr;
    void (*run_different)(const OneSide&, const OneSide&, const Margin&, const Options&,
                          Comparison&) = nullptr;
};

/// Every comparison method, in the order of preference.
const std::vector<Method>& catalog();

const Method* find(std::string_view name);

/// The method to use: `wanted`, or the first that applies. Null when there is none, with the reason
/// in `problem`. `applies(method)` says "" or why not, `subject` what it would not apply to ("two
/// recorded numbers"), `last_resort` names the most general method, whose reason is the useful one.
const Method* choose(const std::string& wanted, const std::string& subject,
                     std::string_view last_resort,
                     const std::function<std::string(const Method&)>& applies,
                     std::string& problem);

}  // namespace metricgate::comparison
