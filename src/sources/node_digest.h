#pragma once

#include <initializer_list>
#include <string>
#include <string_view>

#include "support/node.h"

namespace metricgate::sources {

/// 16 hexadecimal digits that stand for a JSON value: equal for equal values, whatever the order of
/// their keys. Members called as one of `skipped` (ids that are drawn anew in every run) are left
/// out at every depth.
std::string digest_of(const support::Node& node,
                      std::initializer_list<std::string_view> skipped = {});

}  // namespace metricgate::sources
