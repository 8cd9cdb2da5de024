#include "support/secrets.h"

#include <algorithm>
#include <array>

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

bool looks_secret(std::string_view key) {
    std::string lower(key);
    std::ranges::transform(lower, lower.begin(), [](char c) {
        return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
    });
    constexpr std::array words = {"token",  "key",  "sig",    "pass", "pwd",
                                  "secret", "auth", "access", "cred", "session"};
    return std::ranges::any_of(
        words, [&](const char* word) { return lower.find(word) != std::string::npos; });
}

/// The values of `?KEY=VALUE&KEY=VALUE`, also behind `;` and `#`.
std::string without_query_values(std::string_view word, Values values) {
    constexpr std::string_view marks = "?;#";
    constexpr std::string_view separators = "?;#&";
    std::string text;
    std::size_t at = word.find_first_of(marks);
    text = word.substr(0, at);
    while (at < word.size()) {
        const std::size_t next = std::min(word.find_first_of(separators, at + 1), word.size());
        const std::string_view part = word.substr(at, next - at);
        const std::size_t equals = part.find('=');
        const std::string_view key = part.substr(1, equals == part.npos ? 0 : equals - 1);
        const bool hides = values == Values::all ? key != "filter" : looks_secret(key);
        if (equals == std::string_view::npos || !hides) {
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

/// `USER:PASSWORD@HOST:PATH`, as scp and git write addresses: where the password begins, else npos.
std::size_t password_of(std::string_view word) {
    const std::size_t start = word.find_first_not_of("'\"(");
    const std::size_t colon = word.find(':');
    const std::size_t at = word.rfind('@');
    const bool has_both = start != word.npos && colon != word.npos && at != word.npos &&
                          start < colon && colon + 1 < at;
    if (!has_both || word.substr(start, at - start).find_first_of("/(") != word.npos) {
        return std::string_view::npos;
    }
    const std::size_t path = word.find(':', at);
    return path != word.npos && path + 1 < word.size() ? colon + 1 : std::string_view::npos;
}

std::string shown(std::string_view word, Values values) {
    const std::size_t authority = authority_of(word);
    if (authority != std::string_view::npos) {
        return without_query_values(without_user(word, authority), values);
    }
    if (word.find("mlflow:") != std::string_view::npos) {
        return without_query_values(word, values);
    }
    const std::size_t password = password_of(word);
    return password == std::string_view::npos ? std::string(word) : without_user(word, password);
}

/// Where the first word of `text` ends. A password may hold blanks: behind `scheme://USER:` and
/// what is no port, the word goes on to the end of the one with the `@`.
std::size_t word_end(std::string_view text) {
    const std::size_t end = std::min(text.find_first_of(blanks), text.size());
    const std::string_view word = text.substr(0, end);
    const std::size_t authority = authority_of(word);
    if (authority == std::string_view::npos ||
        word.find_first_of("/?#@", authority) != std::string_view::npos) {
        return end;
    }
    const std::size_t colon = word.find(':', authority);
    const bool is_password = colon != std::string_view::npos &&
                             word.find_first_not_of("0123456789:,.;'\")", colon) != word.npos;
    const std::size_t at = is_password ? text.find_first_of("@\n", end) : text.npos;
    return at == text.npos || text[at] != '@'
               ? end
               : std::min(text.find_first_of(blanks, at), text.size());
}

}  // namespace

std::string without_secrets(std::string_view text, Values values) {
    std::string safe;
    while (!text.empty()) {
        const std::size_t word = word_end(text);
        safe += shown(text.substr(0, word), values);
        text.remove_prefix(word);
        const std::size_t gap = std::min(text.find_first_not_of(blanks), text.size());
        safe += text.substr(0, gap);
        text.remove_prefix(gap);
    }
    return safe;
}

}  // namespace metricgate::support
