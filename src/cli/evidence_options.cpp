#include "cli/evidence_options.h"

#include <CLI/CLI.hpp>
#include <algorithm>
#include <set>
#include <string>

#include "cli/output.h"
#include "support/number.h"
#include "support/text.h"

namespace metricgate::cli {
namespace {

using support::Diagnostics;

void read_specs(const std::vector<std::string>& texts, std::vector<Spec>& specs,
                Diagnostics& problems) {
    for (const std::string& text : texts) {
        auto spec = parse_spec(text);
        if (spec) {
            specs.push_back(std::move(*spec));
        } else {
            problems.insert(problems.end(), spec.problems().begin(), spec.problems().end());
        }
    }
}

void read_metadata(const std::vector<std::string>& texts,
                   std::vector<std::pair<std::string, std::string>>& metadata,
                   Diagnostics& problems) {
    for (const std::string& text : texts) {
        const auto equals = text.find('=');
        if (equals == std::string::npos || equals == 0) {
            problems.push_back(usage_problem("--metadata " + text + ": wanted KEY=VALUE"));
            continue;
        }
        const std::string key = text.substr(0, equals);
        if (std::ranges::any_of(metadata, [&](const auto& given) { return given.first == key; })) {
            problems.push_back(usage_problem("--metadata " + text + ": '" + support::visible(key) +
                                             "' is given twice; wanted one value a key"));
            continue;
        }
        metadata.emplace_back(text.substr(0, equals), text.substr(equals + 1));
    }
}

void read_threads(const std::string& text, std::size_t& threads, Diagnostics& problems) {
    if (text.empty()) {
        return;
    }
    const auto number = support::parse_number(text);
    const bool whole = number.kind == support::NumberKind::finite && number.value >= 1.0 &&
                       number.value <= 256.0 &&
                       number.value == static_cast<double>(static_cast<int>(number.value));
    if (!whole) {
        problems.push_back(
            usage_problem("--threads " + text + ": wanted a whole number from 1 to 256"));
        return;
    }
    threads = static_cast<std::size_t>(number.value);
}

}  // namespace

void read_reports(const std::vector<std::string>& texts, const std::vector<std::string>& formats,
                  std::vector<ReportRequest>& reports, Diagnostics& problems) {
    for (const std::string& text : texts) {
        const auto equals = text.find('=');
        ReportRequest request{text.substr(0, equals), ""};
        if (equals != std::string::npos) {
            request.path = text.substr(equals + 1);
            if (request.path.empty()) {
                problems.push_back(
                    usage_problem("--report " + text + ": the file's name is missing"));
            }
        }
        if (std::find(formats.begin(), formats.end(), request.format) == formats.end()) {
            problems.push_back(usage_problem("--report " + text + ": unknown format '" +
                                             request.format + "'" +
                                             support::did_you_mean(request.format, formats) +
                                             "; wanted " + support::enumerate(formats, "or")));
        }
        reports.push_back(std::move(request));
    }
    // Equal names are told before anything is read; places are known later (misplaced_reports).
    std::set<std::string> names;
    for (const ReportRequest& request : reports) {
        const std::string name = name_of_output(request.path);
        if (!names.insert(name).second) {
            problems.push_back(usage_problem(
                name == standard_output
                    ? "--report: only one report can go to standard output; write FORMAT=FILE for "
                      "others"
                    : "--report: two reports are to be written to '" + request.path +
                          "'; give each its own file"));
        }
    }
}

void add_evidence_options(CLI::App& command, CheckArguments& check, RawEvidence& raw) {
    command.add_option("CANDIDATE", raw.positional,
                       "Candidate's file; also `-`, git:REV:PATH or INPUT=PATH");
    command.add_option("--candidate", raw.candidates, "The same, repeatable")
        ->allow_extra_args(false);
    command.add_option("--baseline", raw.baselines, "Baseline's file: PATH or git:REV:PATH")
        ->allow_extra_args(false);
    command.add_option("--baseline-rev", check.baseline_revision,
                       "Read the candidate's path at this revision; `auto` finds the base");
    command.add_option("--baseline-merge-base", check.baseline_merge_base,
                       "Read it at the merge base with this branch");
    command.add_option("-p,--policy", check.policy,
                       "Policy file (default: .metricgate.yaml here or above)");
    command.add_option(
        "--policy-rev", check.policy_revision,
        "Revision to read the policy from; `auto` finds the base (default: worktree)");
    command.add_option("--select", raw.select, "Only checks whose id matches this glob")
        ->allow_extra_args(false);
    command.add_option("--ignore", raw.ignore, "Leave out checks whose id matches this glob")
        ->allow_extra_args(false);
    command.add_option("--metadata", raw.metadata, "KEY=VALUE that `when:` may ask for")
        ->allow_extra_args(false);
    command.add_option("--format", check.format, "Format of the evidence files");
    command.add_option("--candidate-run", check.candidate_run,
                       "Run of the candidate, in a log that holds several");
    command.add_option("--baseline-run", check.baseline_run, "Run of the baseline");
    command.add_option("--threads", raw.threads, "Threads (results never depend on it)");
    command.add_flag("--allow-identical", check.allow_identical,
                     "Accept the same source on both sides");
    command.add_flag("--trust-repository", check.trust_repository,
                     "Open a repository owned by another user");
}

void add_report_option(CLI::App& command, RawEvidence& raw) {
    command.add_option("--report", raw.reports, "FORMAT or FORMAT=FILE, repeatable")
        ->allow_extra_args(false);
}

void read_evidence(const RawEvidence& raw, const std::vector<std::string>& formats,
                   CheckArguments& check, Diagnostics& problems) {
    std::vector<std::string> candidates = raw.candidates;
    if (!raw.positional.empty()) {
        candidates.insert(candidates.begin(), raw.positional);
    }
    read_specs(candidates, check.candidates, problems);
    read_specs(raw.baselines, check.baselines, problems);
    read_reports(raw.reports, formats, check.reports, problems);
    read_metadata(raw.metadata, check.metadata, problems);
    read_threads(raw.threads, check.threads, problems);
    check.select = raw.select;
    check.ignore = raw.ignore;
    const int ways = (check.baselines.empty() ? 0 : 1) + (check.baseline_revision.empty() ? 0 : 1) +
                     (check.baseline_merge_base.empty() ? 0 : 1);
    if (ways > 1) {
        problems.push_back(usage_problem(
            "give the baseline in one way: --baseline, --baseline-rev or --baseline-merge-base"));
    }
}

}  // namespace metricgate::cli
