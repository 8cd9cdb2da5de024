#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "sources/table_columns.h"

namespace metricgate::sources {

/// Reads one JSON object after another into leaves: nested keys are joined with `.`, lists are
/// leaves of their own. Strict: what RFC 8259 does not allow is a problem, but for the bare tokens
/// NaN, Infinity and -Infinity, which are numbers of their kind.
class JsonLines {
public:
    JsonLines();
    ~JsonLines();
    JsonLines(const JsonLines&) = delete;
    JsonLines& operator=(const JsonLines&) = delete;

    struct Leaf {
        std::size_t key = 0;  ///< number of the key, see `keys`
        CellKind kind = CellKind::null;
        std::string_view text;     ///< a view into the line where the value holds no escape
        std::uint32_t column = 0;  ///< byte in the line
    };

    struct Fault {
        std::uint32_t column = 0;
        std::string message;
    };

    /// Reads `line`; at least `readable` bytes from its start may be looked at. False when there is
    /// a fault. The leaves are valid until the next line is read and while its bytes live.
    bool read(std::string_view line, std::size_t readable);

    [[nodiscard]] const std::vector<Leaf>& leaves() const noexcept { return m_leaves; }
    [[nodiscard]] const Fault& fault() const noexcept { return m_fault; }
    /// Every key that was met so far, in the order of appearance, also those that hold objects.
    [[nodiscard]] const std::vector<std::string>& keys() const noexcept { return m_keys; }
    /// The text of key number `key` in the line that was read last; null when it has none.
    [[nodiscard]] const Leaf* find(std::size_t key) const noexcept;

private:
    friend class JsonLineWalker;
    struct Parser;  ///< simdjson's, out of sight

    std::size_t key_number(const std::string& path);

    std::unique_ptr<Parser> m_parser;
    std::vector<Leaf> m_leaves;
    Fault m_fault;
    std::vector<std::string> m_keys;
    std::map<std::string, std::size_t, std::less<>> m_numbers;  ///< of keys
    std::vector<std::uint64_t> m_met_in;  ///< by key: the line that held it last
    std::vector<std::size_t> m_leaf_of;   ///< by key: its leaf in that line, + 1; 0: an object
    std::uint64_t m_line = 0;
    std::size_t m_expected = 0;  ///< number of the next key, if lines repeat the order of keys
};

}  // namespace metricgate::sources
