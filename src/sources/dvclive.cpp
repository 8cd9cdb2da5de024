#include <algorithm>
#include <cmath>

#include "sources/csv_rows.h"
#include "sources/experiment_formats.h"
#include "sources/json_parts.h"
#include "sources/run_builder.h"
#include "sources/whole_number.h"
#include "support/text.h"

namespace metricgate::sources {

namespace {

using support::Node;

constexpr std::string_view plots = "plots/metrics/";
constexpr std::string_view tsv = ".tsv";

bool is_series(std::string_view name) {
    return name.starts_with(plots) && name.ends_with(tsv);
}

bool recognises(const Document& document) {
    if (!document.is_folder()) {
        return false;
    }
    const auto& names = document.folder().names();
    return document.folder().contains("metrics.json") &&
           std::any_of(names.begin(), names.end(), is_series);
}

/// "plots/metrics/train/loss.tsv" -> "train.loss", as metrics.json nests it.
std::string metric_of(std::string_view path) {
    path.remove_prefix(plots.size());
    path.remove_suffix(tsv.size());
    std::string name(path);
    std::replace(name.begin(), name.end(), '/', '.');
    return name;
}

support::Result<support::Done> take_series(const Document& document, const std::string& path,
                                           RunBuilder& builder) {
    const auto bytes = document.folder().read(path);
    if (!bytes.ok()) {
        return bytes.problems();
    }
    const Document file(*bytes, document.source() + "/" + path);
    const auto text = file.require_text();
    if (!text.ok()) {
        return text.problems();
    }
    const auto rows = read_csv_rows(*text, file.source(), '\t');
    if (!rows.ok()) {
        return rows.problems();
    }
    const std::size_t step = rows->column("step");
    const std::size_t value = rows->names.size() - 1;  // called by the last part of its name
    if (step == CsvRows::none || step == value) {
        return not_this(file, "a series of DVCLive", "the columns step and one with values");
    }
    const std::string name = metric_of(path);
    for (const std::vector<Node>& row : rows->rows) {
        const auto at = whole_number(&row[step]);
        if (!at) {
            return support::Diagnostic{row[step].where, "found " +
                                                            support::describe_found(row[step]) +
                                                            " as the step, wanted a whole number"};
        }
        builder.point(name, row[value], *at);
    }
    return support::Done{};
}

/// metrics.json repeats the last value of each series; what has no series stands only there.
support::Result<support::Done> take_summary(const Document& document, RunBuilder& builder) {
    const auto bytes = document.folder().read("metrics.json");
    if (!bytes.ok()) {
        return bytes.problems();
    }
    const Document file(*bytes, document.source() + "/metrics.json");
    const auto json = file.require_json();
    if (!json.ok()) {
        return json.problems();
    }
    if ((*json)->kind != Node::Kind::map) {
        return not_this(file, "DVCLive's metrics.json", "an object");
    }
    RunBuilder summary;
    summary.values_below("", **json);
    Run run = summary.take();
    for (evidence::Entry& entry : run.entries) {
        const auto series = builder.series().find(entry.name);
        if (series == builder.series().end()) {
            if (!builder.has(entry.name)) {  // else its series has a flaw
                builder.put(std::move(entry));
            }
            continue;
        }
        const auto* scalar = std::get_if<evidence::Scalar>(&entry.evidence);
        const support::ParsedNumber& last = series->second.points.back().value;
        const bool agrees =
            scalar != nullptr && !entry.flaw && scalar->value.kind == last.kind &&
            (last.kind != support::NumberKind::finite || scalar->value.value == last.value);
        if (!agrees) {
            builder.run.notes.push_back(
                "The file metrics.json does not hold the last value of the series '" +
                support::visible(entry.name) + "'; the series is read.");
        }
    }
    return support::Done{};
}

support::Result<Recording> read(const Document& document) {
    if (!recognises(document)) {
        return not_this(document, "a folder of DVCLive", "metrics.json and plots/metrics/*.tsv");
    }
    RunBuilder builder;
    for (const std::string& name : document.folder().names()) {
        if (!is_series(name)) {
            continue;
        }
        const auto taken = take_series(document, name, builder);
        if (!taken.ok()) {
            return taken.problems();
        }
    }
    const auto taken = take_summary(document, builder);
    if (!taken.ok()) {
        return taken.problems();
    }
    return Recording{document.source(), {builder.take()}};
}

}  // namespace

MetricFormat dvclive() {
    return {
        "dvclive", "DVCLive, its folder with metrics.json and plots/metrics", {}, recognises, read};
}

}  // namespace metricgate::sources
