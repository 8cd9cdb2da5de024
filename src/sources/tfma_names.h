#pragma once

#include <string>
#include <string_view>

namespace metricgate::sources {

/// What a MetricKey of TFMA calls a metric, and of which model it is.
struct TfmaKey {
    std::string model;
    std::string
        name;  ///< "output.precision(class_id=2,weighted)"; empty where the key is malformed
};

TfmaKey tfma_key(std::string_view message);

/// `{country="de",plan=1}` of a SliceKey, columns by name; empty for all examples. Sets
/// `well_formed` to false where it is none.
std::string tfma_slice(std::string_view message, bool& well_formed);
/// `{country="de"} against {country="fr"}` of a CrossSliceKey.
std::string tfma_cross_slice(std::string_view message, bool& well_formed);

}  // namespace metricgate::sources
