#include "cli/ci_keys.h"

#include <algorithm>
#include <array>
#include <string>
#include <tuple>

namespace metricgate::cli {
namespace {

using support::Node;

bool is_text(const Node* node, std::string_view text) {
    return node != nullptr && node->text == text;
}

/// true, or an expression that may be.
bool is_on(const Node* node) {
    return node != nullptr && (node->text == "true" || node->text.starts_with("${{"));
}

bool is_never(const Node* node) {
    return is_text(node, "false") || is_text(node, "${{ false }}") || is_text(node, "${{false}}");
}

/// `allow_failure: {exit_codes: ...}` with the code of a fail, or of a gate that could not judge.
bool lets_codes_pass(const Node* node) {
    const Node* codes = node == nullptr ? nullptr : node->find("exit_codes");
    if (codes == nullptr) {
        return false;
    }
    constexpr std::array failing = {"1", "2", "70"};
    const auto fails = [&](const Node& code) {
        return std::ranges::find(failing, code.text) != failing.end();
    };
    return fails(*codes) || std::ranges::any_of(codes->items, fails);
}

class Findings {
public:
    explicit Findings(const Node& file) : m_file(file) {}

    void look_at(const GateJob& job);
    void look_at_events();
    support::Diagnostics take();

private:
    /// By line alone, like what is found without parsing.
    void say(support::Location where, std::string_view message) {
        where.column = 0;
        m_found.push_back({std::move(where), std::string(message)});
    }
    void look_at_conditions(const Node& map);
    void look_at_pipeline_job(const Node& job);
    void look_at_rules(const Node& rules);
    void look_at_checkouts(const Node& steps);
    void look_at_depth(const Node& map);
    /// A key of a GitLab job, or of what it extends, the last of which wins.
    [[nodiscard]] const Node* inherited(const Node& job, std::string_view key, int steps = 8) const;

    const Node& m_file;
    support::Diagnostics m_found;
};

const Node* Findings::inherited(const Node& job, std::string_view key, int steps) const {
    if (const Node* own = job.find(key)) {
        return own;
    }
    const Node* extends = job.find("extends");
    if (extends == nullptr || steps == 0) {
        return nullptr;
    }
    const Node* found = nullptr;
    const auto look = [&](const Node& name) {
        const Node* base = m_file.find(name.text);
        const Node* value = base == nullptr ? nullptr : inherited(*base, key, steps - 1);
        found = value == nullptr ? found : value;
    };
    if (extends->kind == Node::Kind::list) {
        std::ranges::for_each(extends->items, look);
    } else {
        look(*extends);
    }
    return found;
}

void Findings::look_at_conditions(const Node& map) {
    for (const char* key : {"if", "condition"}) {
        if (is_never(map.find(key))) {
            say(map.find(key)->where, never_met);
        }
    }
    for (const std::string key : {"continue-on-error", "continueOnError"}) {
        if (is_on(map.find(key))) {
            say(map.find(key)->where,
                key + " lets the job succeed when the gate fails; take it away");
        }
    }
}

void Findings::look_at_rules(const Node& rules) {
    bool may_run = false;
    for (const Node& rule : rules.items) {
        const Node* fails = rule.find("allow_failure");
        if (is_on(fails) || lets_codes_pass(fails)) {
            say(fails->where, may_fail_job);
        }
        const bool conditional = rule.find("if") != nullptr || rule.find("changes") != nullptr ||
                                 rule.find("exists") != nullptr;
        const bool never = is_text(rule.find("when"), "never");
        if (!conditional && never && !may_run) {
            say(rule.find("when")->where,
                "when: never without a condition before any rule that "
                "runs the job: the gate never runs; take it away");
            return;
        }
        may_run = may_run || !never;
    }
}

void Findings::look_at_depth(const Node& map) {
    const Node* variables = map.find("variables");
    const Node* depth = variables == nullptr ? nullptr : variables->find("GIT_DEPTH");
    if (is_text(depth, "1")) {
        say(depth->where, "GIT_DEPTH: 1 fetches one commit, so the base cannot be read; write 0");
    }
}

/// Keys that GitLab knows.
void Findings::look_at_pipeline_job(const Node& job) {
    const Node* fails = inherited(job, "allow_failure");
    if (is_on(fails) || lets_codes_pass(fails)) {
        say(fails->where, may_fail_job);
    }
    const Node* when = inherited(job, "when");
    if (is_text(when, "manual") && !is_text(fails, "false")) {
        say(when->where, by_hand);
    }
    if (is_text(when, "never")) {
        say(when->where, never_met);
    }
    if (is_text(when, "on_failure")) {
        say(when->where,
            "when: on_failure runs the gate only after another job has failed; take it away");
    }
    const Node* rules = inherited(job, "rules");
    if (rules != nullptr && rules->kind == Node::Kind::list) {
        look_at_rules(*rules);
    }
    look_at_depth(job);
}

/// A checkout in the job of the gate brings one commit when it does not say how many.
void Findings::look_at_checkouts(const Node& steps) {
    for (const Node& step : steps.items) {
        const Node* uses = step.find("uses");
        const Node* checkout = step.find("checkout");
        if (uses != nullptr && uses->text.find("actions/checkout") != std::string::npos) {
            const Node* with = step.find("with");
            const Node* depth = with == nullptr ? nullptr : with->find("fetch-depth");
            if (depth == nullptr || is_text(depth, "1")) {
                say(depth == nullptr ? uses->where : depth->where, one_commit);
            }
        }
        if (checkout != nullptr && is_text(step.find("fetchDepth"), "1")) {
            say(step.find("fetchDepth")->where,
                "fetchDepth: 1 fetches one commit, so the base cannot be read; write 0");
        }
    }
}

/// GitHub's events: on whose files the gate runs.
void Findings::look_at_events() {
    const Node* events = m_file.find("on");
    if (events == nullptr || m_file.find("jobs") == nullptr) {
        return;
    }
    const auto names = [events](std::string_view event) {
        const auto is_event = [event](const Node& item) { return item.text == event; };
        return events->text == event || events->find(std::string(event)) != nullptr ||
               std::ranges::any_of(events->items, is_event);
    };
    if (names("pull_request_target")) {
        say(events->where,
            "pull_request_target checks the base out, with its rights, and not the change; write "
            "pull_request");
    }
}

void Findings::look_at(const GateJob& job) {
    for (const GateJob::Holder& holder : job.holders) {
        look_at_conditions(*holder.map);
    }
    if (job.steps != nullptr) {
        look_at_checkouts(*job.steps);
    }
    if (job.after) {
        say(job.where,
            "nobody looks at the exit code of an after_script; run the gate in the script");
    }
    if (job.holders.empty()) {
        return;
    }
    look_at_depth(*job.holders.front().map);
    if (job.holders.size() != 2 || job.steps != nullptr) {
        for (const GateJob::Holder& holder : job.holders) {
            if (is_on(holder.map->find("allow_failure"))) {
                say(holder.map->find("allow_failure")->where, may_fail_job);
            }
        }
        return;
    }
    // A GitLab job: the file, and a job of it. Those that extend it run the gate, too.
    const GateJob::Holder& own = job.holders.back();
    if (!own.name.starts_with('.')) {
        look_at_pipeline_job(*own.map);
    }
    for (const support::Member& other : m_file.members) {
        const bool extends = &other.value != own.map && !other.key.starts_with('.') &&
                             other.value.find("extends") != nullptr;
        const Node* script = extends ? inherited(other.value, "script") : nullptr;
        if (script != nullptr && script == own.map->find("script")) {
            look_at_pipeline_job(other.value);
        }
    }
}

support::Diagnostics Findings::take() {
    const auto key = [](const support::Diagnostic& one) {
        return std::tie(one.where.line, one.message);
    };
    std::ranges::sort(m_found, [&](const auto& a, const auto& b) { return key(a) < key(b); });
    // Not std::ranges::unique: clang 14 cannot compile libstdc++ 12's subrange.
    m_found.erase(std::unique(m_found.begin(), m_found.end(),
                              [&](const auto& a, const auto& b) { return key(a) == key(b); }),
                  m_found.end());
    return std::move(m_found);
}

}  // namespace

support::Diagnostics key_findings(const Node& file, const std::vector<GateJob>& jobs) {
    Findings findings(file);
    for (const GateJob& job : jobs) {
        findings.look_at(job);
    }
    findings.look_at_events();
    return findings.take();
}

}  // namespace metricgate::cli
