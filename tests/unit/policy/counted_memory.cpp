#include "counted_memory.h"

#include <atomic>
#include <cstdlib>
#include <new>

namespace {

std::atomic<std::size_t> asked_for{0};

}  // namespace

std::size_t metricgate::policy::test::memory_asked_for() {
    return asked_for;
}

void* operator new(std::size_t size) {
    asked_for += size;
    if (void* memory = std::malloc(size == 0 ? 1 : size)) {
        return memory;
    }
    throw std::bad_alloc();
}

// std::stable_sort asks for its buffer this way.
void* operator new(std::size_t size, const std::nothrow_t& /*unused*/) noexcept {
    asked_for += size;
    return std::malloc(size == 0 ? 1 : size);
}

void operator delete(void* memory) noexcept {
    std::free(memory);
}

void operator delete(void* memory, std::size_t) noexcept {
    std::free(memory);
}
