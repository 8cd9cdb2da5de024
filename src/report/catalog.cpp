#include "report/catalog.h"

#include <algorithm>

#include "report/formats.h"

namespace metricgate::report {

const std::vector<Format>& catalog() {
    static const std::vector<Format> formats = {
        {"text", "for a terminal: the rows that need attention, then the rest", render_text},
        {"markdown", "for job summaries, comments and mail: one screen, details folded",
         render_markdown},
        {"json", "everything, in full precision; schemas/report.schema.json", render_json},
        {"html", "one page to look at: charts and tables, nothing outside of the file", render_html,
         true},
    };
    return formats;
}

const Format* find(std::string_view name) {
    const auto& formats = catalog();
    const auto found = std::find_if(formats.begin(), formats.end(),
                                    [name](const Format& format) { return format.name == name; });
    return found == formats.end() ? nullptr : &*found;
}

}  // namespace metricgate::report
