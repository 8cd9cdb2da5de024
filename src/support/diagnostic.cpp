#include "support/diagnostic.h"

#include "support/secrets.h"
#include "support/text.h"

namespace metricgate::support {

namespace {

constexpr std::size_t longest_file_name = 160;
constexpr std::size_t longest_message = 400;
constexpr std::size_t ellipsis = 3;

}  // namespace

Location in_file(std::string_view file, std::uint32_t line, std::uint32_t column) {
    return {std::make_shared<const std::string>(file), line, column};
}

Diagnostic problem_in(std::string_view file, std::string message) {
    return {in_file(file), std::move(message)};
}

std::string describe(const Location& where) {
    std::string text =
        where.file == nullptr ? "" : visible(without_secrets(*where.file), longest_file_name);
    if (where.line != 0) {
        text += (text.empty() ? "" : ":") + std::to_string(where.line);
        if (where.column != 0) {
            text += ":" + std::to_string(where.column);
        }
    }
    return text;
}

std::string describe(const Diagnostic& problem) {
    std::string text = describe(problem.where);
    if (!text.empty()) {
        text += ": ";
    }
    return text + visible(without_secrets(problem.message, Values::secret),
                          longest_message - ellipsis - text.size());
}

}  // namespace metricgate::support
