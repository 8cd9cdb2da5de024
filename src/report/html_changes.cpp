#include "report/escape_html.h"
#include "report/figures.h"
#include "report/html_sections.h"
#include "support/number.h"

namespace metricgate::report {
namespace {

std::string cell(const std::string& text) {
    return text.empty() ? "-" : html_name(text);
}

std::string heading(const ChangedList& list) {
    return grouped(list.in_all) + " " + escape_html(list.examples_are) + ", under " +
           html_name(list.check);
}

}  // namespace

void add_changes(const Gallery& gallery, HtmlPage& page) {
    if (gallery.changes.empty()) {
        return;
    }
    page.add("<section>\n<h2>Examples that changed</h2>\n");
    for (const ChangedList& list : gallery.changes) {
        HtmlTable table({"Example", "Label", "Baseline", "Candidate", "#Harm"});
        for (const verdict::ChangedExample& example : list.examples) {
            table.add({html_name(example.id), cell(example.label), cell(example.before),
                       cell(example.after), support::format_short(example.harm)});
        }
        std::string html = "<p class=\"sub\">Harm is " + escape_html(list.harm_is) + ".";
        if (list.examples.size() < list.in_all) {
            html += " The worst " + grouped(list.examples.size()) + " are shown; " +
                    html_sentence("`metricgate explain` lists more.");
        }
        html += "</p>\n" + table.html();
        page.add(&list == &gallery.changes.front() ? "<h3>" + heading(list) + "</h3>\n" + html
                                                   : html_folded(heading(list), html));
    }
    page.add("</section>\n");
}

}  // namespace metricgate::report
