#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "sources/recording.h"
#include "support/result.h"

namespace metricgate::sources {

using PrometheusLabels = std::map<std::string, std::string>;

struct PrometheusPoint {
    std::int64_t time = 0;  ///< milliseconds; 0 where the file says none
    support::ParsedNumber value;
};

/// One series of a text exposition or of an answer: a name, its labels and one value or several.
struct PrometheusSeries {
    std::string name;
    PrometheusLabels labels;
    support::Location where;
    std::vector<PrometheusPoint> points;  ///< by time, ascending
    std::optional<support::Diagnostic> flaw;
};

/// What is known of all series together.
struct PrometheusContext {
    bool is_range = false;              ///< values over time, so that gaps and ends mean something
    std::optional<std::int64_t> start;  ///< of the range that was asked for, in milliseconds
    std::optional<std::int64_t> end;
    std::optional<std::int64_t> step;
    std::map<std::string, std::string> types;  ///< by family
    std::map<std::string, std::string> units;
};

/// `name{a="b",c="d"}`, as a query names a series; `value` where there is neither name nor label.
std::string prometheus_name(const std::string& name, const PrometheusLabels& labels);

/// A value as Prometheus writes it: `+Inf`, `NaN`, `1e+06`.
support::ParsedNumber prometheus_value(std::string_view text);

/// 16 hexadecimal digits that stand for a text.
std::string prometheus_digest(std::string_view text);

/// The entries and series that they make: classic histograms become quantiles and a mean, counters
/// over a range get a rate, series that ended before the range are left out.
support::Result<Run> prometheus_run(std::vector<PrometheusSeries> series,
                                    const PrometheusContext& context);

}  // namespace metricgate::sources
