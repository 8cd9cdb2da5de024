#include <algorithm>
#include <vector>

#include "support/text.h"

namespace metricgate::support {

namespace {

/// Nobody mistypes a name this long by a few letters, and the comparison is quadratic.
constexpr std::size_t longest_slip = 200;

char lower(char byte) {
    return byte >= 'A' && byte <= 'Z' ? static_cast<char>(byte - 'A' + 'a') : byte;
}

/// Optimal string alignment: insertions, deletions, replacements and swaps of neighbours, no
/// substring edited twice.
std::size_t distance(std::string_view a, std::string_view b) {
    std::vector<std::size_t> before_last(b.size() + 1);
    std::vector<std::size_t> last(b.size() + 1);
    std::vector<std::size_t> row(b.size() + 1);
    for (std::size_t j = 0; j <= b.size(); ++j) {
        row[j] = j;
    }
    for (std::size_t i = 1; i <= a.size(); ++i) {
        before_last.swap(last);
        last.swap(row);
        row[0] = i;
        for (std::size_t j = 1; j <= b.size(); ++j) {
            const bool same = lower(a[i - 1]) == lower(b[j - 1]);
            row[j] = std::min({last[j] + 1, row[j - 1] + 1, last[j - 1] + (same ? 0 : 1)});
            if (i > 1 && j > 1 && lower(a[i - 1]) == lower(b[j - 2]) &&
                lower(a[i - 2]) == lower(b[j - 1])) {
                row[j] = std::min(row[j], before_last[j - 2] + 1);
            }
        }
    }
    return row[b.size()];
}

}  // namespace

std::string nearest_name(std::string_view name, std::span<const std::string> candidates) {
    if (name.size() > longest_slip) {
        return {};
    }
    std::size_t least = 1 + name.size() / 4 + 1;
    std::string nearest;
    for (const std::string& candidate : candidates) {
        const std::size_t longer = std::max(candidate.size(), name.size());
        if (longer - std::min(candidate.size(), name.size()) >= least) {
            continue;
        }
        const std::size_t edits = distance(name, candidate);
        // A name that shares nothing with the candidate is no slip, however short both are.
        if (edits < least && edits < longer) {
            least = edits;
            nearest = candidate;
        }
    }
    return nearest;
}

std::string did_you_mean(std::string_view name, std::span<const std::string> candidates) {
    const std::string nearest = nearest_name(name, candidates);
    return nearest.empty() ? "" : " (did you mean '" + visible(nearest) + "'?)";
}

}  // namespace metricgate::support
