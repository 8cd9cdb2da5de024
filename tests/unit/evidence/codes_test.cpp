#include "evidence/codes.h"

#include "support/catch.h"

using namespace metricgate::evidence;

namespace {

std::vector<std::uint32_t> values(const Codes& codes) {
    std::vector<std::uint32_t> all;
    for (std::size_t i = 0; i < codes.size(); ++i) {
        all.push_back(codes[i]);
    }
    return all;
}

Codes codes_of(const std::vector<std::uint32_t>& all) {
    Codes codes;
    codes.reserve(all.size());
    for (const std::uint32_t code : all) {
        codes.push_back(code);
    }
    return codes;
}

}  // namespace

TEST_CASE("codes of every width come back as they were", "[evidence]") {
    for (const std::vector<std::uint32_t>& all : {std::vector<std::uint32_t>{},
                                                  {0},
                                                  {0, 255},
                                                  {255, 256},
                                                  {1, 65535, 2},
                                                  {1, 65536, 2},
                                                  {0, 255, 256, 65535, 65536, 4294967295U, 7},
                                                  {4294967295U, 0}}) {
        REQUIRE(values(codes_of(all)) == all);
    }
}

TEST_CASE("codes are replaced through a map, in wider and narrower numbers", "[evidence]") {
    Codes codes = codes_of({0, 2, 1, 2});
    codes.recode({10, 300, 70000});
    REQUIRE(values(codes) == std::vector<std::uint32_t>{10, 70000, 300, 70000});
    Codes middle = codes_of({0, 1});
    middle.recode({0, 256});
    REQUIRE(values(middle) == std::vector<std::uint32_t>{0, 256});
    std::vector<std::uint32_t> back(70001, 0);
    back[300] = 1;
    back[70000] = 2;
    codes.recode(back);
    REQUIRE(values(codes) == std::vector<std::uint32_t>{0, 2, 1, 2});
    Codes none;
    none.recode({});
    REQUIRE(none.size() == 0);
}

TEST_CASE("selected codes keep the order asked for", "[evidence]") {
    Codes codes = codes_of({5, 600, 7});
    codes.select({2, 0, 0, 1});
    REQUIRE(values(codes) == std::vector<std::uint32_t>{7, 5, 5, 600});
    codes.select({});
    REQUIRE(codes.size() == 0);
}
