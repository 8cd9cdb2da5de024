#include "support/catch.h"
#include "support/files.h"

using namespace metricgate::support;
using namespace std::string_view_literals;

namespace {

std::string why(std::string_view bytes) {
    const auto text = as_text(bytes, "f");
    return text.ok() ? "is text" : describe(text.problems().front());
}

bool says(std::string_view bytes, std::string_view words) {
    const std::string reason = why(bytes);
    CAPTURE(reason);
    return reason.find(words) != std::string::npos;
}

}  // namespace

TEST_CASE("text is passed on without its byte order mark", "[support]") {
    REQUIRE(*as_text("a,b\n1,2\n", "f") == "a,b\n1,2\n");
    REQUIRE(*as_text("\xef\xbb\xbf{\"a\":1}", "f") == "{\"a\":1}");
    REQUIRE(*as_text("caf\xc3\xa9\r\n", "f") == "caf\xc3\xa9\r\n");
}

TEST_CASE("a file without content is empty", "[support]") {
    REQUIRE(why("") == "f: is empty");
    REQUIRE(why("\xef\xbb\xbf") == "f: is empty");
    REQUIRE(why(" \n\t\r\n") == "f: holds only blanks");
}

TEST_CASE("a file of another kind is named", "[support]") {
    REQUIRE(says("\x1f\x8b\x08\0"sv, "gzip"));
    REQUIRE(says("\x28\xb5\x2f\xfd rest"sv, "zstd"));
    REQUIRE(says("PK\x03\x04"sv, "zip"));
    REQUIRE(says("PAR1\x15\x04"sv, "Parquet"));
    REQUIRE(says("SQLite format 3\0\x10"sv, "`format: sqlite`"));
    // The first bytes of a database that DuckDB 2.0.1 wrote.
    REQUIRE(says("c<\x05\xde\x7f\xe2\xb4&DUCK\xe7\x03\0\0"sv, "COPY (SELECT ...) TO 'x.parquet'"));
    REQUIRE(as_text("duck_id,DUCK,score\n1,2,3\n"sv, "f").ok());
    REQUIRE(
        says("version https://git-lfs.github.com/spec/v1\noid sha256:00\nsize 1\n", "lfs: true"));
    REQUIRE(says("<!DOCTYPE html><html>", "HTML"));
    REQUIRE(says("\n  <HTML lang=en>", "HTML"));
    REQUIRE(says("\xff\xfe{\0"sv, "UTF-16"));
    REQUIRE(says("\xfe\xff\0{"sv, "UTF-16"));
    REQUIRE(why("PAR1,PAR2\n1,2\n") == "is text");
    REQUIRE(why("<htm") == "is text");
}

TEST_CASE("the first bad byte is shown with its place", "[support]") {
    REQUIRE(says("a\nbc\0d"sv, "f:2:3: a NUL byte"));
    REQUIRE(says("{\0}\0"sv, "f:1:2: a NUL byte"));
    REQUIRE(says("a\nb\xe9 c", "f:2:2: byte '\\xe9' is not valid UTF-8"));
    REQUIRE(
        says("\xef\xbb\xbf"
             "a\xff",
             "f:1:2:"));
    REQUIRE(
        says("\xef\xbb\xbf\xef\xbb\xbf"
             "a",
             "two byte order marks"));
}
