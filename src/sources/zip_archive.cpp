#include "sources/zip_archive.h"

#include <algorithm>
#include <limits>
#include <memory>
#include <optional>
#include <utility>

#include "sources/little_endian.h"
#include "sources/zip_inflate.h"
#include "support/text.h"

namespace metricgate::sources {

namespace {

// Sizes without their variable parts, and marks, of APPNOTE.TXT 6.3.10.
constexpr std::size_t end_size = 22;
constexpr std::size_t locator_size = 20;
constexpr std::size_t end64_size = 56;
constexpr std::size_t entry_size = 46;
constexpr std::size_t header_size = 30;
constexpr std::string_view end_mark = "PK\x05\x06";
constexpr std::string_view locator_mark = "PK\x06\x07";
constexpr std::string_view end64_mark = "PK\x06\x06";
constexpr std::string_view entry_mark = "PK\x01\x02";
constexpr std::string_view header_mark = "PK\x03\x04";
constexpr std::uint32_t in_zip64 = 0xffffffffU;

bool marked(std::string_view bytes, std::size_t at, std::string_view mark, std::size_t size) {
    return at <= bytes.size() && bytes.size() - at >= size && bytes.substr(at, mark.size()) == mark;
}

/// Where the directory stands and how many entries it has.
struct Directory {
    std::uint64_t start = 0;
    std::uint64_t size = 0;
    std::uint64_t entries = 0;
    std::uint64_t end = 0;  ///< where the records of the end begin
};

/// Why the bytes are no archive, as one sentence; or the directory.
struct Found {
    Directory directory;
    std::string problem;
};

constexpr std::string_view no_end =
    "the zip archive has no directory at its end: the file was not written or fetched whole, or "
    "other bytes stand behind it";

Found find_directory(std::string_view bytes) {
    constexpr std::size_t longest_comment = 65535;
    std::optional<std::size_t> end;
    for (std::size_t comment = 0; comment <= longest_comment && comment + end_size <= bytes.size();
         ++comment) {
        const std::size_t at = bytes.size() - end_size - comment;
        if (marked(bytes, at, end_mark, end_size) &&
            little_endian<std::uint16_t>(bytes, at + 20) == comment) {
            end = at;
            break;
        }
    }
    if (!end) {
        return {{}, std::string(no_end)};
    }
    Directory directory;
    directory.entries = little_endian<std::uint16_t>(bytes, *end + 10);
    directory.size = little_endian<std::uint32_t>(bytes, *end + 12);
    directory.start = little_endian<std::uint32_t>(bytes, *end + 16);
    directory.end = *end;
    bool one_disk = little_endian<std::uint16_t>(bytes, *end + 4) == 0 &&
                    little_endian<std::uint16_t>(bytes, *end + 6) == 0 &&
                    little_endian<std::uint16_t>(bytes, *end + 8) == directory.entries;
    if (*end >= locator_size && marked(bytes, *end - locator_size, locator_mark, locator_size)) {
        const auto at = little_endian<std::uint64_t>(bytes, *end - locator_size + 8);
        const std::size_t behind = *end - locator_size;
        if (at > behind || behind - at != end64_size ||
            !marked(bytes, static_cast<std::size_t>(at), end64_mark, end64_size)) {
            return {{}, "the ZIP64 end of the archive is damaged"};
        }
        const auto end64 = static_cast<std::size_t>(at);
        directory.entries = little_endian<std::uint64_t>(bytes, end64 + 32);
        directory.size = little_endian<std::uint64_t>(bytes, end64 + 40);
        directory.start = little_endian<std::uint64_t>(bytes, end64 + 48);
        directory.end = at;
        one_disk = little_endian<std::uint32_t>(bytes, end64 + 16) == 0 &&
                   little_endian<std::uint32_t>(bytes, end64 + 20) == 0 &&
                   little_endian<std::uint64_t>(bytes, end64 + 24) == directory.entries;
    }
    if (!one_disk) {
        return {{}, "the zip archive is one part of several"};
    }
    if (directory.start > directory.end || directory.end - directory.start != directory.size) {
        return {{}, "the directory of the zip archive does not lie at its end"};
    }
    if (directory.entries > directory.size / entry_size) {
        return {
            {},
            "the directory of the zip archive is shorter than its " +
                support::count_of(static_cast<std::size_t>(directory.entries), "entry", "entries")};
    }
    return {directory, {}};
}

/// What is wrong with the name of a member; empty when it can be used.
std::string_view fault_of_name(std::string_view name) {
    if (name.empty() || name.find('\0') != std::string_view::npos ||
        support::find_invalid_utf8(name) != std::string_view::npos) {
        return "has a name that is empty or no UTF-8 text";
    }
    if (name.front() == '/' || name.find('\\') != std::string_view::npos) {
        return "has a name that is no relative path";
    }
    for (std::size_t at = 0; at <= name.size();) {
        const std::size_t slash = std::min(name.find('/', at), name.size());
        if (name.substr(at, slash - at) == "..") {
            return "has a name that leads out of the archive";
        }
        at = slash + 1;
    }
    return {};
}

/// Takes the values that stand in the ZIP64 field of an entry, in their fixed order, where the
/// entry itself says so.
bool take_zip64(std::string_view extra, ZipMember& member, std::uint64_t& header) {
    constexpr std::uint16_t zip64_field = 1;
    constexpr std::size_t field_head = 4;
    while (extra.size() >= field_head) {
        const auto length = little_endian<std::uint16_t>(extra, 2);
        if (extra.size() - field_head < length) {
            return false;
        }
        if (little_endian<std::uint16_t>(extra, 0) == zip64_field) {
            std::string_view field = extra.substr(field_head, length);
            for (std::uint64_t* value : {&member.size, &member.packed, &header}) {
                if (*value != in_zip64) {
                    continue;
                }
                if (field.size() < sizeof(std::uint64_t)) {
                    return false;
                }
                *value = little_endian<std::uint64_t>(field, 0);
                field.remove_prefix(sizeof(std::uint64_t));
            }
            return true;
        }
        extra.remove_prefix(field_head + length);
    }
    return member.size != in_zip64 && member.packed != in_zip64 && header != in_zip64;
}

struct Entry {
    ZipMember member;
    std::uint64_t header = 0;  ///< where its local header begins
    bool encrypted = false;
};

/// Reads the entry at `at` and moves behind it.
bool read_entry(std::string_view bytes, std::size_t& at, std::size_t end, Entry& entry) {
    if (end - at < entry_size || !marked(bytes, at, entry_mark, entry_size)) {
        return false;
    }
    const std::size_t name = little_endian<std::uint16_t>(bytes, at + 28);
    const std::size_t extra = little_endian<std::uint16_t>(bytes, at + 30);
    const std::size_t comment = little_endian<std::uint16_t>(bytes, at + 32);
    if (end - at - entry_size < name + extra + comment) {
        return false;
    }
    ZipMember& member = entry.member;
    entry.encrypted = (little_endian<std::uint16_t>(bytes, at + 8) & 1U) != 0;
    member.method = little_endian<std::uint16_t>(bytes, at + 10);
    member.crc = little_endian<std::uint32_t>(bytes, at + 16);
    member.packed = little_endian<std::uint32_t>(bytes, at + 20);
    member.size = little_endian<std::uint32_t>(bytes, at + 24);
    entry.header = little_endian<std::uint32_t>(bytes, at + 42);
    member.name = std::string(bytes.substr(at + entry_size, name));
    const std::string_view field = bytes.substr(at + entry_size + name, extra);
    at += entry_size + name + extra + comment;
    return take_zip64(field, member, entry.header);
}

/// Compares a member's own header with the directory and finds where its bytes begin.
bool locate(std::string_view bytes, const Directory& directory, Entry& entry) {
    ZipMember& member = entry.member;
    if (entry.header > directory.start || directory.start - entry.header < header_size) {
        return false;
    }
    const auto at = static_cast<std::size_t>(entry.header);
    if (!marked(bytes, at, header_mark, header_size) ||
        little_endian<std::uint16_t>(bytes, at + 8) != member.method) {
        return false;
    }
    const std::size_t name = little_endian<std::uint16_t>(bytes, at + 26);
    const std::size_t extra = little_endian<std::uint16_t>(bytes, at + 28);
    const std::uint64_t left = directory.start - entry.header - header_size;
    if (left < name + extra || left - name - extra < member.packed ||
        bytes.substr(at + header_size, name) != member.name) {
        return false;
    }
    member.start = entry.header + header_size + name + extra;
    return true;
}

bool any_overlap(std::vector<Entry>& entries) {
    std::sort(entries.begin(), entries.end(),
              [](const Entry& a, const Entry& b) { return a.header < b.header; });
    for (std::size_t i = 1; i < entries.size(); ++i) {
        if (entries[i].header < entries[i - 1].member.start + entries[i - 1].member.packed) {
            return true;
        }
    }
    return false;
}

std::string called(const ZipMember& member) {
    return "the member '" + support::visible(member.name) + "'";
}

}  // namespace

bool ZipArchive::is_zip(std::string_view bytes) noexcept {
    return bytes.starts_with(header_mark) || bytes.starts_with(end_mark);
}

support::Result<ZipArchive> ZipArchive::open(support::Bytes bytes, std::string source,
                                             const ZipLimits& limits) {
    const std::string_view all = bytes.view();
    const auto refused = [&](std::string message) {
        return support::problem_in(source, std::move(message));
    };
    const Found found = find_directory(all);
    if (!found.problem.empty()) {
        return refused(found.problem);
    }
    const Directory& directory = found.directory;
    if (directory.entries > limits.members) {
        return refused("the zip archive has more than " +
                       support::count_of(limits.members, "member", "members"));
    }
    std::vector<Entry> entries;
    auto at = static_cast<std::size_t>(directory.start);
    const auto end = static_cast<std::size_t>(directory.end);
    std::uint64_t unpacked = 0;
    const std::uint64_t most = limits.growth.of(all.size(), limits.unpacked);
    for (std::uint64_t i = 0; i < directory.entries; ++i) {
        Entry entry;
        if (!read_entry(all, at, end, entry)) {
            return refused("the directory of the zip archive is damaged at byte " +
                           std::to_string(at));
        }
        if (const std::string_view fault = fault_of_name(entry.member.name); !fault.empty()) {
            return refused(called(entry.member) + " " + std::string(fault));
        }
        if (entry.encrypted) {
            return refused(called(entry.member) + " is encrypted");
        }
        if (!locate(all, directory, entry)) {
            return refused(called(entry.member) +
                           " does not stand where the directory says; the archive is damaged");
        }
        if (entry.member.size > most - unpacked) {
            const std::string limit =
                support::count_of(static_cast<std::size_t>(most), "byte", "bytes");
            return refused("the members of the zip archive unpack to more than the limit of " +
                           limit +
                           (most < limits.unpacked ? " for an archive of its size; if it is no "
                                                     "attack, pack it anew without compression"
                                                   : ""));
        }
        unpacked += entry.member.size;
        entries.push_back(std::move(entry));
    }
    if (at != end) {
        return refused("the directory of the zip archive has more in it than its entries");
    }
    if (any_overlap(entries)) {
        return refused("members of the zip archive share bytes");
    }
    ZipArchive archive;
    for (Entry& entry : entries) {
        if (entry.member.name.back() != '/') {
            archive.m_members.push_back(std::move(entry.member));
        }
    }
    const auto by_name = [](const ZipMember& a, const ZipMember& b) { return a.name < b.name; };
    std::sort(archive.m_members.begin(), archive.m_members.end(), by_name);
    const auto twice =
        std::adjacent_find(archive.m_members.begin(), archive.m_members.end(),
                           [](const ZipMember& a, const ZipMember& b) { return a.name == b.name; });
    if (twice != archive.m_members.end()) {
        return refused(called(*twice) + " stands twice in the zip archive");
    }
    archive.m_bytes = std::move(bytes);
    archive.m_source = std::move(source);
    return archive;
}

const ZipMember* ZipArchive::find(std::string_view name) const {
    const auto found = std::lower_bound(
        m_members.begin(), m_members.end(), name,
        [](const ZipMember& member, std::string_view wanted) { return member.name < wanted; });
    return found != m_members.end() && found->name == name ? &*found : nullptr;
}

support::Result<support::Bytes> ZipArchive::read(const ZipMember& member) const {
    constexpr std::uint16_t stored = 0;
    constexpr std::uint16_t deflate = 8;
    constexpr std::uint16_t zstd = 93;
    const auto refused = [&](const std::string& message) {
        return support::problem_in(m_source, called(member) + " " + message);
    };
    const std::string_view packed = m_bytes.view().substr(static_cast<std::size_t>(member.start),
                                                          static_cast<std::size_t>(member.packed));
    support::Bytes result;
    if (member.method == stored) {
        if (member.packed != member.size) {
            return refused("is stored, but the directory gives it two sizes");
        }
        result = support::Bytes(std::make_shared<const support::Bytes>(m_bytes), packed);
    } else if (member.method == deflate || member.method == zstd) {
        Inflated inflated = member.method == deflate ? inflate_deflate(packed, member.size)
                                                     : inflate_zstd(packed, member.size);
        if (!inflated.problem.empty()) {
            return refused(inflated.problem);
        }
        result = support::Bytes::of(std::move(inflated.bytes));
    } else {
        return refused("is packed by method " + std::to_string(member.method) +
                       "; wanted stored (0), deflate (8) or zstd (93)");
    }
    if (crc32_of(result.view()) != member.crc) {
        return refused("is damaged: its checksum is not the one in the directory");
    }
    return result;
}

}  // namespace metricgate::sources
