#include "report/html_distributions.h"

#include "report/chart_distribution.h"
#include "report/escape_html.h"
#include "report/figures.h"
#include "report/html_sections.h"
#include "support/number.h"

namespace metricgate::report {
namespace {

std::string quantile_name(double share) {
    return share == 0.5 ? "median" : "p" + support::format_short(100.0 * share);
}

std::string cell(const std::vector<double>& quantiles, std::size_t at) {
    return at < quantiles.size() ? support::format_short(quantiles[at], 5) : "-";
}

std::string quantile_table(const std::vector<const Distribution*>& distributions) {
    HtmlTable table({"Values", "Statistic", "#Baseline", "#Candidate"});
    for (const Distribution* distribution : distributions) {
        const std::string title = html_sentence(distribution->title);
        table.add({title, distribution->unit, grouped(distribution->baseline_n),
                   grouped(distribution->candidate_n)});
        for (std::size_t i = 0; i < distribution->shares.size(); ++i) {
            table.add({title, quantile_name(distribution->shares[i]),
                       cell(distribution->baseline_quantiles, i),
                       cell(distribution->candidate_quantiles, i)});
        }
    }
    return table.html();
}

}  // namespace

void add_distribution_charts(const std::vector<const Distribution*>& distributions,
                             HtmlPage& page) {
    page.add("<div class=\"grid\">\n");
    for (const Distribution* distribution : distributions) {
        page.add_chart(escape_terminal(distribution->title),
                       "How the values of both sides are distributed; the table below has their "
                       "quantiles.",
                       distribution_spec(*distribution));
    }
    page.add("</div>\n");
    page.add(html_folded("Table of quantiles", quantile_table(distributions)));
}

void add_distributions(const Gallery& gallery, HtmlPage& page) {
    for (const InputGallery& input : gallery.inputs) {
        if (input.distributions.empty()) {
            continue;
        }
        page.add("<section>\n<h2>Distributions" +
                 (gallery.inputs.size() > 1 ? " of " + html_name(input.input) : "") + "</h2>\n");
        std::vector<const Distribution*> shown;
        for (const Distribution& distribution : input.distributions) {
            shown.push_back(&distribution);
        }
        add_distribution_charts(shown, page);
        page.add(
            "<p class=\"sub\">Each side in per cent of its own, counted without weights; the "
            "outer bins also hold what lies beyond them.</p>\n</section>\n");
    }
}

}  // namespace metricgate::report
