#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include <zlib.h>
#include <zstd.h>

namespace reading {

/// What `zip_of` writes of a member; the fields behind `method` are for archives that lie.
struct ZipPart {
    std::string name;
    std::string content;
    std::uint16_t method = 8;
    std::int64_t size_off = 0;        ///< added to the size that is written
    std::string name_in_header = "";  ///< other than the directory's
    std::uint16_t flags = 0;
    bool zip64 = false;  ///< sizes in the ZIP64 field, as numpy has them written
    std::uint32_t crc_off = 0;
};

inline std::string little(std::uint64_t value, std::size_t bytes) {
    std::string text;
    for (std::size_t i = 0; i < bytes; ++i) {
        text += static_cast<char>((value >> (8 * i)) & 0xff);
    }
    return text;
}

/// Deflate as in a zip archive, or with the head and the checksum of gzip.
inline std::string deflated(const std::string& content, int window = -MAX_WBITS) {
    z_stream stream = {};
    deflateInit2(&stream, 9, Z_DEFLATED, window, 8, Z_DEFAULT_STRATEGY);
    std::string input = content;
    std::string output(content.size() + 1000, '\0');
    stream.next_in = reinterpret_cast<Bytef*>(input.data());
    stream.avail_in = static_cast<uInt>(input.size());
    stream.next_out = reinterpret_cast<Bytef*>(output.data());
    stream.avail_out = static_cast<uInt>(output.size());
    deflate(&stream, Z_FINISH);
    output.resize(stream.total_out);
    deflateEnd(&stream);
    return output;
}

inline std::string gzip(const std::string& content) {
    return deflated(content, MAX_WBITS + 16);
}

/// Frames of at most `frame` bytes, one behind the other.
inline std::string zstd_frames(const std::string& content, std::size_t frame) {
    std::string output;
    for (std::size_t at = 0; at < content.size(); at += frame) {
        const std::string part = content.substr(at, frame);
        std::string packed(ZSTD_compressBound(part.size()), '\0');
        packed.resize(ZSTD_compress(packed.data(), packed.size(), part.data(), part.size(), 3));
        output += packed;
    }
    return output;
}

/// A zip archive, written by other code than what reads it.
inline std::string zip_of(const std::vector<ZipPart>& parts, const std::string& comment = "") {
    std::string files;
    std::string directory;
    for (const ZipPart& part : parts) {
        const std::string packed = part.method == 8    ? deflated(part.content)
                                   : part.method == 93 ? zstd_frames(part.content, 100)
                                                       : part.content;
        const std::uint64_t size = part.content.size() + static_cast<std::uint64_t>(part.size_off);
        const std::uint64_t crc =
            part.crc_off + crc32(0, reinterpret_cast<const Bytef*>(part.content.data()),
                                 static_cast<uInt>(part.content.size()));
        const std::string both = part.zip64 ? little(0xffffffff, 4) + little(0xffffffff, 4)
                                            : little(packed.size(), 4) + little(size, 4);
        const std::string extra =
            part.zip64 ? little(1, 2) + little(16, 2) + little(size, 8) + little(packed.size(), 8)
                       : "";
        const std::string common = little(20, 2) + little(part.flags, 2) + little(part.method, 2) +
                                   little(0, 4) + little(crc, 4) + both;
        const std::string& inner = part.name_in_header.empty() ? part.name : part.name_in_header;
        directory += "PK\x01\x02" + little(20, 2) + common + little(part.name.size(), 2) +
                     little(extra.size(), 2) + little(0, 2) + little(0, 2) + little(0, 2) +
                     little(0, 4) + little(files.size(), 4) + part.name + extra;
        files += "PK\x03\x04" + common + little(inner.size(), 2) + little(extra.size(), 2) + inner +
                 extra + packed;
    }
    return files + directory + "PK\x05\x06" + little(0, 4) + little(parts.size(), 2) +
           little(parts.size(), 2) + little(directory.size(), 4) + little(files.size(), 4) +
           little(comment.size(), 2) + comment;
}

}  // namespace reading
