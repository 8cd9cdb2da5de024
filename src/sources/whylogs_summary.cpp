#include "sources/whylogs_summary.h"

#include <algorithm>
#include <cmath>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "sources/csv_fields.h"
#include "support/number.h"
#include "support/text.h"

namespace metricgate::sources {

namespace {

using support::NumberKind;

struct Field {
    std::string text;
    std::uint32_t line = 0;
    std::uint32_t column = 0;
};

/// Statistics that are no numbers.
bool is_description(std::string_view statistic) {
    return statistic == "type" || statistic.starts_with("frequent_items/") ||
           statistic.starts_with("ints/");
}

class Reader {
public:
    explicit Reader(const Document& document, std::string_view text)
        : m_source(document.source()), m_fields(text, ',') {}

    support::Result<Run> read() {
        std::vector<Field> row;
        while (m_problem.message.empty() && next(row)) {
            if (m_names.empty()) {
                m_names = std::move(row);
            } else if (row.size() != m_names.size()) {
                m_problem = {at(row.front()), "this row has " + std::to_string(row.size()) +
                                                  " fields, and the header has " +
                                                  std::to_string(m_names.size())};
            } else {
                add(row);
            }
        }
        if (!m_problem.message.empty()) {
            return m_problem;
        }
        if (m_run.entries.empty()) {
            return support::problem_in(m_source, "there is no statistic in this profile");
        }
        return std::move(m_run);
    }

private:
    bool next(std::vector<Field>& row) {
        row.clear();
        if (m_fields.done() || m_fields.only_line_ends_left()) {
            return false;
        }
        CsvFields::End end = CsvFields::End::delimiter;
        while (end == CsvFields::End::delimiter) {
            end = m_fields.next();
            row.push_back({std::string(m_fields.text()), m_fields.line(), m_fields.column()});
        }
        if (end == CsvFields::End::broken) {
            const CsvFields::Fault& fault = m_fields.fault();
            m_problem = {support::in_file(m_source, fault.line, fault.column), fault.message};
            return false;
        }
        return true;
    }

    [[nodiscard]] support::Location at(const Field& field) const {
        return support::in_file(m_source, field.line, field.column);
    }

    void add(const std::vector<Field>& row) {
        const std::string& column = row.front().text;
        if (std::find(m_columns.begin(), m_columns.end(), column) != m_columns.end()) {
            m_problem = {at(row.front()),
                         "the column '" + support::visible(column) + "' stands twice"};
            return;
        }
        m_columns.push_back(column);
        for (std::size_t i = 1; i < row.size(); ++i) {
            const std::string& statistic = m_names[i].text;
            if (row[i].text.empty() || is_description(statistic)) {
                continue;
            }
            evidence::Entry entry;
            entry.name = column + "." + statistic;
            entry.where = at(row[i]);
            evidence::Scalar scalar;
            scalar.value = support::parse_number(row[i].text);
            if (scalar.value.kind == NumberKind::malformed ||
                scalar.value.kind == NumberKind::out_of_range) {
                entry.flaw = support::Diagnostic{
                    entry.where, "'" + support::visible(entry.name) + "' holds '" +
                                     support::visible(row[i].text) + "', wanted a number"};
            } else if (const std::string_view none = nothing_behind(row, statistic);
                       !none.empty()) {
                entry.flaw =
                    support::Diagnostic{entry.where, "'" + support::visible(entry.name) +
                                                         "' has no data: whylogs "
                                                         "writes " +
                                                         support::visible(row[i].text) +
                                                         " where it saw no " + std::string(none)};
            } else if (statistic == "distribution/mean") {
                add_standard_error(row, scalar);
            }
            entry.evidence = scalar;
            m_run.entries.push_back(std::move(entry));
        }
    }

    /// What whylogs counted none of before it wrote a statistic: rows, or numbers among them. Empty
    /// where there were some, and for those counts themselves.
    [[nodiscard]] std::string_view nothing_behind(const std::vector<Field>& row,
                                                  std::string_view statistic) const {
        constexpr std::string_view rows = "counts/n";
        constexpr std::string_view numbers = "distribution/n";
        if (statistic == rows) {
            return {};
        }
        if (value_of(row, rows) == 0.0) {
            return "row";
        }
        const bool of_numbers = statistic.starts_with("distribution/") && statistic != numbers;
        return of_numbers && value_of(row, numbers) == 0.0 ? "number" : std::string_view();
    }

    /// A finite number of the row, or nothing.
    [[nodiscard]] std::optional<double> value_of(const std::vector<Field>& row,
                                                 std::string_view name) const {
        for (std::size_t i = 1; i < row.size(); ++i) {
            if (m_names[i].text == name) {
                const auto number = support::parse_number(row[i].text);
                return number.kind == NumberKind::finite ? std::optional(number.value)
                                                         : std::nullopt;
            }
        }
        return std::nullopt;
    }

    void add_standard_error(const std::vector<Field>& row, evidence::Scalar& scalar) const {
        constexpr double most = 9007199254740992.0;  // 2^53
        const double n = value_of(row, "distribution/n").value_or(0.0);
        const double deviation = value_of(row, "distribution/stddev").value_or(0.0);
        if (n >= 2.0 && n <= most && std::floor(n) == n && deviation > 0.0) {
            scalar.n = static_cast<std::uint64_t>(n);
            scalar.standard_error =
                support::ParsedNumber{NumberKind::finite, deviation / std::sqrt(n)};
        }
    }

    std::string m_source;
    CsvFields m_fields;
    std::vector<Field> m_names;
    std::vector<std::string> m_columns;
    Run m_run;
    support::Diagnostic m_problem;
};

}  // namespace

bool is_whylogs_summary(const Document& document) {
    const std::string_view line = document.first_line();
    return line.starts_with("column,") && line.find(",counts/n,") != std::string_view::npos &&
           line.find(",types/") != std::string_view::npos;
}

support::Result<Recording> read_whylogs_summary(const Document& document) {
    const auto text = document.require_text();
    if (!text) {
        return text.problems();
    }
    auto run = Reader(document, *text).read();
    if (!run) {
        return run.problems();
    }
    Recording recording;
    recording.source = document.source();
    recording.runs.push_back(std::move(*run));
    return recording;
}

}  // namespace metricgate::sources
