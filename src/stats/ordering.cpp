#include "stats/ordering.h"

#include <algorithm>
#include <array>
#include <bit>
#include <cassert>
#include <cstring>
#include <limits>
#include <utility>
#include <vector>

namespace metricgate::stats {

namespace {

using Visit = std::function<void(std::span<const std::uint32_t>)>;

/// A position with its value as an integer of the same order.
struct Keyed {
    std::uint64_t key = 0;
    std::uint32_t row = 0;
};

// Below this a comparison sort is faster than clearing the digit counts.
constexpr std::size_t radix_from = 1024;
constexpr unsigned digit_bits = 11;
constexpr std::size_t digits = 6;  // 6 * 11 bits hold the 64 of a key
constexpr std::size_t digit_values = std::size_t{1} << digit_bits;

// Values are sorted in so many parts, each inside the cache. Parts are collected a few at a time,
// in a batch that a byte a row names: every batch costs a walk over the values. The borders come
// from a sample; they decide about memory, never about a result.
constexpr std::size_t most_parts = 64;
constexpr std::size_t parts_a_batch = 4;
constexpr std::size_t samples_a_part = 64;
constexpr std::size_t rows_a_part = 4096;

// A double's bits as an integer in the double's order: negative numbers reversed, below positive
// ones. `flip` of all ones turns the order around.
std::uint64_t key_of(double value, std::uint64_t flip) {
    const auto bits = std::bit_cast<std::uint64_t>(value + 0.0);  // -0 becomes 0
    constexpr std::uint64_t sign = 1ULL << 63;
    return ((bits & sign) != 0 ? ~bits : bits | sign) ^ flip;
}

std::size_t digit_of(std::uint64_t key, std::size_t digit) {
    return (key >> (digit * digit_bits)) & (digit_values - 1);
}

/// By key; rows come in ascending order and stay so within a key.
void sort_keyed(std::span<Keyed> rows, std::span<Keyed> scratch) {
    if (rows.size() < radix_from) {
        std::ranges::sort(rows, [](const Keyed& left, const Keyed& right) {
            return left.key != right.key ? left.key < right.key : left.row < right.row;
        });
        return;
    }
    // Least significant digit first; a digit that all keys share needs no pass.
    std::vector<std::array<std::uint32_t, digit_values>> counts(digits);
    for (const Keyed& row : rows) {
        for (std::size_t digit = 0; digit < digits; ++digit) {
            ++counts[digit][digit_of(row.key, digit)];
        }
    }
    std::span<Keyed> from = rows;
    std::span<Keyed> to = scratch.first(rows.size());
    for (std::size_t digit = 0; digit < digits; ++digit) {
        auto& count = counts[digit];
        if (count[digit_of(from.front().key, digit)] == rows.size()) {
            continue;
        }
        std::uint32_t start = 0;
        for (std::uint32_t& entry : count) {
            start += std::exchange(entry, start);
        }
        for (const Keyed& row : from) {
            to[count[digit_of(row.key, digit)]++] = row;
        }
        std::swap(from, to);
    }
    if (from.data() != rows.data()) {
        std::ranges::copy(from, rows.begin());
    }
}

/// The lowest key of every part but the first. A value that fills parts alone gets a part of its
/// own, which needs no sorting.
std::vector<std::uint64_t> part_borders(std::span<const double> values, std::uint64_t flip) {
    const std::size_t parts = std::min(most_parts, values.size() / rows_a_part);
    std::vector<std::uint64_t> borders;
    if (parts < 2) {
        return borders;
    }
    std::vector<std::uint64_t> sample(parts * samples_a_part);
    for (std::size_t i = 0; i < sample.size(); ++i) {
        // Multiples of the golden ratio are spread evenly without following a period of the rows.
        const std::uint64_t spread = ((i + 1) * 0x9E3779B97F4A7C15ULL) >> 32;
        sample[i] = key_of(values[(spread * values.size()) >> 32], flip);
    }
    std::ranges::sort(sample);
    for (std::size_t part = 1; part < parts; ++part) {
        const std::uint64_t border = sample[part * samples_a_part];
        const bool again = border == sample[(part - 1) * samples_a_part];
        if (!again || borders.empty()) {
            borders.push_back(border);
        }
        if (again && border < std::numeric_limits<std::uint64_t>::max()) {
            borders.push_back(border + 1);
        }
    }
    std::ranges::sort(borders);
    // Not std::ranges::unique: clang 14 cannot compile libstdc++ 12's subrange.
    borders.erase(std::unique(borders.begin(), borders.end()), borders.end());
    return borders;
}

/// The borders at or below a key, counted without branches to mispredict.
class Borders {
public:
    explicit Borders(std::vector<std::uint64_t> borders) : m_count(borders.size()) {
        m_padded.fill(std::numeric_limits<std::uint64_t>::max());
        std::ranges::copy(borders, m_padded.begin());
    }

    [[nodiscard]] std::size_t size() const noexcept { return m_count; }
    [[nodiscard]] std::uint64_t operator[](std::size_t index) const { return m_padded[index]; }
    [[nodiscard]] std::size_t at_or_below(std::uint64_t key) const noexcept {
        std::size_t count = 0;
        for (std::size_t step = m_padded.size() / 2; step > 0; step /= 2) {
            count += m_padded[count + step - 1] <= key ? step : 0;
        }
        return std::min(count, m_count);
    }

private:
    std::array<std::uint64_t, 2 * most_parts> m_padded;  // one more than there can be
    std::size_t m_count;
};

/// The parts of the values, one after the other.
class Parts {
public:
    Parts(std::span<const double> values, std::uint64_t flip, const Visit& visit)
        : m_values(values), m_flip(flip), m_visit(visit), m_borders(part_borders(values, flip)) {}

    void visit_all() {
        mark_rows();
        plan_batches();
        for (std::size_t batch = 0; batch + 1 < m_batches.size(); ++batch) {
            const std::size_t first = m_batches[batch];
            const std::size_t end = m_batches[batch + 1];
            if (holds_one_value(first)) {
                collect(first, end, [this](std::uint32_t row) { m_tied.push_back(row); });
                visit_tied();
            } else {
                visit_batch(first, end);
            }
        }
    }

private:
    [[nodiscard]] bool holds_one_value(std::size_t part) const {
        return part > 0 && part < m_borders.size() && m_borders[part] == m_borders[part - 1] + 1;
    }

    void mark_rows() {
        m_counts.assign(m_borders.size() + 1, 0);
        if (m_borders.size() == 0) {
            m_counts.front() = m_values.size();
            return;
        }
        m_part_of.resize(m_values.size());
        for (std::size_t row = 0; row < m_values.size(); ++row) {
            const std::size_t part = m_borders.at_or_below(key_of(m_values[row], m_flip));
            m_part_of[row] = static_cast<std::uint8_t>(part);
            ++m_counts[part];
        }
    }

    /// A part of one value is a batch of its own. Rows are marked with their batch from here on.
    void plan_batches() {
        std::vector<std::uint8_t> batch_of;
        std::size_t largest_part = 0;
        std::size_t largest_batch = 0;
        std::size_t largest_tied = 0;
        std::size_t rows = 0;
        for (std::size_t part = 0; part < m_counts.size(); ++part) {
            const bool tied = holds_one_value(part);
            const bool opens = part == 0 || tied || holds_one_value(part - 1) ||
                               part - m_batches.back() == parts_a_batch;
            if (opens) {
                m_batches.push_back(part);
                rows = 0;
            }
            batch_of.push_back(static_cast<std::uint8_t>(m_batches.size() - 1));
            rows += m_counts[part];
            if (tied) {
                largest_tied = std::max(largest_tied, rows);
            } else {
                largest_part = std::max(largest_part, m_counts[part]);
                largest_batch = std::max(largest_batch, rows);
            }
        }
        m_batches.push_back(m_counts.size());
        for (std::uint8_t& mark : m_part_of) {
            mark = batch_of[mark];
        }
        m_rows.resize(largest_batch);
        m_scratch.resize(largest_part);
        m_tied.reserve(largest_tied);
    }

    /// The rows of the batch of parts from `first` to before `end`, ascending.
    template <class Take>
    void collect(std::size_t first, std::size_t end, const Take& take) const {
        if (m_part_of.empty()) {
            for (std::uint32_t row = 0; row < m_values.size(); ++row) {
                take(row);
            }
            return;
        }
        std::size_t left = 0;
        for (std::size_t part = first; part < end; ++part) {
            left += m_counts[part];
        }
        const auto batch = static_cast<std::size_t>(std::ranges::lower_bound(m_batches, first) -
                                                    m_batches.begin());
        const std::uint8_t* const begin = m_part_of.data();
        for (const std::uint8_t* at = begin; left > 0; --left, ++at) {
            at = static_cast<const std::uint8_t*>(
                std::memchr(at, static_cast<int>(batch),
                            m_part_of.size() - static_cast<std::size_t>(at - begin)));
            take(static_cast<std::uint32_t>(at - begin));
        }
    }

    void visit_batch(std::size_t first, std::size_t end) {
        std::array<std::size_t, parts_a_batch> next{};
        for (std::size_t part = first; part + 1 < end; ++part) {
            next[part + 1 - first] = next[part - first] + m_counts[part];
        }
        collect(first, end, [&](std::uint32_t row) {
            const std::uint64_t key = key_of(m_values[row], m_flip);
            std::size_t part = first;
            while (part + 1 < end && m_borders[part] <= key) {
                ++part;
            }
            m_rows[next[part - first]++] = {key, row};
        });
        for (std::size_t part = first; part < end; ++part) {
            const std::size_t count = m_counts[part];
            const std::span<Keyed> sorted =
                std::span(m_rows).subspan(next[part - first] - count, count);
            sort_keyed(sorted, m_scratch);
            for (std::size_t at = 0; at < count; ++at) {
                m_tied.push_back(sorted[at].row);
                if (at + 1 == count || sorted[at + 1].key != sorted[at].key) {
                    visit_tied();
                }
            }
        }
    }

    void visit_tied() {
        if (!m_tied.empty()) {
            m_visit(m_tied);
            m_tied.clear();
        }
    }

    std::span<const double> m_values;
    std::uint64_t m_flip;
    const Visit& m_visit;
    Borders m_borders;
    std::vector<std::size_t> m_counts;    ///< rows of each part
    std::vector<std::size_t> m_batches;   ///< the first part of each, and the end
    std::vector<std::uint8_t> m_part_of;  ///< later the batch; empty: all rows are of one part
    std::vector<Keyed> m_rows;            ///< of the batch in hand
    std::vector<Keyed> m_scratch;
    std::vector<std::uint32_t> m_tied;
};

}  // namespace

void visit_by_value(std::span<const double> values, ByValue order, const Visit& visit) {
    assert(values.size() <= std::numeric_limits<std::uint32_t>::max());
    if (values.empty()) {
        return;
    }
    const std::uint64_t flip = order == ByValue::ascending ? 0 : ~std::uint64_t{0};
    Parts(values, flip, visit).visit_all();
}

}  // namespace metricgate::stats
