#include "cli/sides.h"

#include <algorithm>
#include <set>

#include "support/text.h"

namespace metricgate::cli {
namespace {

using support::Diagnostic;
using support::Done;

/// The specs of the command line that name this input, or name none when it is the only one.
std::vector<Spec> specs_for(const std::vector<Spec>& specs, const PlannedInput& input,
                            bool only_input) {
    std::vector<Spec> mine;
    for (const Spec& spec : specs) {
        if (spec.input == input.source.name || (spec.input.empty() && only_input)) {
            mine.push_back(spec);
        }
    }
    return mine;
}

struct Asked {
    std::string path;  ///< in the work tree; empty for a committed file
    Spec spec;
};

support::Result<std::vector<Asked>> open_candidates(const PlannedInput& input,
                                                    const std::vector<Spec>& specs,
                                                    const std::string& policy_directory,
                                                    Opener& opener, Sides& sides) {
    std::vector<Asked> asked;
    support::Diagnostics problems;
    const auto keep = [&](support::Result<Origin> origin, Asked what) {
        if (origin) {
            sides.candidate.push_back(std::move(*origin));
            asked.push_back(std::move(what));
        } else {
            problems.insert(problems.end(), origin.problems().begin(), origin.problems().end());
        }
    };
    for (const Spec& spec : specs) {
        keep(opener.open(spec), {spec.revision.empty() && !spec.tracker ? spec.path : "", spec});
    }
    if (specs.empty()) {
        const std::string root =
            opener.root_of(absolute_path(opener.files().working_directory(), policy_directory));
        for (const auto& path : input.source.paths) {
            const std::string resolved =
                policy_directory.empty() ? path.value : policy_directory + "/" + path.value;
            keep(opener.open(resolved, support::PathTrust::policy, root),
                 {resolved, {input.source.name, "", resolved}});
        }
    }
    if (!problems.empty()) {
        return problems;
    }
    if (asked.empty()) {
        return usage_problem("input '" + input.source.name +
                             "' has no file: give CANDIDATE, or `path:` in the policy");
    }
    return asked;
}

/// Reads the candidate's paths at the baseline's commit.
support::Result<Done> open_at_commit(const std::vector<Asked>& asked,
                                     support::Result<sources::Commit> commit, Opener& opener,
                                     Sides& sides) {
    if (!commit) {
        return commit.problems();
    }
    std::vector<std::string> absent;
    for (const Asked& candidate : asked) {
        if (candidate.spec.tracker) {
            return usage_problem("'" + candidate.spec.path +
                                 "' is no file, so no revision holds it; name the baseline by "
                                 "--baseline, such as mlflow:models/NAME@champion");
        }
        auto origin = candidate.path.empty()
                          ? opener.open_inside(candidate.spec.path, *commit, Wanted::evidence)
                          : opener.open_committed(candidate.path, *commit, Wanted::evidence);
        if (!origin) {
            return origin.problems();
        }
        if (origin->has_value()) {
            sides.baseline.push_back(std::move(**origin));
        } else {
            absent.push_back(candidate.spec.path);
        }
    }
    if (!absent.empty() && absent.size() < asked.size()) {
        return support::problem_in(absent.front(),
                                   "is not in the baseline's commit " + commit->id.substr(0, 12) +
                                       " though the other runs are; both sides need the same runs");
    }
    sides.baseline_absent = !absent.empty();
    return Done{};
}

/// Reads the baseline at a pinned anchor. One that is not there is never a first run.
support::Result<Done> open_at_anchor(const PlannedInput& input, const std::vector<Asked>& asked,
                                     const std::string& policy_directory, Opener& opener,
                                     Sides& sides) {
    const policy::Anchor& anchor = *input.anchor;
    if (anchor.path) {
        const std::string root =
            opener.root_of(absolute_path(opener.files().working_directory(), policy_directory));
        const std::string path = policy_directory.empty()
                                     ? anchor.path->value
                                     : policy_directory + "/" + anchor.path->value;
        if (input.policy_commit) {
            auto committed = opener.open_committed(path, *input.policy_commit, Wanted::evidence);
            if (!committed) {
                return committed.problems();
            }
            if (committed->has_value()) {
                sides.baseline.push_back(std::move(**committed));
                return Done{};
            }
            sides.warnings.push_back(
                "The anchor " + path + " of input " + input.source.name + " is not in commit " +
                input.policy_commit->id.substr(0, 12) +
                ", which the policy is of: the work tree's was read, and the change may have "
                "written it.");
        }
        auto origin = opener.open(path, support::PathTrust::policy, root);
        if (!origin) {
            return origin.problems();
        }
        sides.baseline.push_back(std::move(*origin));
        return Done{};
    }
    // The candidate of this run may be called anything; the release has what the policy names.
    std::vector<Asked> pinned;
    for (const auto& path : input.source.paths) {
        const std::string resolved =
            policy_directory.empty() ? path.value : policy_directory + "/" + path.value;
        pinned.push_back({resolved, {input.source.name, "", resolved}});
    }
    pinned = pinned.empty() ? asked : pinned;
    auto done = open_at_commit(pinned, opener.resolve(anchor.revision->value), opener, sides);
    if (done && sides.baseline_absent) {
        return Diagnostic{anchor.where, "the anchor " + support::visible(anchor.revision->value) +
                                            " has no file '" +
                                            support::visible(pinned.front().spec.path) +
                                            "'; pin a revision that has it"};
    }
    return done;
}

/// The one file as the asked commit has it, to be held against the change's.
support::Result<Done> open_before(const PlannedInput& input, const std::vector<Asked>& asked,
                                  const CheckArguments& arguments, Opener& opener, Sides& sides) {
    if (arguments.baseline_revision.empty() && arguments.baseline_merge_base.empty()) {
        return Done{};
    }
    const auto commit = opener.baseline_commit(arguments);
    if (!commit) {
        return commit.problems();
    }
    const std::string& path = asked.front().path;
    Sides past;
    past.baseline_absent = !path.empty() && !opener.is_inside(path);
    if (!past.baseline_absent) {
        if (const auto done = open_at_commit(asked, commit, opener, past); !done) {
            return done.problems();
        }
    }
    if (!past.baseline_absent) {
        sides.before = std::move(past.baseline.front());
        return Done{};
    }
    sides.warnings.push_back("Input " + input.source.name + " has both sides in " +
                             sides.candidate.front().name + ", which commit " +
                             commit->id.substr(0, 12) +
                             " does not have: the change itself may have written the baseline.");
    return Done{};
}

/// The folder that an origin is, or null.
const sources::FileTree* folder_of(const Origin& origin) {
    return origin.document && origin.document->is_folder() ? &origin.document->folder() : nullptr;
}

/// False also for a file that cannot be read, which is told where it is needed.
bool is_blob(const sources::FileTree& folder, const std::string& name, const std::string& blob) {
    const auto bytes = folder.read(name);
    return bytes && sources::blob_id(bytes->view()) == blob;
}

/// True when a folder of the work tree has those of a commit in a folder of its own, unchanged.
bool holds_unchanged(const sources::FileTree& here, const sources::FileTree& there,
                     const std::vector<std::string>& blobs) {
    const auto& names = there.names();
    return !names.empty() && std::ranges::any_of(here.names(), [&](const std::string& name) {
        if (!name.ends_with("/" + names.front())) {
            return false;
        }
        const std::string folder = name.substr(0, name.size() - names.front().size());
        for (std::size_t i = 0; i < names.size(); ++i) {
            if (!is_blob(here, folder + names[i], blobs[i])) {
                return false;
            }
        }
        return true;
    });
}

/// A file or folder of the work tree is the commit's own when all bytes are the same blobs; a file,
/// or a folder, and one that has it are when it is in there. A folder that got more files is not:
/// they are what a resumed run adds.
bool is_unchanged(const Origin& work_tree, const Origin& committed, Opener& opener) {
    const auto head = opener.head();
    if (!work_tree.commit.empty() || work_tree.recording != nullptr || !head ||
        head->id != committed.commit) {
        return false;
    }
    const sources::FileTree* here = folder_of(work_tree);
    const sources::FileTree* there = folder_of(committed);
    if (here == nullptr) {
        const std::string blob = sources::blob_id(work_tree.bytes.view());
        return there == nullptr ? blob == committed.info.blob
                                : std::ranges::find(committed.blobs, blob) != committed.blobs.end();
    }
    if (there == nullptr) {
        return std::ranges::any_of(here->names(), [&](const std::string& name) {
            return is_blob(*here, name, committed.info.blob);
        });
    }
    if (here->names() != there->names()) {
        return holds_unchanged(*here, *there, committed.blobs);
    }
    for (std::size_t i = 0; i < here->names().size(); ++i) {
        if (!is_blob(*here, here->names()[i], committed.blobs[i])) {
            return false;
        }
    }
    return true;
}

/// One file, and no role tells the sides apart.
bool compares_column_with_itself(const PlannedInput& input) {
    return std::all_of(input.source.columns.begin(), input.source.columns.end(),
                       [](const auto& column) {
                           const policy::ColumnBinding& binding = column.second;
                           return !binding.per_side || binding.baseline == binding.candidate;
                       });
}

/// One run given twice would count as two, and make the result look surer than it is.
support::Result<Done> refuse_repeated_runs(const std::vector<Origin>& runs, Opener& opener) {
    for (std::size_t i = 0; i < runs.size(); ++i) {
        for (std::size_t j = 0; j < i; ++j) {
            if (is_one_source(runs[i], runs[j], opener)) {
                return Diagnostic{support::in_file(runs[i].name),
                                  "is the same file as " + runs[j].name +
                                      ", given twice for one side; give each run once"};
            }
        }
    }
    return Done{};
}

/// Two runs of one log are two sources.
bool names_two_runs(const PlannedInput& input, const CheckArguments& arguments) {
    const auto& run = input.source.select.run;
    const std::string of_policy_c = run ? (run->per_side ? run->candidate : run->both) : "";
    const std::string of_policy_b = run ? (run->per_side ? run->baseline : run->both) : "";
    const std::string candidate =
        arguments.candidate_run.empty() ? of_policy_c : arguments.candidate_run;
    const std::string baseline =
        arguments.baseline_run.empty() ? of_policy_b : arguments.baseline_run;
    return input.source.kind == policy::InputKind::metrics && !candidate.empty() &&
           !baseline.empty() && candidate != baseline;
}

support::Result<Done> refuse_same_source(const Sides& sides, Opener& opener) {
    for (const Origin& candidate : sides.candidate) {
        for (const Origin& baseline : sides.baseline) {
            if (is_one_source(candidate, baseline, opener)) {
                return support::problem_in(
                    candidate.name,
                    "is the same source as the baseline " + baseline.name +
                        ", so the comparison proves nothing; name another baseline, or "
                        "say --allow-identical");
            }
        }
    }
    return Done{};
}

}  // namespace

bool reads_one_input(const Plan& plan) {
    std::set<std::string> names;
    for (const PlannedInput& input : plan.inputs) {
        if (input.used) {
            names.insert(input.source.name);
        }
    }
    return names.size() == 1;
}

bool is_one_source(const Origin& a, const Origin& b, Opener& opener) {
    return same_source(a, b) || is_unchanged(a, b, opener) || is_unchanged(b, a, opener);
}

support::Result<Sides> open_sides(const PlannedInput& input, const CheckArguments& arguments,
                                  bool only_input, const std::string& policy_directory,
                                  Opener& opener) {
    Sides sides;
    auto asked = open_candidates(input, specs_for(arguments.candidates, input, only_input),
                                 policy_directory, opener, sides);
    if (!asked) {
        return asked.problems();
    }
    const std::vector<Spec> baselines = specs_for(arguments.baselines, input, only_input);
    if (input.one_file) {
        if (!baselines.empty()) {
            return usage_problem("input '" + input.source.name +
                                 "' holds both sides in one file (a column per side); "
                                 "it takes no --baseline");
        }
        if (!arguments.allow_identical && compares_column_with_itself(input)) {
            return Diagnostic{input.source.where,
                              "both sides of input '" + input.source.name +
                                  "' are the same columns, so the comparison proves nothing; name "
                                  "another column, or say --allow-identical"};
        }
        if (const auto done = open_before(input, *asked, arguments, opener, sides); !done) {
            return done.problems();
        }
        return sides;
    }
    if (input.anchor) {
        if (auto done = open_at_anchor(input, *asked, policy_directory, opener, sides); !done) {
            return done.problems();
        }
    } else if (!baselines.empty()) {
        for (const Spec& spec : baselines) {
            auto origin = opener.open(spec);
            if (!origin) {
                return origin.problems();
            }
            sides.baseline.push_back(std::move(*origin));
        }
    } else if (!arguments.baseline_revision.empty() || !arguments.baseline_merge_base.empty()) {
        auto done = open_at_commit(*asked, opener.baseline_commit(arguments), opener, sides);
        if (!done) {
            return done.problems();
        }
    } else if (input.needs_baseline) {
        return usage_problem("no baseline was given for input '" + input.source.name +
                             "'; add --baseline FILE, --baseline-rev REV (or auto), or "
                             "--baseline-merge-base BRANCH; to record a first baseline, commit the "
                             "candidate's file: --baseline-rev HEAD then reads it");
    }
    for (const auto* runs : {&sides.candidate, &sides.baseline}) {
        if (const auto distinct = refuse_repeated_runs(*runs, opener); !distinct) {
            return distinct.problems();
        }
    }
    if (!arguments.allow_identical && !names_two_runs(input, arguments)) {
        auto distinct = refuse_same_source(sides, opener);
        if (!distinct) {
            return distinct.problems();
        }
    }
    return sides;
}

}  // namespace metricgate::cli
