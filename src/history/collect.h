#pragma once

#include <map>
#include <string>
#include <vector>

#include "evidence/history.h"
#include "evidence/metric_file.h"
#include "history/catalog.h"

namespace metricgate::history {

/// A recorded value as a point: repeated runs as their mean with its standard error, without a
/// number of examples. `moment` gives all but the numbers. An entry that is no number gives a point
/// that is none.
evidence::HistoryPoint point_of(const evidence::Entry& entry, evidence::HistoryPoint moment);

/// What a metric file says of the moment it was written at: data digest and metadata.
void describe_moment(const evidence::Metadata& metadata, evidence::HistoryPoint& moment);

/// Points by metric, in the order in which they are added.
class Collection {
public:
    explicit Collection(const Request& request) : m_request(request) {}

    /// True for the metrics that are asked for.
    [[nodiscard]] bool wants(const std::string& metric) const;
    void add(const std::string& metric, const std::string& unit, evidence::HistoryPoint point);
    /// By metric, ascending; of each the last so many that the request's window holds.
    [[nodiscard]] std::vector<evidence::History> take();

private:
    const Request& m_request;
    std::map<std::string, evidence::History> m_histories;
};

}  // namespace metricgate::history
