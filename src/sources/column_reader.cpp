// Cells to numbers, categories and ids: what each kind of column accepts.

#include <limits>
#include <utility>

#include "sources/table_columns.h"
#include "support/number.h"
#include "support/text.h"

namespace metricgate::sources {

namespace {

void count(evidence::Flaw& flaw, const Cell& cell, const InputProblems& problems) {
    if (flaw.count++ == 0) {
        flaw.first = problems.at(cell.line, cell.column);
        flaw.text = std::string(cell.text);
    }
}

bool is_blank(char byte) {
    return byte == ' ' || byte == '\t';
}

/// Why a text that looks like a number is none; empty when there is nothing to say.
std::string_view advice(std::string_view text) {
    if (is_blank(text.front()) || is_blank(text.back())) {
        return " without blanks around it";
    }
    if (text.ends_with('%')) {
        return " without a percent sign: write the fraction";
    }
    std::string with_point(text);
    if (const std::size_t comma = with_point.find(','); comma != std::string::npos) {
        with_point[comma] = '.';
        if (support::parse_number(with_point).kind == support::NumberKind::finite) {
            return " with a decimal point, not a comma";
        }
    }
    return "; numbers are written like 12, -0.5 or 1e-3";
}

bool is_integer(std::string_view text) {
    return text.find_first_not_of("-0123456789") == std::string_view::npos &&
           support::parse_number(text).kind != support::NumberKind::malformed;
}

/// Whether it starts like "nan", "Infinity" or "-inf": a look that spares most cells the parser.
bool may_be_non_finite(std::string_view text) {
    const char first = text.size() > 1 && (text[0] == '-' || text[0] == '+') ? text[1] : text[0];
    return first == 'n' || first == 'N' || first == 'i' || first == 'I';
}

bool is_non_finite_token(std::string_view text) {
    if (!may_be_non_finite(text)) {
        return false;
    }
    const support::NumberKind kind = support::parse_number(text).kind;
    return kind == support::NumberKind::not_a_number ||
           kind == support::NumberKind::positive_infinity ||
           kind == support::NumberKind::negative_infinity;
}

}  // namespace

void ColumnReader::ask(ReadAs as) {
    switch (as) {
        case ReadAs::id:
            m_ids = evidence::IdColumn(m_text);
            break;
        case ReadAs::number:
            m_numbers.emplace();
            break;
        case ReadAs::category:
            m_categories.emplace(m_text);
            break;
        case ReadAs::observed:
            m_observed.emplace();
            break;
    }
}

void ColumnReader::reserve(std::size_t rows) {
    if (m_ids) {
        m_ids->reserve(rows);
    }
    if (m_numbers) {
        m_numbers->values.reserve(rows);
    }
    if (m_categories) {
        m_categories->reserve(rows);
    }
    if (m_observed) {
        m_observed->numbers.reserve(rows);
    }
}

void ColumnReader::put(const Cell& cell, InputProblems& problems) {
    if (m_numbers) {
        put_number(cell, problems);
    }
    if (m_categories) {
        put_category(cell, problems);
    }
    if (m_observed) {
        put_observed(cell, problems);
    }
    if (m_ids) {
        put_id(cell, problems);
    }
}

bool ColumnReader::put_finite(double value) {
    if (m_categories || m_ids) {
        return false;
    }
    if (m_numbers) {
        m_numbers->values.push_back(value);
    }
    if (m_observed) {
        ++m_observed->rows;
        m_observed->numbers.push_back(value);
    }
    return true;
}

void ColumnReader::move_into(evidence::Table& table) {
    if (m_ids) {
        table.ids = std::move(*m_ids);
    }
    if (m_numbers) {
        table.numbers.emplace(m_name, std::move(*m_numbers));
    }
    if (m_categories) {
        table.categories.emplace(m_name, m_categories->take());
    }
    if (m_observed) {
        table.observed.emplace(m_name, std::move(*m_observed));
    }
}

void ColumnReader::put_id(const Cell& cell, InputProblems& problems) {
    const bool typed_well = cell.kind == CellKind::untyped || cell.kind == CellKind::string ||
                            (cell.kind == CellKind::number && is_integer(cell.text));
    if (!typed_well) {
        problems.add(cell.line, cell.column, refusal(cell, "an id, which is text or an integer"));
    } else if (cell.text.empty()) {
        problems.add(cell.line, cell.column,
                     "the id in column '" + support::visible(m_name) +
                         "' is empty; every example needs its own id");
    } else {
        m_ids->push_back(cell.text);
    }
}

void ColumnReader::put_number(const Cell& cell, InputProblems& problems) {
    const bool empty =
        cell.kind == CellKind::null || (cell.kind == CellKind::untyped && cell.text.empty());
    if (empty) {
        count(m_numbers->missing, cell, problems);
        m_numbers->values.push_back(evidence::missing_value());
        return;
    }
    if (cell.kind != CellKind::untyped && cell.kind != CellKind::number) {
        problems.add(cell.line, cell.column, refusal(cell, "a number"));
        return;
    }
    constexpr double infinity = std::numeric_limits<double>::infinity();
    const support::ParsedNumber number = support::parse_number(cell.text);
    switch (number.kind) {
        case support::NumberKind::finite:
            m_numbers->values.push_back(number.value);
            return;
        case support::NumberKind::not_a_number:
            count(m_numbers->non_finite, cell, problems);
            m_numbers->values.push_back(std::numeric_limits<double>::quiet_NaN());
            return;
        case support::NumberKind::positive_infinity:
            count(m_numbers->non_finite, cell, problems);
            m_numbers->values.push_back(infinity);
            return;
        case support::NumberKind::negative_infinity:
            count(m_numbers->non_finite, cell, problems);
            m_numbers->values.push_back(-infinity);
            return;
        case support::NumberKind::malformed:
            problems.add(cell.line, cell.column,
                         refusal(cell, "a number" + std::string(advice(cell.text))));
            return;
        case support::NumberKind::out_of_range:
            problems.add(cell.line, cell.column,
                         refusal(cell,
                                 "a number that a 64-bit float can hold: it would be rounded "
                                 "away"));
            return;
    }
}

void ColumnReader::put_category(const Cell& cell, InputProblems& problems) {
    const bool empty = cell.text.empty() || cell.kind == CellKind::null;
    // Text of JSON that is in quotes is a name, whatever it says.
    const bool may_be_number = cell.kind == CellKind::untyped || cell.kind == CellKind::number;
    if (cell.kind == CellKind::list) {
        problems.add(cell.line, cell.column, refusal(cell, "text, a number, true or false"));
    } else if (empty) {
        m_categories->push_missing(problems.at(cell.line, cell.column), cell.text);
    } else if (may_be_number && is_non_finite_token(cell.text)) {
        m_categories->push_non_finite(problems.at(cell.line, cell.column), cell.text);
    } else {
        m_categories->push_back(cell.text);
    }
}

void ColumnReader::put_observed(const Cell& cell, const InputProblems& problems) {
    ++m_observed->rows;
    if (cell.text.empty() || cell.kind == CellKind::null) {
        count(m_observed->missing, cell, problems);
        return;
    }
    if (cell.kind != CellKind::untyped && cell.kind != CellKind::number) {
        count(m_observed->text, cell, problems);
        return;
    }
    const support::ParsedNumber number = support::parse_number(cell.text);
    switch (number.kind) {
        case support::NumberKind::finite:
            m_observed->numbers.push_back(number.value);
            return;
        case support::NumberKind::not_a_number:
        case support::NumberKind::positive_infinity:
        case support::NumberKind::negative_infinity:
            count(m_observed->non_finite, cell, problems);
            return;
        case support::NumberKind::malformed:
        case support::NumberKind::out_of_range:
            count(m_observed->text, cell, problems);
            return;
    }
}

std::string ColumnReader::refusal(const Cell& cell, std::string_view wanted) const {
    std::string found = "'" + support::visible(cell.text) + "'";
    switch (cell.kind) {
        case CellKind::untyped:
        case CellKind::number:
            break;
        case CellKind::string:
            found = "the text " + found;
            break;
        case CellKind::boolean:
        case CellKind::null:
            found = std::string(cell.text);
            break;
        case CellKind::list:
            found = "a list";
            break;
    }
    return "column '" + support::visible(m_name) + "' holds " + found + ", wanted " +
           std::string(wanted);
}

}  // namespace metricgate::sources
