#pragma once

#include <optional>

#include "evidence/metric_file.h"

namespace metricgate::test {

inline evidence::Scalar scalar(double value, std::optional<double> standard_error = std::nullopt,
                               std::optional<std::uint64_t> n = std::nullopt) {
    evidence::Scalar result;
    result.value = {support::NumberKind::finite, value};
    if (standard_error) {
        result.standard_error = support::ParsedNumber{support::NumberKind::finite, *standard_error};
    }
    result.n = n;
    return result;
}

}  // namespace metricgate::test
