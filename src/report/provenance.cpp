#include "report/provenance.h"

#include <algorithm>
#include <cstdlib>

#include "report/figures.h"
#include "support/text.h"

namespace metricgate::report {
namespace {

constexpr std::size_t changes_shown = 3;

bool is_commit_id(const std::string& text) {
    return text.size() >= 40 && text.find_first_not_of("0123456789abcdef") == std::string::npos;
}

std::string listed(const std::vector<std::string>& names, const Sink& sink) {
    std::string text;
    for (std::size_t i = 0; i < std::min(names.size(), changes_shown); ++i) {
        text += (i == 0 ? "" : ", ") + sink.name(names[i]);
    }
    if (names.size() > changes_shown) {
        text += " and " + grouped(names.size() - changes_shown) + " more";
    }
    return text;
}

}  // namespace

std::string baseline_age(const verdict::InputInfo& input) {
    if (!input.baseline || !input.baseline->commit_time || !input.candidate.commit_time) {
        return "";
    }
    constexpr std::int64_t day = 86'400;
    const std::int64_t seconds = *input.candidate.commit_time - *input.baseline->commit_time;
    const std::int64_t days = std::abs(seconds) / day;
    const std::string direction = seconds >= 0 ? "older" : "newer";
    if (seconds == 0) {
        return "same age";
    }
    if (days == 0) {
        return "less than a day " + direction;
    }
    return support::count_of(static_cast<std::size_t>(days), "day ", "days ") + direction;
}

std::string short_commit(const std::string& commit) {
    return is_commit_id(commit) ? commit.substr(0, 12) : commit;
}

std::string side_facts(const verdict::SourceInfo& side, const std::string& age, const Sink& sink) {
    std::string text;
    if (!side.commit.empty()) {
        text = "commit " + sink.name(short_commit(side.commit));
    }
    if (!age.empty()) {
        text += (text.empty() ? "" : ", ") + age;
    }
    return text;
}

std::string pairing_line(const verdict::InputInfo& input) {
    const evidence::Pairing& pairing = *input.pairing;
    if (input.different_examples) {
        return counted(pairing.candidate_rows, "examples") + " against " +
               grouped(pairing.baseline_rows) + " different ones, nothing pairs them";
    }
    if (pairing.baseline_rows == 0 && pairing.candidate_rows > 0) {
        return counted(pairing.candidate_rows, "examples") + ", nothing to pair them with";
    }
    std::string text = counted(pairing.paired, "examples") + " paired";
    if (pairing.by_position) {
        text += " by position";
    }
    if (pairing.only_baseline != 0 || pairing.only_candidate != 0) {
        text += "; " + grouped(pairing.only_baseline) + " only in the baseline and " +
                grouped(pairing.only_candidate) + " only in the candidate";
    }
    if (pairing.label_disagreements != 0) {
        text +=
            "; " + support::count_of(pairing.label_disagreements, "label differs", "labels differ");
    }
    return text;
}

std::string input_line(const verdict::InputInfo& input, bool named, const Sink& sink) {
    std::string text = named ? sink.name(input.name) + ": candidate " : "Candidate ";
    text += sink.name(input.candidate.description);
    const std::string candidate_facts = side_facts(input.candidate, "", sink);
    text += candidate_facts.empty() ? "" : " (" + candidate_facts + ")";
    if (input.baseline) {
        const std::string facts = side_facts(*input.baseline, baseline_age(input), sink);
        text += " against baseline " + sink.name(input.baseline->description);
        text += facts.empty() ? "" : " (" + facts + ")";
    } else {
        text += ", no baseline";
    }
    return text + (input.pairing ? ": " + pairing_line(input) : "") + ".";
}

std::string policy_line(const verdict::PolicyInfo& policy, const Sink& sink) {
    std::string text = "Policy " + sink.name(policy.source);
    if (policy.revision == "worktree") {
        text += " from the work tree";
    } else if (!policy.revision.empty()) {
        text += " at " + sink.name(short_commit(policy.revision));
    }
    if (policy.built_in) {
        text += ", the shipped gate that fits the evidence, because no policy was given";
    }
    if (!policy.changed) {
        const bool from_commit = !policy.revision.empty() && policy.revision != "worktree";
        return text + (from_commit ? ", the same in the work tree." : ".");
    }
    text += ". The work tree's policy differs and did not count";
    return text + (policy.changes.empty() ? "" : ": " + listed(policy.changes, sink)) + ".";
}

}  // namespace metricgate::report
