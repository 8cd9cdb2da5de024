#include "sources/packed_names.h"

#include <algorithm>

namespace metricgate::sources {

namespace {

std::string lower(std::string_view text) {
    std::string result(text);
    std::transform(result.begin(), result.end(), result.begin(), [](char byte) {
        return byte >= 'A' && byte <= 'Z' ? static_cast<char>(byte - 'A' + 'a') : byte;
    });
    return result;
}

}  // namespace

Packing packing_of_name(std::string_view name) {
    const std::string folded = lower(name);
    if (folded.ends_with(".gz")) {
        return Packing::gzip;
    }
    return folded.ends_with(".zst") ? Packing::zstd : Packing::none;
}

Packing packing_of_bytes(std::string_view bytes) {
    if (bytes.starts_with("\x1f\x8b")) {
        return Packing::gzip;  // RFC 1952
    }
    return bytes.starts_with("\x28\xb5\x2f\xfd") ? Packing::zstd : Packing::none;  // RFC 8878
}

std::string extension_of(std::string_view name) {
    switch (packing_of_name(name)) {
        case Packing::gzip:
            name.remove_suffix(3);
            break;
        case Packing::zstd:
            name.remove_suffix(4);
            break;
        case Packing::none:
            break;
    }
    const std::size_t slash = name.find_last_of("/\\:");
    const std::string_view file = slash == std::string_view::npos ? name : name.substr(slash + 1);
    const std::size_t dot = file.rfind('.');
    return dot == std::string_view::npos || dot == 0 ? std::string() : lower(file.substr(dot + 1));
}

}  // namespace metricgate::sources
