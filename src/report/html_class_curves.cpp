#include <algorithm>

#include "report/chart_curves.h"
#include "report/escape_html.h"
#include "report/html_sections.h"
#include "support/number.h"

namespace metricgate::report {
namespace {

/// The value of a curve at one of its named points; "-" where there is no curve.
std::string at(const CurvesOfSide& side, std::vector<GalleryPoint> SideCurves::*points, double x) {
    if (!side) {
        return "-";
    }
    const auto& all = (*side).*points;
    const auto found =
        std::ranges::find_if(all, [x](const GalleryPoint& point) { return point.x == x; });
    return found == all.end() ? "-" : support::format_fixed(100.0 * found->y, 1) + " %";
}

}  // namespace

void add_class_curves(const InputGallery& input, HtmlPage& page) {
    if (input.class_curves.empty()) {
        return;
    }
    constexpr double false_alarms = 0.05;
    constexpr double recall = 0.8;
    page.add("<h3>One class against the rest</h3>\n<div class=\"grid\">\n");
    HtmlTable table({"Class", "#Baseline recall at 5 % false alarms", "#Candidate",
                     "#Baseline precision at 80 % recall", "#Candidate"});
    for (const ClassCurves& curves : input.class_curves) {
        const std::string of = " of class " + escape_terminal(curves.name) + " against the rest";
        page.add_chart("ROC" + of, "Recall against the false-alarm rate of both sides.",
                       roc_spec(curves.baseline, curves.candidate));
        page.add_chart("Precision and recall" + of, "Precision against the recall of both sides.",
                       precision_recall_spec(curves.baseline, curves.candidate));
        table.add({html_name(curves.name),
                   at(curves.baseline, &SideCurves::recall_at, false_alarms),
                   at(curves.candidate, &SideCurves::recall_at, false_alarms),
                   at(curves.baseline, &SideCurves::precision_at, recall),
                   at(curves.candidate, &SideCurves::precision_at, recall)});
    }
    page.add("</div>\n" + table.html());
}

}  // namespace metricgate::report
