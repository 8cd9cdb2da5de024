#include <algorithm>
#include <string>
#include <utility>
#include <vector>

#include "git_sandbox.h"
#include "sources/ci_base.h"
#include "sources/repository.h"
#include "support/catch.h"

using namespace metricgate;
using sources::CiContext;
using test::contains;
using test::GitSandbox;
using test::id_of;
using test::message_of;

namespace {

const std::string zeros(40, '0');

CiContext variables(std::vector<std::pair<std::string, std::string>> list) {
    return {std::move(list), ""};
}

CiContext event(const std::string& name, const std::string& json) {
    return {{{"GITHUB_EVENT_NAME", name}}, json};
}

/// A clone of `origin` on a branch of its own with two commits that main does not have.
void make_topic(GitSandbox& sandbox) {
    sandbox.init("origin");
    sandbox.commit("origin", "f", "1");
    sandbox.commit("origin", "f", "2");
    sandbox.git("", "clone -q 'file://" + sandbox.path("origin") + "' clone");
    sandbox.git("clone", "checkout -q -b topic");
    sandbox.commit("clone", "g", "1");
    sandbox.commit("clone", "g", "2");
}

}  // namespace

TEST_CASE("the baseline of a pull request's merge commit is its first parent", "[sources]") {
    GitSandbox sandbox;
    sandbox.make_pull_request();
    const auto repository = sandbox.open("origin");
    const auto baseline = repository->automatic_baseline({});
    CHECK(id_of(baseline) == sandbox.git("origin", "rev-parse main"));
    CHECK(contains(baseline->described_as, "merge base of HEAD and refs/heads/main"));
    const std::string merge = sandbox.git("origin", "rev-parse HEAD");
    const auto vouched = repository->automatic_baseline(
        variables({{"GITHUB_BASE_REF", "main"}, {"GITHUB_SHA", merge}}));
    CHECK(id_of(vouched) == sandbox.git("origin", "rev-parse main"));
    CHECK(vouched->described_as == "first parent of HEAD");
}

TEST_CASE("depth 1 names fetch-depth: 2, and depth 2 is enough", "[sources]") {
    GitSandbox sandbox;
    sandbox.make_pull_request();
    sandbox.git("", "clone -q --depth 1 'file://" + sandbox.path("origin") + "' one");
    sandbox.git("", "clone -q --depth 2 'file://" + sandbox.path("origin") + "' two");
    const std::string merge = sandbox.git("origin", "rev-parse HEAD");
    const std::string message = message_of(sandbox.open("one")->automatic_baseline(
        variables({{"GITHUB_BASE_REF", "main"}, {"GITHUB_SHA", merge}})));
    CHECK(contains(message, "fetch-depth: 2"));
    CHECK(contains(message, "GIT_DEPTH: 2"));
    const std::string main = sandbox.git("origin", "rev-parse main");
    const auto two = sandbox.open("two");
    // The author of a change may write a merge commit of his own, so its word alone is none.
    CHECK(contains(message_of(two->automatic_baseline({})), "no default branch was found"));
    // As GitHub states it for a pull request whose merge commit is checked out.
    const std::string head = sandbox.git("two", "rev-parse HEAD");
    const auto base =
        two->automatic_baseline(variables({{"GITHUB_BASE_REF", "main"}, {"GITHUB_SHA", head}}));
    REQUIRE(id_of(base) == main);
    const auto file = two->read(*base, "predictions.csv", 100);
    REQUIRE(file.ok());
    CHECK((*file)->bytes.view() == "second\n");
}

TEST_CASE("a change that merged the target into itself is compared with where it left",
          "[sources]") {
    GitSandbox sandbox;
    make_topic(sandbox);
    sandbox.commit("origin", "f", "3");
    sandbox.git("clone", "fetch -q");
    sandbox.git("clone", "merge -q --no-ff -m catch-up origin/main");
    const std::string main = sandbox.git("origin", "rev-parse main");
    const auto repository = sandbox.open("clone");
    // Its first parent is the change itself; the merge base is main's tip.
    CHECK(id_of(repository->automatic_baseline({})) == main);
    CHECK(id_of(repository->automatic_baseline(variables(
              {{"GITHUB_BASE_REF", "main"}, {"GITHUB_SHA", std::string(40, 'a')}}))) == main);
}

TEST_CASE("a change that merged another branch into itself is compared with where it left",
          "[sources]") {
    GitSandbox sandbox;
    make_topic(sandbox);
    const std::string main = sandbox.git("clone", "rev-parse origin/main");
    const std::string pushed = sandbox.git("clone", "rev-parse HEAD");
    sandbox.git("clone", "checkout -q -b side HEAD~1");
    sandbox.commit("clone", "h", "1");
    sandbox.git("clone", "checkout -q topic");
    sandbox.commit("clone", "g", "3");
    sandbox.git("clone", "merge -q --no-ff -m join side");
    const auto repository = sandbox.open("clone");
    // Its first parent holds all that the change did.
    CHECK(id_of(repository->automatic_baseline({})) == main);
    // A push of it is compared with what was there before.
    CHECK(id_of(repository->automatic_baseline(event("push", R"({"before":")" + pushed + "\"}"))) ==
          pushed);
    CHECK(id_of(repository->automatic_baseline(variables({{"CI_COMMIT_BEFORE_SHA", pushed}}))) ==
          pushed);
}

TEST_CASE("a merge commit of the change's own author is not trusted where main is not there",
          "[sources]") {
    GitSandbox sandbox;
    make_topic(sandbox);
    const std::string main = sandbox.git("clone", "rev-parse origin/main");
    // Its first parent is the change, its second what the change grew from.
    sandbox.git("clone", "commit -q --allow-empty -m bad");
    const std::string merge =
        sandbox.git("clone", "commit-tree HEAD^{tree} -p HEAD -p HEAD~1 -m 'Merge pull request'");
    sandbox.git("clone", "reset -q --hard " + merge);
    const auto repository = sandbox.open("clone");
    CHECK(id_of(repository->automatic_baseline({})) == main);
    sandbox.git("clone", "remote remove origin");
    sandbox.git("clone", "branch -q -D main");
    const std::string message = message_of(repository->automatic_baseline({}));
    CHECK(contains(message, "no default branch was found"));
    CHECK(contains(message, "--baseline-rev"));
    CHECK_FALSE(repository->automatic_baseline(variables({{"CI_DEFAULT_BRANCH", "main"}})).ok());
    // The CI's word that HEAD is its merge, and that it is not.
    const auto said = [&](const std::string& sha) {
        return repository->automatic_baseline(
            variables({{"GITHUB_BASE_REF", "main"}, {"GITHUB_SHA", sha}}));
    };
    CHECK(id_of(said(merge)) == sandbox.git("clone", "rev-parse HEAD^1"));
    CHECK_FALSE(said(std::string(40, 'a')).ok());
}

TEST_CASE("a clone that is cut off before the target does not tell whose merge HEAD is",
          "[sources]") {
    GitSandbox sandbox;
    sandbox.make_pull_request();
    sandbox.git("origin", "branch -q merged HEAD");
    sandbox.git("origin", "checkout -q main");
    sandbox.commit("origin", "later", "1");
    sandbox.commit("origin", "later", "2");
    sandbox.commit("origin", "later", "3");
    sandbox.git("", "clone -q --depth 2 --no-single-branch --branch merged 'file://" +
                        sandbox.path("origin") + "' two");
    const std::string message = message_of(sandbox.open("two")->automatic_baseline({}));
    CHECK(contains(message, "ends before the two meet"));
    CHECK(contains(message, "fetch-depth: 0"));
}

TEST_CASE("a merge commit of the change's own author chooses no older commit of main",
          "[sources]") {
    GitSandbox sandbox;
    make_topic(sandbox);
    const std::string main = sandbox.git("clone", "rev-parse origin/main");
    const std::string merge =
        sandbox.git("clone", "commit-tree HEAD^{tree} -p origin/main~1 -p HEAD -m Merge");
    sandbox.git("clone", "reset -q --hard " + merge);
    const auto repository = sandbox.open("clone");
    CHECK(id_of(repository->automatic_baseline({})) == main);
    CHECK(id_of(repository->automatic_baseline(
              event("workflow_dispatch", R"({"repository":{"default_branch":"main"}})"))) == main);
    // Cut off where only the old commit is left of what the two have in common.
    sandbox.git("origin", "fetch -q ../clone HEAD:refs/heads/topic");
    sandbox.git("", "clone -q --depth 2 --no-single-branch --branch topic 'file://" +
                        sandbox.path("origin") + "' two");
    CHECK(contains(message_of(sandbox.open("two")->automatic_baseline({})),
                   "ends before the two meet"));
}

TEST_CASE("at the tip of the default branch a merge commit needs a depth of two", "[sources]") {
    GitSandbox sandbox;
    make_topic(sandbox);
    const std::string before = sandbox.git("clone", "rev-parse origin/main");
    sandbox.git("clone", "checkout -q main");
    sandbox.git("clone", "merge -q --no-ff -m merge topic");
    sandbox.git("", "clone -q --depth 2 'file://" + sandbox.path("clone") + "' two");
    const auto two = sandbox.open("two");
    CHECK(id_of(two->automatic_baseline({})) == before);
    CHECK(id_of(two->automatic_baseline(variables({{"CI_DEFAULT_BRANCH", "main"},
                                                   {"CI_COMMIT_BRANCH", "main"},
                                                   {"CI_COMMIT_BEFORE_SHA", zeros}}))) == before);
    CHECK(id_of(two->automatic_baseline(
              event("schedule", R"({"repository":{"default_branch":"main"}})"))) == before);
}

TEST_CASE("a merge commit on the default branch itself has its first parent", "[sources]") {
    GitSandbox sandbox;
    make_topic(sandbox);
    sandbox.git("clone", "checkout -q main");
    const std::string before = sandbox.git("clone", "rev-parse HEAD");
    sandbox.git("clone", "merge -q --no-ff -m merge topic");
    CHECK(id_of(sandbox.open("clone")->automatic_baseline({})) == before);
    sandbox.git("clone", "push -q origin HEAD:refs/heads/published");
    sandbox.git("clone", "update-ref refs/remotes/origin/main HEAD");
    CHECK(id_of(sandbox.open("clone")->automatic_baseline({})) == before);
}

TEST_CASE("without a CI the baseline is the merge base with the default branch", "[sources]") {
    GitSandbox sandbox;
    make_topic(sandbox);
    const std::string main = sandbox.git("clone", "rev-parse origin/main");
    const auto repository = sandbox.open("clone");
    const auto baseline = repository->automatic_baseline({});
    CHECK(id_of(baseline) == main);
    CHECK(contains(baseline->described_as, "merge base of HEAD and refs/remotes/origin/HEAD"));
    sandbox.git("clone", "remote remove origin");
    CHECK(id_of(repository->automatic_baseline({})) == main);
    sandbox.git("clone", "branch -q -m main trunk");
    CHECK(contains(message_of(repository->automatic_baseline({})), "no default branch was found"));
    CHECK(id_of(repository->automatic_baseline(variables({{"CI_DEFAULT_BRANCH", "trunk"}}))) ==
          main);
}

TEST_CASE("on the default branch the baseline is HEAD's first parent", "[sources]") {
    GitSandbox sandbox;
    sandbox.init("r");
    const std::string first = sandbox.commit("r", "f", "1");
    const auto repository = sandbox.open("r");
    CHECK(contains(message_of(repository->automatic_baseline({})), "has no parent"));
    sandbox.commit("r", "f", "2");
    CHECK(id_of(repository->automatic_baseline({})) == first);
    sandbox.git("", "clone -q --depth 1 'file://" + sandbox.path("r") + "' one");
    CHECK(contains(message_of(sandbox.open("one")->automatic_baseline({})), "fetch-depth: 2"));
}

TEST_CASE("GitHub: a pull request without its merge commit uses the target branch", "[sources]") {
    GitSandbox sandbox;
    make_topic(sandbox);
    const std::string main = sandbox.git("clone", "rev-parse origin/main");
    const auto repository = sandbox.open("clone");
    CHECK(id_of(repository->automatic_baseline(variables({{"GITHUB_BASE_REF", "main"}}))) == main);
    CHECK(id_of(repository->automatic_baseline(event(
              "pull_request_review", R"({"pull_request":{"base":{"ref":"main"}}})"))) == main);
    const std::string message =
        message_of(repository->automatic_baseline(variables({{"GITHUB_BASE_REF", "release"}})));
    CHECK(contains(message, "'release', which is not in this clone"));
    CHECK(contains(message, "fetch-depth: 0"));
}

TEST_CASE("GitHub: a merge group names its base in the event file", "[sources]") {
    GitSandbox sandbox;
    make_topic(sandbox);
    const std::string first = sandbox.git("clone", "rev-parse origin/main~1");
    const auto repository = sandbox.open("clone");
    CHECK(id_of(repository->automatic_baseline(event(
              "merge_group", R"({"merge_group":{"base_sha":")" + first + R"("}})"))) == first);
    CHECK(contains(message_of(repository->automatic_baseline(
                       event("merge_group", R"({"merge_group":{"base_sha":"main"}})"))),
                   "is not a commit id"));
    CHECK_FALSE(repository->automatic_baseline(event("merge_group", "{}")).ok());
    CHECK_FALSE(repository->automatic_baseline(event("merge_group", "")).ok());
}

TEST_CASE("GitHub: a push is compared with what was there before", "[sources]") {
    GitSandbox sandbox;
    make_topic(sandbox);
    const std::string before = sandbox.git("clone", "rev-parse HEAD~1");
    const std::string main = sandbox.git("clone", "rev-parse origin/main");
    const auto repository = sandbox.open("clone");
    const auto push = [&repository](const std::string& fields) {
        return id_of(repository->automatic_baseline(event("push", "{" + fields + "}")));
    };
    CHECK(push(R"("before":")" + before + "\"") == before);
    CHECK(push(R"("before":")" + zeros + "\"") == main);
    CHECK(push(R"("forced":true,"before":")" + std::string(40, 'b') + "\"") == main);
    CHECK(contains(push(R"("before":")" + std::string(40, 'b') + "\""), "is not in this clone"));
    CHECK(contains(push(R"("before":"HEAD~1")"), "is not a commit id"));
}

TEST_CASE("a push to a branch that is yet to be merged is compared with where it left",
          "[sources]") {
    GitSandbox sandbox;
    make_topic(sandbox);
    const std::string before = sandbox.git("clone", "rev-parse HEAD~1");
    const std::string main = sandbox.git("clone", "rev-parse origin/main");
    const auto repository = sandbox.open("clone");
    const auto push = [&](const std::string& ref, const std::string& default_branch) {
        return id_of(repository->automatic_baseline(
            event("push", R"({"before":")" + before + R"(","ref":")" + ref +
                              R"(","repository":{"default_branch":")" + default_branch + "\"}}")));
    };
    // Else the second push of a loss would be compared with the first.
    CHECK(push("refs/heads/topic", "main") == main);
    CHECK(push("refs/heads/main", "main") == before);
    CHECK(push("refs/tags/v1", "main") == before);
    CHECK(contains(push("refs/heads/topic", "trunk"), "'trunk' is not in this clone"));
    const auto gitlab = [&](const std::string& branch) {
        return id_of(repository->automatic_baseline(variables({{"CI_COMMIT_BEFORE_SHA", before},
                                                               {"CI_COMMIT_BRANCH", branch},
                                                               {"CI_DEFAULT_BRANCH", "main"}})));
    };
    CHECK(gitlab("topic") == main);
    CHECK(gitlab("main") == before);
    CHECK(gitlab("") == before);
    // What was pushed is no pull request's merge commit, whatever its first parent is.
    sandbox.git("clone", "checkout -q --detach origin/main~1");
    sandbox.git("clone", "merge -q --no-ff -m own topic");
    CHECK(push("refs/heads/topic", "main") == main);
}

TEST_CASE("a release is compared with what its branch held before", "[sources]") {
    GitSandbox sandbox;
    sandbox.init("r");
    sandbox.commit("r", "f", "1");
    const std::string released = sandbox.commit("r", "f", "2");
    sandbox.git("r", "checkout -q -b develop");
    sandbox.commit("r", "f", "3");
    const std::string work = sandbox.commit("r", "f", "4");
    const auto push = [&](const std::string& branch, const std::string& before) {
        const auto repository = sandbox.open("r");
        const std::string github = id_of(repository->automatic_baseline(
            event("push", R"({"before":")" + before + R"(","ref":"refs/heads/)" + branch +
                              R"(","repository":{"default_branch":"develop"}})")));
        CHECK(id_of(repository->automatic_baseline(
                  variables({{"CI_COMMIT_BEFORE_SHA", before},
                             {"CI_COMMIT_BRANCH", branch},
                             {"CI_DEFAULT_BRANCH", "develop"}}))) == github);
        return github;
    };
    sandbox.git("r", "checkout -q main");
    sandbox.git("r", "merge -q --ff-only develop");
    CHECK(push("main", released) == released);
    // A branch that is new has nothing before it.
    CHECK(push("main", zeros) == sandbox.git("r", "rev-parse HEAD~1"));
    CHECK(push("main", work) == sandbox.git("r", "rev-parse HEAD~1"));
    sandbox.git("r", "reset -q --hard " + released);
    sandbox.git("r", "merge -q --no-ff -m release develop");
    CHECK(push("main", released) == released);
    const std::string first = sandbox.git("r", "rev-parse HEAD");
    sandbox.git("r", "checkout -q develop");
    const std::string later = sandbox.commit("r", "f", "5");
    sandbox.git("r", "checkout -q main");
    sandbox.git("r", "merge -q --no-ff -m release develop");
    CHECK(push("main", first) == first);
    // What the branch does not come from, or is nowhere, was forced away.
    CHECK(push("main", std::string(40, 'a')) == later);
    sandbox.git("r", "branch -q aside " + released);
    sandbox.git("r", "checkout -q aside");
    const std::string aside = sandbox.commit("r", "g", "1");
    sandbox.git("r", "checkout -q main");
    CHECK(push("main", aside) == later);
    // A change that was pushed as an old commit first does not choose that.
    sandbox.git("r", "checkout -q -b topic develop");
    sandbox.commit("r", "f", "6");
    CHECK(push("topic", released) == later);
    CHECK(contains(
        message_of(sandbox.open("r")->automatic_baseline(event(
            "push",
            R"({"before":"HEAD~1","ref":"refs/heads/topic","repository":{"default_branch":"develop"}})"))),
        "is not a commit id"));
}

TEST_CASE("GitHub: a broken event file is a problem, other events say nothing", "[sources]") {
    GitSandbox sandbox;
    make_topic(sandbox);
    const auto repository = sandbox.open("clone");
    CHECK_FALSE(repository->automatic_baseline(event("push", "{\"before\":")).ok());
    CHECK_FALSE(repository->automatic_baseline(event("push", "[]")).ok());
    CHECK(id_of(repository->automatic_baseline(event("schedule", R"({"schedule":"0 0 * * *"})"))) ==
          sandbox.git("clone", "rev-parse origin/main"));
}

TEST_CASE("GitLab: the merge request's variables name the base", "[sources]") {
    GitSandbox sandbox;
    make_topic(sandbox);
    const std::string main = sandbox.git("clone", "rev-parse origin/main");
    const std::string first = sandbox.git("clone", "rev-parse origin/main~1");
    const std::string before = sandbox.git("clone", "rev-parse HEAD~1");
    const auto repository = sandbox.open("clone");
    CHECK(id_of(repository->automatic_baseline(
              variables({{"CI_MERGE_REQUEST_TARGET_BRANCH_SHA", main},
                         {"CI_MERGE_REQUEST_DIFF_BASE_SHA", first},
                         {"CI_COMMIT_BEFORE_SHA", zeros}}))) == main);
    CHECK(id_of(repository->automatic_baseline(
              variables({{"CI_MERGE_REQUEST_TARGET_BRANCH_SHA", ""},
                         {"CI_MERGE_REQUEST_DIFF_BASE_SHA", first}}))) == first);
    CHECK(id_of(repository->automatic_baseline(variables({{"CI_COMMIT_BEFORE_SHA", before}}))) ==
          before);
    CHECK(id_of(repository->automatic_baseline(variables({{"CI_COMMIT_BEFORE_SHA", zeros}}))) ==
          main);
    CHECK(contains(message_of(repository->automatic_baseline(
                       variables({{"CI_MERGE_REQUEST_DIFF_BASE_SHA", std::string(40, 'c')}}))),
                   "is not in this clone"));
}

TEST_CASE("pull request events are not mistaken for pushes", "[sources]") {
    CiContext ci;
    ci.event_file = R"({"before":")" + std::string(40, 'a') +
                    R"(","pull_request":{"base":{"ref":"main"}},)"
                    R"("repository":{"default_branch":"trunk"}})";
    const auto base = sources::ci_base(ci);
    REQUIRE(base.ok());
    CHECK(base->commit.empty());
    CHECK(base->branch == "main");
    CHECK(base->default_branch == "trunk");
}

TEST_CASE("the variables that are looked at are listed", "[sources]") {
    const std::vector<std::string> names = sources::ci_variables();
    CHECK(std::is_sorted(names.begin(), names.end()));
    CHECK(std::find(names.begin(), names.end(), "GITHUB_BASE_REF") != names.end());
}
