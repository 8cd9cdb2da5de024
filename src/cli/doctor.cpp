#include "cli/doctor.h"

#include <algorithm>
#include <array>
#include <utility>

#include "cli/ci_findings.h"
#include "cli/ci_system.h"
#include "cli/code_owners.h"
#include "cli/output.h"
#include "cli/waivers.h"
#include "report/escape.h"
#include "support/text.h"
#include "verdict/power.h"
#include "verdict/waivers.h"

namespace metricgate::cli {
namespace {

using support::Diagnostic;
using support::Diagnostics;
using support::Result;

constexpr std::size_t text_limit = std::size_t{1} << 20;
constexpr std::array<const char*, 4> owner_files = {".github/CODEOWNERS", "CODEOWNERS",
                                                    "docs/CODEOWNERS", ".gitlab/CODEOWNERS"};

void append(Diagnostics& found, Diagnostics more) {
    std::ranges::move(more, std::back_inserter(found));
}

/// The text of a small file of the work tree.
Result<std::string> text_of(const std::string& path, Opener& opener) {
    const auto bytes = opener.files().read(path, text_limit, support::PathTrust::command_line, "");
    if (!bytes) {
        return bytes.problems();
    }
    return std::string(bytes->view());
}

/// The CI files that run the gate, and what is wrong in them.
Diagnostics of_ci(const std::vector<std::string>& files, Opener& opener,
                  std::vector<std::string>& protect) {
    Diagnostics found;
    for (const std::string& path : files) {
        if (!is_ci_file(path)) {
            continue;
        }
        const auto text = text_of(path, opener);
        if (!text) {
            for (Diagnostic problem : text.problems()) {
                problem.message +=
                    "; whether the gate runs there, and whether it can stop a "
                    "merge, is not known";
                found.push_back(std::move(problem));
            }
            continue;
        }
        if (runs_metricgate(path, *text)) {
            protect.push_back(path);
            append(found, ci_findings(path, *text));
        }
    }
    if (protect.empty()) {
        found.push_back({support::in_file("."),
                         "no CI file runs `metricgate check`, so nothing stops a merge; "
                         "`metricgate init` writes one; make its job required"});
    }
    return found;
}

Diagnostics of_owners(const std::vector<std::string>& protect, Opener& opener) {
    for (const char* path : owner_files) {
        const auto text = text_of(path, opener);
        if (!text) {
            continue;
        }
        Diagnostics found;
        for (const std::string& file : protect) {
            if (!has_owner(*text, file)) {
                found.push_back({support::in_file(path),
                                 "nobody owns " + support::visible(file) +
                                     ", so anyone may change the gate; add the line `/" +
                                     support::visible(file) + " @OWNER`"});
            }
        }
        return found;
    }
    return {{support::in_file("."),
             "there is no CODEOWNERS file, so anyone may change the policy and the CI files; write "
             ".github/CODEOWNERS with a line for each of " +
                 support::enumerate(protect)}};
}

Diagnostics of_policy(const LoadedPolicy& loaded, const CheckArguments& arguments) {
    Diagnostics found;
    for (const policy::Input& input : loaded.policy.inputs) {
        if (input.kind == policy::InputKind::predictions &&
            input.pair_by == policy::PairBy::position) {
            found.push_back({input.where,
                             "examples are paired by position: a row added or sorted away pairs "
                             "strangers, and nobody notices; record an id a row and bind `id:`"});
        }
    }
    for (const verdict::Waiver& waiver : arguments.now
                                             ? waivers_on(loaded.policy, *arguments.now, false)
                                             : std::vector<verdict::Waiver>{}) {
        if (waiver.state == verdict::WaiverState::lapsed) {
            found.push_back({waiver.where, "the waiver of " + verdict::target(waiver) +
                                               " lapsed after " + waiver.expires +
                                               "; remove it, or have " + waiver.owner +
                                               " decide anew"});
        }
        if (waiver.state == verdict::WaiverState::too_long) {
            found.push_back({waiver.where, "the waiver of " + verdict::target(waiver) +
                                               " ends more than 90 days ahead and does not count; "
                                               "bring `expires` nearer"});
        }
    }
    return found;
}

/// What the power analysis warns of: checks that no candidate can turn red, margins that this much
/// data cannot police.
Diagnostics of_margins(const Prepared& prepared, const CheckArguments& arguments,
                       const Progress& progress) {
    const verdict::GateResult judged = judge(prepared, arguments, progress);
    const auto power =
        verdict::analyse_power(judged, to_correction(prepared.policy.policy.multiplicity));
    Diagnostics found;
    for (const verdict::RowPower& row : power.rows) {
        for (const comparison::Note& warning : row.warnings) {
            if (warning.code == "cannot_fail" || warning.code == "cannot_police" ||
                warning.code == "too_little_data") {
                found.push_back({row.rule.where, verdict::label(row.rule) + ": " + warning.text +
                                                     " `metricgate power` has the numbers."});
            }
        }
    }
    for (const comparison::Note& warning : power.warnings) {
        if (warning.code != "nothing_blocks") {
            continue;  // the others tell of data that is not there yet
        }
        found.push_back({support::in_file(judged.policy.source), warning.text});
    }
    return found;
}

Diagnostics of_evidence(LoadedPolicy loaded, CheckArguments arguments, Opener& opener,
                        const Progress& progress) {
    const bool asked = !arguments.baselines.empty() || !arguments.baseline_revision.empty() ||
                       !arguments.baseline_merge_base.empty();
    if (!asked) {
        arguments.baseline_revision = "HEAD";
    }
    arguments.allow_identical = true;
    const std::string source = loaded.info.source;
    const auto prepared = prepare_with(std::move(loaded), arguments, opener, progress);
    if (!prepared) {
        Diagnostics found = prepared.problems();
        for (Diagnostic& problem : found) {
            problem.message = "the evidence cannot be judged: " + problem.message;
        }
        return found;
    }
    Diagnostics found;
    for (const auto& input : prepared->inputs) {
        if (input && input->baseline_absent) {
            found.push_back({support::in_file(input->info.candidate.description),
                             "there is no baseline: the commit does not have this file, so nothing "
                             "is compared; commit it"});
        }
    }
    append(found, of_margins(*prepared, arguments, progress));
    return found;
}

}  // namespace

Result<Findings> examine(const CheckArguments& arguments, const World& world, Opener& opener,
                         const Progress& progress) {
    if (world.folders == nullptr) {
        return usage_problem("doctor: folders cannot be looked at here");
    }
    auto loaded = load_policy(arguments.policy, arguments.policy_revision, opener);
    if (!loaded) {
        return loaded.problems();
    }
    if (loaded->has_value()) {
        if (const auto plan = make_plan((*loaded)->policy, arguments); !plan) {
            return plan.problems();
        }
    }
    Diagnostics found;
    if (world.files.exists(".git/shallow")) {
        found.push_back({support::in_file(".git/shallow"),
                         "this clone is shallow, so the base commit may be out of reach; git fetch "
                         "--unshallow, or a deeper checkout in CI"});
    }
    std::vector<std::string> protect;
    append(found, of_ci(world.folders->list(), opener, protect));
    if (!loaded->has_value()) {
        found.push_back({support::in_file("."),
                         "there is no .metricgate.yaml here or above, so a shipped gate that "
                         "nobody chose decides; `metricgate init` writes a policy"});
        return Findings{std::move(found)};
    }
    protect.insert(protect.begin(),
                   arguments.policy.empty() ? ".metricgate.yaml" : arguments.policy);
    append(found, of_owners(protect, opener));
    append(found, of_policy(**loaded, arguments));
    append(found, of_evidence(std::move(**loaded), arguments, opener, progress));
    return Findings{std::move(found)};
}

int doctor_command(const CheckArguments& arguments, const Streams& streams, const World& world) {
    Opener opener = open_world(arguments, world);
    ProgressLine line(streams);
    const auto found = examine(arguments, world, opener, line.listener());
    line.clear();
    if (!found) {
        print(streams.error, describe_all(found.problems()));
        print(streams.error, closing_line("could_not_look", 2));
        return 2;
    }
    std::string text;
    for (const Diagnostic& finding : found->list) {
        text += support::describe(finding) + "\n";
    }
    text += found->list.empty()
                ? "Nothing was found that makes the gate toothless.\n"
                : support::count_of(found->list.size(), "finding", "findings") + ".\n";
    text += "Not to be seen from here: whether the gate's job is a required check. Make it one.\n";
    return tell(streams, report::guard_workflow_lines(text),
                found->list.empty() ? Ending{"nothing_found", 0} : Ending{"found", 1},
                {"could_not_look", 2});
}

}  // namespace metricgate::cli
