#include "reading.h"
#include "zip_of.h"

using namespace reading;
using metricgate::sources::open_document;

namespace {

constexpr std::size_t roomy = std::size_t{1} << 24;

std::string zstd(const std::string& text) {
    return zstd_frames(text, text.size());
}

std::string text_of(const std::string& packed, const std::string& name) {
    const auto result = open_document(bytes(packed), name, roomy);
    return result.ok() ? std::string(*result->text()) : "PROBLEM " + problems_of(result);
}

std::string lines(std::size_t count) {
    std::string text;
    for (std::size_t i = 0; i < count; ++i) {
        text += "e" + std::to_string(i) + "," + std::to_string(i * 7919 % 1000) + "\n";
    }
    return text;
}

}  // namespace

TEST_CASE("plain text comes out as it is, without a byte order mark", "[sources]") {
    CHECK(text_of("id,y\n", "a.csv") == "id,y\n");
    CHECK(text_of("\xEF\xBB\xBFid,y\n", "a.csv") == "id,y\n");
}

TEST_CASE("gzip and zstd are unpacked", "[sources]") {
    const std::string text = lines(50'000);
    CHECK(text_of(gzip(text), "a.csv.gz") == text);
    CHECK(text_of(zstd(text), "a.csv.zst") == text);
    CHECK(text_of(gzip("\xEF\xBB\xBFid\n"), "git:HEAD:a.csv.GZ") == "id\n");
}

TEST_CASE("several gzip members and zstd frames are one text", "[sources]") {
    CHECK(text_of(gzip("id,y\n") + gzip("1,2\n"), "a.csv.gz") == "id,y\n1,2\n");
    CHECK(text_of(zstd("id,y\n") + zstd("1,2\n"), "a.csv.zst") == "id,y\n1,2\n");
}

TEST_CASE("packed data cut at any byte is refused", "[sources]") {
    const std::string text = lines(40);
    for (const auto& [packed, name] : {std::pair{gzip(text), std::string("a.csv.gz")},
                                       std::pair{zstd(text), std::string("a.csv.zst")}}) {
        for (std::size_t size = 0; size < packed.size(); ++size) {
            CAPTURE(name, size);
            CHECK_THAT(text_of(packed.substr(0, size), name), has("PROBLEM " + name));
        }
        CHECK_THAT(text_of(packed.substr(0, packed.size() - 3), name), has("cut short"));
        CHECK_THAT(text_of(packed + packed.substr(0, packed.size() - 3), name), has("cut short"));
    }
}

TEST_CASE("bytes behind packed data are refused", "[sources]") {
    CHECK_THAT(text_of(gzip("id\n") + "more", "a.csv.gz"), has("stand behind the gzip data"));
    CHECK_THAT(text_of(gzip("id\n") + std::string(8, '\0'), "a.csv.gz"), has("behind the gzip"));
    CHECK_THAT(text_of(zstd("id\n") + "more bytes", "a.csv.zst"), has("other bytes stand behind"));
}

TEST_CASE("damaged packed data is refused", "[sources]") {
    std::string damaged = gzip(lines(1000));
    damaged[damaged.size() - 6] = static_cast<char>(damaged[damaged.size() - 6] ^ 1);  // the CRC
    CHECK_THAT(text_of(damaged, "a.csv.gz"), has("the gzip data is damaged"));
    CHECK_THAT(text_of("\x28\xb5\x2f\xfd garbage garbage", "a.csv.zst"), has("PROBLEM a.csv.zst"));
}

TEST_CASE("packed data may not unpack to more than the limit", "[sources]") {
    const std::string bomb(1'000'000, 'a');
    for (const auto& [packed, name] : {std::pair{gzip(bomb), std::string("a.csv.gz")},
                                       std::pair{zstd(bomb), std::string("a.csv.zst")}}) {
        CHECK_THAT(problems_of(open_document(bytes(packed), name, 999'999)),
                   has("unpacks to more than the limit of 999,999 bytes"));
        CHECK(open_document(bytes(packed), name, 1'000'000).ok());
        CHECK(open_document(bytes(packed), name, 1'000'001).ok());
    }
    CHECK_THAT(problems_of(open_document(bytes("abc"), "a.csv", 2)), has("larger than the limit"));
}

TEST_CASE("a small packed file does not fill the memory", "[sources]") {
    const std::string blanks(std::size_t{33} << 20, ' ');
    for (const auto& [packed, name] : {std::pair{gzip(blanks), std::string("a.csv.gz")},
                                       std::pair{zstd(blanks), std::string("a.csv.zst")}}) {
        CHECK(packed.size() < 100'000);
        CHECK_THAT(
            problems_of(open_document(bytes(packed), name, std::size_t{1} << 30)),
            has("unpacks to more than the limit of 33,554,432 bytes for a file of its size"));
    }
}

TEST_CASE("name and bytes must agree on packing", "[sources]") {
    CHECK_THAT(text_of(gzip("id\n"), "a.csv"), has("gzip"));
    CHECK_THAT(text_of(zstd("id\n"), "a.csv"), has("zstd"));
    CHECK_THAT(text_of("id\n", "a.csv.gz"),
               has("the name says gzip, but the bytes are plain text"));
    CHECK_THAT(text_of(zstd("id\n"), "a.csv.gz"),
               has("the name says gzip, but the bytes are zstd"));
    CHECK_THAT(text_of("", "a.csv.gz"), has("the file is empty"));
    CHECK_THAT(
        text_of("version https://git-lfs.github.com/spec/v1\noid sha256:0\nsize 1\n", "a.csv.gz"),
        has("Git LFS pointer"));
}

TEST_CASE("what is packed is checked as text too", "[sources]") {
    CHECK_THAT(text_of(gzip(std::string("id\0\n", 4)), "a.csv.gz"), has("NUL"));
    CHECK_THAT(text_of(gzip("id,\xff\n"), "a.csv.gz"), has("UTF-8"));
    CHECK_THAT(text_of(gzip(gzip("id\n")), "a.csv.gz"), has("PROBLEM"));
}
