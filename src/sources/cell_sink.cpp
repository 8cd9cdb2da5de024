#include "sources/cell_sink.h"

#include <array>
#include <charconv>
#include <cmath>

#include "sources/binary32.h"
#include "support/text.h"

namespace metricgate::sources {

namespace {

using Digits = std::array<char, 32>;

template <class Number>
std::string_view written(Number value, Digits& digits) {
    const auto end = std::to_chars(digits.data(), digits.data() + digits.size(), value);
    return {digits.data(), static_cast<std::size_t>(end.ptr - digits.data())};
}

}  // namespace

void CellSink::give(std::string_view text, CellKind kind) {
    ++m_row;
    take({text, kind, m_row, 0});
}

void CellSink::put(double value) {
    if (!std::isfinite(value)) {
        give(std::isnan(value) ? "nan" : value > 0.0 ? "inf" : "-inf", CellKind::number);
        return;
    }
    if (take_finite(value)) {
        ++m_row;
        return;
    }
    Digits digits{};
    std::string text(written(value, digits));
    if (text.find_first_of(".e") == std::string::npos) {
        text += ".0";  // a float stays a float: an id may not be one
    }
    give(text, CellKind::number);
}

void CellSink::put(float value) {
    put(shortest_decimal(value));
}

void CellSink::put(std::int64_t value) {
    constexpr std::int64_t exact = std::int64_t{1} << 53;
    if (value >= -exact && value <= exact && take_finite(static_cast<double>(value))) {
        ++m_row;
        return;
    }
    Digits digits{};
    give(written(value, digits), CellKind::number);
}

void CellSink::put(std::uint64_t value) {
    constexpr std::uint64_t exact = std::uint64_t{1} << 53;
    if (value <= exact && take_finite(static_cast<double>(value))) {
        ++m_row;
        return;
    }
    Digits digits{};
    give(written(value, digits), CellKind::number);
}

void CellSink::put(bool value) {
    give(value ? "true" : "false", CellKind::boolean);
}

void CellSink::put_text(std::string_view text) {
    give(text, CellKind::string);
}

void CellSink::put_decimal(std::string_view text) {
    give(text, CellKind::number);
}

void CellSink::put_null() {
    give("null", CellKind::null);
}

void CellSink::put_untyped(std::string_view text) {
    give(text, CellKind::untyped);
}

void TextSink::take(const Cell& cell) {
    m_texts.push_back(cell.kind == CellKind::null ? std::string() : std::string(cell.text));
}

void ReaderSink::take(const Cell& cell) {
    if (cell.kind == CellKind::string &&
        support::find_invalid_utf8(cell.text) != std::string_view::npos) {
        m_problems.add(cell.line, cell.column,
                       "column '" + support::visible(m_reader.name()) +
                           "' holds text that is no UTF-8: '" + support::visible(cell.text) + "'");
        return;
    }
    if (!m_problems.full()) {
        m_reader.put(cell, m_problems);
    }
}

}  // namespace metricgate::sources
