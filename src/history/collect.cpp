#include "history/collect.h"

#include <algorithm>
#include <cmath>
#include <utility>
#include <variant>

#include "stats/means.h"

namespace metricgate::history {

using evidence::HistoryPoint;
using support::NumberKind;
using support::ParsedNumber;

HistoryPoint point_of(const evidence::Entry& entry, HistoryPoint moment) {
    moment.where = entry.where;
    moment.value = {NumberKind::malformed, 0.0};
    if (const auto* scalar = std::get_if<evidence::Scalar>(&entry.evidence)) {
        moment.value = scalar->value;
        moment.standard_error = scalar->standard_error;
        moment.n = scalar->n;
    } else if (const auto& samples = std::get<evidence::Samples>(entry.evidence);
               !samples.flaw && !samples.values.empty()) {
        const stats::MeanEstimate mean = stats::paired_mean(samples.values);
        moment.value = {NumberKind::finite, mean.mean};
        if (std::isfinite(mean.standard_error)) {
            moment.standard_error = ParsedNumber{NumberKind::finite, mean.standard_error};
        }
    }
    if (entry.flaw) {
        moment.value = {NumberKind::malformed, 0.0};
    }
    return moment;
}

void describe_moment(const evidence::Metadata& metadata, HistoryPoint& moment) {
    moment.metadata = metadata;
    const auto digest = metadata.find("data_digest");
    moment.data_digest = digest == metadata.end() ? "" : digest->second;
}

bool Collection::wants(const std::string& metric) const {
    return m_request.metrics.empty() ||
           std::ranges::find(m_request.metrics, metric) != m_request.metrics.end();
}

void Collection::add(const std::string& metric, const std::string& unit, HistoryPoint point) {
    evidence::History& history = m_histories[metric];
    history.metric = metric;
    if (history.unit.empty()) {
        history.unit = unit;
    }
    history.points.push_back(std::move(point));
}

std::vector<evidence::History> Collection::take() {
    std::vector<evidence::History> all;
    for (auto& [metric, history] : m_histories) {
        auto& points = history.points;
        if (m_request.window && points.size() > *m_request.window) {
            points.erase(points.begin(),
                         points.end() - static_cast<std::ptrdiff_t>(*m_request.window));
        }
        all.push_back(std::move(history));
    }
    m_histories.clear();
    return all;
}

}  // namespace metricgate::history
