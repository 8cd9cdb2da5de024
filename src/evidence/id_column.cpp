#include "evidence/id_column.h"

#include <algorithm>
#include <cassert>
#include <functional>
#include <limits>
#include <optional>

namespace metricgate::evidence {

namespace {

constexpr std::size_t chunk_size = std::size_t{1} << 16;
constexpr std::uint64_t position_mask = 0xffffffffULL;
constexpr unsigned chunk_shift = 32;

/// Where `part` starts in `whole`, when it is a view into it.
std::optional<std::uint64_t> offset_in(std::string_view whole, std::string_view part) {
    // Only std::less_equal orders pointers into different objects.
    const std::less_equal<const char*> not_after;
    const bool inside = !whole.empty() && part.data() != nullptr &&
                        not_after(whole.data(), part.data()) &&
                        not_after(part.data() + part.size(), whole.data() + whole.size());
    if (!inside) {
        return std::nullopt;
    }
    return static_cast<std::uint64_t>(part.data() - whole.data());
}

}  // namespace

void IdColumn::reserve(std::size_t rows) {
    m_checkpoints.reserve(rows / block + 1);
    m_steps.reserve(rows);
    m_lengths.reserve(rows);
}

void IdColumn::push_back(std::string_view id) {
    assert(size() < std::numeric_limits<std::uint32_t>::max());
    if (size() % block == 0) {
        m_checkpoints.push_back(m_last);
    }
    const auto offset = offset_in(m_bytes.view(), id);
    if (!offset) {
        add_apart(store(id), id.size());
        return;
    }
    const bool near = *offset >= m_last && *offset - m_last < apart;
    const bool is_short = id.size() <= std::numeric_limits<std::uint8_t>::max();
    if (near && is_short) {
        m_steps.push_back(static_cast<std::uint16_t>(*offset - m_last));
        m_lengths.push_back(static_cast<std::uint8_t>(id.size()));
    } else {
        add_apart(*offset, id.size());
    }
    m_last = *offset;
}

std::string_view IdColumn::operator[](std::size_t row) const noexcept {
    if (m_steps[row] == apart) {
        return text(*apart_from(row));
    }
    const std::size_t first = row - row % block;
    std::uint64_t start = m_checkpoints[row / block];
    bool any_apart = false;
    for (std::size_t i = first; i <= row; ++i) {
        any_apart |= m_steps[i] == apart;
        start += m_steps[i];
    }
    if (any_apart) {
        // Walk again: an id in the file says where it starts, a stored one changes nothing.
        start = m_checkpoints[row / block];
        auto next = apart_from(first);
        for (std::size_t i = first; i <= row; ++i) {
            if (m_steps[i] != apart) {
                start += m_steps[i];
                continue;
            }
            start = (next->place & stored) == 0 ? next->place : start;
            ++next;
        }
    }
    return m_bytes.view().substr(start, m_lengths[row]);
}

std::size_t IdColumn::size() const noexcept {
    return m_steps.size();
}

void IdColumn::add_apart(std::uint64_t place, std::uint64_t length) {
    m_apart.push_back({place, length, static_cast<std::uint32_t>(size())});
    m_steps.push_back(apart);
    m_lengths.push_back(0);
}

std::uint64_t IdColumn::store(std::string_view id) {
    if (m_chunks.empty() || m_chunks.back().capacity() - m_chunks.back().size() < id.size()) {
        m_chunks.emplace_back().reserve(std::max(chunk_size, id.size()));
    }
    std::vector<char>& chunk = m_chunks.back();
    const std::uint64_t position = chunk.size();
    chunk.insert(chunk.end(), id.begin(), id.end());
    return stored | (static_cast<std::uint64_t>(m_chunks.size() - 1) << chunk_shift) | position;
}

std::vector<IdColumn::Apart>::const_iterator IdColumn::apart_from(std::size_t row) const {
    return std::lower_bound(m_apart.begin(), m_apart.end(), row,
                            [](const Apart& id, std::size_t wanted) { return id.row < wanted; });
}

std::string_view IdColumn::text(const Apart& id) const {
    if ((id.place & stored) == 0) {
        return m_bytes.view().substr(id.place, id.length);
    }
    const std::vector<char>& chunk = m_chunks[(id.place & ~stored) >> chunk_shift];
    return {chunk.data() + (id.place & position_mask), id.length};
}

}  // namespace metricgate::evidence
