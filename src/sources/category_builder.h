#pragma once

#include <cstdint>
#include <deque>
#include <string>
#include <string_view>
#include <unordered_map>

#include "evidence/column.h"
#include "support/files.h"

namespace metricgate::sources {

/// Turns texts into a category column. Neighbouring rows often hold the same text, so the last one
/// is looked at before the dictionary.
class CategoryBuilder {
public:
    /// Texts that are views into `bytes` need not be copied to be remembered.
    explicit CategoryBuilder(support::Bytes bytes) : m_bytes(std::move(bytes)) {}

    void reserve(std::size_t rows) { m_column.codes.reserve(rows); }
    void push_back(std::string_view text);
    void push_missing(const support::Location& where, std::string_view text);
    void push_non_finite(const support::Location& where, std::string_view text);
    [[nodiscard]] evidence::CategoryColumn take();

private:
    std::uint32_t code_of(std::string_view text);
    std::uint32_t new_code(std::string name);
    std::string_view keep(std::string_view text);

    support::Bytes m_bytes;
    evidence::CategoryColumn m_column;
    std::unordered_map<std::string_view, std::uint32_t> m_codes;  ///< looked up, never iterated
    std::deque<std::string> m_kept;  ///< keys that are no views into the bytes
    std::string_view m_last;
    std::uint32_t m_last_code = 0;
    bool m_any = false;
};

}  // namespace metricgate::sources
