#include "sources/detect_format.h"

#include <algorithm>
#include <utility>
#include <vector>

#include "sources/metric_tree.h"
#include "sources/packed_names.h"
#include "support/text.h"

namespace metricgate::sources {

namespace {

/// What the beginning of a text looks like.
enum class Look { empty, json_lines, json_list, commas, tabs, unclear };

Look look_of(std::string_view text) {
    const std::size_t first = text.find_first_not_of(" \t\r\n");
    if (first == std::string_view::npos) {
        return Look::empty;
    }
    if (text[first] == '{') {
        return Look::json_lines;
    }
    if (text[first] == '[') {
        return Look::json_list;
    }
    const std::string_view line = text.substr(0, text.find('\n'));
    const bool commas = line.find(',') != std::string_view::npos;
    const bool tabs = line.find('\t') != std::string_view::npos;
    if (commas == tabs) {
        return Look::unclear;
    }
    return commas ? Look::commas : Look::tabs;
}

template <class Format>
std::vector<std::string> names_of(const std::vector<Format>& formats) {
    std::vector<std::string> names;
    for (const Format& format : formats) {
        names.push_back(std::string(format.name));
    }
    return names;
}

template <class Format>
const Format* find_named(const std::vector<Format>& formats, std::string_view name) {
    const auto found = std::find_if(formats.begin(), formats.end(),
                                    [&](const Format& format) { return format.name == name; });
    return found == formats.end() ? nullptr : &*found;
}

template <class Format>
const Format* find_extension(const std::vector<Format>& formats, const std::string& extension) {
    for (const Format& format : formats) {
        if (std::find(format.extensions.begin(), format.extensions.end(), extension) !=
            format.extensions.end()) {
            return &format;
        }
    }
    return nullptr;
}

template <class Format>
support::Diagnostic unknown_format(const std::vector<Format>& formats, const std::string& format,
                                   std::string_view what, const std::string& source) {
    const std::vector<std::string> names = names_of(formats);
    return {support::in_file(source),
            "unknown " + std::string(what) + " format '" + support::visible(format) + "'" +
                support::did_you_mean(format, names) + "; there are " + support::enumerate(names)};
}

/// The problem of reading a text as `format` when it looks like something else; empty when it may
/// be tried.
std::string contradiction(const TableFormat& format, Look look) {
    if (format.recognises != nullptr) {
        return "";  // its reader says what is wrong
    }
    const std::string wanted = ", wanted " + std::string(format.name);
    const bool json = format.name == "jsonl";
    switch (look) {
        case Look::json_lines:
            return json ? "" : "looks like JSON lines" + wanted;
        case Look::json_list:
            return json ? "" : "looks like a JSON list" + wanted;
        case Look::commas:
            return json ? "looks like CSV" + wanted : "";
        case Look::tabs:
            return json ? "looks like TSV" + wanted : "";
        case Look::empty:  // the reader says what is missing
        case Look::unclear:
            return "";
    }
    return "";
}

/// The format that a text looks like, when nothing names it.
const TableFormat* format_of(Look look) {
    switch (look) {
        case Look::json_lines:
            return find_named(table_formats(), "jsonl");
        case Look::commas:
            return find_named(table_formats(), "csv");
        case Look::tabs:
            return find_named(table_formats(), "tsv");
        case Look::json_list:
        case Look::empty:
        case Look::unclear:
            return nullptr;
    }
    return nullptr;
}

/// The formats whose marks the content has.
template <class Format>
std::vector<const Format*> recognised(const std::vector<Format>& formats,
                                      const Document& document) {
    std::vector<const Format*> found;
    for (const Format& format : formats) {
        if (format.recognises != nullptr && format.recognises(document)) {
            found.push_back(&format);
        }
    }
    return found;
}

template <class Format>
std::vector<std::string> names_of(const std::vector<const Format*>& formats) {
    std::vector<std::string> names;
    for (const Format* format : formats) {
        names.emplace_back(format->name);
    }
    return names;
}

template <class Format>
support::Diagnostic ambiguous(const std::vector<const Format*>& found, const Document& document) {
    return support::problem_in(document.source(), "could be " +
                                                      support::enumerate(names_of(found), "or") +
                                                      "; say which by --format or `format:`");
}

/// A folder that no format knows cannot be read in any other way.
template <class Format>
support::Diagnostic unknown_folder(const std::vector<Format>& formats, const Document& document) {
    std::vector<std::string> names;
    for (const Format& format : formats) {
        if (format.recognises != nullptr) {
            names.emplace_back(format.name);
        }
    }
    return support::problem_in(
        document.source(),
        "is a folder that no format recognises" +
            (names.empty() ? std::string("; name a file")
                           : "; formats with marks of their own are " + support::enumerate(names)));
}

/// The product's own files say so themselves, and may hold names that look like another format.
bool is_own_metric_file(const Document& document) {
    const support::Node* json = document.is_folder() ? nullptr : document.json();
    const support::Node* schema = json != nullptr ? json->find("schema") : nullptr;
    return schema != nullptr && schema->kind == support::Node::Kind::text &&
           schema->text == metrics_schema;
}

support::Result<const MetricFormat*> generic_metric_format(const Document& document) {
    const std::string extension = extension_of(document.source());
    if (const MetricFormat* known = find_extension(metric_formats(), extension)) {
        return known;
    }
    if (const TableFormat* table = find_extension(table_formats(), extension)) {
        return support::problem_in(document.source(),
                                   "a " + std::string(table->name) +
                                       " table is no metric file; give its input `kind: "
                                       "predictions`, or name the format of the log by `format:`");
    }
    const Look look = look_of(document.text().value_or(std::string_view()));
    return find_named(metric_formats(),
                      look == Look::json_lines || look == Look::json_list ? "json" : "yaml");
}

/// The formats that have no marks of their own.
std::vector<std::string> names_of_generic_tables() {
    std::vector<std::string> names;
    for (const TableFormat& format : table_formats()) {
        if (format.recognises == nullptr) {
            names.emplace_back(format.name);
        }
    }
    return names;
}

support::Result<const TableFormat*> generic_table_format(const Document& document) {
    const Look look = look_of(document.text().value_or(std::string_view()));
    const support::Location whole = support::in_file(document.source());
    if (const TableFormat* chosen =
            find_extension(table_formats(), extension_of(document.source()))) {
        const std::string message = contradiction(*chosen, look);
        return message.empty()
                   ? support::Result<const TableFormat*>(chosen)
                   : support::Result<const TableFormat*>(support::Diagnostic{whole, message});
    }
    const TableFormat* chosen = format_of(look);
    if (chosen == nullptr) {
        const std::string found =
            look == Look::empty ? "the file is empty"
            : look == Look::json_list
                ? "found a JSON list, wanted one object a line without a list around them"
                : "cannot tell the format from the name or the first line";
        return support::Diagnostic{whole, found + "; name the format: " +
                                              support::enumerate(names_of_generic_tables(), "or")};
    }
    return chosen;
}

}  // namespace

support::Result<const TableFormat*> detect_table_format(const Document& document,
                                                        const std::string& format) {
    if (!format.empty()) {
        const TableFormat* named = find_named(table_formats(), format);
        if (named == nullptr) {
            return unknown_format(table_formats(), format, "table", document.source());
        }
        const Look look = look_of(document.text().value_or(std::string_view()));
        const std::string message = contradiction(*named, look);
        return message.empty() ? support::Result<const TableFormat*>(named)
                               : support::problem_in(document.source(), message);
    }
    const auto found = recognised(table_formats(), document);
    if (found.size() > 1) {
        return ambiguous(found, document);
    }
    if (found.size() == 1) {
        return found.front();
    }
    if (const auto metrics = recognised(metric_formats(), document); !metrics.empty()) {
        return support::problem_in(document.source(),
                                   "holds recorded metrics (" +
                                       support::enumerate(names_of(metrics), "or") +
                                       "), no table of examples; give its input `kind: metrics`");
    }
    if (document.is_folder()) {
        return unknown_folder(table_formats(), document);
    }
    return generic_table_format(document);
}

support::Result<const MetricFormat*> detect_metric_format(const Document& document,
                                                          const std::string& format) {
    if (!format.empty()) {
        const MetricFormat* named = find_named(metric_formats(), format);
        if (named == nullptr) {
            return unknown_format(metric_formats(), format, "metric", document.source());
        }
        return named;
    }
    if (is_own_metric_file(document)) {
        return find_named(metric_formats(), "json");
    }
    const auto found = recognised(metric_formats(), document);
    if (found.size() > 1) {
        return ambiguous(found, document);
    }
    if (found.size() == 1) {
        return found.front();
    }
    if (const auto tables = recognised(table_formats(), document); !tables.empty()) {
        return support::problem_in(document.source(),
                                   "a " + support::enumerate(names_of(tables), "or") +
                                       " table is no metric file; give its input `kind: "
                                       "predictions`");
    }
    if (document.is_folder()) {
        return unknown_folder(metric_formats(), document);
    }
    return generic_metric_format(document);
}

bool is_recognised(const Document& document) {
    return !recognised(table_formats(), document).empty() ||
           !recognised(metric_formats(), document).empty();
}

}  // namespace metricgate::sources
