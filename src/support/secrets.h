#pragma once

#include <string>
#include <string_view>

namespace metricgate::support {

/// Which values of `?KEY=VALUE` in an address are hidden.
enum class Values {
    all,     ///< but `filter`, by which runs are chosen: of names of files and SPECs
    secret,  ///< whose key looks like one of a secret: of messages, as an id may be an address
};

/// `text` with "***" in place of what addresses in it may hold of secrets: users and passwords
/// before a host (`http://USER:PASSWORD@HOST`, `USER:PASSWORD@HOST:PATH`), and values behind `?`,
/// `;` or `#` (`?token=VALUE`). Words that are no address stay as they are.
std::string without_secrets(std::string_view text, Values values = Values::all);

}  // namespace metricgate::support
