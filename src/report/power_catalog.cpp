#include <algorithm>

#include "report/power.h"

namespace metricgate::report {

const std::vector<PowerFormat>& power_catalog() {
    static const std::vector<PowerFormat> formats = {
        {"text", render_power_text, "metricgate power: "},
        {"markdown", render_power_markdown, "# metricgate power: "},
        {"json", render_power_json, "{\n  \"schema\": \"metricgate.power/"},
    };
    return formats;
}

const PowerFormat* find_power(std::string_view name) {
    const auto& formats = power_catalog();
    const auto found =
        std::find_if(formats.begin(), formats.end(),
                     [name](const PowerFormat& format) { return format.name == name; });
    return found == formats.end() ? nullptr : &*found;
}

}  // namespace metricgate::report
