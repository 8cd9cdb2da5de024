#include "sources/git_memory.h"

#include <git2.h>
#include <git2/sys/alloc.h>

#include <algorithm>
#include <cstdlib>
#include <cstring>
#include <exception>

namespace metricgate::sources::git {
namespace {

// NOLINTBEGIN(cppcoreguidelines-no-malloc): libgit2 asks for malloc's and realloc's rules.

void* there(void* memory) noexcept {
    if (memory == nullptr) {
        std::terminate();
    }
    return memory;
}

std::size_t product(std::size_t count, std::size_t size) noexcept {
    std::size_t bytes = 0;
    if (__builtin_mul_overflow(count, size, &bytes)) {
        std::terminate();
    }
    return bytes;
}

// malloc and realloc may answer nothing when nothing is asked for.
void* get(std::size_t bytes, const char* /*file*/, int /*line*/) noexcept {
    return there(std::malloc(std::max<std::size_t>(bytes, 1)));
}

void* get_zeroed(std::size_t count, std::size_t size, const char* /*file*/, int /*line*/) noexcept {
    return there(std::calloc(std::max<std::size_t>(count, 1), std::max<std::size_t>(size, 1)));
}

void* change(void* held, std::size_t bytes, const char* /*file*/, int /*line*/) noexcept {
    return there(std::realloc(held, std::max<std::size_t>(bytes, 1)));
}

void* change_array(void* held, std::size_t count, std::size_t size, const char* file,
                   int line) noexcept {
    return change(held, product(count, size), file, line);
}

void* get_array(std::size_t count, std::size_t size, const char* file, int line) noexcept {
    return get(product(count, size), file, line);
}

char* copy_exactly(const char* text, std::size_t length, const char* file, int line) noexcept {
    auto* copy = static_cast<char*>(get(length + 1, file, line));
    std::memcpy(copy, text, length);
    copy[length] = '\0';
    return copy;
}

char* copy(const char* text, const char* file, int line) noexcept {
    return copy_exactly(text, std::strlen(text), file, line);
}

char* copy_at_most(const char* text, std::size_t length, const char* file, int line) noexcept {
    return copy_exactly(text, ::strnlen(text, length), file, line);
}

void give_back(void* held) noexcept {
    std::free(held);
}

// NOLINTEND(cppcoreguidelines-no-malloc)

/// Newer versions ask for less, and derive the rest themselves.
template <class Allocator>
Allocator allocator() noexcept {
    Allocator made{};
    made.gmalloc = &get;
    made.grealloc = &change;
    made.gfree = &give_back;
    if constexpr (requires { made.gcalloc; }) {
        made.gcalloc = &get_zeroed;
        made.gstrdup = &copy;
        made.gstrndup = &copy_at_most;
        made.gsubstrdup = &copy_exactly;
        made.greallocarray = &change_array;
        made.gmallocarray = &get_array;
    }
    return made;
}

}  // namespace

void* memory_or_end() noexcept {
    static git_allocator ours = allocator<git_allocator>();
    return &ours;
}

}  // namespace metricgate::sources::git
