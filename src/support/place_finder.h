#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>

#include "support/diagnostic.h"

namespace metricgate::support {

/// Turns ascending byte offsets of one text into lines and columns, in one pass over the text.
class PlaceFinder {
public:
    PlaceFinder(std::string_view text, std::string_view file)
        : m_text(text), m_file(std::make_shared<const std::string>(file)) {}

    /// The place of the byte at `offset`, which must not lie before an earlier one.
    Location at(std::size_t offset) {
        for (; m_seen < offset && m_seen < m_text.size(); ++m_seen) {
            if (m_text[m_seen] == '\n') {
                ++m_line;
                m_line_start = m_seen + 1;
            }
        }
        return {m_file, m_line, static_cast<std::uint32_t>(offset - m_line_start + 1)};
    }

    [[nodiscard]] const std::shared_ptr<const std::string>& file() const { return m_file; }

private:
    std::string_view m_text;
    std::shared_ptr<const std::string> m_file;
    std::size_t m_seen = 0;
    std::size_t m_line_start = 0;
    std::uint32_t m_line = 1;
};

}  // namespace metricgate::support
