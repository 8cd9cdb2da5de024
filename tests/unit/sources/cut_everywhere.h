#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace reading {

/// Reads every proper beginning of `whole`, each in memory of its own so that a read behind its end
/// is seen by the sanitizers, and gives back the lengths that were read without a problem. `read`
/// says whether that was so.
template <class Read>
std::vector<std::size_t> accepted_cuts(std::string_view whole, const Read& read) {
    std::vector<std::size_t> accepted;
    for (std::size_t length = 0; length < whole.size(); ++length) {
        if (read(std::string(whole.substr(0, length)))) {
            accepted.push_back(length);
        }
    }
    return accepted;
}

/// The same with one bit of each byte turned over: what a checksum must notice.
template <class Read>
std::vector<std::size_t> accepted_flips(std::string_view whole, const Read& read) {
    std::vector<std::size_t> accepted;
    for (std::size_t at = 0; at < whole.size(); ++at) {
        std::string flipped(whole);
        flipped[at] = static_cast<char>(flipped[at] ^ 0x10);
        if (read(flipped)) {
            accepted.push_back(at);
        }
    }
    return accepted;
}

}  // namespace reading
