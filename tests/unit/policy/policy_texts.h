#pragma once

#include <map>
#include <string>
#include <vector>

#include "policy/policy.h"

namespace metricgate::policy::test {

/// Policies that `extends` can find, by the path that `resolve_extends` gives.
using Files = std::map<std::string, std::string>;

inline support::Result<Policy> parse_text(const std::string& text, const Files& files = {}) {
    return parse(text, "p.yaml",
                 [&](const std::string& name,
                     const support::Location& where) -> support::Result<std::string> {
                     const auto found = files.find(resolve_extends(name, *where.file));
                     if (found == files.end()) {
                         return support::Diagnostic{where, "there is no " + name};
                     }
                     return found->second;
                 });
}

/// The problems as a user sees them; empty when the policy is accepted.
inline std::vector<std::string> problems_of(const std::string& text, const Files& files = {}) {
    std::vector<std::string> lines;
    const auto policy = parse_text(text, files);
    for (const support::Diagnostic& problem : policy.problems()) {
        lines.push_back(support::describe(problem));
    }
    return lines;
}

/// A policy with one check, which says `settings` beside its id and metric; line 3, column 31 on.
inline std::string check_with(const std::string& settings) {
    return "version: 1\nchecks:\n  - {id: a, metric: accuracy, " + settings + "}\n";
}

/// A policy whose input `eval` says `settings`; line 2, column 17 on.
inline std::string input_with(const std::string& settings) {
    return "version: 1\ninputs: {eval: {" + settings +
           "}}\nchecks: [{id: a, metric: accuracy, min: 0.5}]\n";
}

using Lines = std::vector<std::string>;

}  // namespace metricgate::policy::test
