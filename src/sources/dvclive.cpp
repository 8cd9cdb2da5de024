#include <algorithm>
#include <cmath>
#include <set>

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

/// Whether a value of a series, which is the shortest text of a float of 64, 32 or 16 bits, is the
/// one that metrics.json has in full.
bool is_same(const support::ParsedNumber& logged, const support::ParsedNumber& full) {
    if (logged.kind != full.kind || logged.kind != support::NumberKind::finite) {
        return logged.kind == full.kind;
    }
    constexpr double half_bits = 2048.0;  // 11 significant bits
    int exponent = 0;
    const double fraction = std::frexp(full.value, &exponent) * half_bits;
    const bool is_half = fraction == std::floor(fraction);
    return logged.value == full.value ||
           static_cast<double>(static_cast<float>(logged.value)) == full.value ||
           (is_half &&
            std::fabs(logged.value - full.value) <= std::ldexp(0.5, exponent) / half_bits);
}

/// What a message calls the value of a leaf.
std::string shown(const Node& leaf) {
    return leaf.kind == Node::Kind::text || leaf.kind == Node::Kind::number
               ? "'" + support::visible(leaf.text, 40) + "'"
               : support::describe_found(leaf);
}

constexpr std::string_view cut_or_stopped =
    "the log is cut short, or the run was stopped while it wrote; copy the folder again, or let "
    "the run end";

/// DVCLive writes metrics.json after the log of each step, so a log that ends otherwise is no whole
/// one. A resumed run repeats steps, so that no value of it is sure.
void compare_with_summary(const std::string& name, const Series& series, const Node& leaf,
                          RunBuilder& builder) {
    const Point& last = series.points.back();
    const bool has_number = leaf.kind == Node::Kind::number || leaf.kind == Node::Kind::text;
    if (has_number && is_same(last.value, support::parse_number(leaf.text))) {
        return;
    }
    builder.flaw(name, leaf.where,
                 shown(leaf) + ", and its series ends with another value at step " +
                     std::to_string(last.step) + ": " + std::string(cut_or_stopped));
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
    std::set<std::string> told;
    std::vector<std::pair<std::string, const Node*>> open = {{"", *json}};
    while (!open.empty()) {
        const auto [above, node] = std::move(open.back());
        open.pop_back();
        for (const support::Member& member : node->members) {
            const std::string name = above + member.key;
            if (member.value.kind == Node::Kind::map && !member.value.members.empty()) {
                open.emplace_back(name + ".", &member.value);
                continue;
            }
            const auto series = builder.series().find(name);
            if (series == builder.series().end()) {
                if (!builder.has(name)) {  // else its series has a flaw
                    builder.value(name, member.value);
                }
            } else if (told.insert(name).second) {
                compare_with_summary(name, series->second, member.value, builder);
            }
        }
    }
    for (const auto& [name, series] : builder.series()) {
        if (!told.contains(name)) {
            builder.flaw(
                name, series.where,
                "a series that metrics.json does not know: " + std::string(cut_or_stopped));
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
