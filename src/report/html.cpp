#include "report/escape_html.h"
#include "report/formats.h"
#include "report/html_sections.h"
#include "report/phrases.h"

namespace metricgate::report {

std::string render_html(const verdict::GateResult& result, const Style& style) {
    static const Gallery nothing;
    const Gallery& gallery = style.gallery == nullptr ? nothing : *style.gallery;
    HtmlPage page;
    page.add("<main>\n");
    add_head(result, page);
    add_checks(result, page);
    add_slices(result, page);
    add_trends(result, page);
    add_curves(gallery, page);
    add_distributions(gallery, page);
    add_changes(gallery, page);
    add_drift(result, gallery, page);
    add_notes(result, page);
    page.add("</main>\n");
    return page.document("metricgate: " + verdict_word(result.verdict));
}

}  // namespace metricgate::report
