#include "evidence/column.h"

#include <algorithm>
#include <bit>
#include <numeric>

#include "support/number.h"

namespace metricgate::evidence {

namespace {

constexpr std::uint64_t missing_bits = 0x7ff8006d69737367ULL;  // a quiet NaN, payload "missg"

/// A name with what it sorts by.
struct SortedName {
    bool is_number = false;
    double number = 0.0;
    std::string text;
    std::uint32_t code = 0;  ///< before sorting

    [[nodiscard]] bool before(const SortedName& other) const {
        if (is_number != other.is_number) {
            return is_number;
        }
        if (is_number && number != other.number) {
            return number < other.number;
        }
        return text < other.text;
    }
};

}  // namespace

double missing_value() noexcept {
    return std::bit_cast<double>(missing_bits);
}

bool is_missing(double value) noexcept {
    return std::bit_cast<std::uint64_t>(value) == missing_bits;
}

std::string canonical_label(std::string_view text) {
    const support::ParsedNumber number = support::parse_number(text);
    return number.kind == support::NumberKind::finite ? support::format_exact(number.value)
                                                      : std::string(text);
}

void sort_names(CategoryColumn& column) {
    std::vector<SortedName> sorted;
    sorted.reserve(column.names.size());
    for (std::string& name : column.names) {
        const support::ParsedNumber number = support::parse_number(name);
        const bool is_number = number.kind == support::NumberKind::finite;
        sorted.push_back(
            {is_number, number.value, std::move(name), static_cast<std::uint32_t>(sorted.size())});
    }
    std::sort(sorted.begin(), sorted.end(),
              [](const SortedName& a, const SortedName& b) { return a.before(b); });
    std::vector<std::uint32_t> map(sorted.size());
    column.names.clear();
    for (SortedName& name : sorted) {
        if (column.names.empty() || column.names.back() != name.text) {
            column.names.push_back(std::move(name.text));
        }
        map[name.code] = static_cast<std::uint32_t>(column.names.size() - 1);
    }
    column.codes.recode(map);
}

}  // namespace metricgate::evidence
