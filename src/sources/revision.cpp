#include "sources/revision.h"

#include <algorithm>
#include <string_view>

#include "support/text.h"

namespace metricgate::sources {

namespace {

constexpr std::size_t longest_revision = 250;
constexpr std::size_t most_digits = 5;  // of ~N and ^N

bool is_digit(char c) {
    return c >= '0' && c <= '9';
}

bool is_hexadecimal(char c) {
    return is_digit(c) || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F');
}

bool is_name_character(char c) {
    constexpr std::string_view marks = "._-/+@#=,";
    const bool letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
    return letter || is_digit(c) || marks.find(c) != std::string_view::npos ||
           static_cast<unsigned char>(c) >= 0x80;
}

// What git itself allows in a name, without the characters that mean something in a revision.
bool is_name(std::string_view name) {
    if (name.empty() || name.front() == '-' || name.front() == '/' || name.back() == '/' ||
        name.back() == '.' || name == "@") {
        return false;
    }
    for (const std::string_view part : {"..", "//", "@{", "/.", ".lock/"}) {
        if (name.find(part) != std::string_view::npos) {
            return false;
        }
    }
    constexpr std::string_view lock = ".lock";
    const bool locked =
        name.size() >= lock.size() && name.substr(name.size() - lock.size()) == lock;
    // Bidi controls and invalid UTF-8 would be written differently, so they are refused here.
    return !locked && name.front() != '.' &&
           std::all_of(name.begin(), name.end(), is_name_character) &&
           support::visible(name, 0) == name;
}

}  // namespace

support::Result<Revision> parse_revision(const std::string& text) {
    const auto refused = [&text](const std::string& what) {
        return support::Diagnostic{
            support::in_file("revision '" + text + "'"),
            what +
                "; wanted HEAD, a branch, a tag, refs/... or 7 to 40 hexadecimal digits, each "
                "with any number of ~N or ^N"};
    };
    if (text.empty()) {
        return refused("it is empty");
    }
    if (text.size() > longest_revision) {
        return refused("it is longer than " + std::to_string(longest_revision) + " bytes");
    }
    Revision revision;
    const std::size_t end = std::min(text.find_first_of("~^"), text.size());
    revision.base = text.substr(0, end);
    if (!is_name(revision.base)) {
        return refused("'" + support::visible(revision.base) +
                       "' cannot be the name of a revision");
    }
    std::size_t at = end;
    while (at < text.size()) {
        RevisionStep step;
        if (text[at] != '~' && text[at] != '^') {
            return refused("'" + support::visible(text.substr(at)) + "' is no such suffix");
        }
        step.kind = text[at] == '~' ? RevisionStep::Kind::ancestor : RevisionStep::Kind::parent;
        const std::size_t digits = ++at;
        std::uint32_t count = 0;
        while (at < text.size() && is_digit(text[at])) {
            if (at - digits == most_digits) {
                return refused("a number after ~ or ^ has more than " +
                               std::to_string(most_digits) + " digits");
            }
            count = count * 10 + static_cast<std::uint32_t>(text[at] - '0');
            ++at;
        }
        step.count = at == digits ? 1 : count;
        revision.steps.push_back(step);
    }
    if (revision.base == "HEAD") {
        revision.kind = Revision::Kind::head;
    } else if (revision.base.rfind("refs/", 0) == 0) {
        revision.kind = Revision::Kind::reference;
    } else if (std::all_of(revision.base.begin(), revision.base.end(), is_hexadecimal)) {
        revision.is_full_id = revision.base.size() == 40;
        revision.is_short_id = revision.base.size() >= 7 && revision.base.size() < 40;
    }
    return revision;
}

}  // namespace metricgate::sources
