// Patterns as GitHub and GitLab document them: gitignore's, without negation and ranges.

#include "cli/code_owners.h"

#include <algorithm>
#include <utility>
#include <vector>

namespace metricgate::cli {
namespace {

/// All places of a pattern at which a path may have arrived, so that no pattern takes longer than
/// its length times the path's. `*` and `?` stay within one folder, `**` does not.
class Places {
public:
    explicit Places(std::string_view pattern) : m_pattern(pattern), m_at(pattern.size() + 1) {
        enter(0);
    }

    void take(char next) {
        const std::vector<bool> before = std::exchange(m_at, std::vector<bool>(m_at.size()));
        for (std::size_t at = 0; at < m_pattern.size(); ++at) {
            if (!before[at]) {
                continue;
            }
            const std::size_t stars = stars_at(at);
            if (stars == 0) {
                const bool same = m_pattern[at] == next || (m_pattern[at] == '?' && next != '/');
                if (same) {
                    enter(at + 1);
                }
            } else if (stars > 1 || next != '/') {
                m_at[at] = true;
                // Whole folders end with a slash.
                if (stars < 3 || next == '/') {
                    enter(at + stars);
                }
            }
        }
    }

    [[nodiscard]] bool at_end() const { return m_at.back(); }

private:
    /// 1 of `*`, 2 of `**`, 3 of `**/`: what may stand for nothing, or for more than one character.
    [[nodiscard]] std::size_t stars_at(std::size_t at) const {
        const std::string_view rest = m_pattern.substr(at);
        if (rest.starts_with("**")) {
            return rest.starts_with("**/") ? 3U : 2U;
        }
        return rest.starts_with('*') ? 1U : 0U;
    }

    void enter(std::size_t at) {
        for (m_at[at] = true; stars_at(at) > 0;) {
            at += stars_at(at);
            m_at[at] = true;
        }
    }

    std::string_view m_pattern;
    std::vector<bool> m_at;
};

bool matches(std::string_view pattern, std::string_view path) {
    Places places(pattern);
    for (const char next : path) {
        places.take(next);
    }
    return places.at_end();
}

/// A pattern of a folder is for all that stands in it.
bool covers(std::string_view pattern, const std::string& path) {
    const bool folder = pattern.ends_with('/');
    if (folder) {
        pattern.remove_suffix(1);
    }
    const bool rooted = pattern.find('/') != std::string_view::npos;
    if (pattern.starts_with('/')) {
        pattern.remove_prefix(1);
    }
    const std::string anywhere = (rooted ? "" : "**/") + std::string(pattern);
    // `docs/*` is for the files right in the folder, `docs/` and `docs/**` are for all below it.
    const bool shallow = pattern.ends_with("/*") || pattern == "*";
    return (!folder && matches(anywhere, path)) || (!shallow && matches(anywhere + "/**", path));
}

std::vector<std::string_view> words(std::string_view line) {
    std::vector<std::string_view> found;
    while (true) {
        const auto start = line.find_first_not_of(" \t\r");
        if (start == std::string_view::npos || line[start] == '#') {
            return found;
        }
        line.remove_prefix(start);
        const auto end = std::min(line.find_first_of(" \t\r"), line.size());
        found.push_back(line.substr(0, end));
        line.remove_prefix(end);
    }
}

}  // namespace

bool has_owner(std::string_view code_owners, const std::string& path) {
    bool owned = false;
    while (!code_owners.empty()) {
        const auto end = std::min(code_owners.find('\n'), code_owners.size());
        const auto line = words(code_owners.substr(0, end));
        code_owners.remove_prefix(std::min(code_owners.size(), end + 1));
        // GitLab's sections stand in brackets.
        if (!line.empty() && line[0].front() != '[' && line[0].front() != '^' &&
            covers(line[0], path)) {
            owned = line.size() > 1;
        }
    }
    return owned;
}

}  // namespace metricgate::cli
