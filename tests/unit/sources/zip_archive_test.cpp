#include "sources/zip_archive.h"

#include "cut_everywhere.h"
#include "reading.h"
#include "zip_of.h"

using namespace reading;
using metricgate::sources::ZipArchive;
using metricgate::sources::ZipLimits;

namespace {

/// "name=content " for every member, or the problem.
std::string content_of(const std::string& archive, const ZipLimits& limits = {}) {
    const auto opened = ZipArchive::open(bytes(archive), "log.zip", limits);
    if (!opened.ok()) {
        return problems_of(opened);
    }
    std::string text;
    for (const auto& member : opened->members()) {
        const auto content = opened->read(member);
        text += content.ok() ? member.name + "=" + std::string(content->view()) + " "
                             : problems_of(content);
    }
    return text;
}

bool reads(const std::string& archive) {
    return content_of(archive).find("log.zip: ") == std::string::npos;
}

std::string long_text() {
    std::string text;
    for (int i = 0; i < 300; ++i) {
        text += std::to_string(i * 7919 % 1000) + ",";
    }
    return text;
}

}  // namespace

TEST_CASE("members come by name, whatever packs them", "[sources]") {
    CHECK(content_of(zip_of({{"b", "stored", 0}, {"a/c.json", "deflated"}, {"d", "zstd", 93}})) ==
          "a/c.json=deflated b=stored d=zstd ");
    CHECK(content_of(zip_of({{"x", long_text(), 93}})) == "x=" + long_text() + " ");
    CHECK(content_of(zip_of({{"x", long_text(), 8}}, "a comment")) == "x=" + long_text() + " ");
    CHECK(content_of(
              zip_of({{"x", "1", 0, 0, "", 0, true}, {"y", long_text(), 8, 0, "", 0, true}})) ==
          "x=1 y=" + long_text() + " ");
    CHECK(content_of(zip_of({{"empty", "", 0}, {"void", "", 8}, {"nil", "", 93}})) ==
          "empty= nil= void= ");
    CHECK(content_of(zip_of({{"folder/", "", 0}, {"folder/x", "1"}})) == "folder/x=1 ");
    CHECK(content_of(zip_of({})) == "");
}

TEST_CASE("an archive is told by its first bytes", "[sources]") {
    CHECK(ZipArchive::is_zip(zip_of({{"a", "1"}})));
    CHECK(ZipArchive::is_zip(zip_of({})));
    CHECK_FALSE(ZipArchive::is_zip("PK"));
    CHECK_FALSE(ZipArchive::is_zip(""));
}

TEST_CASE("a member is found by its whole name", "[sources]") {
    const auto archive = ZipArchive::open(bytes(zip_of({{"b", "2"}, {"a", "1"}})), "log.zip");
    REQUIRE(archive.ok());
    REQUIRE(archive->find("b") != nullptr);
    CHECK(archive->find("b")->name == "b");
    CHECK(archive->find("c") == nullptr);
    CHECK(archive->find("") == nullptr);
}

TEST_CASE("an archive that is cut anywhere is refused", "[sources]") {
    const std::string whole = zip_of(
        {{"a.json", long_text()}, {"b", "stored", 0}, {"c", long_text(), 93, 0, "", 0, true}});
    REQUIRE(reads(whole));
    CHECK(accepted_cuts(whole, reads).empty());
    CHECK_THAT(content_of(whole.substr(0, 100)), has("no directory at its end"));
    CHECK_THAT(content_of(whole + "x"), has("other bytes stand behind it"));
}

TEST_CASE("a damaged byte never changes what a member holds", "[sources]") {
    const std::string whole =
        zip_of({{"a", long_text()}, {"b", "stored", 0}, {"c", long_text(), 93}});
    const std::string right = content_of(whole);
    CHECK(accepted_flips(whole, [&](const std::string& damaged) {
              const std::string now = content_of(damaged);
              // Dates and versions are not looked at, and a name may change in both places only.
              return now.find("log.zip: ") == std::string::npos && now != right;
          }).empty());
}

TEST_CASE("an archive that lies is refused", "[sources]") {
    CHECK_THAT(content_of(zip_of({{"a", long_text(), 8, 5}})),
               has("holds fewer bytes than its directory says"));
    CHECK_THAT(content_of(zip_of({{"a", long_text(), 8, -5}})),
               has("holds more bytes than its directory says"));
    CHECK_THAT(content_of(zip_of({{"a", long_text(), 93, 5}})), has("fewer bytes"));
    CHECK_THAT(content_of(zip_of({{"a", long_text(), 93, -5}})), has("more bytes"));
    CHECK_THAT(content_of(zip_of({{"a", "stored", 0, 1}})), has("two sizes"));
    CHECK_THAT(content_of(zip_of({{"a", "1", 8, 0, "", 0, false, 1}})), has("checksum"));
    CHECK_THAT(content_of(zip_of({{"a", "1", 8, 0, "b"}})),
               has("does not stand where the directory says"));
    CHECK_THAT(content_of(zip_of({{"a", "1", 8, 0, "", 1}})), has("is encrypted"));
    CHECK_THAT(content_of(zip_of({{"a", "1", 12}})),
               has("packed by method 12; wanted stored (0), deflate (8) or zstd (93)"));
    CHECK_THAT(content_of(zip_of({{"a", "1"}, {"a", "2"}})), has("the member 'a' stands twice"));
}

TEST_CASE("names that lead elsewhere are refused", "[sources]") {
    CHECK_THAT(content_of(zip_of({{"../a", "1"}})), has("leads out of the archive"));
    CHECK_THAT(content_of(zip_of({{"a/..", "1"}})), has("leads out of the archive"));
    CHECK_THAT(content_of(zip_of({{"/etc/a", "1"}})), has("no relative path"));
    CHECK_THAT(content_of(zip_of({{"a\\b", "1"}})), has("no relative path"));
    CHECK_THAT(content_of(zip_of({{"", "1"}})), has("empty or no UTF-8"));
    CHECK_THAT(content_of(zip_of({{"\xff", "1"}})), has("empty or no UTF-8"));
    CHECK(reads(zip_of({{"a..b", "1"}, {"..c", "2"}})));
}

TEST_CASE(
    "an archive that would unpack to more than its limit is refused before anything is unpacked",
    "[sources]") {
    const std::string archive =
        zip_of({{"a", std::string(600, ' ')}, {"b", std::string(600, ' ')}});
    CHECK_THAT(content_of(archive, {10, 1199, {}}),
               has("unpack to more than the limit of 1,199 bytes"));
    CHECK_THAT(content_of(archive, {1, 5000, {}}), has("more than 1 member"));
    CHECK(content_of(archive, {2, 1200, {}}).size() == 1206);
    // A small archive may not grow as far as a large one.
    ZipLimits growth{10, 5000, {700, 3}};
    CHECK_THAT(content_of(archive, growth),
               has("more than the limit of 700 bytes for an archive of its size"));
    growth.growth.plain = 1200;
    CHECK(content_of(archive, growth).size() == 1206);
    // The size is believed only as far as bytes come.
    constexpr std::uint64_t large = std::uint64_t{4} << 30;
    CHECK_THAT(
        content_of(zip_of({{"a", "short", 8, std::int64_t{3} << 30}}), {10, large, {large, 1}}),
        has("fewer bytes"));
}
