#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "support/number.h"

namespace metricgate::sources {

/// One value of a summary, as far as scalars go.
struct EventValue {
    /// What the value is by itself; what its tag is, its first value says.
    enum class Kind { simple, scalar_tensor, other_tensor, other };
    std::string_view tag;
    Kind kind = Kind::other;
    support::ParsedNumber number;  ///< of simple and scalar_tensor
    bool has_metadata = false;
    bool says_scalar = false;  ///< the metadata names the class of scalars, or their plugin
    bool says_other = false;   ///< the metadata names another class
    std::string_view plugin;   ///< that the value is for, as the metadata say
    std::string_view plugin_data;
};

/// One record of an event file.
struct Event {
    std::int64_t step = 0;  ///< step 0 is not written
    double seconds = 0;     ///< since 1970, by the clock of the writer
    std::string_view file_version;
    std::vector<EventValue> values;
};

/// False when the record is no event. The views are into the record.
bool read_event(std::string_view record, Event& event);

}  // namespace metricgate::sources
