#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "support/files.h"

namespace metricgate::evidence {

/// The ids of a file's rows without copying them: the bytes of the file are kept and each row
/// remembers how far its id lies behind the previous one and how long it is (3 bytes a row for
/// ordinary files). Ids that do not stand in the file as they are (quoted, escaped, or not text)
/// are stored apart.
class IdColumn {
public:
    IdColumn() = default;
    /// Ids that will be views into `bytes`.
    explicit IdColumn(support::Bytes bytes) : m_bytes(std::move(bytes)) {}

    void reserve(std::size_t rows);
    /// `id` is a view into the column's bytes, or any other text, which is copied. Views in the
    /// order of the file cost least.
    void push_back(std::string_view id);
    /// Valid as long as the column lives, also while it grows or is moved.
    [[nodiscard]] std::string_view operator[](std::size_t row) const noexcept;
    [[nodiscard]] std::size_t size() const noexcept;
    [[nodiscard]] bool empty() const noexcept { return size() == 0; }

private:
    /// A row whose id is too long or too far from the previous one for its two small numbers, or
    /// does not stand in the file.
    struct Apart {
        std::uint64_t place = 0;  ///< offset in the file, or `stored` with chunk and position
        std::uint64_t length = 0;
        std::uint32_t row = 0;
    };
    static constexpr std::size_t block = 64;
    static constexpr std::uint16_t apart = 0xffff;
    static constexpr std::uint64_t stored = std::uint64_t{1} << 63;

    void add_apart(std::uint64_t place, std::uint64_t length);
    [[nodiscard]] std::uint64_t store(std::string_view id);
    [[nodiscard]] std::vector<Apart>::const_iterator apart_from(std::size_t row) const;
    [[nodiscard]] std::string_view text(const Apart& id) const;

    support::Bytes m_bytes;
    std::vector<std::uint64_t> m_checkpoints;  ///< where the id before each block of rows starts
    std::vector<std::uint16_t> m_steps;        ///< from the previous id in the file, or `apart`
    std::vector<std::uint8_t> m_lengths;
    std::vector<Apart> m_apart;               ///< by row, ascending
    std::vector<std::vector<char>> m_chunks;  ///< never reallocated, so that views stay valid
    std::uint64_t m_last = 0;                 ///< start of the last id that stands in the file
};

}  // namespace metricgate::evidence
