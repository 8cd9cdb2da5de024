#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

/// What libFuzzer calls, and the driver where there is no libFuzzer: one input, returns 0 or ends
/// the process.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size);

namespace metricgate::fuzz {

/// An input to start from, and what it was made of.
struct Seed {
    std::string name;
    std::string bytes;
    /// How many beginnings of it are tried as well: all of them where it has no more bytes than
    /// this, and otherwise so many in equal steps.
    std::size_t cuts = 256;
};

/// Inputs made of the files that the other tests use. Each target has its own; what only a fuzzer
/// thought of stands in tests/fuzz/corpus.
std::vector<Seed> seeds();

/// Ends the process when something that must hold for every input does not.
void require(bool holds, std::string_view what, std::string_view detail = "");

inline std::string_view text_of(const std::uint8_t* data, std::size_t size) {
    return {reinterpret_cast<const char*>(data), size};
}

}  // namespace metricgate::fuzz
