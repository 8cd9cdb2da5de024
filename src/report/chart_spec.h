#pragma once

#include <initializer_list>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace metricgate::report {

/// The data of a chart as a JSON array, written object by object. Numbers have at most six
/// figures: more cannot be seen, and the last ones of a double would differ between machines.
class DataRows {
public:
    DataRows& row();
    DataRows& set(std::string_view field, std::string_view text);
    DataRows& set(std::string_view field, const char* text) {
        return set(field, std::string_view(text));
    }
    DataRows& set(std::string_view field, double number);
    /// Nothing is written when there is no number.
    DataRows& set(std::string_view field, const std::optional<double>& number);

    [[nodiscard]] std::string json() const { return "[" + m_text + (m_text.empty() ? "]" : "}]"); }
    [[nodiscard]] bool empty() const noexcept { return m_text.empty(); }

private:
    void field(std::string_view name);

    std::string m_text;
    bool m_first = true;
};

/// A number for a chart: six significant figures.
std::string chart_number(double number);

/// The height of a chart with this many rows, as JSON.
std::string rows_height(std::size_t rows);

/// A JSON array of strings.
std::string json_strings(const std::vector<std::string>& texts);

/// A Vega-Lite specification from a pattern, itself JSON, in which the strings "@name" stand for
/// the JSON texts given. Blanks at the start of lines are dropped.
std::string fill_spec(std::string_view pattern,
                      std::initializer_list<std::pair<std::string_view, std::string>> parts);

}  // namespace metricgate::report
