#include "support/written_place.h"

#include <cstdlib>
#include <filesystem>
#include <fstream>

#include "support/catch.h"
#include "support/doomed_files.h"
#include "support/files.h"

using namespace metricgate::support;
namespace fs = std::filesystem;

namespace {

/// A folder with the work tree `tree` and a file and a folder beside it.
class Place {
public:
    Place() {
        std::string name = (fs::temp_directory_path() / "metricgate-test-XXXXXX").string();
        REQUIRE(::mkdtemp(name.data()) != nullptr);
        m_path = fs::canonical(name);
        for (const char* folder : {"tree/.git/hooks", "tree/in", "beside"}) {
            fs::create_directories(m_path / folder);
        }
        for (const char* file : {"tree/.git/config", "tree/in/file", "victim"}) {
            std::ofstream(m_path / file) << "as it was";
        }
    }
    ~Place() { fs::remove_all(m_path); }
    Place(const Place&) = delete;
    Place& operator=(const Place&) = delete;

    [[nodiscard]] std::string operator/(const std::string& name) const {
        return (m_path / name).string();
    }
    [[nodiscard]] std::string link(const std::string& name, const std::string& target) const {
        fs::create_symlink(target, m_path / name);
        return *this / name;
    }

private:
    fs::path m_path;
};

std::string content(const std::string& path) {
    std::ifstream file(path);
    return {std::istreambuf_iterator<char>(file), {}};
}

/// Makes a folder the current one for a while.
class Within {
public:
    explicit Within(const std::string& folder) { fs::current_path(folder); }
    ~Within() { fs::current_path(m_before); }
    Within(const Within&) = delete;
    Within& operator=(const Within&) = delete;

private:
    fs::path m_before = fs::current_path();
};

constexpr const char* how =
    "), which a change can commit; name the file itself, or remove the link";

}  // namespace

TEST_CASE("a link that leads out of the work tree is refused, wherever it stands in the path",
          "[support]") {
    const Place place;
    const std::string out =
        std::string("is a symbolic link out of the repository (to ../victim") + how;
    REQUIRE(written_place(place.link("tree/out", "../victim")).refusal == out);
    REQUIRE(written_place(place.link("tree/absolute", place / "victim")).refusal ==
            "is a symbolic link out of the repository (to " + (place / "victim") + how);
    REQUIRE(written_place(place.link("tree/dangling", "../nothing")).refusal ==
            std::string("is a symbolic link out of the repository (to ../nothing") + how);
    const std::string through =
        std::string("goes through a symbolic link out of the repository (folder, to ../beside") +
        how;
    const std::string folder = place.link("tree/folder", "../beside");
    REQUIRE(written_place(folder + "/new").refusal == through);
    REQUIRE(written_place(folder + "/../tree/in/../folder/new").refusal == through);
    REQUIRE(written_place(place.link("tree/in/chain", "../folder/new")).refusal == through);
    // Also where the way there begins at a link of somebody else's.
    REQUIRE(written_place(place.link("mine", "tree/out")).refusal ==
            std::string("goes through a symbolic link out of the repository (out, to ../victim") +
                how);
    // A folder whose name begins like the work tree's lies outside.
    fs::create_directory(place / "tree2");
    REQUIRE_FALSE(written_place(place.link("tree/twin", "../tree2/x")).refusal.empty());
}

TEST_CASE("a link into .git is refused, of this repository or of one in it", "[support]") {
    const Place place;
    fs::create_directories(place / "tree/in/sub/.git");
    for (const auto& [name, target] :
         {std::pair("a", ".git/config"), std::pair("b", ".git"),
          std::pair("in/c", "../.GIT/hooks/pre-push"), std::pair("d", "in/sub/.git/config")}) {
        INFO(name);
        REQUIRE(written_place(place.link(std::string("tree/") + name, target)).refusal ==
                std::string("is a symbolic link into .git (to ") + target + how);
    }
    REQUIRE(written_place(place / "tree/b/hooks/pre-push").refusal ==
            std::string("goes through a symbolic link into .git (b, to .git") + how);
    // Who writes the name himself may mean it.
    REQUIRE(written_place(place / "tree/.git/config").refusal.empty());
}

TEST_CASE("a link to a device, which a report would vanish in, is refused as one", "[support]") {
    const Place place;
    REQUIRE(written_place(place.link("tree/null", "/dev/null")).refusal ==
            "is a symbolic link out of the repository (to the device /dev/null), which a change "
            "can commit; name the device itself, or remove the link");
    REQUIRE(written_place(place.link("own", "/dev/null")).refusal.empty());
}

TEST_CASE("a link may lead into the work tree of the current folder, and not into its .git",
          "[support]") {
    const Place place;
    fs::create_directories(place / "data/.git");
    fs::create_directories(place / "data/deep");
    const std::string work = place.link("tree/work", "../data");
    const std::string git = place.link("tree/git", "../data/.git");
    REQUIRE_FALSE(written_place(work + "/out.json").refusal.empty());
    const auto try_in = [&](const char* folder) {
        const Within current(place / folder);
        CAPTURE(folder);
        CHECK(written_place(work + "/out.json").refusal.empty());
        CHECK(written_place(work + "/out.json").path == place / "data/out.json");
        CHECK(written_place(git + "/config").refusal ==
              std::string("goes through a symbolic link into .git (git, to ../data/.git") + how);
        CHECK_FALSE(written_place(place / "tree/outside").refusal.empty());
    };
    static_cast<void>(place.link("tree/outside", "../victim"));
    try_in("data");
    try_in("data/deep");
    fs::remove_all(place / "data/deep");
    fs::rename(place / "data/.git", place / "data/kept");
    fs::create_directories(place / "data/in/.git");
    static_cast<void>(fs::remove(git));
    static_cast<void>(place.link("tree/git", "../data/in/.git"));
    const Within current(place / "data");
    CHECK(written_place(work + "/out.json").refusal.empty());
    CHECK(written_place(git + "/config")
              .refusal.starts_with("goes through a symbolic link into .git"));
}

TEST_CASE("where the current folder lies in no work tree, no link below it may lead out of it",
          "[support]") {
    const Place place;
    fs::remove_all(place / "tree/.git");
    static_cast<void>(place.link("tree/out", "../victim"));
    static_cast<void>(place.link("tree/in/up", "../new"));
    static_cast<void>(place.link("tree/in/out", "../../victim"));
    static_cast<void>(place.link("beside/out", "../victim"));
    const std::string out =
        std::string("is a symbolic link out of the current folder (to ../victim") + how;
    {
        const Within current(place / "tree");
        for (const std::string& name : {std::string("out"), place / "tree/out"}) {
            CAPTURE(name);
            CHECK(written_place(name).refusal == out);
        }
        CHECK(written_place("in/up").refusal.empty());
        CHECK_FALSE(written_place("in/out").refusal.empty());
        CHECK(written_place("../beside/out").refusal.empty());
        for (const char* elsewhere : {"../victim", "/dev/null", "/dev/stdout", "/tmp/x"}) {
            CAPTURE(elsewhere);
            CHECK(written_place(elsewhere).refusal.empty());
        }
    }
    {
        const Within current(place / "tree/in");
        CHECK_FALSE(written_place("up").refusal.empty());
        CHECK(written_place("../out").refusal.empty());  // above, where nothing tells a tree
    }
    const Within current("/");
    CHECK(written_place(place / "tree/out").refusal.empty());
}

TEST_CASE("other links are followed to where they lead, also to what is not there", "[support]") {
    const Place place;
    const auto leads = [&](const std::string& path, const std::string& end) {
        const WrittenPlace found = written_place(path);
        INFO(path);
        REQUIRE(found.refusal.empty());
        REQUIRE(found.path == place / end);
    };
    leads(place.link("tree/inner", "in/file"), "tree/in/file");
    leads(place.link("tree/new", "in/none"), "tree/in/none");
    leads(place.link("tree/folder", "in") + "/x", "tree/in/x");
    leads(place.link("tree/around", "../tree/in/file"), "tree/in/file");
    leads(place.link("own", "victim"), "victim");
    leads(place.link("entry", "tree") + "/in/../x", "tree/x");
    leads(place / "tree/in/./../in/file", "tree/in/file");
    // Of a folder behind a link, `..` is the folder that it stands in.
    leads(place.link("deep", "tree/in") + "/../y", "tree/y");
    fs::remove_all(place / "tree/.git");
    leads(place.link("tree/out", "../victim"), "victim");
    REQUIRE(written_place("written_place_test").path == fs::current_path() / "written_place_test");
    for (const char* stream : {"/dev/stdout", "/dev/null", "/proc/self/fd/0"}) {
        REQUIRE(written_place(stream).refusal.empty());
    }
}

TEST_CASE("links that go in a circle are refused where a change can commit them", "[support]") {
    const Place place;
    static_cast<void>(place.link("one", "two"));
    const WrittenPlace around = written_place(place.link("two", "one") + "/x");
    REQUIRE(around.refusal.empty());
    REQUIRE(around.path.empty());
    REQUIRE(written_place(place.link("tree/self", "self"))
                .refusal.starts_with("cannot be written (readlink): "));
}

TEST_CASE("nothing is written, emptied or doomed through a link out of the repository",
          "[support]") {
    const Place place;
    for (const std::string& link :
         {place.link("tree/out", "../victim"), place.link("tree/config", ".git/config")}) {
        const std::string refusal = written_place(link).refusal;
        const auto written = disk()->write(link, "new");
        REQUIRE_FALSE(written.ok());
        REQUIRE(written.problems().front().message == refusal);
        const auto removed = disk()->remove(link);
        REQUIRE_FALSE(removed.ok());
        REQUIRE(removed.problems().front().message == refusal);
        doom_files({link});
        remove_doomed_files();
        doom_files({});
        REQUIRE(content(link) == "as it was");
    }
    REQUIRE(disk()->write(place.link("tree/inner", "in/file"), "new").ok());
    REQUIRE(content(place / "tree/in/file") == "new");
}
