#include "sources/table_parts.h"

#include <algorithm>
#include <charconv>
#include <utility>

#include "support/text.h"

namespace metricgate::sources {

namespace {

/// The parts of a path between its slashes.
std::vector<std::string> steps_of(std::string_view path) {
    std::vector<std::string> steps;
    for (;;) {
        const std::size_t slash = path.find('/');
        steps.push_back(std::string(path.substr(0, slash)));
        if (slash == std::string_view::npos) {
            return steps;
        }
        path.remove_prefix(slash + 1);
    }
}

/// `%3A` to `:`, as Hive and Spark write what may not stand in the name of a folder.
std::string unescaped(std::string_view text) {
    std::string result;
    for (std::size_t at = 0; at < text.size(); ++at) {
        unsigned byte = 0;
        if (text[at] == '%' && text.size() - at > 2) {
            const auto read = std::from_chars(text.data() + at + 1, text.data() + at + 3, byte, 16);
            if (read.ptr == text.data() + at + 3) {
                result += static_cast<char>(byte);
                at += 2;
                continue;
            }
        }
        result += text[at];
    }
    return result;
}

bool is_hidden(const std::string& step) {
    return step.starts_with('_') || step.starts_with('.');
}

/// A key of a folder may begin with `_`; it is no hidden folder then.
bool is_left_out(const std::vector<std::string>& steps) {
    for (std::size_t i = 0; i < steps.size(); ++i) {
        const bool is_key = i + 1 < steps.size() && steps[i].find('=') != std::string::npos;
        if (is_hidden(steps[i]) && !is_key) {
            return true;
        }
    }
    return false;
}

std::map<std::string, std::string> keys_of(const std::vector<std::string>& steps) {
    std::map<std::string, std::string> keys;
    for (std::size_t i = 0; i + 1 < steps.size(); ++i) {
        if (const std::size_t equals = steps[i].find('=');
            equals != std::string::npos && equals > 0) {
            keys[unescaped(steps[i].substr(0, equals))] = unescaped(steps[i].substr(equals + 1));
        }
    }
    return keys;
}

bool same_keys(const TablePart& a, const TablePart& b) {
    return std::equal(
        a.keys.begin(), a.keys.end(), b.keys.begin(), b.keys.end(),
        [](const auto& left, const auto& right) { return left.first == right.first; });
}

}  // namespace

support::Result<std::vector<TablePart>> parts_of(const FileTree& folder,
                                                 const std::string& source) {
    std::vector<TablePart> parts;
    for (const std::string& name : folder.names()) {
        const std::vector<std::string> steps = steps_of(name);
        if (steps.front() == "_temporary") {
            return support::problem_in(
                source,
                "holds '_temporary': the job that writes this folder is still running or has "
                "failed; wait for it, or run it again");
        }
        if (is_left_out(steps)) {
            continue;
        }
        parts.push_back({name, keys_of(steps)});
        if (!same_keys(parts.front(), parts.back())) {
            return support::problem_in(
                source, "'" + support::visible(parts.front().name) + "' and '" +
                            support::visible(name) +
                            "' do not stand below folders of the same keys (key=value)");
        }
    }
    if (parts.empty()) {
        return support::problem_in(source, "the folder holds no parts of a table");
    }
    return parts;
}

}  // namespace metricgate::sources
