#include "sources/revision.h"

#include <string>
#include <vector>

#include "git_sandbox.h"
#include "support/catch.h"

using namespace metricgate;
using test::contains;
using test::id_of;
using test::message_of;

TEST_CASE("a revision is a name with suffixes", "[sources]") {
    const auto head = sources::parse_revision("HEAD~2^");
    REQUIRE(head.ok());
    CHECK(head->kind == sources::Revision::Kind::head);
    REQUIRE(head->steps.size() == 2);
    CHECK(head->steps[0].kind == sources::RevisionStep::Kind::ancestor);
    CHECK(head->steps[0].count == 2);
    CHECK(head->steps[1].kind == sources::RevisionStep::Kind::parent);
    CHECK(head->steps[1].count == 1);

    const auto branch = sources::parse_revision("dependabot/npm/@types/node-1.2");
    REQUIRE(branch.ok());
    CHECK(branch->kind == sources::Revision::Kind::name);
    CHECK_FALSE(branch->is_short_id);

    CHECK(sources::parse_revision("0a1b2c3")->is_short_id);
    CHECK_FALSE(sources::parse_revision("0a1b2c")->is_short_id);
    CHECK(sources::parse_revision(std::string(40, 'a'))->is_full_id);
    CHECK(sources::parse_revision("refs/heads/main")->kind == sources::Revision::Kind::reference);
    CHECK(sources::parse_revision("gr\xc3\xbc\xc3\x9f").ok());
}

TEST_CASE("revisions that git would evaluate are refused", "[sources]") {
    const std::vector<std::string> hostile = {"",
                                              "--output=x",
                                              "-x",
                                              "HEAD:../..",
                                              "HEAD:",
                                              "HEAD@{1 year ago}",
                                              "@{-1}",
                                              "@",
                                              ":/fix",
                                              "HEAD^{/re.*}",
                                              "HEAD^{tree}",
                                              "main..topic",
                                              "^main",
                                              "HEAD~x",
                                              "HEAD~999999999999",
                                              "HEAD^-1",
                                              "main topic",
                                              "main\n",
                                              "../../etc/passwd",
                                              "refs/../HEAD",
                                              "refs/heads/",
                                              "/main",
                                              "a//b",
                                              "a.lock",
                                              "$(touch x)",
                                              "main;ls",
                                              "ma*n",
                                              "[m]ain",
                                              "x\\y",
                                              std::string("main\0x", 6),
                                              "bidi\xe2\x80\xae",
                                              "broken\xff",
                                              std::string(5000, 'a')};
    for (const std::string& text : hostile) {
        INFO("revision: " << text.substr(0, 40));
        const auto revision = sources::parse_revision(text);
        CHECK_FALSE(revision.ok());
        CHECK(contains(message_of(revision), "wanted HEAD, a branch, a tag"));
        CHECK(message_of(revision).size() <= 400);
    }
}

TEST_CASE("refused revisions are refused by a repository as well", "[sources]") {
    test::GitSandbox sandbox;
    sandbox.init("r");
    sandbox.commit("r", "f", "1");
    const auto repository = sandbox.open("r");
    CHECK_FALSE(repository->resolve("HEAD@{0}").ok());
    CHECK_FALSE(repository->resolve(":/commit").ok());
    CHECK_FALSE(repository->resolve("HEAD:").ok());
}

TEST_CASE("HEAD, branches, tags, ids and suffixes resolve", "[sources]") {
    test::GitSandbox sandbox;
    sandbox.init("r");
    const std::string first = sandbox.commit("r", "f", "1");
    const std::string second = sandbox.commit("r", "f", "2");
    sandbox.git("r", "tag light HEAD~1");
    sandbox.git("r", "tag -a -m annotated heavy HEAD~1");
    sandbox.git("r", "branch feature/x HEAD~1");
    const auto repository = sandbox.open("r");
    for (const char* revision :
         {"HEAD", "main", "refs/heads/main", "HEAD~0", "HEAD^0", "heavy~0^0"}) {
        INFO(revision);
        CHECK(repository->resolve(revision).ok());
    }
    CHECK(id_of(repository->resolve("HEAD")) == second);
    CHECK(id_of(repository->resolve("HEAD~1")) == first);
    CHECK(id_of(repository->resolve("HEAD^")) == first);
    CHECK(id_of(repository->resolve("main~")) == first);
    CHECK(id_of(repository->resolve("light")) == first);
    CHECK(id_of(repository->resolve("heavy")) == first);
    CHECK(id_of(repository->resolve("refs/tags/heavy")) == first);
    CHECK(id_of(repository->resolve("feature/x")) == first);
    CHECK(id_of(repository->resolve(first)) == first);
    CHECK(id_of(repository->resolve(first.substr(0, 7))) == first);
    CHECK(repository->resolve("HEAD~1")->described_as == "HEAD~1");
    CHECK(repository->resolve("HEAD")->time == 1700000000 + 120);
    CHECK(contains(message_of(repository->resolve("HEAD~2")), "has no parent"));
    CHECK(contains(message_of(repository->resolve("HEAD^2")), "has 1 parent, no second one"));
    CHECK(contains(message_of(repository->resolve("nowhere")), "no branch, tag or commit"));
    CHECK(contains(message_of(repository->resolve("feature")), "no branch, tag or commit"));
    CHECK(contains(message_of(repository->resolve("refs/heads/nowhere")), "no such reference"));
    CHECK(contains(message_of(repository->resolve(std::string(40, '1'))), "is not in this clone"));
    const std::string tree = sandbox.git("r", "rev-parse HEAD^{tree}");
    CHECK(contains(message_of(repository->resolve(tree)), "is a tree, not a commit"));
}

TEST_CASE("a tag that shadows a branch is a problem naming both", "[sources]") {
    test::GitSandbox sandbox;
    sandbox.init("r");
    const std::string first = sandbox.commit("r", "f", "1");
    sandbox.commit("r", "f", "2");
    sandbox.git("r", "tag main HEAD~1");
    const auto repository = sandbox.open("r");
    const std::string message = message_of(repository->resolve("main"));
    CHECK(contains(message, "refs/heads/main"));
    CHECK(contains(message, "refs/tags/main"));
    CHECK(contains(message, "in full"));
    CHECK(id_of(repository->resolve("refs/tags/main")) == first);
    sandbox.git("r", "tag -f main HEAD");
    CHECK(repository->resolve("main").ok());
}

TEST_CASE("a branch here and on the remote that differ are a problem", "[sources]") {
    test::GitSandbox sandbox;
    sandbox.init("origin");
    const std::string first = sandbox.commit("origin", "f", "1");
    sandbox.git("", "clone -q 'file://" + sandbox.path("origin") + "' clone");
    const std::string second = sandbox.commit("clone", "f", "2");
    const auto repository = sandbox.open("clone");
    const std::string message = message_of(repository->resolve("main"));
    CHECK(contains(message, "refs/remotes/origin/main"));
    CHECK(contains(message, "refs/heads/main"));
    CHECK(id_of(repository->resolve("origin/main")) == first);
    CHECK(id_of(repository->resolve("refs/remotes/origin/main")) == first);
    CHECK(id_of(repository->resolve("refs/heads/main")) == second);
    // A branch that exists on the remote alone needs no prefix.
    sandbox.git("clone", "update-ref refs/remotes/origin/release " + first);
    CHECK(id_of(repository->resolve("release")) == first);
    // Remotes have any name, also one with a dot or a slash.
    sandbox.git("clone", "remote rename origin my.fork/x");
    CHECK(id_of(sandbox.open("clone")->resolve("release")) == first);
}

TEST_CASE("a branch named like an id is not silently the commit", "[sources]") {
    test::GitSandbox sandbox;
    sandbox.init("r");
    const std::string first = sandbox.commit("r", "f", "1");
    sandbox.commit("r", "f", "2");
    const std::string digits = first.substr(0, 8);
    sandbox.git("r", "branch " + digits + " HEAD");
    const auto repository = sandbox.open("r");
    CHECK(contains(message_of(repository->resolve(digits)), "which differ"));
}

TEST_CASE("a shallow clone's missing parent names the depth that has it", "[sources]") {
    test::GitSandbox sandbox;
    sandbox.make_pull_request();
    sandbox.git("", "clone -q --depth 1 'file://" + sandbox.path("origin") + "' one");
    sandbox.git("", "clone -q --depth 2 'file://" + sandbox.path("origin") + "' two");
    const auto one = sandbox.open("one");
    CHECK(contains(message_of(one->resolve("HEAD^1")), "fetch-depth: 2"));
    CHECK(contains(message_of(one->resolve("HEAD^1")), "GIT_DEPTH"));
    CHECK(contains(message_of(one->resolve("HEAD^2")), "fetch-depth: 2"));
    CHECK(contains(message_of(one->resolve("HEAD~2")), "fetch-depth: 0"));
    CHECK(contains(message_of(one->resolve("somewhere")), "fetch-depth: 0"));
    const auto two = sandbox.open("two");
    CHECK(id_of(two->resolve("HEAD^1")) == sandbox.git("origin", "rev-parse main"));
    CHECK(id_of(two->resolve("HEAD^2")) == sandbox.git("origin", "rev-parse topic"));
    CHECK(contains(message_of(two->resolve("HEAD~2")), "fetch-depth: 0"));
    CHECK(contains(message_of(two->resolve("HEAD^3")), "has 2 parents"));
}
