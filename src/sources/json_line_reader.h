#pragma once

#include <cstdint>
#include <string_view>

#include "sources/input_problems.h"
#include "sources/json_line.h"

namespace metricgate::sources {

/// Takes the lines of a text one by one, each a JSON object. Blank lines may stand at the end only.
class JsonLineReader {
public:
    JsonLineReader(std::string_view text, InputProblems& problems)
        : m_rest(text), m_problems(problems) {}

    /// Reads the next line into `objects`. False at the end and behind a problem.
    bool next(JsonLines& objects);
    [[nodiscard]] std::uint32_t line() const noexcept { return m_line; }

private:
    std::string_view m_rest;
    InputProblems& m_problems;
    std::uint32_t m_line = 0;
};

}  // namespace metricgate::sources
