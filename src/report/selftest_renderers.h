#pragma once

#include <string>

#include "report/catalog.h"
#include "verdict/selftest.h"

namespace metricgate::report {

// One renderer of the self-test a file.
std::string render_selftest_text(const verdict::SelftestResult& result, const Style& style);
std::string render_selftest_markdown(const verdict::SelftestResult& result, const Style& style);
std::string render_selftest_json(const verdict::SelftestResult& result, const Style& style);

}  // namespace metricgate::report
