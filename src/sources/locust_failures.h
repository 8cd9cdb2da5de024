#pragma once

#include "sources/run_builder.h"
#include "sources/whole_number.h"

namespace metricgate::sources {

/// The share of requests that failed, with their number: what Locust itself calls the fail ratio.
inline void take_failure_ratio(const std::string& base, const support::Node* requests,
                               const support::Node* failures, const support::Location& where,
                               RunBuilder& builder) {
    const auto n = count_in(requests);
    const auto failed = count_in(failures);
    if (!n || !failed || *n == 0 || *failed > *n) {
        builder.flaw(base + ".fail_ratio", where,
                     "no such share; wanted a number of failures of at least one request");
        return;
    }
    evidence::Scalar ratio;
    ratio.value = {support::NumberKind::finite,
                   static_cast<double>(*failed) / static_cast<double>(*n)};
    ratio.n = *n;
    builder.value(base + ".fail_ratio", where, ratio);
}

}  // namespace metricgate::sources
