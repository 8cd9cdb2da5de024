#include "cli/ci_findings.h"

#include <algorithm>
#include <array>
#include <optional>

#include "cli/ci_command.h"
#include "cli/ci_gate_jobs.h"
#include "cli/ci_keys.h"
#include "cli/ci_lines.h"

namespace metricgate::cli {
namespace {

using Line = CiLine;

bool has(const Line& line, std::string_view what) {
    return line.text.find(what) != std::string::npos;
}

/// What stands behind a key or an option, without its quotes; empty if it is not there.
std::string value_of(const Line& line, std::string_view key) {
    const auto at = line.text.find(key);
    if (at == std::string::npos) {
        return "";
    }
    const auto start = line.text.find_first_not_of(" =:\"'", at + key.size());
    if (start == std::string::npos || start == at + key.size()) {
        return "";
    }
    if (line.text.compare(start, 3, "${{") == 0) {
        const auto end = line.text.find("}}", start);
        return line.text.substr(start, end == std::string::npos ? end : end + 2 - start);
    }
    return line.text.substr(start, line.text.find_first_of(" \"',;}])", start) - start);
}

/// A key whose value switches something on.
bool is_on(const Line& line, std::string_view key) {
    const std::string value = value_of(line, key);
    return value == "true" || value.starts_with("${{");
}

/// A condition that nothing meets.
bool is_never(const Line& line) {
    return std::ranges::any_of(std::array{"if", "condition"}, [&](const std::string& key) {
        const std::string prefix = line.text.starts_with("- ") ? "- " + key + ":" : key + ":";
        const std::string value =
            line.text.starts_with(prefix) ? value_of(line, key) : std::string();
        return value == "false" || value == "${{ false }}" || value == "${{false}}";
    });
}

/// `set +e`, `set +ex`, `set +o errexit`.
bool goes_on_after_errors(const Line& line) {
    const auto at = line.text.find("set +");
    if (at == std::string::npos) {
        return false;
    }
    const std::string flags =
        line.text.substr(at + 5, line.text.find_first_of(" ;&", at + 5) - at - 5);
    return flags.find('e') != std::string::npos || has(line, "set +o errexit");
}

/// `bash -e {0}`, `bash --noprofile --norc -eo pipefail {0}`.
bool stops_at_errors(const Line& line) {
    for (auto at = line.text.find(" -"); at != std::string::npos;
         at = line.text.find(" -", at + 1)) {
        const auto flags = line.text.substr(at + 2, line.text.find(' ', at + 2) - at - 2);
        if (!flags.starts_with('-') && flags.find('e') != std::string::npos) {
            return true;
        }
    }
    return has(line, "-o errexit");
}

/// A revision that the change itself decides about.
bool is_own(const std::string& revision) {
    constexpr std::array own = {"HEAD", "@", "worktree", "HEAD^0", "HEAD~0"};
    constexpr std::array names = {"github.sha",         "GITHUB_SHA", "head.sha",
                                  "head_ref",           "HEAD_REF",   "CI_COMMIT_SHA",
                                  "CI_COMMIT_REF_NAME", "GIT_COMMIT", "SOURCEVERSION"};
    const bool moves_away = revision.find_first_of("^~") != std::string::npos;
    return std::ranges::find(own, revision) != own.end() ||
           (!moves_away && std::ranges::any_of(names, [&](const char* name) {
               return revision.find(name) != std::string::npos;
           }));
}

/// What a revision of the change itself is given for, policy or baseline.
bool is_own_of(const Line& line, const std::string& side) {
    return is_own(value_of(line, "--" + side + "-rev")) ||
           is_own(value_of(line, side + "-revision"));
}

bool uses_action(const Line& line) {
    return has(line, "uses:") && has(line, "metricgate");
}

bool runs_check(const Line& line) {
    return end_of_program(line.text) != std::string::npos;
}

/// Whether a later line ends with the code that `|| code=$?` kept.
bool exits_later(const std::vector<Line>& lines, const Line& line, std::size_t program) {
    const std::string name = variable_behind(line.text, program);
    return !name.empty() && std::ranges::any_of(lines, [&](const Line& later) {
        return later.number > line.number &&
               (later.text == "exit $" + name || later.text == "exit \"$" + name + "\"" ||
                later.text == "exit ${" + name + "}" || later.text == "exit \"${" + name + "}\"");
    });
}

/// `if ! metricgate check; then exit 1; fi`, on one line or the few that follow.
bool ends_in_error(const std::vector<Line>& lines, const Line& line) {
    constexpr std::uint32_t few = 4;
    return std::ranges::any_of(lines, [&](const Line& later) {
        const auto at = later.text.find("exit ");
        return later.number >= line.number && later.number <= line.number + few &&
               at != std::string::npos && exits_with_error(std::string_view(later.text).substr(at));
    });
}

/// Whether some line runs the gate and does not only print its name.
bool runs_elsewhere(const std::vector<Line>& lines) {
    return std::ranges::any_of(lines, [](const Line& line) {
        const auto program = end_of_program(line.text);
        return program != std::string::npos &&
               exit_code_before(line.text, program) != ExitCode::printed;
    });
}

/// What happens to the exit code on a line; empty if it is kept.
std::string lost_exit_code(const std::vector<Line>& lines, const Line& line) {
    const std::string thrown_away =
        "the exit code is thrown away; the gate's own must end the step";
    const auto program = end_of_program(line.text);
    if (program == std::string::npos) {
        constexpr std::array nothing = {"|| true", "||true", "|| :", "||:", "|| exit 0"};
        return std::ranges::any_of(nothing, [&](const char* what) { return has(line, what); })
                   ? thrown_away
                   : "";
    }
    const ExitCode before = exit_code_before(line.text, program);
    switch (before == ExitCode::kept ? exit_code_behind(line.text, program) : before) {
        case ExitCode::kept:
            return "";
        case ExitCode::negated:
            return ends_in_error(lines, line)
                       ? ""
                       : "`!` turns a fail into success; take it away, or end with `exit 1`";
        case ExitCode::captured:
            return "the command around `$(...)` loses the gate's exit code; run the gate by itself "
                   "and write --report FORMAT=FILE";
        case ExitCode::printed:
            return runs_elsewhere(lines) ? "" : "the gate is printed and not run";
        case ExitCode::piped:
            return "a pipe behind the gate loses its exit code; write --report FORMAT=FILE instead";
        case ExitCode::replaced:
            return exits_later(lines, line, program) ? "" : thrown_away;
        case ExitCode::unwaited:
            return "`&` runs the gate in the background, so nobody asks for its exit code; take it "
                   "away";
    }
    return "";
}

/// What `catchError` and `warnError` of a Jenkinsfile make of a failed gate in their block.
support::Diagnostics caught_errors(const std::string& path, const std::vector<Line>& lines) {
    support::Diagnostics found;
    for (std::size_t i = 0; i < lines.size(); ++i) {
        // Without a buildResult, catchError leaves the build red.
        const std::string result = value_of(lines[i], "buildResult");
        const bool lenient = has(lines[i], "catchError") && !result.empty() && result != "FAILURE";
        if (!lenient && !has(lines[i], "warnError")) {
            continue;
        }
        long depth = 0;
        for (std::size_t at = i; at < lines.size(); ++at) {
            if (runs_check(lines[at])) {
                found.push_back({support::in_file(path, lines[i].number),
                                 "the build stays green or yellow when the gate in this block "
                                 "fails; take it out of the block"});
                break;
            }
            depth +=
                std::ranges::count(lines[at].text, '{') - std::ranges::count(lines[at].text, '}');
            if (depth <= 0) {
                break;
            }
        }
    }
    return found;
}

/// What keys say of steps and jobs where the file is no YAML that the strict parser takes: without
/// the tree, of whatever job.
support::Diagnostics findings_by_line(const std::string& path, const std::vector<Line>& lines) {
    support::Diagnostics found = caught_errors(path, lines);
    const auto say = [&](const Line& line, std::string_view message) {
        found.push_back({support::in_file(path, line.number), std::string(message)});
    };
    const Line* checkout = nullptr;
    bool depth = false;
    for (const Line& line : lines) {
        for (const std::string key : {"continue-on-error", "continueOnError"}) {
            if (is_on(line, key)) {
                say(line, key + " lets the job succeed when the gate fails; take it away");
            }
        }
        if (is_on(line, "allow_failure")) {
            say(line, may_fail_job);
        }
        if (line.text == "when: manual") {
            say(line, by_hand);
        }
        if (is_never(line)) {
            say(line, never_met);
        }
        if (value_of(line, "fetch-depth") == "1" || value_of(line, "fetchDepth") == "1") {
            say(line, one_commit);
        }
        if (value_of(line, "GIT_DEPTH") == "1") {
            say(line, one_commit);
        }
        checkout = checkout == nullptr && has(line, "actions/checkout") ? &line : checkout;
        depth = depth || has(line, "fetch-depth");
    }
    if (checkout != nullptr && !depth) {
        say(*checkout, one_commit);
    }
    return found;
}

/// The places of a YAML file that run the gate; none where the strict parser refuses the file.
struct Places {
    std::optional<support::Node> tree;
    std::vector<GateJob> jobs;
};

Places places_of(const std::string& path, std::string_view text) {
    Places places;
    if (path.ends_with(".yml") || path.ends_with(".yaml")) {
        auto tree = support::parse_yaml(text, path);
        if (tree) {
            places.tree = std::move(*tree);
            places.jobs = gate_jobs(*places.tree);
        }
    }
    return places;
}

/// Whether a line belongs to a job that runs the gate; all do where jobs cannot be told.
bool in_gate_job(const Places& places, const Line& line) {
    return places.jobs.empty() || std::ranges::any_of(places.jobs, [&](const GateJob& job) {
               return line.number >= job.first && line.number <= job.last;
           });
}

}  // namespace

bool runs_metricgate(const std::string& path, std::string_view text) {
    return std::ranges::any_of(ci_lines(path, text), [](const Line& line) {
        return runs_check(line) || has(line, "metricgate@") || uses_action(line);
    });
}

support::Diagnostics ci_findings(const std::string& path, std::string_view text) {
    const auto lines = ci_lines(path, text);
    const Places places = places_of(path, text);
    support::Diagnostics found = places.jobs.empty() ? findings_by_line(path, lines)
                                                     : key_findings(*places.tree, places.jobs);
    const auto say = [&](const Line& line, const std::string& message) {
        found.push_back({support::in_file(path, line.number), message});
    };
    const Line* check = nullptr;
    bool policy_rev = false;
    bool own_action = false;
    for (const Line& line : lines) {
        if (has(line, "--no-fail")) {
            say(line, "--no-fail turns a fail into success; take it away when the trial is over");
        }
        // What names the gate's own options counts wherever it stands, in variables for example;
        // what any command may do counts where the gate runs.
        const bool near = in_gate_job(places, line);
        if (runs_check(line) && has(line, "--allow-identical")) {
            say(line,
                "--allow-identical lets a candidate pass that is its own baseline; take it away");
        }
        if (near && has(line, "trap ") && has(line, "exit 0") && has(line, " EXIT")) {
            say(line, "the trap ends the step with 0 whatever the gate says; take it away");
        }
        if (near && has(line, "shell:") && has(line, "{0}") && !stops_at_errors(line)) {
            say(line, "this shell goes on when the gate fails; write `bash -e {0}`");
        }
        if (near && is_on(line, "returnStatus")) {
            say(line, "returnStatus lets the stage go on when the gate fails; take it away");
        }
        if (near && goes_on_after_errors(line)) {
            say(line, "set +e lets the step go on when the gate fails; take it away");
        }
        const std::string lost =
            near || runs_check(line) ? lost_exit_code(lines, line) : std::string();
        if (!lost.empty()) {
            say(line, lost);
        }
        if (is_own_of(line, "policy")) {
            say(line,
                "the policy is read from the change itself, which may loosen it; name the base "
                "revision, or auto");
        }
        if (is_own_of(line, "baseline")) {
            say(line,
                "the baseline is read from the change itself, so it is compared with itself; name "
                "the base revision, or auto");
        }
        check = check == nullptr && runs_check(line) ? &line : check;
        policy_rev = policy_rev || has(line, "--policy-rev");
        own_action = own_action || uses_action(line);
    }
    if (check != nullptr && !policy_rev && !own_action) {
        say(*check,
            "the policy is the change's own, which may loosen it; add --policy-rev with the "
            "base revision");
    }
    std::ranges::stable_sort(found, {},
                             [](const support::Diagnostic& one) { return one.where.line; });
    return found;
}

}  // namespace metricgate::cli
