#include "support/catch.h"
#include "support/text.h"

using namespace metricgate::support;

TEST_CASE("ordinary text stays as it is", "[support]") {
    REQUIRE(visible("") == "");
    REQUIRE(visible("caf\xc3\xa9 | `x` \\") == "caf\xc3\xa9 | `x` \\");
    REQUIRE(visible("\xf0\x9f\x98\x80") == "\xf0\x9f\x98\x80");
}

TEST_CASE("names that look alike are told apart by their bytes", "[support]") {
    REQUIRE(bytes_of_name("") == "");
    REQUIRE(bytes_of_name("a b\\~\t.json") == "");
    REQUIRE(bytes_of_name("caf\xc3\xa9.json") == " (in bytes: caf\\xc3\\xa9.json)");
    REQUIRE(bytes_of_name("cafe\xcc\x81\n.json") == " (in bytes: cafe\\xcc\\x81\\x0a.json)");
    REQUIRE(bytes_of_name("a\\xc3\xc3\xa9") == " (in bytes: a\\\\xc3\\xc3\\xa9)");
    REQUIRE(bytes_of_name("\xff") == " (in bytes: \\xff)");
}

TEST_CASE("what a terminal would obey is spelt out", "[support]") {
    REQUIRE(visible("\x1b[31m") == "\\x1b[31m");
    REQUIRE(visible("a\nb\tc\r") == "a\\x0ab\\x09c\\x0d");
    REQUIRE(visible(std::string_view("\0", 1)) == "\\x00");
    REQUIRE(visible("\x7f") == "\\x7f");
    REQUIRE(visible("\xc2\x9b") == "\\u{009b}");
}

TEST_CASE("what hides or turns text around is spelt out", "[support]") {
    REQUIRE(visible("a\xe2\x80\xae"
                    "b") == "a\\u{202e}b");
    REQUIRE(visible("a\xe2\x80\x8b"
                    "b") == "a\\u{200b}b");
    REQUIRE(visible("\xef\xbb\xbf") == "\\u{feff}");
    REQUIRE(visible("\xe2\x81\xa6") == "\\u{2066}");
    REQUIRE(visible("\xf3\xa0\x81\x81") == "\\u{e0041}");
    REQUIRE(visible("\xe3\x85\xa4") == "\\u{3164}");  // a letter that is drawn as nothing
    REQUIRE(visible("\xef\xbf\xbf \xf0\x9f\xbf\xbe \xef\xb7\x90") ==
            "\\u{ffff} \\u{1fffe} \\u{fdd0}");
    REQUIRE(visible("\xcd\x8f") == "\\u{034f}");
}

TEST_CASE("bytes that are not UTF-8 are spelt out one by one", "[support]") {
    REQUIRE(visible("\xff"
                    "a") == "\\xffa");
    REQUIRE(visible("\xc3") == "\\xc3");
    REQUIRE(visible("\xed\xa0\x80") == "\\xed\\xa0\\x80");
}

TEST_CASE("long text is cut at a character's end", "[support]") {
    REQUIRE(visible("abcdef", 6) == "abcdef");
    REQUIRE(visible("abcdefg", 6) == "abcdef...");
    REQUIRE(visible("abcde\xc3\xa9", 6) == "abcde...");
    REQUIRE(visible("abcde\n", 6) == "abcde...");
    REQUIRE(visible(std::string(5000, 'x'), 0).size() == 5000);
}

TEST_CASE("invalid UTF-8 is found at its first byte", "[support]") {
    constexpr auto none = std::string_view::npos;
    REQUIRE(find_invalid_utf8("") == none);
    REQUIRE(find_invalid_utf8("plain text of more than eight bytes") == none);
    REQUIRE(find_invalid_utf8("\xc3\xa9\xe2\x82\xac\xf0\x9f\x98\x80\xf4\x8f\xbf\xbf") == none);
    REQUIRE(find_invalid_utf8("0123456789\xff") == 10);
    REQUIRE(find_invalid_utf8("a\xc0\x80") == 1);         // overlong
    REQUIRE(find_invalid_utf8("a\xc1\xbf") == 1);         // overlong
    REQUIRE(find_invalid_utf8("\xe0\x80\x80") == 0);      // overlong
    REQUIRE(find_invalid_utf8("\xf0\x80\x80\x80") == 0);  // overlong
    REQUIRE(find_invalid_utf8("\xed\xa0\x80") == 0);      // surrogate
    REQUIRE(find_invalid_utf8("\xf4\x90\x80\x80") == 0);  // above U+10FFFF
    REQUIRE(find_invalid_utf8("\xf8\x88\x80\x80\x80") == 0);
    REQUIRE(find_invalid_utf8("ab\xe2\x82") == 2);  // cut short
    REQUIRE(find_invalid_utf8("\x80") == 0);
}
