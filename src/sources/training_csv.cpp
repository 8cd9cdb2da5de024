// The CSV logs of Keras and Lightning: a row an epoch or step, a column a metric.

#include <algorithm>

#include "sources/csv_rows.h"
#include "sources/experiment_formats.h"
#include "sources/json_parts.h"
#include "sources/run_builder.h"
#include "sources/whole_number.h"
#include "support/text.h"

namespace metricgate::sources {

namespace {

using support::Node;

struct Dialect {
    std::string_view what;
    std::string_view step;    ///< the column of steps
    std::string_view absent;  ///< a cell without a value
};

support::Result<Recording> read_log(std::string_view text, const std::string& source,
                                    const Dialect& dialect) {
    const auto csv = read_csv_rows(text, source);
    if (!csv.ok()) {
        return csv.problems();
    }
    const std::size_t at = csv->column(dialect.step);
    if (at == CsvRows::none) {
        return support::problem_in(source, "this is not " + std::string(dialect.what) +
                                               "; wanted a column '" + std::string(dialect.step) +
                                               "' among " + support::enumerate(csv->names));
    }
    RunBuilder builder;
    for (const std::vector<Node>& row : csv->rows) {
        const auto step = whole_number(&row[at]);
        if (!step) {
            return support::Diagnostic{row[at].where, "found " + support::describe_found(row[at]) +
                                                          " as the " + std::string(dialect.step) +
                                                          ", wanted a whole number"};
        }
        for (std::size_t i = 0; i < row.size(); ++i) {
            if (i != at && csv->names[i] != "epoch" && row[i].text != dialect.absent) {
                builder.point(csv->names[i], row[i], *step);
            }
        }
    }
    return Recording{source, {builder.take()}};
}

bool never(const Document& /*document*/) {
    return false;
}

support::Result<Recording> read_keras(const Document& document) {
    const auto text = document.require_text();
    if (!text.ok()) {
        return text.problems();
    }
    return read_log(*text, document.source(), {"a log of Keras' CSVLogger", "epoch", "NA"});
}

bool recognises_lightning(const Document& document) {
    return document.is_folder() && document.folder().contains("metrics.csv") &&
           document.folder().contains("hparams.yaml");
}

support::Result<Recording> read_lightning(const Document& document) {
    constexpr Dialect lightning = {"a log of Lightning's CSVLogger", "step", ""};
    if (!document.is_folder()) {
        const auto text = document.require_text();
        return text.ok() ? read_log(*text, document.source(), lightning)
                         : support::Result<Recording>(text.problems());
    }
    const auto bytes = document.folder().read("metrics.csv");
    if (!bytes.ok()) {
        return bytes.problems();
    }
    const Document log(*bytes, document.source() + "/metrics.csv");
    const auto text = log.require_text();
    if (!text.ok()) {
        return text.problems();
    }
    auto recording = read_log(*text, log.source(), lightning);
    if (recording.ok()) {
        recording.value().source = document.source();
    }
    return recording;
}

}  // namespace

MetricFormat keras_csv() {
    return {
        "keras_csv", "Keras, CSVLogger: values by epoch; only by --format", {}, never, read_keras};
}

MetricFormat lightning_csv() {
    return {"lightning_csv",
            "Lightning, CSVLogger: version folder, or metrics.csv by --format",
            {},
            recognises_lightning,
            read_lightning};
}

}  // namespace metricgate::sources
