#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "report/catalog.h"
#include "verdict/power.h"

namespace metricgate::report {

/// A form that `metricgate power` can answer in. Renderers compute nothing.
struct PowerFormat {
    std::string_view name;
    std::string (*render)(const verdict::PowerResult&, const Style&) = nullptr;
    std::string_view mark;  ///< every such report begins with it
};

const std::vector<PowerFormat>& power_catalog();
const PowerFormat* find_power(std::string_view name);

std::string render_power_text(const verdict::PowerResult& result, const Style& style);
std::string render_power_markdown(const verdict::PowerResult& result, const Style& style);
/// schemas/power.schema.json.
std::string render_power_json(const verdict::PowerResult& result, const Style& style);

}  // namespace metricgate::report
