#pragma once

#include <string>
#include <vector>

#include "report/catalog.h"
#include "verdict/selftest.h"

namespace metricgate::report {

/// A format of the self-test's report.
struct SelftestFormat {
    std::string_view name;
    std::string (*render)(const verdict::SelftestResult&, const Style&) = nullptr;
    std::string_view mark;  ///< every such report begins with it
};

/// text, markdown, json
const std::vector<SelftestFormat>& selftest_formats();

}  // namespace metricgate::report
