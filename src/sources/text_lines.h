#pragma once

#include <cstdint>
#include <string_view>
#include <vector>

namespace metricgate::sources {

/// Walks over the lines of a text; LF and CR LF end one.
class TextLines {
public:
    explicit TextLines(std::string_view text) : m_rest(text) {}

    /// The next line without its end; false behind the last one.
    bool next(std::string_view& line) {
        if (m_rest.empty()) {
            return false;
        }
        const std::size_t end = m_rest.find('\n');
        m_ended = end != std::string_view::npos;
        line = m_rest.substr(0, end);
        m_rest.remove_prefix(m_ended ? end + 1 : m_rest.size());
        if (line.ends_with('\r')) {
            line.remove_suffix(1);
        }
        ++m_number;
        return true;
    }

    [[nodiscard]] std::uint32_t number() const noexcept { return m_number; }  ///< from 1
    /// Whether the line that was read last has its end.
    [[nodiscard]] bool ended() const noexcept { return m_ended; }

private:
    std::string_view m_rest;
    std::uint32_t m_number = 0;
    bool m_ended = true;
};

/// `text` without blanks and tabs at both ends.
inline std::string_view trimmed(std::string_view text) {
    const std::size_t first = text.find_first_not_of(" \t");
    return first == std::string_view::npos
               ? std::string_view()
               : text.substr(first, text.find_last_not_of(" \t") - first + 1);
}

/// The words of a line, parted by blanks and tabs; at most `limit`.
inline std::vector<std::string_view> words_of(std::string_view line, std::size_t limit) {
    std::vector<std::string_view> words;
    for (line = trimmed(line); !line.empty() && words.size() < limit;) {
        const std::size_t end = line.find_first_of(" \t");
        words.push_back(line.substr(0, end));
        line = end == std::string_view::npos ? std::string_view() : trimmed(line.substr(end));
    }
    return words;
}

}  // namespace metricgate::sources
