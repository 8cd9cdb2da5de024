#include "support/doomed_files.h"

#include <unistd.h>

#include <filesystem>
#include <fstream>
#include <string>

#include "support/catch.h"

using namespace metricgate;
namespace fs = std::filesystem;

TEST_CASE("what is doomed goes, what was pardoned by any of its names stays", "[support]") {
    std::string folder = (fs::temp_directory_path() / "metricgate-doomed-XXXXXX").string();
    REQUIRE(mkdtemp(folder.data()) != nullptr);
    const auto path = [&folder](const std::string& name) { return folder + "/" + name; };
    for (const char* name : {"old", "input", "other", "behind-a-link"}) {
        std::ofstream(path(name)) << "pass";
    }
    fs::create_hard_link(path("input"), path("other-name"));
    fs::create_symlink("behind-a-link", path("link"));

    support::doom_files({path("old"), path("input"), path("link"), path("absent"), folder});
    support::pardon_file(path("other-name"));
    support::pardon_file(path("absent"));
    support::remove_doomed_files();
    CHECK_FALSE(fs::exists(path("old")));
    CHECK(fs::exists(path("input")));
    CHECK(fs::exists(path("other")));
    // Whoever reads through the link finds nothing, and the next report goes through it again.
    CHECK(fs::is_symlink(path("link")));
    CHECK(fs::file_size(path("behind-a-link")) == 0);

    // What is named anew takes the place of what was named before.
    support::doom_files({path("input")});
    support::doom_files({});
    support::remove_doomed_files();
    CHECK(fs::exists(path("input")));
    fs::remove_all(folder);
}
