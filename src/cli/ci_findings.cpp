#include "cli/ci_findings.h"

#include <algorithm>
#include <vector>

namespace metricgate::cli {
namespace {

struct Line {
    std::uint32_t number = 0;
    std::string text;  ///< without its comment
};

/// A `#` at the start of a line, or after a blank, begins a comment in YAML and in the shell.
std::string without_comment(std::string_view line) {
    for (std::size_t at = 0; at < line.size(); ++at) {
        const bool starts = at == 0 || line[at - 1] == ' ' || line[at - 1] == '\t';
        if (line[at] == '#' && starts) {
            return std::string(line.substr(0, at));
        }
    }
    return std::string(line);
}

std::vector<Line> lines_of(std::string_view text) {
    std::vector<Line> lines;
    while (!text.empty()) {
        const auto end = std::min(text.find('\n'), text.size());
        lines.push_back(
            {static_cast<std::uint32_t>(lines.size() + 1), without_comment(text.substr(0, end))});
        text.remove_prefix(std::min(text.size(), end + 1));
    }
    return lines;
}

bool has(const Line& line, std::string_view what) {
    return line.text.find(what) != std::string::npos;
}

/// A key whose value switches something on.
bool is_on(const Line& line, std::string_view key) {
    const auto at = line.text.find(key);
    if (at == std::string::npos) {
        return false;
    }
    const std::string rest = line.text.substr(at + key.size());
    return rest.find("true") != std::string::npos || rest.find("${{") != std::string::npos;
}

/// A single `|` behind the program's name.
bool is_piped(const Line& line) {
    const auto program = line.text.find("metricgate check");
    if (program == std::string::npos) {
        return false;
    }
    for (std::size_t at = program; at < line.text.size(); ++at) {
        const bool alone = line.text[at] == '|' && line.text[at - 1] != '|' &&
                           (at + 1 == line.text.size() || line.text[at + 1] != '|');
        if (alone) {
            return true;
        }
    }
    return false;
}

}  // namespace

bool runs_metricgate(std::string_view text) {
    return std::ranges::any_of(lines_of(text), [](const Line& line) {
        return has(line, "metricgate check") || has(line, "metricgate@") ||
               (has(line, "uses:") && has(line, "metricgate"));
    });
}

support::Diagnostics ci_findings(const std::string& path, std::string_view text) {
    support::Diagnostics found;
    const auto say = [&](const Line& line, const std::string& message) {
        found.push_back({support::in_file(path, line.number), message});
    };
    const auto lines = lines_of(text);
    const Line* check = nullptr;
    const Line* checkout = nullptr;
    bool policy_rev = false;
    bool own_action = false;
    bool depth = false;
    for (const Line& line : lines) {
        if (has(line, "--no-fail")) {
            say(line, "--no-fail turns a fail into success; take it away when the trial is over");
        }
        if (is_on(line, "continue-on-error:")) {
            say(line, "continue-on-error lets the job succeed when the gate fails; take it away");
        }
        if (is_on(line, "allow_failure:")) {
            say(line, "allow_failure lets the pipeline pass when the gate fails; take it away");
        }
        if (has(line, "|| true") || has(line, "|| :") || has(line, "|| exit 0")) {
            say(line, "the exit code is thrown away; the gate's own must end the step");
        }
        if (is_piped(line)) {
            say(line,
                "a pipe behind the gate loses its exit code; write --report FORMAT=FILE "
                "instead");
        }
        check = check == nullptr && has(line, "metricgate check") ? &line : check;
        checkout = checkout == nullptr && has(line, "actions/checkout") ? &line : checkout;
        policy_rev = policy_rev || has(line, "--policy-rev");
        own_action = own_action || (has(line, "uses:") && has(line, "metricgate"));
        depth = depth || has(line, "fetch-depth");
    }
    if (check != nullptr && !policy_rev && !own_action) {
        say(*check,
            "the policy is the change's own, which may loosen it; add --policy-rev with the "
            "base revision");
    }
    if (checkout != nullptr && !depth) {
        say(*checkout,
            "the checkout has one commit, so the base cannot be read; add `with: "
            "{fetch-depth: 2}` for pull requests, else 0");
    }
    return found;
}

}  // namespace metricgate::cli
