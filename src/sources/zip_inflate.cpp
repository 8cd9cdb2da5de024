#include "sources/zip_inflate.h"

#include <algorithm>
#include <memory>

#include <zlib.h>
#include <zstd.h>

namespace metricgate::sources {

namespace {

constexpr std::size_t piece = std::size_t{1} << 30;  // zlib counts in 32 bits

/// Room for more output, never above `size`: the declared size is believed only as far as bytes
/// really come.
void grow(std::string& output, std::uint64_t size, std::size_t packed) {
    constexpr std::uint64_t smallest = 1 << 16;
    const std::uint64_t next = output.empty()
                                   ? std::max<std::uint64_t>(smallest, std::uint64_t{packed} * 8)
                                   : std::uint64_t{output.size()} * 2;
    output.resize(static_cast<std::size_t>(std::min(next, size)));
}

Inflated too_long() {
    return {{}, "holds more bytes than its directory says"};
}

Inflated too_short() {
    return {{}, "is cut short: it holds fewer bytes than its directory says"};
}

}  // namespace

Inflated inflate_deflate(std::string_view packed, std::uint64_t size) {
    z_stream stream = {};
    if (inflateInit2(&stream, -MAX_WBITS) != Z_OK) {
        return {{}, "cannot be unpacked: out of memory"};
    }
    const std::unique_ptr<z_stream, int (*)(z_stream*)> closed(&stream, inflateEnd);
    Inflated result;
    std::string& output = result.bytes;
    std::size_t written = 0;
    std::size_t taken = 0;
    char spare = 0;  // one byte of room behind the declared size shows that more would come
    for (;;) {
        if (written == output.size() && written < size) {
            grow(output, size, packed.size());
        }
        const bool full = written == size;
        const std::size_t offered = std::min(piece, packed.size() - taken);
        const std::size_t room = full ? 1 : std::min(piece, output.size() - written);
        // zlib's field is not const although it only reads; z_const is empty by default.
        stream.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(packed.data() + taken));
        stream.avail_in = static_cast<uInt>(offered);
        stream.next_out = reinterpret_cast<Bytef*>(full ? &spare : output.data() + written);
        stream.avail_out = static_cast<uInt>(room);
        const int state = inflate(&stream, Z_NO_FLUSH);
        taken += offered - stream.avail_in;
        const std::size_t made = room - stream.avail_out;
        if (full && made > 0) {
            return too_long();
        }
        written += made;
        if (state == Z_STREAM_END) {
            if (taken != packed.size()) {
                return {{}, "has bytes behind the end of its data"};
            }
            return written == size ? std::move(result) : too_short();
        }
        if (state != Z_OK && state != Z_BUF_ERROR) {
            return {
                {},
                "is damaged: " + std::string(stream.msg != nullptr ? stream.msg : "out of memory")};
        }
        if (taken == packed.size() && made == 0) {
            return too_short();
        }
    }
}

Inflated inflate_zstd(std::string_view packed, std::uint64_t size) {
    const std::unique_ptr<ZSTD_DCtx, std::size_t (*)(ZSTD_DCtx*)> context(ZSTD_createDCtx(),
                                                                          ZSTD_freeDCtx);
    if (context == nullptr) {
        return {{}, "cannot be unpacked: out of memory"};
    }
    Inflated result;
    std::string& output = result.bytes;
    ZSTD_inBuffer in = {packed.data(), packed.size(), 0};
    std::size_t written = 0;
    std::size_t state = 0;  // 0: at the end of a frame
    char spare = 0;
    while (in.pos < in.size || state != 0) {
        if (written == output.size() && written < size) {
            grow(output, size, packed.size());
        }
        const bool full = written == size;
        ZSTD_outBuffer out = {full ? &spare : output.data() + written,
                              full ? 1 : output.size() - written, 0};
        const std::size_t before = in.pos;
        state = ZSTD_decompressStream(context.get(), &out, &in);
        if (ZSTD_isError(state) != 0) {
            return {{}, "is damaged: " + std::string(ZSTD_getErrorName(state))};
        }
        if (full && out.pos > 0) {
            return too_long();
        }
        written += out.pos;
        if (out.pos == 0 && in.pos == before && state != 0) {
            return too_short();
        }
    }
    return written == size ? std::move(result) : too_short();
}

std::uint32_t crc32_of(std::string_view bytes) noexcept {
    uLong crc = crc32(0, nullptr, 0);
    for (std::size_t at = 0; at < bytes.size(); at += piece) {
        const std::string_view part = bytes.substr(at, piece);
        crc =
            crc32(crc, reinterpret_cast<const Bytef*>(part.data()), static_cast<uInt>(part.size()));
    }
    return static_cast<std::uint32_t>(crc);
}

}  // namespace metricgate::sources
