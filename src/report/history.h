#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "report/catalog.h"
#include "verdict/history_view.h"

namespace metricgate::report {

/// A form that `metricgate history` can answer in. Renderers compute nothing.
struct HistoryFormat {
    std::string_view name;
    std::string (*render)(const verdict::HistoryView&, const Style&) = nullptr;
    std::string_view mark;  ///< every such report begins with it
};

const std::vector<HistoryFormat>& history_formats();
const HistoryFormat* find_history_format(std::string_view name);

std::string render_history_text(const verdict::HistoryView& view, const Style& style);
std::string render_history_markdown(const verdict::HistoryView& view, const Style& style);
/// schemas/history_report.schema.json.
std::string render_history_json(const verdict::HistoryView& view, const Style& style);
/// A row a measurement.
std::string render_history_csv(const verdict::HistoryView& view, const Style& style);
/// Gauges of the newest measurements for Prometheus.
std::string render_history_openmetrics(const verdict::HistoryView& view, const Style& style);
std::string render_history_html(const verdict::HistoryView& view, const Style& style);

}  // namespace metricgate::report
