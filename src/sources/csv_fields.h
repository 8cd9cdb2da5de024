#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <string_view>

namespace metricgate::sources {

/// Splits delimited text into fields as RFC 4180 says, in one pass and without copying any field
/// but those with doubled quotes. Every line needs its line end, the last one too: a file that was
/// cut inside its last field looks like one that merely lacks it.
class CsvFields {
public:
    enum class End { delimiter, line, broken };

    CsvFields(std::string_view text, char delimiter);

    /// Reads the next field; nothing may be asked for behind the end or a broken field.
    End next();
    /// The field that was read last, unquoted; valid until the next one is.
    [[nodiscard]] std::string_view text() const noexcept { return m_text; }
    [[nodiscard]] std::uint32_t line() const noexcept { return m_field_line; }
    [[nodiscard]] std::uint32_t column() const noexcept {
        return static_cast<std::uint32_t>(m_field - m_field_line_start) + 1;
    }

    [[nodiscard]] bool done() const noexcept { return m_at == m_end; }
    /// True when nothing but line ends is left.
    [[nodiscard]] bool only_line_ends_left() const noexcept;

    /// Why the last field is broken, and where.
    struct Fault {
        std::uint32_t line = 0;
        std::uint32_t column = 0;
        std::string message;
    };
    [[nodiscard]] const Fault& fault() const noexcept { return m_fault; }

private:
    End unquoted();
    End quoted();
    End ended();  ///< at the byte behind a field
    End broken(const char* where, std::string message);

    const char* m_at;
    const char* m_end;
    const char* m_field;
    const char* m_line_start;
    const char* m_field_line_start;
    std::string_view m_text;
    std::string m_unquoted;  ///< storage of fields with doubled quotes
    std::uint32_t m_line = 1;
    std::uint32_t m_field_line = 1;
    char m_delimiter;
    std::array<bool, 256> m_stops{};  ///< bytes that end an unquoted field
    Fault m_fault;
};

}  // namespace metricgate::sources
