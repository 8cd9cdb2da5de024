#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

namespace metricgate::sources {

/// CRC-32C (Castagnoli), as TensorFlow masks it.
std::uint32_t masked_crc32c(std::string_view bytes) noexcept;

/// The records of a TFRecord file: a length, its checksum, the bytes, their checksum.
class TfRecords {
public:
    enum class Next {
        record,
        end,      ///< behind the last record
        cut,      ///< the file ends inside a record: it is still written, or was not copied whole
        damaged,  ///< a checksum is wrong
    };

    explicit TfRecords(std::string_view bytes) : m_bytes(bytes) {}

    Next next();
    /// The bytes of the record that `next` found.
    [[nodiscard]] std::string_view record() const noexcept { return m_record; }
    /// Where that record begins, or where the file ends too early or is damaged.
    [[nodiscard]] std::size_t offset() const noexcept { return m_offset; }

private:
    std::string_view m_bytes;
    std::string_view m_record;
    std::size_t m_offset = 0;
    std::size_t m_next = 0;
};

}  // namespace metricgate::sources
