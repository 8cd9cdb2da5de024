#include "sources/repository.h"

#include <sys/stat.h>
#include <unistd.h>

#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>

#include "git_sandbox.h"
#include "support/catch.h"

using namespace metricgate;
using test::contains;
using test::GitSandbox;
using test::id_of;
using test::message_of;

namespace {

constexpr std::size_t limit = std::size_t{1} << 20;

/// The content of a file at HEAD; what went wrong, or "(absent)".
std::string content(sources::Repository& repository, const std::string& path,
                    std::size_t most = limit) {
    const auto head = repository.head();
    REQUIRE(head.has_value());
    const auto file = repository.read(*head, path, most);
    if (!file) {
        return message_of(file);
    }
    return file->has_value() ? std::string((*file)->bytes.view()) : "(absent)";
}

}  // namespace

TEST_CASE("a committed file is read as it was committed", "[sources]") {
    GitSandbox sandbox;
    sandbox.init("r");
    sandbox.commit("r", "eval/predictions.csv", "id,y\na,1\n");
    sandbox.write("r/eval/predictions.csv", "changed, not committed\n");
    const auto repository = sandbox.open("r/eval");
    CHECK(repository->root() == sandbox.path("r"));
    CHECK(content(*repository, "eval/predictions.csv") == "id,y\na,1\n");
    CHECK(content(*repository, "./eval//predictions.csv") == "id,y\na,1\n");
    const auto file = repository->read(*repository->head(), "eval/predictions.csv", limit);
    REQUIRE(file.ok());
    CHECK((*file)->blob == sandbox.git("r", "rev-parse HEAD:eval/predictions.csv"));
    CHECK((*file)->blob == sources::blob_id("id,y\na,1\n"));
    CHECK((*file)->commit.id == sandbox.git("r", "rev-parse HEAD"));
}

TEST_CASE("the bytes of a committed file outlive the repository", "[sources]") {
    GitSandbox sandbox;
    sandbox.init("r");
    sandbox.commit("r", "f", "content");
    support::Bytes bytes;
    {
        auto repository = sandbox.open("r");
        bytes = (*repository->read(*repository->head(), "f", limit))->bytes;
    }
    CHECK(bytes.view() == "content");
}

TEST_CASE("a path that never existed is nothing, an unknown revision is a problem", "[sources]") {
    GitSandbox sandbox;
    sandbox.init("r");
    sandbox.commit("r", "eval/f.csv", "1");
    const auto repository = sandbox.open("r");
    CHECK(content(*repository, "eval/g.csv") == "(absent)");
    CHECK(content(*repository, "eval/F.csv") == "(absent)");
    CHECK(content(*repository, "elsewhere/f.csv") == "(absent)");
    CHECK(content(*repository, "eval/f.csv/below") == "(absent)");
    CHECK_FALSE(repository->resolve("v1.0").ok());
    sources::Commit unknown;
    unknown.id = std::string(40, '1');
    CHECK_FALSE(repository->read(unknown, "eval/f.csv", limit).ok());
}

TEST_CASE("links, submodules, directories and paths outside are named problems", "[sources]") {
    GitSandbox sandbox;
    sandbox.init("library");
    sandbox.commit("library", "f.csv", "1");
    sandbox.init("r");
    std::filesystem::create_directories(sandbox.path("r/eval"));
    REQUIRE(symlink("/etc/passwd", sandbox.path("r/eval/link.csv").c_str()) == 0);
    REQUIRE(symlink("eval", sandbox.path("r/folder").c_str()) == 0);
    sandbox.git("r", "submodule --quiet add 'file://" + sandbox.path("library") + "' sub");
    sandbox.commit("r", "eval/f.csv", "1");
    const auto repository = sandbox.open("r");
    CHECK(contains(content(*repository, "eval/link.csv"), "'eval/link.csv' is a symbolic link"));
    CHECK(contains(content(*repository, "folder/f.csv"), "'folder' is a symbolic link"));
    CHECK(contains(content(*repository, "sub"), "'sub' is a submodule"));
    CHECK(contains(content(*repository, "sub/f.csv"), "'sub' is a submodule"));
    CHECK(contains(content(*repository, "eval"), "'eval' is a directory"));
    for (const char* path : {"../r/eval/f.csv", "/eval/f.csv", "", ".", "eval/../../x"}) {
        INFO(path);
        CHECK(contains(content(*repository, path), "must be relative"));
    }
    // The submodule itself is a repository that may be opened.
    const auto inside = sandbox.open("r/sub");
    CHECK(inside->root() == sandbox.path("r/sub"));
    CHECK(content(*inside, "f.csv") == "1");
}

TEST_CASE("a blob above the limit is refused by its size", "[sources]") {
    GitSandbox sandbox;
    sandbox.init("r");
    sandbox.commit("r", "f", std::string(2000, 'x'));
    const auto repository = sandbox.open("r");
    CHECK(content(*repository, "f", 2000).size() == 2000);
    CHECK(contains(content(*repository, "f", 1999), "2,000 bytes; at most 1,999 bytes are read"));
}

TEST_CASE("a Git LFS pointer is handed on as it stands", "[sources]") {
    GitSandbox sandbox;
    sandbox.init("r");
    const std::string pointer =
        "version https://git-lfs.github.com/spec/v1\noid sha256:" + std::string(64, 'a') +
        "\nsize 12\n";
    sandbox.commit("r", "f.csv", pointer);
    CHECK(content(*sandbox.open("r"), "f.csv") == pointer);
}

TEST_CASE("a corrupt or swapped object is a problem", "[sources]") {
    GitSandbox sandbox;
    sandbox.init("r");
    sandbox.commit("r", "f", "content");
    sandbox.commit("r", "g", "other");
    const auto object = [&sandbox](const std::string& file) {
        const std::string id = sandbox.git("r", "rev-parse HEAD:" + file);
        return sandbox.path("r/.git/objects/" + id.substr(0, 2) + "/" + id.substr(2));
    };
    const std::string f = object("f");
    const std::string g = object("g");
    REQUIRE(chmod(f.c_str(), 0600) == 0);
    REQUIRE(chmod(g.c_str(), 0600) == 0);
    std::filesystem::copy_file(g, f, std::filesystem::copy_options::overwrite_existing);
    CHECK(contains(content(*sandbox.open("r"), "f"), "damaged"));
    std::ofstream(g, std::ios::binary) << "not deflated";
    CHECK(contains(content(*sandbox.open("r"), "g"), "damaged"));
    std::filesystem::remove(g);
    CHECK(contains(content(*sandbox.open("r"), "g"), "is not in this clone"));
}

TEST_CASE(
    "a loose object that is cut, or not what its head states, is refused before libgit2 sees it",
    "[sources]") {
    // libgit2 1.5 to 1.9 loops for ever on the first, and writes behind its buffer on the second.
    GitSandbox sandbox;
    sandbox.init("r");
    sandbox.commit("r", "f", "some content of a file\n");
    sandbox.commit("r", "f", "a second one\n");
    const auto object = [&sandbox](const std::string& revision) {
        const std::string id = sandbox.git("r", "rev-parse " + revision);
        const std::string file =
            sandbox.path("r/.git/objects/" + id.substr(0, 2) + "/" + id.substr(2));
        chmod(file.c_str(), 0600);
        return file;
    };
    const auto packed = [&sandbox](const std::string& bytes) {
        sandbox.write("plain", bytes);
        return sandbox.run("",
                           "python3 -c 'import sys, zlib; sys.stdout.buffer.write(zlib.compress("
                           "open(\"plain\", \"rb\").read()).hex().encode())'");
    };
    const auto unhex = [](const std::string& hex) {
        std::string bytes;
        for (std::size_t i = 0; i < hex.size(); i += 2) {
            bytes += static_cast<char>(std::stoi(hex.substr(i, 2), nullptr, 16));
        }
        return bytes;
    };
    const std::string blob = object("HEAD:f");
    const std::string good = [&blob] {
        std::ifstream file(blob, std::ios::binary);
        return std::string(std::istreambuf_iterator<char>(file), {});
    }();
    const auto with = [&](const std::string& bytes) {
        std::ofstream(blob, std::ios::binary) << bytes;
        return content(*sandbox.open("r"), "f");
    };
    for (std::size_t length = 0; length < good.size(); ++length) {
        CAPTURE(length);
        CHECK(contains(with(good.substr(0, length)), "its loose object is "));
    }
    CHECK(contains(with(good + "x"), "goes on behind its end"));
    CHECK(contains(with("not deflated"), "is not deflated, or damaged"));
    using namespace std::string_literals;
    for (const auto& [bytes, told] :
         {std::pair{"blob 10\0"s + std::string(5000, 'x'), "holds more than its head states"},
          {"blob 10\0"s + std::string(11, 'x'), "holds more than its head states"},
          {"blob 10\0"s + std::string(9, 'x'), "holds less than its head states"},
          {"blob 010\0"s + std::string(10, 'x'), "has a head that git does not write"},
          {"blob \0x"s, "has a head that git does not write"},
          {"blob 99999999999999999999999\0x"s, "has a head that git does not write"},
          {"blobs 1\0x"s, "has a head that git does not write"},
          {"blob" + std::string(100, ' ') + "1\0x"s, "has a head that git does not write"},
          {"blob 10\0"s + std::string(10, 'x'), "object hash mismatch"}}) {
        CAPTURE(bytes.substr(0, 12));
        CHECK(contains(with(unhex(packed(bytes))), told));
    }
    CHECK(with(good) == "a second one\n");
    // What is no file is not opened.
    std::filesystem::remove(blob);
    REQUIRE(mkfifo(blob.c_str(), 0600) == 0);
    CHECK(contains(content(*sandbox.open("r"), "f"), "its loose object is "));
    std::filesystem::remove(blob);
    std::ofstream(blob, std::ios::binary) << good;
    // Of commits, trees and short ids alike.
    for (const char* revision : {"HEAD^{tree}", "HEAD"}) {
        const std::string other = object(revision);
        std::filesystem::resize_file(other, 20);
        const auto repository = sandbox.open("r");
        const auto head = repository->head();
        const std::string said =
            head ? content(*repository, "f")
                 : message_of(repository->resolve(sandbox.git("r", "rev-parse main").substr(0, 8)));
        CHECK(contains(said, "its loose object is cut off"));
    }
}

TEST_CASE("objects that are borrowed from another repository are looked at as well", "[sources]") {
    GitSandbox sandbox;
    sandbox.init("r");
    sandbox.commit("r", "f", "content");
    sandbox.git("", "clone -q --shared r borrower");
    CHECK(content(*sandbox.open("borrower"), "f") == "content");
    const std::string id = sandbox.git("r", "rev-parse HEAD:f");
    const std::string file = sandbox.path("r/.git/objects/" + id.substr(0, 2) + "/" + id.substr(2));
    chmod(file.c_str(), 0600);
    std::filesystem::resize_file(file, std::filesystem::file_size(file) - 4);
    CHECK(contains(content(*sandbox.open("borrower"), "f"), "its loose object is cut off"));
}

TEST_CASE("a blob that a partial clone left out is a problem", "[sources]") {
    GitSandbox sandbox;
    sandbox.init("origin");
    sandbox.commit("origin", "f", "content");
    sandbox.git("origin", "config uploadpack.allowFilter true");
    sandbox.git("", "clone -q --no-checkout --filter=blob:none 'file://" + sandbox.path("origin") +
                        "' partial");
    CHECK(contains(content(*sandbox.open("partial"), "f"), "partial clone"));
}

TEST_CASE("no repository, and one without commits, are told apart", "[sources]") {
    GitSandbox sandbox;
    const auto none = sources::open_repository(sandbox.path(), false);
    CHECK(contains(message_of(none), "no git repository here or above"));
    sandbox.init("r");
    const auto repository = sandbox.open("r");
    CHECK_FALSE(repository->head().has_value());
    CHECK(contains(message_of(repository->resolve("HEAD")), "there is no commit yet"));
    CHECK_FALSE(repository->automatic_baseline({}).ok());
}

TEST_CASE("a repository of another user is refused with the fix, or opened with trust",
          "[sources]") {
    GitSandbox sandbox;
    sandbox.init("r");
    sandbox.commit("r", "f", "content");
    if (geteuid() != 0) {
        WARN("only root can give files away; not tested");
        return;
    }
    sandbox.run("", "chown -R 65534 r");
    const auto refused = sources::open_repository(sandbox.path("r"), false);
    const std::string message = message_of(refused);
    INFO(message);
    CHECK(contains(message, "belongs to another user"));
    CHECK(contains(message, "git config --global --add safe.directory " + sandbox.path("r") + "`"));
    CHECK(contains(message, "--trust-repository"));
    CHECK(content(*sandbox.open("r", true), "f") == "content");
    // Trust was for that one call.
    CHECK_FALSE(sources::open_repository(sandbox.path("r"), false).ok());
}

TEST_CASE("a detached HEAD and a worktree are repositories like any other", "[sources]") {
    GitSandbox sandbox;
    sandbox.init("r");
    const std::string first = sandbox.commit("r", "f", "1");
    const std::string second = sandbox.commit("r", "f", "2");
    sandbox.git("r", "checkout -q --detach HEAD~1");
    CHECK(id_of(sandbox.open("r")->resolve("HEAD")) == first);
    sandbox.git("r", "worktree add -q ../tree main");
    const auto worktree = sandbox.open("tree");
    CHECK(worktree->root() == sandbox.path("tree"));
    CHECK(id_of(worktree->resolve("HEAD")) == second);
    CHECK(content(*worktree, "f") == "2");
    std::filesystem::rename(sandbox.path("r"), sandbox.path("moved"));
    const std::string message = message_of(sources::open_repository(sandbox.path("tree"), false));
    CHECK(contains(message, "cannot be opened"));
    CHECK(contains(message, sandbox.path("r")));
}

TEST_CASE("a worktree of a shallow clone is shallow", "[sources]") {
    GitSandbox sandbox;
    sandbox.make_pull_request();
    sandbox.git("", "clone -q --depth 1 'file://" + sandbox.path("origin") + "' one");
    sandbox.git("one", "worktree add -q --detach ../tree");
    CHECK(contains(message_of(sandbox.open("tree")->resolve("HEAD^1")), "fetch-depth: 2"));
}

TEST_CASE("a .git that leads elsewhere and is not pointed back to is refused", "[sources]") {
    GitSandbox sandbox;
    sandbox.init("r");
    sandbox.commit("r", "f", "content");
    sandbox.write("decoy/.git", "gitdir: " + sandbox.path("r/.git") + "\n");
    const auto refused = sources::open_repository(sandbox.path("decoy"), false);
    CHECK(contains(message_of(refused), "does not point back"));
    CHECK(sources::open_repository(sandbox.path("decoy"), true).ok());
    std::filesystem::create_directories(sandbox.path("victim"));
    sandbox.git("r", "config core.worktree " + sandbox.path("victim"));
    const auto moved = sources::open_repository(sandbox.path("r"), false);
    CHECK(contains(message_of(moved), "core.worktree"));
}

TEST_CASE("a repository with SHA-256 ids is named", "[sources]") {
    GitSandbox sandbox;
    std::filesystem::create_directories(sandbox.path("r"));
    sandbox.git("r", "init -q --object-format=sha256");
    const auto refused = sources::open_repository(sandbox.path("r"), false);
    CHECK(contains(message_of(refused), "SHA-256"));
}

TEST_CASE("nothing a repository configures is executed", "[sources]") {
    GitSandbox sandbox;
    sandbox.init("r");
    sandbox.write("r/.gitattributes", "*.csv filter=evil diff=evil\n");
    sandbox.commit("r", "f.csv", "content");
    const std::string touch = "'touch " + sandbox.path("executed") + "'";
    for (const char* key : {"core.fsmonitor", "core.sshCommand", "filter.evil.smudge",
                            "filter.evil.clean", "diff.evil.textconv", "core.pager"}) {
        sandbox.git("r", std::string("config ") + key + " " + touch);
    }
    CHECK(content(*sandbox.open("r"), "f.csv") == "content");
    CHECK_FALSE(std::filesystem::exists(sandbox.path("executed")));
}

TEST_CASE("blob ids are git's own", "[sources]") {
    CHECK(sources::blob_id("") == "e69de29bb2d1d6434b8b29ae775ad8c2e48c5391");
    CHECK(sources::blob_id("hello\n") == "ce013625030ba8dba906f756967f9e9ca394464a");
}

TEST_CASE("the merge base with a branch is where the two part", "[sources]") {
    GitSandbox sandbox;
    sandbox.init("r");
    const std::string fork = sandbox.commit("r", "f", "1");
    sandbox.git("r", "checkout -q -b topic");
    sandbox.commit("r", "g", "1");
    sandbox.git("r", "checkout -q main");
    sandbox.commit("r", "f", "2");
    sandbox.git("r", "checkout -q topic");
    const auto repository = sandbox.open("r");
    CHECK(id_of(repository->merge_base("main")) == fork);
    CHECK(contains(repository->merge_base("main")->described_as, "merge base of HEAD and main"));
    sandbox.git("r", "checkout -q --orphan alone");
    sandbox.commit("r", "h", "1");
    CHECK(contains(message_of(repository->merge_base("main")), "no common ancestor"));
    CHECK_FALSE(repository->merge_base("nowhere").ok());
}

TEST_CASE("a merge base beyond a shallow cut names fetch-depth: 0", "[sources]") {
    GitSandbox sandbox;
    sandbox.make_pull_request();
    sandbox.git("origin", "checkout -q topic");
    sandbox.git(
        "", "clone -q --depth 1 --no-single-branch 'file://" + sandbox.path("origin") + "' one");
    const auto repository = sandbox.open("one");
    CHECK(contains(message_of(repository->merge_base("origin/main")), "fetch-depth: 0"));
}
