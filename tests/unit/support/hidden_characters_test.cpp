#include "support/hidden_characters.h"

#include <string>

#include "support/catch.h"

using namespace metricgate::support;

TEST_CASE("a character that some readers obey and others do not is found where it stands",
          "[support]") {
    for (const char* character : {"\u0085", "\u0090", "\u061C", "\u200E", "\u2028", "\u2029",
                                  "\u202A", "\u202E", "\u2066", "\u2069", "\u206A"}) {
        const auto found =
            find_hidden_character("a: 1\n# b " + std::string(character) + " c\n", "p.yaml");
        REQUIRE(found);
        CHECK(describe(*found).find("p.yaml:2:5: the character '\\u{") == 0);
    }
}

TEST_CASE("letters of all scripts, spaces and joiners are no such characters", "[support]") {
    for (const char* text : {"", "plain", "\u00E9\u00A0\u05D0\u0661\u4E2D",
                             "\U0001F469\u200D\U0001F52C", "\\u2028", "\xff\x80\xc2"}) {
        CHECK_FALSE(find_hidden_character(text, "p.yaml"));
    }
}
