#include "support/catch.h"
#include "support/files.h"

using namespace metricgate::support;

namespace {

constexpr std::size_t any_size = 1000;

}  // namespace

TEST_CASE("files in memory are found however their path is written", "[support]") {
    std::map<std::string, std::string> contents = {{"eval/a.csv", "A"}, {"/repo/b.csv", "B"}};
    const auto files = in_memory(contents);
    const auto read = [&](const std::string& path) {
        return std::string(files->read(path, any_size, PathTrust::command_line, "")->view());
    };
    REQUIRE(read("eval/a.csv") == "A");
    REQUIRE(read("/repo/eval/../eval/a.csv") == "A");
    REQUIRE(read("./b.csv") == "B");
    REQUIRE(files->exists("b.csv"));
    REQUIRE(files->exists("eval"));
    REQUIRE(files->exists("/repo"));
    REQUIRE_FALSE(files->exists("c.csv"));
    REQUIRE_FALSE(files->exists(""));
}

TEST_CASE("files in memory are refused as on disk", "[support]") {
    std::map<std::string, std::string> contents = {
        {"eval/a.csv", "12345"}, {"/etc/secret", "s"}, {"-", "in"}};
    const auto files = in_memory(contents);
    const auto why = [&](const std::string& path, PathTrust trust, std::size_t limit) {
        const auto result = files->read(path, limit, trust, "/repo");
        return result.ok() ? std::string("was read") : result.problems().front().message;
    };
    REQUIRE(why("nothing", PathTrust::command_line, any_size) == "does not exist; check the path");
    REQUIRE(why("", PathTrust::command_line, any_size) != "was read");
    REQUIRE(why("eval", PathTrust::command_line, any_size).find("directory") != std::string::npos);
    REQUIRE(why("eval/a.csv", PathTrust::policy, 5) == "was read");
    REQUIRE(why("eval/a.csv", PathTrust::policy, 4).find("larger") != std::string::npos);
    REQUIRE(why("../etc/secret", PathTrust::command_line, any_size) == "was read");
    REQUIRE(why("../etc/secret", PathTrust::policy, any_size).find("outside") != std::string::npos);
    REQUIRE(why("-", PathTrust::command_line, any_size) == "was read");
    REQUIRE(why("-", PathTrust::policy, any_size) != "was read");
}

TEST_CASE("files in memory are made and replaced", "[support]") {
    std::map<std::string, std::string> contents = {{"/repo/a", "old"}, {"folder/b", "b"}};
    const auto files = in_memory(contents);
    REQUIRE(files->write("a", "new").ok());
    REQUIRE(files->write("out.json", "{}").ok());
    REQUIRE_FALSE(files->write("folder", "x").ok());
    REQUIRE(contents == std::map<std::string, std::string>{
                            {"/repo/a", "new"}, {"folder/b", "b"}, {"/repo/out.json", "{}"}});
    REQUIRE_FALSE(files->identify("a").known);
    REQUIRE(files->working_directory() == "/repo");
}

TEST_CASE("bytes in memory stay where they are", "[support]") {
    const Bytes nothing;
    REQUIRE(nothing.view().empty());
    Bytes first = Bytes::of("short");
    const char* place = first.view().data();
    const Bytes second = std::move(first);
    REQUIRE(second.view().data() == place);
    REQUIRE(second.view() == "short");
}
