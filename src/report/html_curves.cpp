#include <algorithm>

#include "report/chart_curves.h"
#include "report/escape_html.h"
#include "report/figures.h"
#include "report/html_sections.h"
#include "support/number.h"

namespace metricgate::report {
namespace {

using support::format_short;

constexpr int heats = 9;  ///< shades of a cell, classes heat-1 to heat-9 of web/page.css

std::string share(double value) {
    return support::format_fixed(100.0 * value, 1) + " %";
}

/// One row a point of either side; the points of both sides have the same x.
void add_points(HtmlTable& table, const std::string& words,
                const std::vector<GalleryPoint>* baseline,
                const std::vector<GalleryPoint>* candidate) {
    const auto* any = baseline != nullptr ? baseline : candidate;
    for (std::size_t i = 0; i < any->size(); ++i) {
        table.add({words + " " + format_short(100.0 * (*any)[i].x) + " %",
                   baseline == nullptr ? "-" : share((*baseline)[i].y),
                   candidate == nullptr ? "-" : share((*candidate)[i].y)});
    }
}

void add_operating_points(const InputGallery& input, HtmlPage& page) {
    const SideCurves* baseline = input.baseline_curves ? &*input.baseline_curves : nullptr;
    const SideCurves* candidate = input.candidate_curves ? &*input.candidate_curves : nullptr;
    const auto of = [](const SideCurves* side,
                       const std::vector<GalleryPoint> SideCurves::*points) {
        return side == nullptr ? nullptr : &(side->*points);
    };
    HtmlTable table({"Point of the curve", "#Baseline", "#Candidate"});
    add_points(table, "recall at a false-alarm rate of at most",
               of(baseline, &SideCurves::recall_at), of(candidate, &SideCurves::recall_at));
    add_points(table, "best precision at a recall of at least",
               of(baseline, &SideCurves::precision_at), of(candidate, &SideCurves::precision_at));
    page.add(table.html());
}

void add_calibration_table(const InputGallery& input, HtmlPage& page) {
    HtmlTable table({"Score", "#Baseline examples", "#mean score", "#positives",
                     "#Candidate examples", "#mean score", "#positives"});
    const auto& baseline = input.baseline_calibration;
    const auto& candidate = input.candidate_calibration;
    for (std::size_t bin = 0; bin < std::max(baseline.size(), candidate.size()); ++bin) {
        const CalibrationRow& any = baseline.empty() ? candidate[bin] : baseline[bin];
        std::vector<std::string> cells = {format_short(any.from) + " to " + format_short(any.to)};
        for (const auto* rows : {&baseline, &candidate}) {
            const CalibrationRow* row = rows->empty() ? nullptr : &(*rows)[bin];
            const bool known = row != nullptr && row->examples != 0;
            cells.push_back(row == nullptr ? "-" : grouped(row->examples));
            cells.push_back(known ? support::format_fixed(row->mean_score, 3) : "-");
            cells.push_back(known ? share(row->share_positive) : "-");
        }
        table.add(cells);
    }
    page.add(html_folded("Table of the calibration bins", table.html()));
}

std::string mass(double value) {
    return format_short(value, 6);
}

/// A shade for the share of its label that a cell holds; nothing below a hundredth.
std::string heat(double value, double of_label) {
    const double part = of_label > 0.0 ? value / of_label : 0.0;
    const int shade = static_cast<int>(part * heats + 0.5);
    return part < 0.01 ? "" : " heat-" + std::to_string(std::clamp(shade, 1, heats));
}

std::string confusion_html(const ConfusionTable& table, const std::vector<double>& cells,
                           const char* side) {
    const std::size_t size = table.classes.size();
    std::string html = "<table class=\"confusion\"><caption>" + std::string(side) +
                       "</caption><thead><tr><th scope=\"col\">label / predicted</th>";
    for (const std::string& name : table.classes) {
        html += "<th scope=\"col\" class=\"n\">" + html_name(name) + "</th>";
    }
    html += "</tr></thead>\n<tbody>\n";
    for (std::size_t label = 0; label < size; ++label) {
        double of_label = 0.0;
        for (std::size_t predicted = 0; predicted < size; ++predicted) {
            of_label += cells[label * size + predicted];
        }
        html += "<tr><th scope=\"row\">" + html_name(table.classes[label]) + "</th>";
        for (std::size_t predicted = 0; predicted < size; ++predicted) {
            const double value = cells[label * size + predicted];
            html += std::string("<td class=\"n ") + (label == predicted ? "right" : "wrong") +
                    heat(value, of_label) + "\">" + mass(value) + "</td>";
        }
        html += "</tr>\n";
    }
    return "<div class=\"scroll\" tabindex=\"0\">" + html + "</tbody></table></div>\n";
}

void add_confusion(const InputGallery& input, HtmlPage& page) {
    const ConfusionTable& table = *input.confusion;
    page.add("<h3>Confusion</h3>\n<div class=\"pair\">\n");
    if (!table.baseline.empty()) {
        page.add(confusion_html(table, table.baseline, "Baseline"));
    }
    if (!table.candidate.empty()) {
        page.add(confusion_html(table, table.candidate, "Candidate"));
    }
    page.add(
        "</div>\n<p class=\"sub\">A row is a label, a column what was predicted; the shade is "
        "the share of the row." +
        std::string(input.weighted ? " Cells are sums of weights." : "") +
        (table.others ? " The classes with the most examples are shown; the last one stands "
                        "for all others."
                      : "") +
        "</p>\n");
}

}  // namespace

void add_curves(const Gallery& gallery, HtmlPage& page) {
    for (const InputGallery& input : gallery.inputs) {
        const bool curves = input.baseline_curves || input.candidate_curves;
        const bool calibration =
            !input.baseline_calibration.empty() || !input.candidate_calibration.empty();
        if (!curves && !calibration && !input.confusion && input.class_curves.empty() &&
            input.notes.empty()) {
            continue;
        }
        page.add("<section>\n<h2>Classification" +
                 (gallery.inputs.size() > 1 ? " of " + html_name(input.input) : "") + "</h2>\n");
        for (const std::string& note : input.notes) {
            page.add("<p>" + html_sentence(note) + "</p>\n");
        }
        const std::string of =
            input.positive.empty() ? "" : " of class " + escape_terminal(input.positive);
        page.add("<div class=\"grid\">\n");
        if (curves) {
            page.add_chart("ROC" + of, "Recall against the false-alarm rate of both sides.",
                           roc_spec(input.baseline_curves, input.candidate_curves));
            page.add_chart("Precision and recall" + of,
                           "Precision against the recall of both sides.",
                           precision_recall_spec(input.baseline_curves, input.candidate_curves));
        }
        if (calibration) {
            page.add_chart(
                "Calibration" + of,
                "The share of positives against the mean score, a dot a bin; larger dots "
                "hold more examples.",
                calibration_spec(input));
        }
        page.add("</div>\n");
        if (calibration) {
            page.add(
                "<p class=\"sub\">Calibration: the larger a dot, the more examples its bin "
                "holds.</p>\n");
        }
        if (curves) {
            add_operating_points(input, page);
        }
        if (calibration) {
            add_calibration_table(input, page);
        }
        add_class_curves(input, page);
        if (input.confusion) {
            add_confusion(input, page);
        }
        page.add("</section>\n");
    }
}

}  // namespace metricgate::report
