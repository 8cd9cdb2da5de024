#pragma once

#include <algorithm>

#include "fuzz/target.h"
#include "support/result.h"
#include "support/text.h"

namespace metricgate::fuzz {

/// A message is one line that a terminal may show, and short.
inline void check_problem(const support::Diagnostic& problem) {
    const std::string text = support::describe(problem);
    require(!problem.message.empty(), "a problem says something", text);
    require(text.size() <= 400, "a message has at most 400 bytes", text);
    require(support::visible(text, 0) == text, "a message hides nothing", text);
}

template <class T>
void check_problems(const support::Result<T>& result) {
    require(result.ok() == result.problems().empty(), "a value, or problems");
    std::for_each(result.problems().begin(), result.problems().end(), check_problem);
}

}  // namespace metricgate::fuzz
