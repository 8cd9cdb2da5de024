#include "cli/init_policy.h"

#include <algorithm>
#include <array>
#include <cmath>

#include "cli/default_gate.h"
#include "cli/prepare.h"
#include "cli/selftest.h"
#include "metrics/catalog.h"
#include "sources/selection.h"
#include "sources/table_reader.h"
#include "support/number.h"
#include "support/text.h"

namespace metricgate::cli {
namespace {

using support::Result;

/// A check as it is tried and at last written.
struct Draft {
    std::string id;
    std::string metric;
    std::string comment = "";
    bool relative = false;
    double margin = 0.01;
    bool warns = false;
    bool widened = false;       ///< until the present files passed
    std::string left_out = "";  ///< why it is not written; empty: it is
};

struct Drafts {
    std::string gate;
    std::string path;
    std::vector<std::pair<std::string, std::string>>
        columns;  ///< role, column; none: a metric file
    bool threshold = false;
    std::vector<Draft> checks;
    std::vector<std::string> unknown;  ///< recorded names whose direction nobody knows
    std::uint64_t examples = 0;
};

constexpr const char* policy_name = ".metricgate.yaml";

/// Quoted unless it cannot be taken for anything but text.
std::string yaml_text(const std::string& text) {
    static const std::vector<std::string> words = {"y",  "n",   "yes",  "no",   "true",
                                                   "on", "off", "null", "false"};
    const auto plain = [](char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
               c == '_' || c == '.' || c == '/' || c == '-';
    };
    const bool letter_first = !text.empty() && ((text.front() >= 'a' && text.front() <= 'z') ||
                                                (text.front() >= 'A' && text.front() <= 'Z'));
    if (letter_first && std::ranges::all_of(text, plain) &&
        std::ranges::find(words, text) == words.end()) {
        return text;
    }
    std::string quoted = "\"";
    for (const char c : text) {
        quoted += c == '"' || c == '\\' ? std::string("\\") + c : std::string(1, c);
    }
    return quoted + "\"";
}

/// The next number that reads well, at or above `value`: 0.013 -> 0.015.
double readable(double value) {
    constexpr std::array<double, 6> steps = {1.0, 1.5, 2.0, 3.0, 5.0, 7.5};
    const double unit = std::pow(10.0, std::floor(std::log10(value)));
    for (const double step : steps) {
        if (step * unit >= value * (1.0 - 1e-9)) {
            return step * unit;
        }
    }
    return 10.0 * unit;
}

std::string margin_text(const Draft& draft) {
    return draft.relative ? "{rel: " + support::format_short(100.0 * draft.margin, 4) + "%}"
                          : "{abs: " + support::format_short(draft.margin, 4) + "}";
}

std::string inputs_text(const Drafts& drafts) {
    std::string text = "inputs:\n  eval:\n";
    if (drafts.columns.empty()) {
        return text + "    kind: metrics\n    path: " + yaml_text(drafts.path) + "\n";
    }
    text += "    kind: predictions\n    path: " + yaml_text(drafts.path) + "\n    columns: {";
    const char* separator = "";
    for (const auto& [role, column] : drafts.columns) {
        text += separator + role + ": " + yaml_text(column);
        separator = ", ";
    }
    text += "}\n";
    if (drafts.threshold) {
        text += "    threshold: 0.5  # a score of at least this is the positive class\n";
    }
    return text;
}

std::string head_text(const Drafts& drafts) {
    return "# Written by `metricgate init` from " + support::visible(drafts.path) +
           "; yours to change. docs/POLICY.md has every key.\n"
           "#\n"
           "# A margin is the loss that you accept, not the loss to be caught: a model that is "
           "worse by\n"
           "# exactly the margin is blocked about half of the time. `metricgate power` tells what "
           "these\n"
           "# margins see on your data.\n"
           "version: 1\n\n";
}

std::string policy_text(const Drafts& drafts) {
    std::string text = head_text(drafts) + inputs_text(drafts) + "\nchecks:\n";
    if (drafts.examples > 0) {
        text += "  # Margins are what " +
                support::count_of(drafts.examples, "example", "examples") +
                " can police; more examples allow smaller ones.\n";
    } else if (drafts.columns.empty()) {
        text +=
            "  # Bare numbers carry no uncertainty: the margin is a band. Record `{value, stderr, "
            "n}` or\n"
            "  # several runs, and an interval takes its place.\n";
    }
    for (const Draft& draft : drafts.checks) {
        if (!draft.left_out.empty()) {
            continue;
        }
        text += draft.comment.empty() ? "" : "\n  # " + draft.comment + "\n";
        text += draft.widened ? "  # Wider than this data needs, because the present files lose so "
                                "much: look at that first.\n"
                              : "";
        text += "  - {id: " + yaml_text(draft.id) + ", metric: " + yaml_text(draft.metric) +
                ", margin: " + margin_text(draft) + (draft.warns ? ", level: warn" : "") + "}\n";
    }
    for (const Draft& draft : drafts.checks) {
        if (!draft.left_out.empty()) {
            text +=
                "\n  # Left out, " + draft.id + ": " + support::visible(draft.left_out, 300) + "\n";
        }
    }
    for (const std::string& name : drafts.unknown) {
        text += "\n  # Say which direction is better, and take the line in:\n  # - {id: " +
                yaml_text(name) + ", metric: {name: " + yaml_text(name) +
                ", direction: higher}, margin: {rel: 5%}}\n";
    }
    return text;
}

Result<Drafts> drafts_of_metrics(const FoundEvidence& evidence, Opener& opener) {
    auto origin = opener.open(evidence.candidate, support::PathTrust::command_line, "");
    if (!origin) {
        return origin.problems();
    }
    if (const auto done = unpack(*origin); !done) {
        return done.problems();
    }
    const auto recording = sources::read_metrics(*origin->document, "");
    if (!recording) {
        return recording.problems();
    }
    const auto file = sources::select(*recording, {});
    if (!file) {
        return file.problems();
    }
    Drafts drafts;
    drafts.gate = "scalars";
    for (const evidence::Entry& entry : file->entries) {
        const auto* known = metrics::find(entry.name);
        if (known == nullptr) {
            drafts.unknown.push_back(entry.name);
        } else {
            drafts.checks.push_back({.id = entry.name,
                                     .metric = entry.name,
                                     .comment = std::string(known->summary),
                                     .relative = true});
        }
    }
    return drafts;
}

/// The shipped gate that fits, with its margins.
Result<Drafts> drafts_of(const FoundEvidence& evidence, Opener& opener) {
    CheckArguments arguments;
    arguments.candidates.push_back({"", "", evidence.candidate});
    const auto gate = default_gate(arguments, opener);
    if (!gate) {
        return gate.problems();
    }
    const std::string name = gate->info.source.substr(gate->info.source.find(':') + 1);
    if (name == "scalars") {
        return drafts_of_metrics(evidence, opener);
    }
    Drafts drafts;
    drafts.gate = name;
    const policy::Input& input = gate->policy.inputs.front();
    for (const auto& [role, binding] : input.columns) {
        drafts.columns.emplace_back(role, binding.both);
    }
    drafts.threshold = input.columns.count("score") != 0 && input.columns.count("prediction") == 0;
    for (const policy::Check& check : gate->policy.checks) {
        Draft draft{.id = check.id.value, .metric = check.metric.text};
        if (check.metric.kind != support::Node::Kind::text || !check.margin) {
            continue;
        }
        const auto* known = metrics::find(draft.metric);
        draft.comment = known == nullptr ? "" : std::string(known->summary);
        draft.relative = check.margin->relative.has_value();
        draft.margin =
            draft.relative ? check.margin->relative->value : check.margin->absolute->value;
        draft.warns = check.level == policy::Level::warn;
        drafts.checks.push_back(std::move(draft));
    }
    return drafts;
}

/// The evidence under the policy that stands for the drafts. Without a baseline file the candidate
/// is compared with itself: that no change passes is the least a policy must do.
struct Trial {
    CheckArguments arguments;
    Result<Prepared> prepared;
};

Trial try_out(const Drafts& drafts, const FoundEvidence& evidence, Opener& opener) {
    CheckArguments arguments;
    arguments.candidates.push_back({"", "", evidence.candidate});
    arguments.baselines.push_back(
        {"", "", evidence.baseline.empty() ? evidence.candidate : evidence.baseline});
    arguments.allow_identical = true;
    LoadedPolicy loaded;
    loaded.info.source = policy_name;
    auto policy = parse_policy(policy_text(drafts), policy_name, std::nullopt, opener);
    if (!policy) {
        return {arguments, policy.problems()};
    }
    loaded.policy = std::move(*policy);
    return {arguments, prepare_with(std::move(loaded), arguments, opener)};
}

bool any_left(const Drafts& drafts) {
    return std::ranges::any_of(drafts.checks,
                               [](const Draft& draft) { return draft.left_out.empty(); });
}

Draft* find(Drafts& drafts, const std::string& id) {
    const auto found =
        std::ranges::find_if(drafts.checks, [&](const Draft& draft) { return draft.id == id; });
    return found == drafts.checks.end() ? nullptr : &*found;
}

/// The smallest margin that so much data can police. Where both sides are equal the noise is not
/// known; a tenth of the answers changing is what a retrained model of the same kind often does.
double floor_of(const verdict::CheckResult& row, const Draft& draft) {
    constexpr double share_changed = 0.1;
    constexpr double errors = 2.5;  // 1.645 of the bound and 0.84 of 80 % power
    const comparison::Comparison& compared = *row.comparison;
    if (!compared.identical && compared.mde && std::isfinite(*compared.mde) && *compared.mde > 0) {
        const double scale = draft.relative && compared.baseline.defined()
                                 ? std::abs(compared.baseline.number())
                                 : 1.0;
        return scale > 0.0 ? *compared.mde / scale : 0.0;
    }
    const bool counts = compared.uncertainty_known && compared.n > 0;
    return counts ? errors * std::sqrt(share_changed / static_cast<double>(compared.n)) : 0.0;
}

void fit_margins(Drafts& drafts, const verdict::GateResult& judged) {
    for (const verdict::CheckResult& row : judged.checks) {
        Draft* draft = find(drafts, row.rule.check);
        if (draft == nullptr || !row.comparison) {
            continue;
        }
        drafts.examples = std::max(drafts.examples, drafts.columns.empty() ? 0 : row.comparison->n);
        const double floor = floor_of(row, *draft);
        if (floor > draft->margin) {
            draft->margin = readable(floor);
        }
    }
}

/// Widens what does not pass, or gives it up. True when something changed.
bool mend(Drafts& drafts, const verdict::GateResult& judged, bool last) {
    constexpr double widest = 0.5;
    bool changed = false;
    for (const verdict::CheckResult& row : judged.checks) {
        Draft* draft = find(drafts, row.rule.check);
        if (draft == nullptr || row.status == verdict::Status::pass || !draft->left_out.empty()) {
            continue;
        }
        const bool margin_matters = row.status == verdict::Status::regressed ||
                                    (row.status == verdict::Status::inconclusive &&
                                     row.comparison && !row.comparison->insufficient);
        changed = true;
        if (!margin_matters || last || draft->margin * 2.0 > widest) {
            draft->left_out = std::string("it is ") + verdict::name(row.status) +
                              " on the present files: " + row.reason;
        } else {
            draft->margin = readable(draft->margin * 2.0);
            draft->widened = true;
        }
    }
    return changed;
}

/// Leaves out what the self-test could not turn red.
bool drop_the_toothless(Drafts& drafts, const verdict::SelftestResult& tested) {
    bool changed = false;
    for (const verdict::SelftestRow& row : tested.rows) {
        Draft* draft = find(drafts, row.rule.check);
        const bool good = row.ability == verdict::Ability::goes_red && !row.misses_a_fault();
        if (draft != nullptr && !good && draft->left_out.empty()) {
            draft->left_out = "the self-test could not turn it red: " + row.reason;
            changed = true;
        }
    }
    return changed;
}

}  // namespace

Result<WrittenPolicy> write_policy(const FoundEvidence& evidence, Opener& opener) {
    auto drafts = drafts_of(evidence, opener);
    if (!drafts) {
        return drafts.problems();
    }
    drafts->path = evidence.candidate;
    constexpr int rounds = 8;
    for (int round = 0; round < rounds && any_left(*drafts); ++round) {
        Trial trial = try_out(*drafts, evidence, opener);
        if (!trial.prepared) {
            return trial.prepared.problems();
        }
        const verdict::GateResult judged = judge(*trial.prepared, trial.arguments);
        if (round == 0) {
            fit_margins(*drafts, judged);
            continue;
        }
        if (!mend(*drafts, judged, round + 2 >= rounds) &&
            !drop_the_toothless(*drafts, selftest(std::move(*trial.prepared), trial.arguments,
                                                  [](const std::string&) {}))) {
            break;
        }
    }
    if (!any_left(*drafts)) {
        support::Diagnostics problems{
            {support::in_file(evidence.candidate),
             "no check passes on this file and can go red; nothing was written"}};
        for (const Draft& draft : drafts->checks) {
            problems.push_back(
                {support::in_file(evidence.candidate), draft.id + ": " + draft.left_out});
        }
        return problems;
    }
    WrittenPolicy written;
    written.text = policy_text(*drafts);
    written.kind = drafts->columns.empty() ? "a metric file"
                                           : "a table, judged like metricgate:" + drafts->gate;
    for (const Draft& draft : drafts->checks) {
        (draft.left_out.empty() ? written.checks : written.left_out)
            .push_back(draft.left_out.empty() ? draft.id : draft.id + ": " + draft.left_out);
    }
    return written;
}

}  // namespace metricgate::cli
