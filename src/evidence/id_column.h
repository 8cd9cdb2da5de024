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
    /// `id` is a view into the column's bytes behind all earlier such views, or any other text,
    /// which is copied.
    void push_back(std::string_view id);
    [[nodiscard]] std::string_view operator[](std::size_t row) const noexcept;
    [[nodiscard]] std::size_t size() const noexcept;
    [[nodiscard]] bool empty() const noexcept { return size() == 0; }

private:
    struct Checkpoint {
        std::uint64_t offset;  ///< of the first id of a block of `block` rows
    };
    static constexpr std::size_t block = 64;
    support::Bytes m_bytes;
    std::vector<Checkpoint> m_checkpoints;
    std::vector<std::uint16_t>
        m_steps;  ///< distance to the previous id's start; `apart` marks a stored id
    std::vector<std::uint8_t> m_lengths;  ///< `apart` when the id is stored apart
    std::vector<std::pair<std::uint32_t, std::string>> m_apart;  ///< by row, ascending
    std::uint64_t m_last = 0;
    std::size_t m_rows = 0;
};

}  // namespace metricgate::evidence
