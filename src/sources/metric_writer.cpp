#include "sources/metric_writer.h"

#include <algorithm>
#include <map>
#include <variant>

#include <nlohmann/json.hpp>

#include "sources/metric_tree.h"
#include "support/number.h"
#include "support/text.h"
#include "support/utf8.h"

namespace metricgate::sources {

namespace {

using support::NumberKind;

/// A JSON string in which what a terminal or a CI log would obey, or what hides, is an escape, and
/// of two hashes the second.
std::string quoted(const std::string& text) {
    using Json = nlohmann::json;
    std::string out = "\"";
    for (std::string_view rest = text; !rest.empty();) {
        const std::size_t valid = support::first_character(rest).length;
        const std::size_t length = std::max<std::size_t>(1, valid);
        // Written as a reader of the file would write it again.
        const std::string character =
            valid == 0 ? "\xEF\xBF\xBD" : std::string(rest.substr(0, length));
        const bool hidden = support::visible(character, 0) != character;
        const std::string json =
            Json(character).dump(-1, ' ', hidden, Json::error_handler_t::replace);
        if (character == "#" && out.back() == '#') {
            out += "\\u0023";
        } else {
            out += character == "\x7f" ? "\\u007f" : json.substr(1, json.size() - 2);
        }
        rest.remove_prefix(length);
    }
    return out + "\"";
}

std::string number(const support::ParsedNumber& number) {
    switch (number.kind) {
        case NumberKind::finite:
            return support::format_exact(number.value);
        case NumberKind::not_a_number:
            return "NaN";
        case NumberKind::positive_infinity:
            return "Infinity";
        case NumberKind::negative_infinity:
            return "-Infinity";
        case NumberKind::malformed:
        case NumberKind::out_of_range:
            return "null";
    }
    return "null";
}

std::string number(double value) {
    return support::format_exact(value);
}

/// `{"key": value, ...}` of texts that are JSON already.
std::string object(const std::map<std::string, std::string>& members, const std::string& indent) {
    std::string text;
    for (const auto& [key, value] : members) {
        text += (text.empty() ? "\n" : ",\n") + indent + "  " + quoted(key) + ": " + value;
    }
    return members.empty() ? "{}" : "{" + text + "\n" + indent + "}";
}

std::string texts(const std::map<std::string, std::string>& facts, const std::string& indent) {
    std::map<std::string, std::string> members;
    for (const auto& [key, value] : facts) {
        members[key] = quoted(value);
    }
    return object(members, indent);
}

/// One line: leaves are read by people, too.
std::string leaf(const std::vector<std::pair<std::string, std::string>>& members) {
    std::string text;
    for (const auto& [key, value] : members) {
        text += (text.empty() ? "" : ", ") + quoted(key) + ": " + value;
    }
    return "{" + text + "}";
}

using Members = std::vector<std::pair<std::string, std::string>>;

void add_circumstances(const std::string& unit, const evidence::Conditions& conditions,
                       Members& members) {
    if (!unit.empty()) {
        members.emplace_back("unit", quoted(unit));
    }
    if (!conditions.empty()) {
        Members stated;
        for (const auto& [name, value] : conditions) {
            stated.emplace_back(name, quoted(value));
        }
        members.emplace_back("conditions", leaf(stated));
    }
}

std::string list_of(const std::vector<double>& values) {
    std::string text;
    for (const double value : values) {
        text += (text.empty() ? "" : ", ") + number(value);
    }
    return "[" + text + "]";
}

std::string entry_text(const evidence::Entry& entry) {
    if (entry.flaw) {
        return "null";
    }
    Members members;
    if (const auto* samples = std::get_if<evidence::Samples>(&entry.evidence)) {
        if (entry.unit.empty() && entry.conditions.empty()) {
            return list_of(samples->values);
        }
        members.emplace_back("values", list_of(samples->values));
        add_circumstances(entry.unit, entry.conditions, members);
        return leaf(members);
    }
    const auto& scalar = std::get<evidence::Scalar>(entry.evidence);
    if (scalar.events && scalar.exposure) {
        members.emplace_back("events", std::to_string(*scalar.events));
        members.emplace_back("exposure", number(*scalar.exposure));
    } else {
        const std::string value = number(scalar.value);
        if (value == "null") {
            return value;  // read again it has neither unit nor error
        }
        members.emplace_back("value", value);
        if (scalar.standard_error) {
            members.emplace_back("stderr", number(*scalar.standard_error));
        }
        if (scalar.n) {
            members.emplace_back("n", std::to_string(*scalar.n));
        }
    }
    add_circumstances(entry.unit, entry.conditions, members);
    return members.size() == 1 ? members.front().second : leaf(members);
}

std::string point_text(const Point& point) {
    std::string text = "[" + std::to_string(point.step) + ", " + number(point.value);
    if (point.standard_error || point.n) {
        text += ", " + (point.standard_error ? number(*point.standard_error) : "null");
    }
    if (point.n) {
        text += ", " + std::to_string(*point.n);
    }
    return text + "]";
}

std::string series_text(const Series& series) {
    std::string points;
    for (const Point& point : series.points) {
        points += (points.empty() ? "" : ", ") + point_text(point);
    }
    Members members = {{"series", "[" + points + "]"}};
    add_circumstances(series.unit, series.conditions, members);
    return leaf(members);
}

std::string beginning() {
    return "{\n  \"schema\": " + quoted(std::string(metrics_schema));
}

}  // namespace

bool is_metric_file(std::string_view bytes) {
    return bytes.starts_with(beginning());
}

std::string metric_file_of(const Run& run, const evidence::Metadata& provenance) {
    std::map<std::string, std::string> metrics;
    for (const evidence::Entry& entry : run.entries) {
        metrics[entry.name] = entry_text(entry);
    }
    for (const Series& series : run.series) {
        metrics[series.name] = series_text(series);
    }
    evidence::Metadata metadata = run.metadata;
    for (const auto& [key, value] : provenance) {
        metadata["provenance." + key] = value;
    }
    std::string text = beginning() + ",\n  \"metrics\": " + object(metrics, "  ");
    if (!metadata.empty()) {
        text += ",\n  \"metadata\": " + texts(metadata, "  ");
    }
    if (!run.conditions.empty()) {
        text += ",\n  \"conditions\": " + texts(run.conditions, "  ");
    }
    if (!run.notes.empty()) {
        std::string notes;
        for (const std::string& note : run.notes) {
            notes += (notes.empty() ? "" : ", ") + quoted(note);
        }
        text += ",\n  \"notes\": [" + notes + "]";
    }
    return text + "\n}\n";
}

}  // namespace metricgate::sources
