#include "support/mapped_files.h"

#include <fstream>

#include <unistd.h>

#include "support/catch.h"
#include "support/files.h"

using namespace metricgate;

TEST_CASE("what a mapped file holds can be read after its memory was let go of", "[support]") {
    const std::string path = "mapped_files_test." + std::to_string(::getpid());
    std::string content(1 << 20, 'x');
    content += "the end";
    std::ofstream(path) << content;
    const auto bytes =
        support::disk()->read(path, std::size_t{1} << 30, support::PathTrust::command_line, "");
    REQUIRE(bytes.ok());
    CHECK(bytes->view() == content);
    support::put_away(bytes->view().substr(content.size() - 3));
    CHECK(bytes->view() == content);
    ::unlink(path.c_str());
}

TEST_CASE("memory that is no mapped file is left alone", "[support]") {
    const std::string own(1 << 20, 'y');
    support::put_away(own);
    support::put_away({});
    CHECK(own == std::string(1 << 20, 'y'));
}
