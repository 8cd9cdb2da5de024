#include "sources/object_folders.h"

#include <algorithm>
#include <filesystem>
#include <string>
#include <utility>
#include <vector>

#include "git_sandbox.h"
#include "support/catch.h"

using namespace metricgate;
using test::GitSandbox;

namespace {

/// Repositories a, b ... in the sandbox, and what is found from the first.
struct Chain {
    GitSandbox sandbox;

    std::string objects(const std::string& name) {
        std::filesystem::create_directories(sandbox.path(name + "/objects/info"));
        return sandbox.path(name + "/objects");
    }
    void lend(const std::string& name, const std::string& list) {
        objects(name);
        sandbox.write(name + "/objects/info/alternates", list);
    }
    bool finds(const std::string& name) {
        const auto found = sources::git::object_folders(sandbox.path("a/objects"));
        REQUIRE(found.ok());
        return std::ranges::any_of(*found, [&](const std::string& folder) {
            return std::filesystem::equivalent(folder, sandbox.path(name + "/objects"));
        });
    }
};

}  // namespace

TEST_CASE("objects are borrowed from what a list names, as git and as libgit2 read it",
          "[sources]") {
    Chain chain;
    const std::string b = chain.objects("b");
    auto list = GENERATE(as<std::string>(), "B", "B\n", "../../b/objects",
                         "# a comment\n\n../../b/objects\r\n", "#\rB", "\rB", "/nowhere\nB",
                         "info/../../../b/objects", "HERE");
    for (const auto& [sign, path] :
         {std::pair("B", b), std::pair("HERE", std::filesystem::relative(b).string())}) {
        if (const auto at = list.find(sign); at != std::string::npos) {
            list.replace(at, std::string(sign).size(), path);
        }
    }
    chain.lend("a", list);
    CAPTURE(list);
    CHECK(chain.finds("a"));
    CHECK(chain.finds("b"));
}

TEST_CASE("comments of a list of object folders name none", "[sources]") {
    Chain chain;
    chain.lend("a", "#" + chain.objects("b"));
    CHECK_FALSE(chain.finds("b"));
}

TEST_CASE("borrowers of borrowers are followed six times", "[sources]") {
    Chain chain;
    for (char name = 'a'; name < 'h'; ++name) {
        chain.lend(std::string(1, name),
                   chain.objects(std::string(1, static_cast<char>(name + 1))));
    }
    CHECK(chain.finds("g"));
    CHECK_FALSE(chain.finds("h"));
}

TEST_CASE("a folder is listed once, however often it is named", "[sources]") {
    Chain chain;
    std::string list;
    for (int i = 0; i < 1000; ++i) {
        list += "../objects\n";
    }
    chain.lend("a", list);
    const auto found = sources::git::object_folders(chain.sandbox.path("a/objects"));
    REQUIRE(found.ok());
    CHECK(*found == std::vector<std::string>{chain.sandbox.path("a/objects")});
}

TEST_CASE("a list of object folders that cannot be read is a mistake", "[sources]") {
    Chain chain;
    SECTION("too large") {
        chain.lend("a", std::string((std::size_t{1} << 20) + 1, '\n'));
    }
    SECTION("no file") {
        std::filesystem::create_directories(chain.objects("a") + "/info/alternates");
    }
    const auto found = sources::git::object_folders(chain.sandbox.path("a/objects"));
    REQUIRE_FALSE(found.ok());
    CHECK(*found.problems().front().where.file == chain.sandbox.path("a/objects/info/alternates"));
}
