#pragma once

#include <array>
#include <cstddef>
#include <memory>
#include <string>
#include <string_view>

struct z_stream_s;  // of zlib

namespace metricgate::sources::git {

/// Unpacks one loose object of git: deflated "TYPE SIZE\0" and as many bytes of content. Nothing is
/// written beyond what the head states, and an object that ends early, late or not at all is a
/// mistake: libgit2 up to 1.9 writes on behind its buffer there (libgit2/libgit2#7177), or never
/// comes back (libgit2/libgit2#7342).
class ObjectInflater {
public:
    /// `packed` has to stay.
    explicit ObjectInflater(std::string_view packed);

    /// Unpacks the head, first. What is wrong with it; empty when all is well.
    std::string read_head();
    /// Unpacks the content into `content`, which holds `size()` bytes and one more.
    std::string read_content(char* content);

    [[nodiscard]] const std::string& type() const { return m_type; }
    [[nodiscard]] std::size_t size() const { return m_size; }

private:
    int step(char* into, std::size_t room, std::size_t& made);

    static constexpr std::size_t longest_head = 64;
    std::unique_ptr<z_stream_s, void (*)(z_stream_s*)> m_stream;  ///< none for want of memory
    std::string_view m_rest;  ///< of the packed bytes, not yet given to zlib
    bool m_ended = false;
    std::string m_type;
    std::size_t m_size = 0;
    std::array<char, longest_head> m_first{};
    std::string_view m_begun;  ///< content that was unpacked with the head
};

}  // namespace metricgate::sources::git
