#pragma once

#include <string>

#include "report/catalog.h"

namespace metricgate::report {

/// One renderer a file; the catalog names them.
std::string render_text(const verdict::GateResult& result, const Style& style);
std::string render_markdown(const verdict::GateResult& result, const Style& style);
std::string render_markdown_comment(const verdict::GateResult& result, const Style& style);
std::string render_json(const verdict::GateResult& result, const Style& style);
std::string render_junit(const verdict::GateResult& result, const Style& style);
std::string render_sarif(const verdict::GateResult& result, const Style& style);
std::string render_github(const verdict::GateResult& result, const Style& style);
std::string render_codequality(const verdict::GateResult& result, const Style& style);
std::string render_openmetrics(const verdict::GateResult& result, const Style& style);
std::string render_tap(const verdict::GateResult& result, const Style& style);
std::string render_csv(const verdict::GateResult& result, const Style& style);
std::string render_html(const verdict::GateResult& result, const Style& style);
std::string render_dotenv(const verdict::GateResult& result, const Style& style);

}  // namespace metricgate::report
