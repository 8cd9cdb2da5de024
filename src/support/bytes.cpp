#include "support/files.h"

namespace metricgate::support {

Bytes Bytes::of(std::string owned) {
    auto owner = std::make_shared<const std::string>(std::move(owned));
    const std::string_view view = *owner;
    return {std::move(owner), view};
}

}  // namespace metricgate::support
