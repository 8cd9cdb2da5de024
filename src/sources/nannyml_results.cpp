#include "sources/nannyml_results.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdint>
#include <map>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "sources/csv_fields.h"
#include "sources/run_builder.h"
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
using Row = std::vector<Field>;

/// The columns of a chunk itself, by their last part.
constexpr std::string_view index_column = "chunk_index";
constexpr std::string_view period_column = "period";

/// What a header of one line calls the columns of a chunk itself.
bool is_own_column(std::string_view name) {
    constexpr std::array<std::string_view, 7> own = {
        "chunk_key",        "chunk_index",    "chunk_start_index", "chunk_end_index",
        "chunk_start_date", "chunk_end_date", "chunk_period"};
    return std::find(own.begin(), own.end(), name) != own.end();
}

bool starts_with_blank_or_own(std::string_view line, std::string_view own) {
    return line.starts_with(own) || (line.starts_with(',') && line.substr(1).starts_with(own));
}

class Reader {
public:
    Reader(const Document& document, std::string_view text)
        : m_source(document.source()), m_fields(text, ',') {}

    support::Result<Recording> read() {
        Row row;
        while (m_problem.message.empty() && next(row)) {
            if (m_names.empty() || !m_header_ended) {
                add_header(row);
            } else {
                add_chunk(row);
            }
        }
        if (!m_problem.message.empty()) {
            return m_problem;
        }
        Recording recording{m_source, {}};
        for (auto& [period, run] : m_runs) {
            put_alerts(period, run);
            recording.runs.push_back(run.take());
            recording.runs.back().id = period;
        }
        if (m_budget.exceeded()) {
            return support::problem_in(m_source, m_budget.message());
        }
        return recording.runs.empty() ? support::Result<Recording>(support::problem_in(
                                            m_source, "there is no chunk in these results"))
                                      : support::Result<Recording>(std::move(recording));
    }

private:
    bool next(Row& row) {
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
        if (!m_names.empty() && row.size() != m_names.size()) {
            m_problem = {at(row.front()), "this row has " + std::to_string(row.size()) +
                                              " fields, and the header has " +
                                              std::to_string(m_names.size())};
            return false;
        }
        return true;
    }

    [[nodiscard]] support::Location at(const Field& field) const {
        return support::in_file(m_source, field.line, field.column);
    }

    /// A line of the header adds a part to each name. The line that names chunk_index is the last.
    void add_header(const Row& row) {
        m_names.resize(row.size());
        for (std::size_t i = 0; i < row.size(); ++i) {
            std::string part = row[i].text;
            const bool flat = m_header_lines == 0 && is_own_column(part);
            if (flat && part != index_column) {
                part = part.substr(std::string_view("chunk_").size());
            }
            const bool of_chunk = flat || (m_header_lines == 0 && part == "chunk");
            m_of_chunk.resize(row.size());
            m_of_chunk[i] = m_of_chunk[i] || of_chunk;
            m_names[i] = m_of_chunk[i] ? part : m_names[i] + (m_names[i].empty() ? "" : ".") + part;
            m_header_ended |= m_of_chunk[i] && part == index_column;
        }
        constexpr int most_lines = 3;
        if (++m_header_lines == most_lines && !m_header_ended) {
            m_problem = {at(row.front()), "the header does not name chunk_index"};
        }
        if (m_header_ended) {
            know_columns(row);
        }
    }

    void know_columns(const Row& row) {
        std::map<std::string, std::size_t> known;
        for (std::size_t i = 0; i < m_names.size(); ++i) {
            const std::string name = (m_of_chunk[i] ? "chunk " : "") + m_names[i];
            if (!known.emplace(name, i).second) {
                m_problem = {at(row[i]),
                             "two columns are called '" + support::visible(m_names[i]) + "'"};
                return;
            }
        }
        constexpr std::string_view value = "value";
        for (const auto& [name, i] : known) {
            // In a header of one line the parts are joined by underscores.
            if (!m_of_chunk[i] && (name.ends_with(".value") || name.ends_with("_value"))) {
                const auto error =
                    known.find(name.substr(0, name.size() - value.size()) + "sampling_error");
                if (error != known.end()) {
                    m_errors[i] = error->second;
                }
            }
        }
    }

    [[nodiscard]] const Field* chunk_field(const Row& row, std::string_view name) const {
        for (std::size_t i = 0; i < row.size(); ++i) {
            if (m_of_chunk[i] && m_names[i] == name) {
                return &row[i];
            }
        }
        return nullptr;
    }

    void add_chunk(const Row& row) {
        const Field* index = chunk_field(row, index_column);
        const Field* period = chunk_field(row, period_column);
        const auto step = support::parse_number(index->text);
        if (step.kind != NumberKind::finite || step.value < 0.0 || step.value > 1e15 ||
            std::floor(step.value) != step.value) {
            m_problem = {at(*index), "chunk_index holds '" + support::visible(index->text) +
                                         "', wanted a whole number"};
            return;
        }
        const std::string id = period == nullptr ? "" : period->text;
        if (!m_chunks.emplace(id, step.value).second) {
            m_problem = {at(*index), "chunk " + index->text + " of period '" +
                                         support::visible(id) + "' stands twice"};
            return;
        }
        if (m_chunks.size() > NameBudget::most) {
            m_problem = {at(*index),
                         "holds more than " +
                             support::count_of(NameBudget::most, "chunk", "chunks") +
                             "; wanted fewer: make chunks larger, or leave out the older ones"};
            return;
        }
        RunBuilder& run = m_runs.try_emplace(id, m_budget).first->second;
        for (std::size_t i = 0; i < row.size(); ++i) {
            const std::string& name = m_names[i];
            const bool blank = row[i].text.empty();
            if (m_of_chunk[i] || name.empty() || (blank && name.ends_with("threshold"))) {
                continue;
            }
            if (name.ends_with(".alert") || name.ends_with("_alert")) {
                add_alert(id, name, row[i]);
                continue;
            }
            // pandas writes NaN as nothing; an earlier chunk must not stand in for it.
            run.point(name, node_of(blank ? "nan" : row[i].text, at(row[i])),
                      static_cast<std::int64_t>(step.value));
            add_sampling_error(run, i, row);
        }
        if (m_budget.exceeded()) {
            m_problem = {at(row.front()), m_budget.message()};
        }
    }

    /// `roc_auc.sampling_error` beside `roc_auc.value` is its standard error. A value whose error
    /// is missing or no error must not be judged as one that never had any.
    void add_sampling_error(RunBuilder& run, std::size_t column, const Row& row) const {
        const auto found = m_errors.find(column);
        const auto series = run.series().find(m_names[column]);
        if (found == m_errors.end() || series == run.series().end()) {
            return;
        }
        const Field& field = row[found->second];
        const auto error = support::parse_number(field.text);
        Point& point = series->second.points.back();
        if (error.kind == NumberKind::finite && error.value >= 0.0) {
            point.standard_error = error;
        } else if (point.value.kind == NumberKind::finite) {
            run.flaw(m_names[column], at(field),
                     "a value at step " + std::to_string(point.step) +
                         " whose sampling error is '" + support::visible(field.text) +
                         "', wanted a number from 0 on");
        }
    }

    void add_alert(const std::string& period, const std::string& name, const Field& field) {
        if (field.text != "True" && field.text != "False") {
            m_problem = {at(field), "'" + support::visible(name) + "' holds '" +
                                        support::visible(field.text) + "', wanted True or False"};
            return;
        }
        m_alerts[period][name] += field.text == "True" ? 1U : 0U;
    }

    /// How many chunks raised an alert, by metric and altogether.
    void put_alerts(const std::string& period, RunBuilder& run) const {
        const auto found = m_alerts.find(period);
        std::uint64_t all = 0;
        if (found == m_alerts.end()) {
            return;
        }
        const auto put = [&](const std::string& name, std::uint64_t count) {
            evidence::Scalar scalar;
            scalar.value = {NumberKind::finite, static_cast<double>(count)};
            run.value(name, support::in_file(m_source), scalar);
        };
        for (const auto& [name, count] : found->second) {
            put(name + "s", count);
            all += count;
        }
        put("alerts", all);
    }

    std::string m_source;
    CsvFields m_fields;
    std::vector<std::string> m_names;
    std::vector<bool> m_of_chunk;
    std::map<std::size_t, std::size_t>
        m_errors;  ///< of a column with values, that with their errors
    int m_header_lines = 0;
    bool m_header_ended = false;
    std::set<std::pair<std::string, double>> m_chunks;
    NameBudget m_budget;
    std::map<std::string, RunBuilder> m_runs;
    std::map<std::string, std::map<std::string, std::uint64_t>> m_alerts;
    support::Diagnostic m_problem;
};

}  // namespace

bool is_nannyml_results(const Document& document) {
    const std::string_view line = document.first_line();
    return starts_with_blank_or_own(line, "chunk,chunk,chunk") ||
           (starts_with_blank_or_own(line, "chunk_") &&
            line.find("chunk_index,") != std::string_view::npos &&
            line.find(",chunk_period,") != std::string_view::npos);
}

support::Result<Recording> read_nannyml_results(const Document& document) {
    const auto text = document.require_text();
    return text.ok() ? Reader(document, *text).read() : text.problems();
}

}  // namespace metricgate::sources
