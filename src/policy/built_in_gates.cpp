#include <algorithm>
#include <array>

#include "policy/policy.h"

namespace metricgate::policy {

namespace {

struct Gate {
    std::string name;
    std::string text;
};

/// The files of gates/, by name; the build writes the rows.
const std::vector<Gate>& gates() {
    static const std::vector<Gate> rows = {
#include "built_in_gates.inc"
    };
    return rows;
}

}  // namespace

const std::string* built_in_gate(std::string_view name) {
    const auto& rows = gates();
    const auto found =
        std::find_if(rows.begin(), rows.end(), [&](const Gate& gate) { return gate.name == name; });
    return found == rows.end() ? nullptr : &found->text;
}

std::vector<std::string> built_in_gates() {
    std::vector<std::string> names;
    for (const Gate& gate : gates()) {
        names.push_back(gate.name);
    }
    std::sort(names.begin(), names.end());
    return names;
}

}  // namespace metricgate::policy
