#include "support/secrets.h"

#include <algorithm>

namespace metricgate::support {
namespace {

constexpr std::string_view blanks = " \t\n\r";
constexpr std::string_view hidden = "***";

/// Where the host and what is before it may begin, or npos: behind `scheme://`, or behind the
/// scheme where the slashes were forgotten.
std::size_t authority_of(std::string_view word) {
    constexpr std::string_view slashes = "://";
    if (const std::size_t at = word.find(slashes); at != std::string_view::npos) {
        return at + slashes.size();
    }
    for (const std::string_view scheme : {"http:", "https:"}) {
        if (const std::size_t at = word.find(scheme); at != std::string_view::npos) {
            return at + scheme.size();
        }
    }
    return std::string_view::npos;
}

/// Up to the last `@`, as a password may hold another one.
std::string without_user(std::string_view word, std::size_t authority) {
    const std::size_t at = word.rfind('@');
    if (at == std::string_view::npos || at < authority) {
        return std::string(word);
    }
    return std::string(word.substr(0, authority)).append(hidden).append(word.substr(at));
}

/// The values of `?KEY=VALUE&KEY=VALUE`.
std::string without_query_values(std::string_view word) {
    std::string text;
    std::size_t at = word.find('?');
    text = word.substr(0, at);
    while (at < word.size()) {
        const std::size_t next = std::min(word.find('&', at + 1), word.size());
        const std::string_view part = word.substr(at, next - at);
        const std::size_t equals = part.find('=');
        const std::string_view key = part.substr(1, equals == part.npos ? 0 : equals - 1);
        if (equals == std::string_view::npos || key == "filter") {
            text += part;
        } else {
            // The mark that ends what a message quotes stays.
            const std::size_t end = std::min(part.find_first_of("'\"", equals), part.size());
            text.append(part.substr(0, equals + 1)).append(hidden).append(part.substr(end));
        }
        at = next;
    }
    return text;
}

std::string shown(std::string_view word) {
    const std::size_t authority = authority_of(word);
    const bool is_address =
        authority != std::string_view::npos || word.find("mlflow:") != std::string_view::npos;
    if (!is_address) {
        return std::string(word);
    }
    return without_query_values(
        authority == std::string_view::npos ? std::string(word) : without_user(word, authority));
}

}  // namespace

std::string without_secrets(std::string_view text) {
    std::string safe;
    while (!text.empty()) {
        const std::size_t word = std::min(text.find_first_of(blanks), text.size());
        safe += shown(text.substr(0, word));
        text.remove_prefix(word);
        const std::size_t gap = std::min(text.find_first_not_of(blanks), text.size());
        safe += text.substr(0, gap);
        text.remove_prefix(gap);
    }
    return safe;
}

}  // namespace metricgate::support
