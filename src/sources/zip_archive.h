#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "sources/unpacked_limit.h"
#include "support/files.h"
#include "support/result.h"

namespace metricgate::sources {

/// A file in a zip archive, as the central directory lists it.
struct ZipMember {
    std::string name;  ///< relative, `/` between the parts, no `..`; UTF-8
    std::uint16_t method =
        0;                  ///< 0 stored, 8 deflate, 93 zstd; others are refused when they are read
    std::uint32_t crc = 0;  ///< CRC-32 of what comes out
    std::uint64_t packed = 0;  ///< bytes in the archive
    std::uint64_t size = 0;    ///< bytes that come out
    std::uint64_t start = 0;   ///< where the packed bytes begin
};

struct ZipLimits {
    std::size_t members = 200'000;
    std::uint64_t unpacked = std::uint64_t{4} << 30;  ///< of all members together
    UnpackedLimit growth;
};

/// The members of a zip archive (ZIP64 too), read through its central directory. The directory must
/// fill the end of the file exactly, every member must begin with a header that agrees with it, and
/// no two may share bytes: what programs disagree about is refused.
class ZipArchive {
public:
    /// By the first bytes. An archive without members begins with its end.
    [[nodiscard]] static bool is_zip(std::string_view bytes) noexcept;
    /// Reads the directory, no member. `source` is what messages call the archive.
    static support::Result<ZipArchive> open(support::Bytes bytes, std::string source,
                                            const ZipLimits& limits = {});

    /// By name, ascending, unique. Folders are left out.
    [[nodiscard]] const std::vector<ZipMember>& members() const noexcept { return m_members; }
    [[nodiscard]] const ZipMember* find(std::string_view name) const;
    /// What a member of this archive holds, its size and checksum compared. A stored member is not
    /// copied.
    [[nodiscard]] support::Result<support::Bytes> read(const ZipMember& member) const;

private:
    support::Bytes m_bytes;
    std::string m_source;
    std::vector<ZipMember> m_members;
};

}  // namespace metricgate::sources
