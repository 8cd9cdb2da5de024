#include "cli/templates.h"

#include <vector>

namespace metricgate::cli {
namespace {

struct Template {
    std::string_view name;
    std::string_view text;
};

}  // namespace

std::string template_text(std::string_view name) {
    // The build writes the rows.
    static const std::vector<Template> templates = {
#include "templates.inc"
    };
    for (const Template& each : templates) {
        if (each.name == name) {
            return std::string(each.text);
        }
    }
    return "";
}

}  // namespace metricgate::cli
