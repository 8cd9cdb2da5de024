#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>
#include <utility>
#include <vector>

#include "support/json_skip.h"

namespace metricgate::support {

/// Walks down a document with a parser's events and says which of its values are skipped. Of each
/// open list and map it knows the skips whose paths lead through it, as one bit each.
class JsonSkips {
public:
    explicit JsonSkips(const std::vector<JsonSkip>& skips)
        : m_skips(skips), m_next(skips.empty() ? 0 : ~std::uint64_t{0} >> (most - skips.size())) {}
    static constexpr std::size_t most = 64;

    /// The next event is the value of this key.
    void key(std::string_view name) { enter(name); }
    /// A value begins; true when it is skipped.
    bool value(bool is_list) {
        if (!m_open.empty() && m_open.back().is_list) {
            enter("[]");
        }
        return m_skipped || (is_list && m_next_lists != 0);
    }
    /// The value that began is a list or map, whose values come next.
    void begin(bool is_list) { m_open.push_back({m_next, m_next_lists, is_list}); }
    void end() { m_open.pop_back(); }

private:
    struct Open {
        std::uint64_t alive;  ///< skips that all keys up to here are the beginning of
        std::uint64_t lists;  ///< skips of lists whose whole path leads here
        bool is_list;
    };

    static bool fits(std::string_view token, std::string_view name) {
        if (name == "[]" || token == "[]") {
            return token == name;
        }
        return token == "*" || (token.starts_with('!') ? token.substr(1) != name : token == name);
    }

    void enter(std::string_view name) {
        const Open& open = m_open.back();
        const std::size_t depth = m_open.size() - 1;
        m_next = 0;
        m_next_lists = open.lists;
        m_skipped = false;
        for (std::size_t i = 0; i < m_skips.size() && open.alive != 0; ++i) {
            const JsonSkip& skip = m_skips[i];
            const std::uint64_t bit = std::uint64_t{1} << i;
            if ((open.alive & bit) == 0 || !fits(skip.path[depth], name)) {
                continue;
            }
            if (depth + 1 < skip.path.size()) {
                m_next |= bit;
            } else if (skip.only_lists) {
                m_next_lists |= bit;
            } else {
                m_skipped = true;
            }
        }
    }

    const std::vector<JsonSkip>& m_skips;
    std::vector<Open> m_open;
    std::uint64_t m_next;            ///< alive in the value that comes next
    std::uint64_t m_next_lists = 0;  ///< the same of skips of lists
    bool m_skipped = false;          ///< the value that comes next is skipped
};

}  // namespace metricgate::support
