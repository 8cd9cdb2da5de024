#include "sources/npy_table.h"

#include <cmath>

#include "cut_everywhere.h"
#include "reading.h"
#include "sample_files.h"
#include "zip_of.h"

using namespace reading;
using metricgate::sources::Document;
using metricgate::support::format_exact;

namespace {

const std::string folder = "data/numpy/";

Document array_file(const std::string& content, const std::string& name) {
    return {bytes(content), name};
}

metricgate::support::Result<metricgate::evidence::Table> read(
    const std::string& content, const std::vector<ColumnRequest>& columns) {
    return content.starts_with("PK")
               ? metricgate::sources::read_npz(array_file(content, "eval.npz"), columns)
               : metricgate::sources::read_npy(array_file(content, "eval.npy"), columns);
}

std::vector<ColumnRequest> number(const std::string& column) {
    return {ask(column, ReadAs::number)};
}

/// The numbers of one column as text, or the problems.
std::string numbers(const std::string& content, const std::string& column) {
    const auto table = read(content, number(column));
    if (!table.ok()) {
        return problems_of(table);
    }
    std::string text;
    for (const double value : table->numbers.at(column).values) {
        text += (text.empty() ? "" : " ") + (std::isfinite(value) ? format_exact(value)
                                             : std::isnan(value)  ? "nan"
                                                                  : "inf");
    }
    return text;
}

std::string header(const std::string& text) {
    return "\x93NUMPY\x01" + std::string(1, '\0') + little(text.size(), 2) + text;
}

std::string array(const std::string& type, const std::string& shape, const std::string& data) {
    return header("{'descr': '" + type + "', 'fortran_order': False, 'shape': (" + shape +
                  "), }\n") +
           data;
}

}  // namespace

TEST_CASE("arrays of an npz are columns of equal length", "[sources]") {
    const auto table = read(sample(folder + "stored.npz"),
                            {ask("id", ReadAs::id), ask("label", ReadAs::category),
                             ask("score", ReadAs::number), ask("n", ReadAs::number)});
    REQUIRE(table.ok());
    CHECK(table->rows == 4);
    CHECK(texts(*table->ids) == Texts{"e1", "e2", "é3", "日4"});
    CHECK(texts(table->categories.at("label")) == Texts{"true", "false", "true", "false"});
    CHECK(table->numbers.at("score").values[0] == 0.94);
    CHECK(table->numbers.at("score").values[3] == -1e-8);
    CHECK(table->numbers.at("score").non_finite.count == 1);
    CHECK(table->numbers.at("score").non_finite.first.line == 3);
    CHECK(table->numbers.at("n").values == std::vector<double>{1, -2, 3, 9007199254740992.0});
}

TEST_CASE(
    "compressed archives, any order of bytes, arrays with two dimensions and half floats are read",
    "[sources]") {
    const std::string npz = sample(folder + "compressed.npz");
    CHECK(numbers(npz, "score.0") == "0.5 2.5 4.5 6.5");
    CHECK(numbers(npz, "score.1") == "1.5 3.5 5.5 inf");
    CHECK(numbers(npz, "half") == "0.5 0.25 65504 1.1920928955078125e-7");
    const auto table = read(npz, {ask("id", ReadAs::id)});
    REQUIRE(table.ok());
    CHECK(texts(*table->ids) == Texts{"0", "1", "2", "3"});
}

TEST_CASE("an array alone is a table by its fields or by its second dimension", "[sources]") {
    const std::string structured = sample(folder + "structured.npy");
    CHECK(numbers(structured, "score") == "0.94 0.25 1.5 2");
    CHECK(numbers(structured, "rank") == "-1 2 300 -32768");
    const auto table = read(structured, {ask("id", ReadAs::id)});
    REQUIRE(table.ok());
    CHECK(texts(*table->ids) == Texts{"e1", "e2", "é3", "日4"});
    CHECK(numbers(sample(folder + "fortran.npy"), "0") == "0 3 6 9");
    CHECK(numbers(sample(folder + "fortran.npy"), "2") == "2 5 8 11");
    CHECK(numbers(sample(folder + "vector.npy"), "0") == "0.1 0.2 0.3");
}

TEST_CASE("the outline shows columns and first rows", "[sources]") {
    const auto outline =
        metricgate::sources::outline_npz(array_file(sample(folder + "compressed.npz"), "eval.npz"));
    REQUIRE(outline.ok());
    CHECK(outline->format == "npz");
    CHECK(outline->columns == Texts{"half", "id", "score.0", "score.1"});
    CHECK(outline->first_rows.size() == 4);
    CHECK(outline->first_rows[3] == Texts{"1.1920928955078125e-07", "3", "6.5", "inf"});
    const auto structured =
        metricgate::sources::outline_npy(array_file(sample(folder + "structured.npy"), "eval.npy"));
    REQUIRE(structured.ok());
    CHECK(structured->columns == Texts{"id", "pad", "score", "rank"});
    CHECK(structured->first_rows[0] == Texts{"e1", "", "0.94", "-1"});
}

TEST_CASE("the checks of other tables hold", "[sources]") {
    const auto ids = [](const std::string& data, const std::string& type) {
        return problems_of(
            read(array(type, std::to_string(data.size() / 8) + ",", data), {ask("0", ReadAs::id)}));
    };
    CHECK_THAT(ids(little(7, 8) + little(8, 8) + little(7, 8), "<i8"),
               has("eval.npy:3: 1 id stands in more than one row: '7' (rows 1 and 3)"));
    CHECK_THAT(ids(std::string(8, '\0'), "<U2"), has("eval.npy:1: the id in column '0' is empty"));
    CHECK_THAT(ids(std::string(8, '\0'), "<f8"),
               has("holds '0.0', wanted an id, which is text or an integer"));
    CHECK_THAT(numbers(array("<u8", "1,", little(0x20000000000001, 8)), "0"),
               has("holds '9007199254740993', wanted a number that a 64-bit float can hold"));
    CHECK_THAT(numbers(array("<U1", "1,", little('7', 4)), "0"),
               has("holds the text '7', wanted a number"));
    CHECK_THAT(numbers(array("|b1", "1,", little(1, 1)), "0"), has("holds true, wanted a number"));
    CHECK_THAT(numbers(array("<U1", "1,", little(0xd800, 4)), "0"),
               has("holds text that is no UTF-8"));
    CHECK_THAT(numbers(array("<f8", "0,", ""), "0"), has("columns but no rows"));
    CHECK_THAT(numbers(array("<f8", "1,", std::string(8, '\0')), "1"), has("has no column '1'"));
    CHECK(numbers(array("<i1", "2,", "\xff\x7f"), "0") == "-1 127");
}

TEST_CASE("columns that are no numbers, booleans or text are refused by what they hold",
          "[sources]") {
    const auto refused = [](const std::string& type, std::size_t size) {
        return numbers(array(type, "1,", std::string(size, '\1')), "0");
    };
    CHECK_THAT(refused("|S3", 3), has("column '0' holds bytes, wanted text: .astype(str)"));
    CHECK_THAT(refused("<M8[D]", 8), has("column '0' holds times, wanted text or numbers"));
    CHECK_THAT(refused("<c16", 16), has("column '0' holds numpy's type 'c'"));
    CHECK_THAT(refused("<f16", 16), has("column '0' holds floats of 128 bits"));
    CHECK_THAT(numbers(sample(folder + "objects.npy"), "0"),
               has("holds Python objects (a pickle), which are never loaded"));
}

TEST_CASE("arrays of an npz must fit each other where they are used", "[sources]") {
    const std::string npz = zip_of({{"a.npy", array("<f8", "2,", std::string(16, '\0'))},
                                    {"b.npy", array("|u1", "1,", "\1")},
                                    {"epoch.npy", array("|u1", "", "\7")},
                                    {"readme.npy", array("|u1", "1,1,1", "\7")}});
    CHECK(numbers(npz, "b") == "1");
    CHECK_THAT(problems_of(read(npz, {ask("a", ReadAs::number), ask("b", ReadAs::number)})),
               has("column 'a' has 2 rows, but 'b' has 1"));
    CHECK_THAT(numbers(npz, "epoch"), has("has no column 'epoch'"));
    CHECK_THAT(numbers(zip_of({{"a.npy", array("|u1", "1,", "\1")}, {"notes.txt", "x"}}), "a"),
               has("the member 'notes.txt' is no array"));
    CHECK_THAT(numbers(zip_of({{"a.npy", array("|u1", "1,1", "\1")},
                               {"a.0.npy", array("|u1", "1,", "\1")}}),
                       "a.0"),
               has("has two columns called 'a.0'"));
}

TEST_CASE("a file that is cut anywhere is refused", "[sources]") {
    for (const std::string name :
         {"stored.npz", "compressed.npz", "structured.npy", "fortran.npy", "vector.npy"}) {
        CAPTURE(name);
        const std::string whole = sample(folder + name);
        REQUIRE(!whole.empty());
        const bool zip = name.ends_with("npz");
        const auto reads = [&](const std::string& cut) {
            return zip ? metricgate::sources::outline_npz(array_file(cut, name)).ok()
                       : metricgate::sources::outline_npy(array_file(cut, name)).ok();
        };
        CHECK(reads(whole));
        CHECK(accepted_cuts(whole, reads).empty());
        CHECK_FALSE(reads(whole + "x"));
    }
}

TEST_CASE("headers that lie are refused before memory is taken", "[sources]") {
    CHECK_THAT(numbers(array("<f8", "99999999999999,", "x"), "0"),
               has("cut short: it holds fewer bytes"));
    CHECK_THAT(numbers(array("<f8", "4294967296, 4294967296, 4294967296,", "x"), "0"),
               has("cut short"));
    CHECK_THAT(numbers(array("<U0", "99999999999999,", ""), "0"),
               has("header of the array is damaged"));
    CHECK_THAT(numbers(array("<U999999999999", "1,", ""), "0"),
               has("type '<U999999999999' of the array is unknown"));
    CHECK_THAT(
        numbers(
            header("{'descr': [('a', [('b', '<f4')])], 'fortran_order': False, 'shape': (1,), }"),
            "a"),
        has("has fields of its own"));
    CHECK_THAT(
        numbers(header("{'descr': [('a', '<f4', (2,))], 'fortran_order': False, 'shape': (1,), }"),
                "a"),
        has("is an array itself"));
    CHECK_THAT(
        numbers(header("{'descr': [(('t', 'a'), '<f4')], 'fortran_order': False, 'shape': (1,), }"),
                "a"),
        has("have titles"));
    CHECK_THAT(numbers(header("{'descr': [('a', '<f4'"), "a"), has("damaged"));
    CHECK_THAT(
        numbers(header("{'descr': '<f4', 'descr': '<f8', 'fortran_order': False, 'shape': (1,), }"),
                "a"),
        has("damaged"));
    CHECK_THAT(numbers(header("[" + std::string(50'000, '[')), "a"), has("damaged"));
    CHECK_THAT(numbers("\x93NUMPY\x04" + std::string(9, '\0'), "a"), has("version 4"));
    CHECK_THAT(
        numbers(header("{'descr': '<f4', 'fortran_order': False, 'shape': (), }") + "1234", "0"),
        has("is no table"));
}

TEST_CASE("ids of few bits cannot tell many rows apart, which needs no memory to see",
          "[sources]") {
    const std::string narrow = array("|u1", "300,", std::string(300, '\1'));
    CHECK_THAT(problems_of(read(narrow, {ask("0", ReadAs::id)})),
               has("column '0' holds integers of 8 bits, too few for 300 different ids"));
    std::string few;
    for (char i = 0; i < 100; ++i) {
        few += i;
    }
    CHECK(read(array("|u1", "100,", few), {ask("0", ReadAs::id)}).ok());
}

TEST_CASE("a small archive of zeros does not fill the memory", "[sources]") {
    const std::string zeros = array("|u1", "35000000,", std::string(35'000'000, '\0'));
    const std::string archive = zip_of({{"score.npy", zeros}});
    CHECK(archive.size() < 100'000);
    CHECK_THAT(problems_of(read(archive, number("score"))),
               has("more than the limit of 33,554,432 bytes for an archive of its size"));
    CHECK(read(zip_of({{"score.npy", zeros, 0}}), number("score")).ok());
}

TEST_CASE("names of fields are read in the encoding of their version", "[sources]") {
    const auto named = [](const std::string& name) {
        return "{'descr': [('" + name +
               "', '|u1'), (\"it's\", '|u1')], 'fortran_order': False, 'shape': (1,), }";
    };
    CHECK(numbers(header(named("na\xefve")) + "\1\2", "naïve") == "1");
    CHECK(numbers(header(named("a")) + "\1\2", "it's") == "2");
    const std::string text = named("naïve");
    CHECK(numbers("\x93NUMPY\x03" + std::string(1, '\0') + little(text.size(), 4) + text + "\1\2",
                  "naïve") == "1");
}

TEST_CASE("arrays and archives of arrays are recognised by their first bytes", "[sources]") {
    CHECK(metricgate::sources::recognises_npy(array_file(sample(folder + "vector.npy"), "x")));
    CHECK(metricgate::sources::recognises_npz(array_file(sample(folder + "stored.npz"), "x")));
    CHECK_FALSE(
        metricgate::sources::recognises_npz(array_file(zip_of({{"header.json", "{}"}}), "x.npz")));
    CHECK_FALSE(metricgate::sources::recognises_npz(array_file(zip_of({}), "x.npz")));
    CHECK_FALSE(metricgate::sources::recognises_npy(array_file("", "x.npy")));
}
