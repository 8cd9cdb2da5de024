#include <array>

#include "report/csv_cells.h"
#include "report/escape.h"
#include "report/history.h"

namespace metricgate::report {
namespace {

using verdict::MetricHistory;

constexpr std::array columns = {"metric", "unit",     "position",    "key",     "step",
                                "time",   "commit",   "data_digest", "value",   "standard_error",
                                "n",      "attempts", "lowest",      "highest", "state",
                                "lower",  "upper",    "change",      "p",       "metadata"};

template <class Whole>
std::string whole(const std::optional<Whole>& value) {
    return value ? std::to_string(*value) : "";
}

std::string metadata_of(const verdict::Measurement& point) {
    std::string text;
    for (const auto& [name, value] : point.metadata) {
        text += (text.empty() ? "" : "; ") + name + "=" + value;
    }
    return text;
}

const verdict::LevelChange* change_at(const MetricHistory& history, std::size_t at) {
    for (const verdict::LevelChange& change : history.changes) {
        if (change.at == at) {
            return &change;
        }
    }
    return nullptr;
}

std::string row(const MetricHistory& history, std::size_t at) {
    const verdict::Measurement& point = history.measurements[at];
    const verdict::LevelChange* change = change_at(history, at);
    const bool limited = history.limits && at >= history.limits->from;
    const auto limit = [&](double stats::ChartLimits::*member) {
        return limited ? csv_cell(std::optional(history.limits->limits.*member)) : std::string();
    };
    return csv_line(
        {csv_cell(history.metric),
         csv_cell(history.unit),
         std::to_string(at + 1),
         csv_cell(point.key),
         whole(point.step),
         whole(point.time),
         csv_cell(point.commit),
         csv_cell(point.data_digest),
         csv_cell(std::optional(point.value)),
         csv_cell(point.standard_error),
         whole(point.n),
         std::to_string(point.attempts),
         csv_cell(std::optional(point.lowest)),
         csv_cell(std::optional(point.highest)),
         verdict::name(point.state),
         limit(&stats::ChartLimits::lower),
         limit(&stats::ChartLimits::upper),
         change == nullptr ? "" : csv_cell(std::optional(change->after - change->before)),
         change == nullptr ? "" : csv_cell(change->p),
         csv_cell(metadata_of(point))});
}

}  // namespace

std::string render_history_csv(const verdict::HistoryView& view, const Style& /*style*/) {
    std::string text = csv_line({columns.begin(), columns.end()});
    for (const MetricHistory& history : view.metrics) {
        for (std::size_t at = 0; at < history.measurements.size(); ++at) {
            text += row(history, at);
        }
    }
    return guard_workflow_lines(text);
}

}  // namespace metricgate::report
