#include "report/csv_cells.h"

#include <algorithm>
#include <array>
#include <cmath>

#include "report/escape.h"
#include "support/number.h"
#include "support/text.h"

namespace metricgate::report {
namespace {

/// Where a spreadsheet would start to read a formula: in front, and after a semicolon, at which
/// some of them cut lines of a file whose commas they take for decimal marks. Behind apostrophes,
/// too, so that a text with one of its own gets a second and stays apart from the one without.
bool starts_formula(std::string_view text) {
    // The last four are the full-width forms of the first four.
    static constexpr std::array signs = {
        "=", "+", "-", "@", "\xef\xbc\x9d", "\xef\xbc\x8b", "\xef\xbc\x8d", "\xef\xbc\xa0"};
    text.remove_prefix(std::min(text.find_first_not_of('\''), text.size()));
    for (const char* sign : signs) {
        if (text.starts_with(sign)) {
            return true;
        }
    }
    return false;
}

/// A text that is visible already: quoted, with an apostrophe before what would be a formula.
std::string quoted(std::string_view shown) {
    std::string out = "\"";
    for (std::size_t i = 0; i < shown.size(); ++i) {
        const bool may_start = i == 0 || shown[i - 1] == ';';
        out += may_start && starts_formula(shown.substr(i)) ? "'" : "";
        out += shown[i] == '"' ? "\"\"" : std::string(1, shown[i]);
    }
    return out + "\"";
}

}  // namespace

std::string csv_cell(std::string_view sentence) {
    return quoted(support::visible(sentence, 0));
}

std::string csv_name_cell(std::string_view name) {
    return quoted(whole_name(name));
}

std::string csv_cell(const std::optional<double>& value) {
    const bool known = value && std::isfinite(*value);
    return known ? support::format_exact(*value == 0.0 ? 0.0 : *value) : "";
}

std::string csv_line(const std::vector<std::string>& cells) {
    std::string line;
    for (const std::string& each : cells) {
        line += (line.empty() ? "" : ",") + each;
    }
    return line + "\n";
}

}  // namespace metricgate::report
