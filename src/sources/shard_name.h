#pragma once

#include <cstddef>
#include <optional>
#include <string_view>

namespace metricgate::sources {

/// Which of how many parts a file is, as TensorFlow and Beam name them:
/// `metrics-00000-of-00002.tfrecord`.
struct Shard {
    std::size_t index = 0;
    std::size_t count = 0;
    [[nodiscard]] bool is_all() const { return index == 0 && count == 1; }
};

/// The part that the last part of a path names, or nothing.
std::optional<Shard> shard_of(std::string_view path);

}  // namespace metricgate::sources
