#pragma once

#include <memory>
#include <string_view>

namespace metricgate::support {

/// Takes over a mapping, read only, of a file: it lasts as long as the owner that is given back.
std::shared_ptr<const void> own_mapping(std::string_view mapping);

/// Lets go of the memory that the mapped file around `text` takes, as somebody does who has looked
/// through it: what is looked at again is read again. Nothing happens to text that lies elsewhere.
void put_away(std::string_view text);

}  // namespace metricgate::support
