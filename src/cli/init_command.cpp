#include "cli/init_command.h"

#include <algorithm>
#include <array>
#include <string_view>
#include <vector>

#include "cli/ci_system.h"
#include "cli/find_evidence.h"
#include "cli/init_policy.h"
#include "cli/output.h"
#include "cli/output_place.h"
#include "cli/progress.h"
#include "cli/templates.h"
#include "report/escape.h"
#include "report/table.h"
#include "support/text.h"

namespace metricgate::cli {
namespace {

using support::Diagnostics;
using support::Result;

constexpr const char* policy_path = ".metricgate.yaml";
constexpr const char* hook_path = ".githooks/pre-push";
constexpr std::size_t columns = 100;

struct Target {
    std::string path;
    std::string text;
    bool executable = false;
};

/// All that `init` is about to do.
struct Work {
    FoundEvidence evidence;
    WrittenPolicy policy;
    CiSystem ci = CiSystem::none;
    std::vector<Target> targets;
};

/// What a template says for "the baseline is the base commit's", and what it says instead where the
/// baseline is a file of its own. Nothing else in a template is filled in.
struct Placeholder {
    std::string_view base_commit;
    std::string_view own_file;
};
constexpr std::array<Placeholder, 2> placeholders = {
    {{"--baseline-rev auto", "--baseline "}, {"baseline-revision: auto", "baseline: "}}};

std::string filled_in(std::string text, const std::string& baseline) {
    for (const Placeholder& placeholder : placeholders) {
        const auto at = text.find(placeholder.base_commit);
        if (!baseline.empty() && at != std::string::npos) {
            text.replace(at, placeholder.base_commit.size(),
                         std::string(placeholder.own_file) + "'" + baseline + "'");
        }
    }
    return text;
}

bool is_plain(const std::string& path) {
    return std::ranges::none_of(path, [](unsigned char c) {
        return c < ' ' || c == 0x7f || c == '\'' || c == '"' || c == '$' || c == '\\' || c == '{' ||
               c == '#' || c == ':';
    });
}

CiSystem chosen_ci(const InitArguments& arguments, const std::vector<std::string>& files,
                   Opener& opener) {
    if (arguments.ci == "github") {
        return CiSystem::github;
    }
    if (arguments.ci == "gitlab") {
        return CiSystem::gitlab;
    }
    return arguments.ci == "none" ? CiSystem::none : find_ci(files, opener);
}

/// A GitLab repository has one file that begins everything; an existing one is not ours to write.
std::string ci_path(CiSystem ci, const std::vector<std::string>& files) {
    switch (ci) {
        case CiSystem::github:
            return ".github/workflows/metricgate.yml";
        case CiSystem::gitlab:
            return std::ranges::find(files, ".gitlab-ci.yml") == files.end()
                       ? ".gitlab-ci.yml"
                       : ".gitlab/metricgate.yml";
        case CiSystem::none:
            return "";
    }
    return "";
}

Result<Work> plan_work(const InitArguments& arguments, const World& world, Opener& opener,
                       const Progress& progress) {
    const std::vector<std::string> files = world.folders->list();
    Work work;
    if (progress) {
        progress("looking at " + support::count_of(files.size(), "file", "files"));
    }
    if (!arguments.candidate.empty()) {
        work.evidence = {arguments.candidate, arguments.baseline, {}};
    } else if (auto found = find_evidence(files, opener)) {
        work.evidence = std::move(*found);
    } else {
        return usage_problem(
            "init: found no evaluation file here: a CSV, TSV or JSON lines table with the columns "
            "id, label and score or prediction, or a JSON or YAML file of metrics; write one, "
            "or name it: metricgate init CANDIDATE");
    }
    for (const std::string& path : {work.evidence.candidate, work.evidence.baseline}) {
        if (!is_plain(path)) {
            return usage_problem("init: the name of " + support::visible(path) +
                                 " has characters that a shell or YAML reads; rename it");
        }
    }
    if (progress) {
        progress("trying a policy on " + work.evidence.candidate);
    }
    auto policy = write_policy(work.evidence, opener);
    if (!policy) {
        return policy.problems();
    }
    work.policy = std::move(*policy);
    work.targets.push_back({policy_path, work.policy.text});
    work.ci = chosen_ci(arguments, files, opener);
    if (const std::string path = ci_path(work.ci, files); !path.empty()) {
        const char* name = work.ci == CiSystem::github ? "github/metricgate.yml"
                                                       : "gitlab/metricgate.gitlab-ci.yml";
        work.targets.push_back({path, filled_in(template_text(name), work.evidence.baseline)});
    }
    work.targets.push_back(
        {hook_path, filled_in(template_text("hooks/pre-push"), work.evidence.baseline), true});
    return work;
}

/// `wrote` tells whether any of it was written.
Diagnostics write(const InitArguments& arguments, const Work& work, const World& world,
                  bool& wrote) {
    Diagnostics problems;
    for (const Target& target : work.targets) {
        if (std::string refusal = output_place(target.path, world.files).refusal;
            !refusal.empty()) {
            problems.push_back({support::in_file(target.path), refusal});
        } else if (!arguments.force && world.files.exists(target.path)) {
            problems.push_back({support::in_file(target.path),
                                "is there already; --force replaces it, and nothing was written"});
        }
    }
    for (const Target& target : work.targets) {
        if (!problems.empty()) {
            break;
        }
        world.folders->make_room_for(target.path);
        const auto written = world.files.write(target.path, target.text);
        problems = written.problems();
        wrote = wrote || written.ok();
        if (problems.empty() && target.executable) {
            world.folders->make_executable(target.path);
        }
    }
    return problems;
}

std::string told(const Work& work) {
    std::string text;
    const auto say = [&](const std::string& line, std::size_t indent = 0) {
        text += report::wrap(report::terminal_sentence(line), indent, columns);
    };
    const FoundEvidence& evidence = work.evidence;
    say("Found " + evidence.candidate + ", " + work.policy.kind +
        (evidence.baseline.empty() ? "" : ", and its baseline " + evidence.baseline) + ".");
    if (!evidence.passed.empty()) {
        say("Also there, not used: " + evidence.passed.front() +
            (evidence.passed.size() == 1
                 ? ""
                 : " and " + std::to_string(evidence.passed.size() - 1) + " more") +
            ". `metricgate init CANDIDATE` names another.");
    }
    say("Wrote " + std::string(policy_path) + " with " + support::enumerate(work.policy.checks) +
        ": each passes on the present files, and the self-test turned each red.");
    for (const std::string& left_out : work.policy.left_out) {
        say("Left out " + left_out + ".", 2);
    }
    for (std::size_t i = 1; i < work.targets.size(); ++i) {
        say("Wrote " + work.targets[i].path + ".");
    }
    if (work.ci == CiSystem::none) {
        say("No CI was found; --ci github or --ci gitlab writes its file.");
    }
    const std::string sides = evidence.baseline.empty()
                                  ? evidence.candidate + " --baseline-rev HEAD"
                                  : evidence.candidate + " --baseline " + evidence.baseline;
    text += "\nNext steps\n";
    say("Read the margins in " + std::string(policy_path) + "; `metricgate power " + sides +
            "` tells what they see once both sides differ.",
        2);
    say(std::string("Commit what was written") +
            (evidence.baseline.empty()
                 ? " and " + evidence.candidate + ", which becomes the first baseline"
                 : "") +
            ".",
        2);
    switch (work.ci) {
        case CiSystem::github:
            say("Replace OWNER in " + work.targets[1].path + " by whoever hosts metricgate.", 2);
            break;
        case CiSystem::gitlab:
            say(std::string(
                    "Add metricgate's sources as the submodule tools/metricgate, or name an "
                    "image that has metricgate on PATH") +
                    (work.targets[1].path != ".gitlab-ci.yml"
                         ? "; add `include: {local: " + work.targets[1].path +
                               "}` to .gitlab-ci.yml"
                         : "") +
                    ".",
                2);
            break;
        case CiSystem::none:
            break;
    }
    if (work.ci != CiSystem::none) {
        say("Make the job `metricgate` required, and let code owners protect the policy and the CI "
            "file.",
            2);
    }
    say("For the hook, with metricgate on PATH: git config core.hooksPath .githooks", 2);
    say("`metricgate doctor` tells what would still make the gate toothless.", 2);
    return text;
}

}  // namespace

int init_command(const InitArguments& arguments, const Streams& streams, const World& world) {
    Opener opener(world.files, {}, false);
    ProgressLine line(streams);
    auto work = world.folders == nullptr
                    ? Result<Work>(usage_problem("init: folders cannot be looked at here"))
                    : plan_work(arguments, world, opener, line.listener());
    line.clear();
    bool wrote = false;
    const Diagnostics problems = work ? write(arguments, *work, world, wrote) : work.problems();
    if (!problems.empty()) {
        print(streams.error, describe_all(problems));
        print(streams.error, closing_line(wrote ? "not_all_written" : "nothing_written", 2));
        return 2;
    }
    return tell(streams, report::guard_workflow_lines(told(*work)), {"written", 0},
                {"written_untold", 2});
}

}  // namespace metricgate::cli
