#include "sources/ci_base.h"

#include <algorithm>
#include <string_view>

#include "support/node.h"
#include "support/text.h"

namespace metricgate::sources {

namespace {

using support::Node;

constexpr std::size_t id_length = 40;
constexpr std::size_t most_event_bytes = std::size_t{64} << 20;
constexpr std::size_t most_event_depth = 64;
constexpr std::size_t most_event_nodes = 2'000'000;

std::string variable(const CiContext& ci, std::string_view name) {
    for (const auto& [key, value] : ci.variables) {
        if (key == name) {
            return value;
        }
    }
    return {};
}

bool is_id(std::string_view text) {
    return text.size() == id_length && std::all_of(text.begin(), text.end(), [](char c) {
               return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f');
           });
}

// "No commit before this one", as both CIs write it for a new branch.
bool is_nothing(std::string_view text) {
    return std::all_of(text.begin(), text.end(), [](char c) { return c == '0'; });
}

constexpr std::string_view branches = "refs/heads/";

// A branch that is yet to be merged is judged against where it left the default branch: against its
// own previous push, a loss would be red once and green with the next push.
bool is_push_of_a_change(std::string_view branch, std::string_view default_branch) {
    return !branch.empty() && !default_branch.empty() && branch != default_branch;
}

// The text at a path of keys, or nothing.
std::string text_at(const Node& root, std::initializer_list<std::string_view> keys) {
    const Node* node = &root;
    for (const std::string_view key : keys) {
        node = node->kind == Node::Kind::map ? node->find(key) : nullptr;
        if (node == nullptr) {
            return {};
        }
    }
    return node->kind == Node::Kind::text ? node->text : std::string();
}

support::Diagnostic about(const std::string& from, const std::string& message) {
    return {support::in_file(from), message};
}

support::Result<CiBase> with_commit(CiBase base, const std::string& id, const std::string& from) {
    if (!is_id(id)) {
        return about(from,
                     "'" + support::visible(id) + "' is not a commit id of 40 hexadecimal digits");
    }
    base.commit = id;
    base.from = from;
    return base;
}

// A push of a branch that is not the default one. An empty `before`: nothing was there.
support::Result<CiBase> with_earlier_push(CiBase base, const std::string& before,
                                          const std::string& from) {
    if (is_nothing(before)) {
        return base;
    }
    auto read = with_commit({}, before, from);
    if (!read) {
        return read;
    }
    base.before = before;
    base.before_from = from;
    return base;
}

std::string kind_of_event(const CiContext& ci, const Node& event) {
    const std::string name = variable(ci, "GITHUB_EVENT_NAME");
    if (!name.empty()) {
        return name;
    }
    if (event.find("merge_group") != nullptr) {
        return "merge_group";
    }
    // Pull request events hold `before`, too, when commits were added.
    if (event.find("pull_request") != nullptr) {
        return "pull_request";
    }
    return event.find("before") != nullptr ? "push" : "";
}

support::Result<CiBase> from_event(const CiContext& ci, const Node& event, CiBase base) {
    base.default_branch = text_at(event, {"repository", "default_branch"});
    const std::string kind = kind_of_event(ci, event);
    if (kind == "merge_group") {
        return with_commit(std::move(base), text_at(event, {"merge_group", "base_sha"}),
                           "merge_group.base_sha of the GitHub event");
    }
    if (event.find("pull_request") != nullptr) {
        if (base.branch.empty()) {
            base.branch = text_at(event, {"pull_request", "base", "ref"});
            base.from = "pull_request.base.ref of the GitHub event";
        }
        if (kind == "pull_request_target") {
            base.merge_commit = "";  // GITHUB_SHA is the target branch's tip here
        }
        return base;
    }
    const Node* forced = event.find("forced");
    const bool is_forced =
        forced != nullptr && forced->kind == Node::Kind::boolean && forced->boolean;
    const std::string before = is_forced ? "" : text_at(event, {"before"});
    const char* const from = "`before` of the GitHub push event";
    if (kind == "push") {
        base.merge_commit = "";  // what was pushed is the branch itself
        const std::string ref = text_at(event, {"ref"});
        if (is_push_of_a_change(ref.starts_with(branches) ? ref.substr(branches.size()) : "",
                                base.default_branch)) {
            return with_earlier_push(std::move(base), before, from);
        }
    }
    if (kind == "push" && !is_nothing(before)) {
        return with_commit(std::move(base), before, from);
    }
    return base;
}

support::Result<CiBase> from_github(const CiContext& ci) {
    CiBase base;
    base.branch = variable(ci, "GITHUB_BASE_REF");
    if (!base.branch.empty()) {
        base.from = "GITHUB_BASE_REF";
        const std::string sha = variable(ci, "GITHUB_SHA");
        if (!sha.empty()) {
            base.merge_commit = sha;
        }
        if (variable(ci, "GITHUB_EVENT_NAME") == "pull_request_target") {
            base.merge_commit = "";
        }
    }
    if (!ci.event_file.empty()) {
        const auto event = support::parse_json(
            ci.event_file, "GitHub event", {most_event_bytes, most_event_depth, most_event_nodes});
        if (!event) {
            return event.problems();
        }
        if (event->kind != Node::Kind::map) {
            return about("GitHub event", "it must be a map, not " + describe_found(*event));
        }
        return from_event(ci, *event, std::move(base));
    }
    if (variable(ci, "GITHUB_EVENT_NAME") == "merge_group") {
        return about("GITHUB_EVENT_PATH",
                     "the event file of this merge_group run cannot be read, and only it names "
                     "the base commit");
    }
    return base;
}

}  // namespace

std::vector<std::string> ci_variables() {
    return {"CI_COMMIT_BEFORE_SHA",
            "CI_COMMIT_BRANCH",
            "CI_DEFAULT_BRANCH",
            "CI_MERGE_REQUEST_DIFF_BASE_SHA",
            "CI_MERGE_REQUEST_TARGET_BRANCH_SHA",
            "GITHUB_BASE_REF",
            "GITHUB_EVENT_NAME",
            "GITHUB_SHA"};
}

support::Result<CiBase> ci_base(const CiContext& ci) {
    auto base = from_github(ci);
    if (!base || !base->commit.empty() || !base->branch.empty()) {
        return base;
    }
    if (base->default_branch.empty()) {
        base->default_branch = variable(ci, "CI_DEFAULT_BRANCH");
    }
    // The target's tip is set in pipelines that test the merged result; the other one is always
    // there for merge requests, but goes stale when the target branch is changed.
    for (const char* name :
         {"CI_MERGE_REQUEST_TARGET_BRANCH_SHA", "CI_MERGE_REQUEST_DIFF_BASE_SHA"}) {
        const std::string id = variable(ci, name);
        if (!is_nothing(id)) {
            return with_commit(std::move(*base), id, name);
        }
    }
    const std::string before = variable(ci, "CI_COMMIT_BEFORE_SHA");
    if (is_push_of_a_change(variable(ci, "CI_COMMIT_BRANCH"), base->default_branch)) {
        base->merge_commit = "";
        return with_earlier_push(std::move(*base), before, "CI_COMMIT_BEFORE_SHA");
    }
    if (!is_nothing(before)) {
        return with_commit(std::move(*base), before, "CI_COMMIT_BEFORE_SHA");
    }
    return base;
}

}  // namespace metricgate::sources
