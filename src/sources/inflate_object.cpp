#include "sources/inflate_object.h"

#include <zlib.h>

#include <algorithm>
#include <cstring>
#include <limits>

namespace metricgate::sources::git {

namespace {

constexpr std::size_t most_at_once = std::size_t{1} << 30;  // zlib counts in 32 bits

/// "12", as git writes it; false for anything else and for what no memory could hold.
bool read_size(std::string_view digits, std::size_t& size) {
    constexpr std::size_t most = std::numeric_limits<std::size_t>::max() / 100;
    size = 0;
    for (const char c : digits) {
        if (c < '0' || c > '9' || size > most) {
            return false;
        }
        size = size * 10 + static_cast<std::size_t>(c - '0');
    }
    return !digits.empty() && (digits.front() != '0' || digits.size() == 1);
}

void end(z_stream* stream) {
    inflateEnd(stream);
    delete stream;
}

std::unique_ptr<z_stream, void (*)(z_stream*)> start() {
    auto stream = std::make_unique<z_stream>();
    return {inflateInit(stream.get()) == Z_OK ? stream.release() : nullptr, &end};
}

}  // namespace

ObjectInflater::ObjectInflater(std::string_view packed) : m_stream(start()), m_rest(packed) {}

/// Unpacks until `room` is full, the object ends, or no byte comes any more.
int ObjectInflater::step(char* into, std::size_t room, std::size_t& made) {
    made = 0;
    int state = m_ended ? Z_STREAM_END : Z_OK;
    while (state == Z_OK && made < room) {
        if (m_stream->avail_in == 0) {
            const std::string_view next = m_rest.substr(0, most_at_once);
            m_rest.remove_prefix(next.size());
            // zlib's pointer is not const, and the bytes are not written to.
            m_stream->next_in = reinterpret_cast<Bytef*>(const_cast<char*>(next.data()));
            m_stream->avail_in = static_cast<uInt>(next.size());
        }
        const auto asked = static_cast<uInt>(std::min(room - made, most_at_once));
        m_stream->next_out = reinterpret_cast<Bytef*>(into + made);
        m_stream->avail_out = asked;
        const bool is_last = m_stream->avail_in == 0;
        state = ::inflate(m_stream.get(), Z_NO_FLUSH);
        made += asked - m_stream->avail_out;
        if (is_last && state == Z_OK && m_stream->avail_out == asked) {
            state = Z_BUF_ERROR;
        }
    }
    m_ended = state == Z_STREAM_END;
    return state;
}

std::string ObjectInflater::read_head() {
    if (m_stream == nullptr) {
        return "cannot be unpacked for want of memory";
    }
    std::size_t made = 0;
    const int state = step(m_first.data(), m_first.size(), made);
    if (state != Z_OK && state != Z_STREAM_END) {
        return state == Z_BUF_ERROR ? "is cut off" : "is not deflated, or damaged";
    }
    const std::string_view unpacked(m_first.data(), made);
    const std::size_t space = unpacked.find(' ');
    const std::size_t end = unpacked.find('\0');
    if (end == std::string_view::npos || space >= end ||
        !read_size(unpacked.substr(space + 1, end - space - 1), m_size)) {
        return "has a head that git does not write";
    }
    m_type = unpacked.substr(0, space);
    m_begun = unpacked.substr(end + 1);
    return "";
}

std::string ObjectInflater::read_content(char* content) {
    if (m_begun.size() > m_size) {
        return "holds more than its head states";
    }
    if (!m_begun.empty()) {
        std::memcpy(content, m_begun.data(), m_begun.size());
    }
    // One byte more, so that it shows when there is more.
    std::size_t made = 0;
    const int state = step(content + m_begun.size(), m_size - m_begun.size() + 1, made);
    made += m_begun.size();
    if (made > m_size) {
        return "holds more than its head states";
    }
    if (state != Z_STREAM_END) {
        return state == Z_BUF_ERROR ? "is cut off" : "is damaged";
    }
    if (made < m_size) {
        return "holds less than its head states";
    }
    if (m_stream->avail_in != 0 || !m_rest.empty()) {
        return "goes on behind its end";
    }
    content[m_size] = '\0';
    return "";
}

}  // namespace metricgate::sources::git
