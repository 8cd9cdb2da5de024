#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace metricgate::sources {

/// True for a transaction log of W&B: what a run writes beside the network, or instead of it.
bool begins_as_wandb_log(std::string_view bytes);

/// The records of such a log: LevelDB's log format in blocks of 32 KiB, each piece with the CRC-32
/// of its kind and bytes.
class WandbRecords {
public:
    enum class Next {
        record,
        end,      ///< behind the last record
        cut,      ///< the file ends inside a record
        damaged,  ///< a checksum is wrong, or pieces do not fit together
    };

    /// `bytes` begin with W&B's mark.
    explicit WandbRecords(std::string_view bytes);

    Next next();
    /// The record that `next` found, put together of its pieces.
    [[nodiscard]] std::string_view record() const noexcept { return m_record; }
    /// Where that record begins, or where the file ends too early or is damaged.
    [[nodiscard]] std::size_t offset() const noexcept { return m_offset; }

private:
    std::string_view m_bytes;
    std::string m_record;
    std::size_t m_offset = 0;
    std::size_t m_next;
};

}  // namespace metricgate::sources
