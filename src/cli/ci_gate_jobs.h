#pragma once

#include <cstdint>
#include <limits>
#include <string>
#include <string_view>
#include <vector>

#include "support/node.h"

namespace metricgate::cli {

/// A place of a CI file where the gate runs, with what it is part of.
struct GateJob {
    /// A map that the gate stands in, and the key or the number it has in the one around it.
    struct Holder {
        const support::Node* map;
        std::string name;
    };
    std::vector<Holder> holders;           ///< the whole file first, the step last
    const support::Node* steps = nullptr;  ///< the list of steps that it is one of; null if none
    support::Location where;               ///< of the command, or of the action that is used
    bool after = false;                    ///< in an `after_script`
    std::uint32_t first = 1;               ///< the lines of its job
    std::uint32_t last = std::numeric_limits<std::uint32_t>::max();
};

/// Every place of a parsed CI file that runs `metricgate check`, its action or its component.
std::vector<GateJob> gate_jobs(const support::Node& file);

/// Whether a step uses an action, or a pipeline a component, that is metricgate's.
bool is_own_action(std::string_view key, std::string_view value);

}  // namespace metricgate::cli
