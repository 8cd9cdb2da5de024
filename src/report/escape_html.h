#pragma once

#include <string>
#include <string_view>

#include "report/escape.h"

namespace metricgate::report {

/// Text without any meaning to an HTML parser, in an element or in a quoted attribute.
std::string escape_html(std::string_view text);

/// A name as `<code>`, with control and bidi characters visible and cut as `short_name` does.
std::string html_name(std::string_view name);

/// A sentence as HTML; words within backticks become code.
std::string html_sentence(std::string_view sentence);

/// A JSON string that may stand in a script element, in C++ code and in a CI log: ASCII only, with
/// `<`, `>`, `&` and `#` as escapes.
std::string json_string(std::string_view text);

extern const Sink html_sink;

}  // namespace metricgate::report
