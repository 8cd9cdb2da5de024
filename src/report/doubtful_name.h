#pragma once

#include <string_view>

namespace metricgate::report {

/// True for a name that holds what reports write in place of something else: `\x0a` and
/// `\u{202e}` for hidden characters, a tilde and eight digits at the end of a cut name, "(no
/// name)". Another name may be shown like that.
bool resembles_a_shown_name(std::string_view name);

/// True for a name of which a reader does not see all: blanks at its ends or in a row, which pages
/// run together, blanks other than the common one, marks upon letters (which may be parts of the
/// letters as well) and variation selectors.
bool is_seen_in_part(std::string_view name);

}  // namespace metricgate::report
