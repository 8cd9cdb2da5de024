#pragma once

#include <optional>
#include <string_view>

#include "support/diagnostic.h"

namespace metricgate::support {

/// The first character of `text` that another reader may take for a line end, or that changes the
/// order in which a person sees the others: C1 controls (U+0085 among them), U+2028, U+2029, and
/// the bidirectional controls of Unicode (UAX 9). Such a text shows one thing and says another,
/// also in a comment. Bytes that are no UTF-8 are passed over.
std::optional<Diagnostic> find_hidden_character(std::string_view text, std::string_view file);

}  // namespace metricgate::support
