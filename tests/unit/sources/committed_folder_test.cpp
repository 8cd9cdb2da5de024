#include <unistd.h>

#include <filesystem>
#include <string>
#include <vector>

#include "git_sandbox.h"
#include "sources/document.h"
#include "sources/repository.h"
#include "support/catch.h"

using namespace metricgate;
using test::contains;
using test::GitSandbox;
using test::message_of;

namespace {

using Names = std::vector<std::string>;
using Folder = support::Result<std::optional<sources::CommittedFolder>>;

constexpr sources::FolderLimits wide = {1000, 1 << 20, 1 << 20};

/// A folder at HEAD.
Folder folder(GitSandbox& sandbox, const std::string& path,
              const sources::FolderLimits& limits = wide) {
    const auto repository = sandbox.open("r");
    return repository->read_folder(*repository->head(), path, limits);
}

std::string content(const Folder& folder, const std::string& name) {
    const auto bytes = (*folder)->files->read(name);
    return bytes ? std::string(bytes->view()) : message_of(bytes);
}

/// A raw tree object, also one that git itself would not make; its id.
std::string raw_tree(GitSandbox& sandbox, const std::string& entries) {
    sandbox.write("tree", entries);
    return sandbox.git("r", "hash-object -t tree -w --literally ../tree");
}

/// A commit of a tree on no branch.
sources::Commit commit_of(GitSandbox& sandbox, const std::string& tree) {
    sources::Commit commit;
    commit.id = sandbox.git("r", "commit-tree -m x " + tree);
    return commit;
}

/// An object id as trees hold it.
std::string raw_id(const std::string& hexadecimal) {
    std::string raw;
    for (std::size_t i = 0; i < hexadecimal.size(); i += 2) {
        raw += static_cast<char>(std::stoi(hexadecimal.substr(i, 2), nullptr, 16));
    }
    return raw;
}

}  // namespace

TEST_CASE("a folder of a commit gives its files as they were committed", "[sources]") {
    GitSandbox sandbox;
    sandbox.init("r");
    sandbox.commit("r", "run/plots/loss.tsv", "step\tloss\n");
    sandbox.commit("r", "run/plots.json", "{}");
    sandbox.commit("r", "run/start.sh", "echo\n");
    sandbox.git("r", "update-index --chmod=+x run/start.sh");
    sandbox.commit("r", "run2/other", "x");
    sandbox.write("r/run/plots.json", "changed, not committed");
    sandbox.write("r/run/new", "not committed");
    for (const char* path : {"run", "./run/", "run//"}) {
        const auto found = folder(sandbox, path);
        REQUIRE(found.ok());
        REQUIRE(found->has_value());
        // By bytes: a dot comes before a slash. Git's own order has the folder first.
        CHECK((*found)->files->names() == Names{"plots.json", "plots/loss.tsv", "start.sh"});
        CHECK(content(found, "plots.json") == "{}");
        CHECK(content(found, "plots/loss.tsv") == "step\tloss\n");
        CHECK(contains(content(found, "plots"), "holds no file 'plots'"));
        CHECK((*found)->blobs[1] == sandbox.git("r", "rev-parse HEAD:run/plots/loss.tsv"));
        CHECK((*found)->commit.id == sandbox.git("r", "rev-parse HEAD"));
    }
    CHECK((*folder(sandbox, "run/plots"))->files->names() == Names{"loss.tsv"});
}

TEST_CASE("the files of a committed folder outlive the repository", "[sources]") {
    GitSandbox sandbox;
    sandbox.init("r");
    sandbox.commit("r", "run/f", "content");
    const auto found = folder(sandbox, "run");
    const auto bytes = (*found)->files->read("f");
    REQUIRE(bytes.ok());
    CHECK(bytes->view() == "content");
}

TEST_CASE("a path that is absent or a file is no folder; one outside is a problem", "[sources]") {
    GitSandbox sandbox;
    sandbox.init("r");
    sandbox.commit("r", "run/f", "1");
    for (const char* path : {"run/f", "run/f/g", "other", "Run"}) {
        INFO(path);
        const auto found = folder(sandbox, path);
        REQUIRE(found.ok());
        CHECK_FALSE(found->has_value());
    }
    for (const char* path : {"../r/run", "/run", "", "run/../../x"}) {
        INFO(path);
        CHECK(contains(message_of(folder(sandbox, path)), "must be relative"));
    }
}

TEST_CASE("links within a committed folder are passed over, others and submodules refused",
          "[sources]") {
    GitSandbox sandbox;
    sandbox.init("library");
    sandbox.commit("library", "f", "1");
    sandbox.init("r");
    sandbox.commit("r", "run/a/f", "1");
    REQUIRE(symlink("../a/f", sandbox.path("r/run/a/latest").c_str()) == 0);
    REQUIRE(symlink("a", sandbox.path("r/run/current").c_str()) == 0);
    sandbox.commit("r", "run/g", "2");
    sandbox.git("r", "add .");
    sandbox.commit("r", "run/g", "3");
    CHECK((*folder(sandbox, "run"))->files->names() == Names{"a/f", "g"});
    CHECK(contains(message_of(folder(sandbox, "run/current")), "is a symbolic link"));
    CHECK(contains(message_of(folder(sandbox, "run/current/x")), "is a symbolic link"));
    // From there, the link to ../a/f leads out.
    CHECK(contains(message_of(folder(sandbox, "run/a")), "a link that leads out of it, 'latest'"));
    REQUIRE(symlink("/etc/passwd", sandbox.path("r/run/p").c_str()) == 0);
    sandbox.git("r", "add .");
    sandbox.commit("r", "run/g", "4");
    CHECK(contains(message_of(folder(sandbox, "run")), "a link that leads out of it, 'p'"));
    sandbox.git("r", "rm -q run/p");
    sandbox.git("r", "submodule --quiet add 'file://" + sandbox.path("library") + "' run/sub");
    sandbox.commit("r", "run/g", "5");
    CHECK(contains(message_of(folder(sandbox, "run")), "holds a submodule, 'sub'"));
    CHECK(contains(message_of(folder(sandbox, "run/sub")), "is a submodule"));
}

TEST_CASE("a committed folder is bounded in files, bytes and depth before anything is read",
          "[sources]") {
    GitSandbox sandbox;
    sandbox.init("r");
    sandbox.commit("r", "run/f", std::string(2000, 'x'));
    sandbox.commit("r", "run/g", std::string(1000, 'y'));
    CHECK(folder(sandbox, "run", {2, 2000, 3000}).ok());
    CHECK(contains(message_of(folder(sandbox, "run", {1, 2000, 3000})), "more than 1 file;"));
    CHECK(contains(message_of(folder(sandbox, "run", {2, 2000, 2999})), "more than 2,999 bytes"));
    const auto narrow = folder(sandbox, "run", {2, 1999, 3000});
    REQUIRE(narrow.ok());
    CHECK(contains(content(narrow, "f"), "2,000 bytes; at most 1,999 bytes are read"));
    CHECK(content(narrow, "g").size() == 1000);
    std::string deep = "run/";
    for (int i = 0; i < 32; ++i) {
        deep += "d/";
    }
    sandbox.commit("r", deep + "f", "1");
    CHECK(folder(sandbox, "run").ok());
    sandbox.commit("r", deep + "d/f", "1");
    CHECK(contains(message_of(folder(sandbox, "run")), "nested deeper than 32"));
}

TEST_CASE("a few trees that stand for billions of folders are refused at once", "[sources]") {
    GitSandbox sandbox;
    sandbox.init("r");
    sandbox.commit("r", "f", "1");
    std::string tree = raw_tree(sandbox, "");
    for (int level = 0; level < 10; ++level) {
        std::string entries;
        for (char name = 'a'; name < 'k'; ++name) {
            entries += std::string("40000 ") + name + '\0' + raw_id(tree);
        }
        tree = raw_tree(sandbox, entries);
    }
    const std::string top = raw_tree(sandbox, std::string("40000 run") + '\0' + raw_id(tree));
    const auto repository = sandbox.open("r");
    const auto found = repository->read_folder(commit_of(sandbox, top), "run", wide);
    CHECK(contains(message_of(found), "more than 1,000 folders"));
}

TEST_CASE("names that git never writes into a tree are damage", "[sources]") {
    GitSandbox sandbox;
    sandbox.init("r");
    sandbox.commit("r", "f", "1");
    const std::string blob = raw_id(sandbox.git("r", "rev-parse HEAD:f"));
    const auto file = [&](const std::string& name) {
        return "100644 " + name + std::string(1, '\0') + blob;
    };
    const auto repository = sandbox.open("r");
    for (const std::string& entries : {file(".."), file("."), file("a/b"), file("a") + file("a")}) {
        INFO(entries);
        const std::string top =
            raw_tree(sandbox, std::string("40000 run") + '\0' + raw_id(raw_tree(sandbox, entries)));
        const auto found = repository->read_folder(commit_of(sandbox, top), "run", wide);
        CHECK(contains(message_of(found), "damaged"));
    }
}

TEST_CASE("a file that a partial clone left out is a problem where it is read", "[sources]") {
    GitSandbox sandbox;
    sandbox.init("origin");
    sandbox.commit("origin", "run/f", "content");
    sandbox.git("origin", "config uploadpack.allowFilter true");
    sandbox.git(
        "", "clone -q --no-checkout --filter=blob:none 'file://" + sandbox.path("origin") + "' r");
    const auto found = folder(sandbox, "run");
    REQUIRE(found.ok());
    CHECK((*found)->files->names() == Names{"f"});
    CHECK(contains(content(found, "f"), "partial clone"));
}
