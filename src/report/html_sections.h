#pragma once

#include <string>

#include "report/gallery.h"
#include "report/html_page.h"
#include "report/rows.h"
#include "verdict/result.h"

namespace metricgate::report {

// One part of the HTML report a function, one or two a file; each adds nothing where it has
// nothing to show.

/// Verdict, tally, where the evidence comes from, warnings, next steps.
void add_head(const verdict::GateResult& result, HtmlPage& page);
/// Every check: its interval in margins, and a table of all rows, those that need a reader first.
void add_checks(const verdict::GateResult& result, HtmlPage& page);
/// The slices of each check, by harm.
void add_slices(const verdict::GateResult& result, HtmlPage& page);
/// The series of each check with a chart, with its limits; those that ring first.
void add_trends(const verdict::GateResult& result, HtmlPage& page);
/// Columns of both sides: their distance against its limit, and what they hold.
void add_drift(const verdict::GateResult& result, const Gallery& gallery, HtmlPage& page);
/// ROC, precision and recall, calibration, confusion.
void add_curves(const Gallery& gallery, HtmlPage& page);
/// Each of several classes against the rest; a part of the same section.
void add_class_curves(const InputGallery& input, HtmlPage& page);
/// Scores, predictions, errors, latencies and other values.
void add_distributions(const Gallery& gallery, HtmlPage& page);
/// The examples that both sides answer differently.
void add_changes(const Gallery& gallery, HtmlPage& page);
/// Inputs with their pairing, notes, and how to read the report.
void add_notes(const verdict::GateResult& result, HtmlPage& page);

/// How a row is coloured: "fails", "warns", "open", "waived", "holds", "quiet"; classes of
/// web/page.css and names in charts.
const char* tone_of(const verdict::CheckResult& row);

/// The scale of the colour of these rows' tones, as JSON.
std::string tone_scale(const std::vector<const verdict::CheckResult*>& rows);

/// True for a row of a column check: it has a place of its own.
bool is_column_row(const verdict::CheckResult& row);

}  // namespace metricgate::report
