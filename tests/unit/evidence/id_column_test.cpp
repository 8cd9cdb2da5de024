#include "evidence/id_column.h"

#include "support/catch.h"

using namespace metricgate::evidence;
using metricgate::support::Bytes;

namespace {

/// A file's text, the places of its ids, and a column made of them.
struct Sample {
    Bytes bytes;
    std::vector<std::string> expected;
    IdColumn column;

    explicit Sample(std::string text) : bytes(Bytes::of(std::move(text))), column(bytes) {}

    void add_view(std::size_t offset, std::size_t length) {
        const std::string_view id = bytes.view().substr(offset, length);
        expected.emplace_back(id);
        column.push_back(id);
    }
    void add_copy(const std::string& id) {
        expected.push_back(id);
        column.push_back(id);
    }
    void check() const {
        REQUIRE(column.size() == expected.size());
        for (std::size_t i = 0; i < expected.size(); ++i) {
            CAPTURE(i);
            REQUIRE(column[i] == expected[i]);
        }
    }
};

/// `count` lines, each an id and a field of `width` bytes.
std::string lines(std::size_t count, std::size_t width) {
    std::string text;
    for (std::size_t i = 0; i < count; ++i) {
        text += "id" + std::to_string(1000 + i) + "," + std::string(width, 'x') + "\n";
    }
    return text;
}

}  // namespace

TEST_CASE("an id column without rows is empty", "[evidence]") {
    REQUIRE(IdColumn().empty());
    REQUIRE(IdColumn(Bytes::of("abc")).empty());
}

TEST_CASE("ids are views into the file", "[evidence]") {
    Sample sample(lines(200, 10));
    for (std::size_t i = 0; i < 200; ++i) {
        sample.add_view(i * 18, 6);
    }
    sample.check();
    REQUIRE(sample.column[3].data() == sample.bytes.view().data() + 3 * 18);
}

TEST_CASE("rows may lie farther apart than two bytes can say", "[evidence]") {
    for (const std::size_t width : {65526U, 65527U, 65528U, 65529U, 70000U}) {
        CAPTURE(width);
        Sample sample(lines(70, width));
        for (std::size_t i = 0; i < 70; ++i) {
            sample.add_view(i * (width + 8), 6);
        }
        sample.check();
    }
}

TEST_CASE("ids may be longer than one byte can say", "[evidence]") {
    Sample sample(std::string(100000, 'a'));
    for (const std::size_t length : {0U, 1U, 254U, 255U, 256U, 70000U}) {
        sample.add_view(sample.expected.size() * 10, length);
    }
    sample.check();
}

TEST_CASE("ids that do not stand in the file are copied", "[evidence]") {
    Sample sample("");
    for (std::size_t i = 0; i < 500; ++i) {
        sample.add_copy(std::string(i, static_cast<char>('a' + i % 26)));
    }
    sample.add_copy(std::string(200000, 'z'));
    sample.add_copy("");
    sample.check();
}

TEST_CASE("views and copies may be mixed in any order", "[evidence]") {
    Sample sample(lines(1000, 90000 / 1000));
    for (std::size_t i = 0; i < 1000; ++i) {
        if (i % 7 == 3) {
            sample.add_copy("own \"" + std::to_string(i) + "\"");
        } else if (i % 64 == 5) {
            sample.add_view((i - i % 10) * 98, 300);  // long, and behind where we were
        } else {
            sample.add_view(i * 98, 6);
        }
    }
    sample.check();
}

TEST_CASE("ids stay where they are while the column grows or moves", "[evidence]") {
    IdColumn column;
    column.push_back("first");
    const std::string_view first = column[0];
    for (int i = 0; i < 100000; ++i) {
        column.push_back("another " + std::to_string(i));
    }
    const IdColumn moved = std::move(column);
    REQUIRE(first == "first");
    REQUIRE(moved[0].data() == first.data());
    REQUIRE(moved[100000] == "another 99999");
}

TEST_CASE("a copy of a column grows on its own", "[evidence]") {
    IdColumn column;
    column.push_back("a");
    IdColumn copy = column;
    column.push_back("b");
    copy.push_back("c");
    REQUIRE(column[1] == "b");
    REQUIRE(copy[0] == "a");
    REQUIRE(copy[1] == "c");
}

TEST_CASE("offsets beyond four gigabytes are kept", "[evidence]") {
    // Five gigabytes that are never touched: only where views point is computed.
    constexpr std::size_t size = std::size_t{5} << 30;
    static const char start = 'x';
    // Through a volatile pointer, so that the compiler does not judge the length by the one byte
    // there is.
    const char* volatile begin = &start;
    const char* const base = begin;
    const std::string_view pretended(base, size);
    IdColumn column(Bytes(nullptr, pretended));
    constexpr std::size_t first = (std::size_t{4} << 30) + 12345;
    column.push_back(pretended.substr(7, 3));
    for (std::size_t i = 0; i < 200; ++i) {
        column.push_back(pretended.substr(first + 20 * i, 5));
    }
    REQUIRE(column[0].data() == base + 7);
    REQUIRE(column[1].data() == base + first);
    REQUIRE(column[200].data() == base + first + 20 * 199);
    REQUIRE(column[200].size() == 5);
}
