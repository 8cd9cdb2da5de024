#pragma once

#include <string>
#include <string_view>

namespace metricgate::sources {

enum class Packing { none, gzip, zstd };

/// What a name ends in: .gz, .zst or neither.
Packing packing_of_name(std::string_view name);

/// What the first bytes are.
Packing packing_of_bytes(std::string_view bytes);

/// The extension behind the last dot, lower case and without the dot, when .gz and .zst are taken
/// away: "csv" for "a/b.CSV.gz". Empty when there is none.
std::string extension_of(std::string_view name);

}  // namespace metricgate::sources
