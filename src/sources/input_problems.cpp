#include "sources/input_problems.h"

#include <utility>

namespace metricgate::sources {

InputProblems::InputProblems(const std::string& source) : m_file(support::in_file(source)) {}

void InputProblems::enter(const std::string& source) {
    m_file = support::in_file(source);
}

void InputProblems::add(std::uint32_t line, std::uint32_t column, std::string message) {
    m_found.push_back({at(line, column), std::move(message)});
}

void InputProblems::add(support::Diagnostic problem) {
    m_found.push_back(std::move(problem));
}

support::Location InputProblems::at(std::uint32_t line, std::uint32_t column) const {
    return {m_file.file, line, column};
}

support::Diagnostics InputProblems::take() {
    if (full()) {
        m_found.push_back({m_file, "reading stopped here, there may be more problems"});
    }
    return std::move(m_found);
}

}  // namespace metricgate::sources
