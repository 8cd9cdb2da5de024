#include <algorithm>

#include "report/history.h"

namespace metricgate::report {

const std::vector<HistoryFormat>& history_formats() {
    static const std::vector<HistoryFormat> formats = {
        {"text", render_history_text, "metricgate history: "},
        {"markdown", render_history_markdown, "# metricgate history: "},
        {"json", render_history_json, "{\n  \"schema\": \"metricgate.history_report/"},
        {"csv", render_history_csv, "metric,unit,position,key,"},
        {"openmetrics", render_history_openmetrics, "# HELP metricgate_history_ringing "},
        {"html", render_history_html,
         "<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n"
         "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; script-src "
         "'sha256-"},
    };
    return formats;
}

const HistoryFormat* find_history_format(std::string_view name) {
    const auto found = std::ranges::find(history_formats(), name, &HistoryFormat::name);
    return found == history_formats().end() ? nullptr : &*found;
}

}  // namespace metricgate::report
