#include "evidence/examples.h"

namespace metricgate::evidence {

std::string_view Examples::id(std::size_t row) const {
    if (!ids) {
        return {};
    }
    return (*ids)[id_rows.empty() ? row : id_rows[row]];
}

}  // namespace metricgate::evidence
