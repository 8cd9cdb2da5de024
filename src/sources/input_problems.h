#pragma once

#include <cstdint>
#include <string>

#include "support/diagnostic.h"

namespace metricgate::sources {

/// The problems of one input file. Reading goes on behind a problem that leaves the next rows
/// readable, so that several are reported in one run, but not behind the tenth.
class InputProblems {
public:
    explicit InputProblems(const std::string& source);

    /// What follows is said of another file: a table may have several.
    void enter(const std::string& source);
    void add(std::uint32_t line, std::uint32_t column, std::string message);
    void add(support::Diagnostic problem);

    [[nodiscard]] support::Location at(std::uint32_t line, std::uint32_t column) const;
    [[nodiscard]] bool empty() const noexcept { return m_found.empty(); }
    [[nodiscard]] bool full() const noexcept { return m_found.size() >= limit; }
    /// The problems; says so when there may be more.
    [[nodiscard]] support::Diagnostics take();

private:
    static constexpr std::size_t limit = 10;
    support::Location m_file;
    support::Diagnostics m_found;
};

}  // namespace metricgate::sources
