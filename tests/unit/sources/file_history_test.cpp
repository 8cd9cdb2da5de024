#include <string>
#include <vector>

#include "git_sandbox.h"
#include "sources/repository.h"
#include "support/catch.h"

using namespace metricgate;
using test::contains;
using test::GitSandbox;
using test::message_of;

namespace {

using Texts = std::vector<std::string>;
using History = support::Result<sources::FileHistory>;

constexpr sources::WalkLimits wide = {100, 1000, 1 << 20};

History walk(GitSandbox& sandbox, const std::string& path, const sources::WalkLimits& limits = wide,
             const std::string& repository = "r") {
    const auto opened = sandbox.open(repository);
    return opened->walk(*opened->head(), path, limits);
}

Texts contents(const History& history) {
    Texts texts;
    for (const sources::FileVersion& version : history->versions) {
        texts.emplace_back(version.bytes.view());
    }
    return texts;
}

}  // namespace

TEST_CASE("a commit that leaves a file alone is no state of it", "[sources]") {
    GitSandbox sandbox;
    sandbox.init("r");
    sandbox.commit("r", "m.json", "1");
    sandbox.commit("r", "other", "x");
    const std::string second = sandbox.commit("r", "m.json", "2");
    sandbox.commit("r", "other", "y");
    const History history = walk(sandbox, "m.json");
    REQUIRE(contents(history) == Texts{"1", "2"});
    REQUIRE(history->versions[1].commit.id == second);
    REQUIRE(history->notes.empty());
}

TEST_CASE("a merge counts once, and what happened on its branch does not", "[sources]") {
    GitSandbox sandbox;
    sandbox.init("r");
    sandbox.commit("r", "m.json", "1");
    sandbox.git("r", "checkout -q -b topic");
    sandbox.commit("r", "m.json", "1.5");
    sandbox.commit("r", "m.json", "2");
    sandbox.git("r", "checkout -q main");
    sandbox.git("r", "merge -q --no-ff -m merge topic");
    REQUIRE(contents(walk(sandbox, "m.json")) == Texts{"1", "2"});
}

TEST_CASE("a rename is followed and said", "[sources]") {
    GitSandbox sandbox;
    sandbox.init("r");
    sandbox.commit("r", "old.json", "a line\nanother line\n1\n");
    sandbox.run("r", "mkdir eval");
    sandbox.git("r", "mv old.json eval/new.json");
    sandbox.git("r", "commit -q -m move");
    sandbox.commit("r", "eval/new.json", "a line\nanother line\n2\n");
    const History history = walk(sandbox, "eval/new.json");
    // The move itself changes no byte and is no state.
    REQUIRE(contents(history) == Texts{"a line\nanother line\n1\n", "a line\nanother line\n2\n"});
    REQUIRE(history->versions[0].path == "old.json");
    REQUIRE(history->notes.size() == 1);
    REQUIRE(contains(history->notes[0], "was called old.json"));
}

TEST_CASE("a file that was away for some commits keeps the states before", "[sources]") {
    GitSandbox sandbox;
    sandbox.init("r");
    sandbox.commit("r", "m.json", "1");
    sandbox.git("r", "rm -q m.json");
    sandbox.git("r", "commit -q -m away");
    sandbox.commit("r", "m.json", "2");
    REQUIRE(contents(walk(sandbox, "m.json")) == Texts{"1", "2"});
}

TEST_CASE("a walk ends at its limits, and says when commits were left out", "[sources]") {
    GitSandbox sandbox;
    sandbox.init("r");
    for (const char* content : {"1", "2", "3", "4"}) {
        sandbox.commit("r", "m.json", content);
    }
    const History two = walk(sandbox, "m.json", {2, 1000, 1 << 20});
    REQUIRE(contents(two) == Texts{"3", "4"});
    REQUIRE(two->notes.empty());
    const History few = walk(sandbox, "m.json", {100, 2, 1 << 20});
    REQUIRE(contents(few) == Texts{"3", "4"});
    REQUIRE(contains(few->notes.at(0), "ended after 2 commits"));
}

TEST_CASE("a shallow clone says where its history ends", "[sources]") {
    GitSandbox sandbox;
    sandbox.init("r");
    for (const char* content : {"1", "2", "3"}) {
        sandbox.commit("r", "m.json", content);
    }
    sandbox.run(".", "git clone -q --depth 2 file://$PWD/r shallow");
    const History history = walk(sandbox, "m.json", wide, "shallow");
    REQUIRE(contents(history) == Texts{"2", "3"});
    REQUIRE(contains(history->notes.at(0), "shallow"));
    REQUIRE(contains(history->notes.at(0), "fetch-depth: 0"));
}

TEST_CASE("a commit that is gone is damage and no end of history", "[sources]") {
    GitSandbox sandbox;
    sandbox.init("r");
    const std::string first = sandbox.commit("r", "m.json", "1");
    sandbox.commit("r", "m.json", "2");
    sandbox.run("r", "rm -f .git/objects/" + first.substr(0, 2) + "/" + first.substr(2));
    REQUIRE(contains(message_of(walk(sandbox, "m.json")), "is not in this clone"));
}
