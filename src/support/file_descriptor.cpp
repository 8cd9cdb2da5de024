#include "support/file_descriptor.h"

#include <system_error>

namespace metricgate::support {

std::string error_text(int error) {
    return std::generic_category().message(error);
}

bool is_plain_path(std::string_view path) noexcept {
    return !path.empty() && path.find('\0') == std::string_view::npos;
}

}  // namespace metricgate::support
