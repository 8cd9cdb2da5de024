#include "support/counted.h"

#include <algorithm>

#include "support/text.h"

namespace metricgate::support {

std::string singular(std::string_view plural) {
    for (std::size_t start = 0; start < plural.size();) {
        const std::size_t end = std::min(plural.find(' ', start), plural.size());
        const std::string_view word = plural.substr(start, end - start);
        if (word.ends_with('s')) {
            const bool from_y = word.ends_with("ies");
            return std::string(plural.substr(0, end - (from_y ? 3 : 1))) + (from_y ? "y" : "") +
                   std::string(plural.substr(end));
        }
        start = end + 1;
    }
    return std::string(plural);
}

std::string counted(std::uint64_t count, std::string_view plural) {
    return count_of(count, singular(plural), plural);
}

}  // namespace metricgate::support
