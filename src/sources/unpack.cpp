// gzip and zstd, streamed into memory under a limit.

#include <algorithm>
#include <cstdint>
#include <limits>
#include <memory>
#include <utility>

#include <zlib.h>
#include <zstd.h>

#include "sources/detect_format.h"
#include "sources/packed_names.h"
#include "sources/table_reader.h"
#include "sources/unpacked_limit.h"
#include "support/mapped_files.h"
#include "support/text.h"

namespace metricgate::sources {

namespace {

using Unpacked = support::Result<std::string>;

support::Diagnostic cut_short(const std::string& source, std::string_view kind) {
    return support::problem_in(source,
                               "the " + std::string(kind) +
                                   " data is cut short; the file was not written or fetched whole");
}

support::Diagnostic too_large(const std::string& source, std::size_t limit) {
    return support::problem_in(source, "unpacks to more than the limit of " +
                                           support::count_of(limit, "byte", "bytes") +
                                           " for a file of its size; if it is no attack, unpack it "
                                           "before");
}

/// Room for more output: what is expected first, then twice as much, never more than one byte above
/// the limit (which is how a breach is noticed).
void grow(std::string& output, std::size_t expected, std::size_t limit) {
    constexpr std::size_t smallest = 1 << 16;
    const std::size_t most = limit < std::numeric_limits<std::size_t>::max() ? limit + 1 : limit;
    const std::size_t next =
        output.empty() ? std::max(expected, smallest) : std::max(output.size() * 2, smallest);
    output.resize(std::min(next, most));
}

/// What a gzip file says of its size in its last four bytes: a guess, since it may lie. Deflate
/// packs at most 1032 to 1.
std::size_t expected_from_gzip(std::string_view bytes) {
    if (bytes.size() < 18) {
        return 0;
    }
    std::size_t size = 0;
    for (std::size_t i = 0; i < 4; ++i) {
        size |= std::size_t{static_cast<unsigned char>(bytes[bytes.size() - 4 + i])} << (8 * i);
    }
    return std::min(size, bytes.size() * 1032) + 1;
}

Unpacked gunzip(std::string_view bytes, const std::string& source, std::size_t limit) {
    z_stream stream = {};
    constexpr int gzip_only = MAX_WBITS + 16;
    if (inflateInit2(&stream, gzip_only) != Z_OK) {
        return support::problem_in(source, "zlib cannot start: out of memory");
    }
    const std::unique_ptr<z_stream, int (*)(z_stream*)> closed(&stream, inflateEnd);
    std::string output;
    std::size_t written = 0;
    std::size_t taken = 0;
    constexpr std::size_t piece = 1 << 30;  // zlib counts in 32 bits
    for (;;) {
        if (written == output.size()) {
            grow(output, expected_from_gzip(bytes), limit);
        }
        const std::size_t offered = std::min(piece, bytes.size() - taken);
        const std::size_t room = std::min(piece, output.size() - written);
        // zlib's field is not const although it only reads; z_const is empty by default.
        stream.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(bytes.data() + taken));
        stream.avail_in = static_cast<uInt>(offered);
        stream.next_out = reinterpret_cast<Bytef*>(output.data() + written);
        stream.avail_out = static_cast<uInt>(room);
        const int state = inflate(&stream, Z_NO_FLUSH);
        taken += offered - stream.avail_in;
        written += room - stream.avail_out;
        if (written > limit) {
            return too_large(source, limit);
        }
        if (state == Z_STREAM_END) {
            if (taken == bytes.size()) {
                output.resize(written);
                return output;
            }
            if (packing_of_bytes(bytes.substr(taken)) != Packing::gzip) {
                return support::problem_in(
                    source, "bytes that are no gzip data stand behind the gzip data");
            }
            inflateReset(&stream);  // a further member
        } else if (state == Z_OK || state == Z_BUF_ERROR) {
            if (taken == bytes.size() && stream.avail_out > 0) {
                return cut_short(source, "gzip");
            }
        } else {
            return support::problem_in(
                source, "the gzip data is damaged: " +
                            std::string(stream.msg != nullptr ? stream.msg : "out of memory"));
        }
    }
}

Unpacked unzstd(std::string_view bytes, const std::string& source, std::size_t limit) {
    const std::unique_ptr<ZSTD_DCtx, std::size_t (*)(ZSTD_DCtx*)> context(ZSTD_createDCtx(),
                                                                          ZSTD_freeDCtx);
    if (context == nullptr) {
        return support::problem_in(source, "zstd cannot start: out of memory");
    }
    const unsigned long long declared = ZSTD_getFrameContentSize(bytes.data(), bytes.size());
    const bool known = declared != ZSTD_CONTENTSIZE_UNKNOWN && declared != ZSTD_CONTENTSIZE_ERROR;
    if (known && declared > limit) {
        return too_large(source, limit);
    }
    // A frame may declare what it does not hold: start small unless its own bytes make it likely.
    constexpr std::size_t likely = 1024;
    const std::size_t expected = known ? static_cast<std::size_t>(std::min<unsigned long long>(
                                             declared, bytes.size() * likely)) +
                                             1
                                       : 0;
    std::string output;
    ZSTD_outBuffer out = {output.data(), 0, 0};
    ZSTD_inBuffer in = {bytes.data(), bytes.size(), 0};
    for (;;) {
        if (out.pos == output.size()) {
            grow(output, expected, limit);
        }
        out.dst = output.data();
        out.size = output.size();
        const std::size_t state = ZSTD_decompressStream(context.get(), &out, &in);
        if (ZSTD_isError(state) != 0) {
            return support::problem_in(
                source, "the zstd data is damaged, or other bytes stand behind it: " +
                            std::string(ZSTD_getErrorName(state)));
        }
        if (out.pos > limit) {
            return too_large(source, limit);
        }
        if (in.pos == in.size && state == 0) {
            output.resize(out.pos);
            return output;
        }
        if (in.pos == in.size && out.pos < out.size) {
            return cut_short(source, "zstd");
        }
    }
}

std::string_view name_of(Packing packing) {
    switch (packing) {
        case Packing::gzip:
            return "gzip";
        case Packing::zstd:
            return "zstd";
        case Packing::none:
            return "plain text";
    }
    return "";
}

support::Result<support::Bytes> inflate(const support::Bytes& bytes, const std::string& source,
                                        std::size_t limit) {
    const Packing named = packing_of_name(source);
    const Packing found = packing_of_bytes(bytes.view());
    if (named == Packing::none) {
        if (bytes.view().size() > limit) {
            return support::problem_in(
                source, "larger than the limit of " + support::count_of(limit, "byte", "bytes"));
        }
        return bytes;
    }
    if (bytes.view().empty()) {
        return support::problem_in(
            source, "the file is empty, wanted " + std::string(name_of(named)) + " data");
    }
    if (found != named) {
        if (found == Packing::none) {
            if (auto text = support::as_text(bytes.view(), source); !text.ok()) {
                return text.problems();
            }
        }
        return support::problem_in(
            source, "the name says " + std::string(name_of(named)) + ", but the bytes are " +
                        std::string(name_of(found)) + "; name the file after what it holds");
    }
    const auto most =
        static_cast<std::size_t>(UnpackedLimit().of(bytes.view().size(), std::uint64_t{limit}));
    Unpacked unpacked = found == Packing::gzip ? gunzip(bytes.view(), source, most)
                                               : unzstd(bytes.view(), source, most);
    if (!unpacked.ok()) {
        return unpacked.problems();
    }
    return support::Bytes::of(std::move(*unpacked));
}

}  // namespace

support::Result<Document> open_document(const support::Bytes& bytes, const std::string& source,
                                        std::size_t limit) {
    auto inflated = inflate(bytes, source, limit);
    if (!inflated.ok()) {
        return inflated.problems();
    }
    // A plain name: `as_text` names packed bytes, pointers and pages by what they are.
    const auto text = support::as_text(inflated->view(), source);
    if (text.ok()) {
        support::put_away(inflated->view());  // or all files lie in memory before one is read
        return Document::of_text(
            support::Bytes(std::make_shared<const support::Bytes>(*inflated), *text), source);
    }
    const Document binary(*inflated, source);
    if (is_recognised(binary)) {
        return binary;
    }
    return text.problems();
}

}  // namespace metricgate::sources
