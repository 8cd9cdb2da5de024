#pragma once

#include <vector>

#include "metrics/metric.h"

namespace metricgate::metrics {

/// One class against the rest.
struct ClassCounts {
    double hit = 0.0;          ///< of the class, predicted so
    double miss = 0.0;         ///< of the class, predicted otherwise
    double false_alarm = 0.0;  ///< of another class, predicted as this one
    double rest = 0.0;         ///< of another class, predicted otherwise
};

/// What a metric of one class divides by what.
struct Share {
    double part = 0.0;
    double whole = 0.0;
};

using ClassShare = Share (*)(const ClassCounts&, const Parameters&);

/// Of every class.
std::vector<ClassCounts> class_counts(const Confusion& confusion);

/// The name of a class for a reason: "'de'", or its number when names are not known.
std::string class_in_words(const Confusion& confusion, std::size_t which);

/// `share` of one class, or its average over classes as scikit-learn defines it: macro over the
/// classes that occur among labels or predictions, weighted by the labels of each class, micro as
/// the ratio of the sums. A class whose share has no whole takes `when_undefined`; without one the
/// result is undefined, saying which class has `lacks` ("no predictions"). Weighted leaves out
/// classes without labels, which weigh nothing.
Value average_over_classes(const Confusion& confusion, const Parameters& parameters,
                           ClassShare share, const char* lacks);

}  // namespace metricgate::metrics
