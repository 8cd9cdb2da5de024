#include <algorithm>

#include "sources/csv_rows.h"
#include "sources/experiment_formats.h"
#include "sources/json_parts.h"
#include "sources/run_builder.h"
#include "support/text.h"

namespace metricgate::sources {

namespace {

using support::Node;

constexpr std::string_view fit_time = "TT (Sec)";

/// A leaderboard with or without the ids of the models in front.
bool recognises(const Document& document) {
    const std::string_view line = document.first_line();
    if ((!line.starts_with("Model,") && !line.starts_with(",Model,")) ||
        line.find(fit_time) == std::string_view::npos) {
        return false;
    }
    const std::vector<std::string> names = csv_header(document.text().value_or(""));
    return std::find(names.begin(), names.end(), fit_time) != names.end();
}

support::Result<Recording> read(const Document& document) {
    const auto text = document.require_text();
    if (!text.ok()) {
        return text.problems();
    }
    const auto csv = read_csv_rows(*text, document.source());
    if (!csv.ok()) {
        return csv.problems();
    }
    const std::size_t model = csv->column("Model");
    if (model == CsvRows::none) {
        return not_this(document, "a PyCaret leaderboard", "a column Model");
    }
    const std::size_t id = csv->column("");
    Recording recording{document.source(), {}};
    for (const std::vector<Node>& row : csv->rows) {
        RunBuilder builder;
        builder.run.name = row[model].text;
        builder.run.id = id == CsvRows::none ? row[model].text : row[id].text;
        for (std::size_t i = 0; i < row.size(); ++i) {
            if (i != model && i != id) {
                const bool time = csv->names[i] == fit_time;
                builder.value(time ? "TT" : csv->names[i], row[i], time ? "s" : "");
            }
        }
        recording.runs.push_back(builder.take());
    }
    std::stable_sort(recording.runs.begin(), recording.runs.end(),
                     [](const Run& a, const Run& b) { return a.id < b.id; });
    for (std::size_t i = 1; i < recording.runs.size(); ++i) {
        if (recording.runs[i].id == recording.runs[i - 1].id) {
            return support::problem_in(document.source(),
                                       "two rows are of the model '" +
                                           support::visible(recording.runs[i].id) +
                                           "'; write the leaderboard with its index");
        }
    }
    return recording;
}

}  // namespace

MetricFormat pycaret() {
    return {"pycaret",
            "PyCaret, pull().to_csv() of a leaderboard: a run a model",
            {},
            recognises,
            read};
}

}  // namespace metricgate::sources
