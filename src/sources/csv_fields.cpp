#include "sources/csv_fields.h"

#include <cstring>
#include <utility>

namespace metricgate::sources {

namespace {

const char* find(const char* from, const char* end, char byte) {
    const auto size = static_cast<std::size_t>(end - from);
    const void* found = size == 0 ? nullptr : std::memchr(from, byte, size);
    return found == nullptr ? end : static_cast<const char*>(found);
}

std::size_t index(char byte) {
    return static_cast<unsigned char>(byte);
}

}  // namespace

CsvFields::CsvFields(std::string_view text, char delimiter)
    : m_at(text.data()),
      m_end(text.data() + text.size()),
      m_field(m_at),
      m_line_start(m_at),
      m_field_line_start(m_at),
      m_delimiter(delimiter) {
    for (const char stop : {delimiter, '\n', '\r', '"'}) {
        m_stops[index(stop)] = true;
    }
}

CsvFields::End CsvFields::next() {
    m_field = m_at;
    m_field_line = m_line;
    m_field_line_start = m_line_start;
    return m_at != m_end && *m_at == '"' ? quoted() : unquoted();
}

bool CsvFields::only_line_ends_left() const noexcept {
    const std::string_view rest(m_at, static_cast<std::size_t>(m_end - m_at));
    return rest.find_first_not_of("\r\n") == std::string_view::npos;
}

CsvFields::End CsvFields::unquoted() {
    while (m_at != m_end && !m_stops[index(*m_at)]) {
        ++m_at;
    }
    m_text = {m_field, static_cast<std::size_t>(m_at - m_field)};
    if (m_at != m_end && *m_at == '"') {
        return broken(m_at,
                      "a quote inside a field that does not start with one; put the whole field in "
                      "quotes and double the quotes in it");
    }
    return ended();
}

CsvFields::End CsvFields::quoted() {
    m_unquoted.clear();
    const char* part = ++m_at;
    for (;;) {
        const char* quote = find(part, m_end, '"');
        for (const char* end = find(part, quote, '\n'); end != quote;
             end = find(end + 1, quote, '\n')) {
            ++m_line;
            m_line_start = end + 1;
        }
        if (quote == m_end) {
            m_line = m_field_line;
            m_line_start = m_field_line_start;
            return broken(
                m_field,
                "this quote is never closed; close it, or double it when it belongs to the text");
        }
        m_at = quote + 1;
        const bool doubled = m_at != m_end && *m_at == '"';
        if (doubled || !m_unquoted.empty()) {
            m_unquoted.append(part, doubled ? m_at : quote);
        }
        if (!doubled) {
            m_text = m_unquoted.empty()
                         ? std::string_view(part, static_cast<std::size_t>(quote - part))
                         : std::string_view(m_unquoted);
            break;
        }
        part = ++m_at;
    }
    const bool text_behind =
        m_at != m_end && *m_at != m_delimiter && *m_at != '\n' && *m_at != '\r';
    return text_behind ? broken(m_at,
                                "text behind a closing quote; a quote inside a quoted field "
                                "is written twice")
                       : ended();
}

CsvFields::End CsvFields::ended() {
    if (m_at == m_end) {
        return broken(m_at,
                      "the last line has no line end, so the file may be cut short; write it "
                      "again, or end it with a line end if it is whole");
    }
    if (*m_at == m_delimiter) {
        ++m_at;
        return End::delimiter;
    }
    if (*m_at == '\r') {
        ++m_at;
        if (m_at == m_end || *m_at != '\n') {
            return broken(m_at - 1,
                          "a carriage return without a line feed; end lines with LF or CR LF, and "
                          "quote fields that hold one");
        }
    }
    ++m_at;
    ++m_line;
    m_line_start = m_at;
    return End::line;
}

CsvFields::End CsvFields::broken(const char* where, std::string message) {
    m_fault = {m_line, static_cast<std::uint32_t>(where - m_line_start) + 1, std::move(message)};
    m_at = m_end;
    return End::broken;
}

}  // namespace metricgate::sources
