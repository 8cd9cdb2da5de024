#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "support/result.h"

namespace metricgate::sources {

/// One suffix of a revision.
struct RevisionStep {
    enum class Kind { ancestor, parent };
    Kind kind = Kind::ancestor;  ///< ancestor: N first parents back (~N); parent: the Nth (^N)
    std::uint32_t count = 1;
};

/// A revision as it was written: what it starts from and where it goes from there.
struct Revision {
    enum class Kind { head, reference, name };
    Kind kind = Kind::name;
    std::string base;          ///< HEAD, refs/..., or a name that may also be hexadecimal digits
    bool is_full_id = false;   ///< 40 hexadecimal digits
    bool is_short_id = false;  ///< 7 to 39 of them: perhaps the start of an id, perhaps a name
    std::vector<RevisionStep> steps;
};

/// Reads a revision by an allow-list. git's own language also searches messages by regular
/// expression, reads the reflog and names trees; none of that is a baseline, and revisions come
/// from files that a change may edit.
support::Result<Revision> parse_revision(const std::string& text);

}  // namespace metricgate::sources
