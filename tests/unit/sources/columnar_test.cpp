#include "sources/columnar_table.h"

#include <cmath>

#include "cut_everywhere.h"
#include "reading.h"
#include "sample_files.h"
#include "sources/arrow_file.h"

using namespace reading;
using metricgate::evidence::Table;
using metricgate::sources::Document;
using metricgate::sources::Outline;
using metricgate::support::Result;

namespace {

const std::string folder = "data/parquet/";

Document file(const std::string& content, const std::string& name) {
    return {bytes(content), name};
}

Document parts(const std::map<std::string, std::string>& files) {
    return {metricgate::sources::tree_of(files), "out"};
}

Result<Table> read(const Document& document, const std::vector<ColumnRequest>& columns) {
    return metricgate::sources::recognises_arrow(document)
               ? metricgate::sources::read_arrow(document, columns)
               : metricgate::sources::read_parquet(document, columns);
}

Result<Table> read(const std::string& name, const std::vector<ColumnRequest>& columns) {
    return read(file(sample(folder + name), name), columns);
}

std::string refused(const std::string& column, ReadAs as) {
    return problems_of(read("types.parquet", {ask(column, as)}));
}

const std::vector<ColumnRequest> small = {ask("id", ReadAs::id), ask("label", ReadAs::category),
                                          ask("score", ReadAs::number)};

}  // namespace

TEST_CASE("Parquet and Arrow files are told by their first bytes", "[sources]") {
    using metricgate::sources::recognises_arrow;
    using metricgate::sources::recognises_parquet;
    CHECK(recognises_parquet(file(sample(folder + "types.parquet"), "x")));
    CHECK(recognises_arrow(file(sample(folder + "types.feather"), "x")));
    CHECK(recognises_arrow(file(sample(folder + "version1.feather"), "x")));
    CHECK_FALSE(recognises_parquet(file("", "x.parquet")));
    CHECK_FALSE(recognises_parquet(file("id,y\n", "x.parquet")));
    const std::string part = sample(folder + "small.parquet");
    CHECK(recognises_parquet(
        parts({{"a.parquet", part}, {"b.parquet", part}, {"_SUCCESS", ""}, {".a.crc", "x"}})));
    CHECK_FALSE(recognises_parquet(parts({{"a.parquet", part}, {"notes.txt", "x"}})));
    CHECK_FALSE(recognises_parquet(parts({{"_SUCCESS", ""}})));
}

TEST_CASE("marks that are missing or old are named, with Arrow or without", "[sources]") {
    CHECK_THAT(problems_of(metricgate::sources::read_parquet(
                   file("PAR1 and then nothing", "x.parquet"), small)),
               has("cut short: it does not end with PAR1"));
    CHECK_THAT(
        problems_of(metricgate::sources::read_parquet(file("PARE....PARE", "x.parquet"), small)),
        has("is encrypted"));
    CHECK_THAT(problems_of(metricgate::sources::read_parquet(file("id,y\n", "x.parquet"), small)),
               has("is no Parquet file"));
    CHECK_THAT(
        problems_of(metricgate::sources::read_arrow(file("ARROW1 and nothing", "x.arrow"), small)),
        has("does not end with ARROW1"));
    CHECK_THAT(problems_of(read("version1.feather", small)), has("a Feather file of version 1"));
    CHECK_THAT(problems_of(metricgate::sources::read_parquet(
                   parts({{"a.parquet", "PAR1....PAR1"}, {"_temporary/0/b.parquet", "x"}}), small)),
               has("out: holds '_temporary': the job that writes this folder is still running or "
                   "has failed"));
    CHECK_THAT(
        problems_of(metricgate::sources::read_parquet(
            parts({{"k=1/a.parquet", "PAR1....PAR1"}, {"b.parquet", "PAR1....PAR1"}}), small)),
        has("do not stand below folders of the same keys"));
}

TEST_CASE("a program without Arrow names its option and the way to CSV", "[sources]") {
    if (metricgate::sources::arrow_is_built_in()) {
        CHECK(read("small.parquet", small).ok());
        return;
    }
    CHECK_THAT(problems_of(read("small.parquet", small)),
               has("built without METRICGATE_PARQUET; convert it: python -c \"import pandas; "
                   "pandas.read_parquet('FILE').to_csv('FILE.csv', index=False)\""));
    CHECK_THAT(problems_of(read("small.feather", small)), has("pandas.read_feather"));
}

// What follows needs Arrow; `scripts/test` builds with it (METRICGATE_PARQUET=ON).

TEST_CASE("columns of every type that is read come out of both formats", "[sources][arrow]") {
    if (!metricgate::sources::arrow_is_built_in()) {
        return;
    }
    for (const std::string name : {"types.parquet", "types.feather"}) {
        CAPTURE(name);
        const auto table = read(name, {ask("id", ReadAs::id), ask("label", ReadAs::category),
                                       ask("score", ReadAs::number), ask("p", ReadAs::number),
                                       ask("price", ReadAs::number), ask("ok", ReadAs::category),
                                       ask("half", ReadAs::number)});
        REQUIRE(problems_of(table) == "");
        CHECK(table->rows == 5);
        CHECK(texts(*table->ids) == Texts{"e1", "e2", "é3", "e4", "e5"});
        const auto& label = table->categories.at("label");
        CHECK(texts(label) == Texts{"cat", "dog", "cat", "", "dog"});
        CHECK(label.missing.count == 1);
        CHECK(label.missing.first.line == 4);
        const auto& score = table->numbers.at("score");
        CHECK(score.values[0] == 0.94);
        CHECK(score.values[4] == -1e-8);
        CHECK(score.missing.count == 1);
        CHECK(score.non_finite.count == 1);
        CHECK(score.non_finite.first.line == 3);
        CHECK(table->numbers.at("p").values[3] == 0.4);
        CHECK(table->numbers.at("p").non_finite.count == 1);
        const auto& price = table->numbers.at("price").values;
        CHECK(
            (price[0] == 12.5 && price[1] == -0.01 && price[2] == 3.0 && price[4] == 99999999.99));
        CHECK(texts(table->categories.at("ok")) == Texts{"true", "false", "true", "false", "true"});
        CHECK(table->numbers.at("half").values[2] == 65504.0);
    }
}

TEST_CASE("the checks of other tables hold for columns too", "[sources][arrow]") {
    if (!metricgate::sources::arrow_is_built_in()) {
        return;
    }
    CHECK_THAT(refused("n", ReadAs::number),
               has("types.parquet:5: column 'n' holds '9007199254740993', wanted a number that a "
                   "64-bit float can hold"));
    CHECK_THAT(refused("big", ReadAs::number), has("'18446744073709551615'"));
    CHECK(texts(*read("types.parquet", {ask("big", ReadAs::id)})->ids).back() ==
          "18446744073709551615");
    CHECK_THAT(
        refused("p", ReadAs::id),
        has("types.parquet:1: column 'p' holds '0.1', wanted an id, which is text or an integer"));
    CHECK_THAT(refused("label", ReadAs::id),
               has("types.parquet:4: column 'label' holds null, wanted an id"));
    CHECK_THAT(refused("id", ReadAs::number), has("holds the text 'e1', wanted a number"));
    CHECK_THAT(refused("ok", ReadAs::number), has("holds true, wanted a number"));
    CHECK_THAT(refused("scor", ReadAs::number),
               has("has no column 'scor' (did you mean 'score'?)"));
    CHECK_THAT(refused("list", ReadAs::number), has("column 'list' holds list<"));
    CHECK_THAT(
        refused("nested", ReadAs::number),
        has("column 'nested' holds struct<a: int64>, wanted text, numbers, or true and false"));
    CHECK_THAT(refused("when", ReadAs::category), has("column 'when' holds timestamp[us]"));
    CHECK_THAT(refused("bytes", ReadAs::category), has("column 'bytes' holds binary"));
    CHECK_THAT(problems_of(read("empty.parquet", small)), has("columns but no rows"));
    CHECK(read("small.parquet", {})->rows == 3);
    CHECK(read("small.feather", {})->rows == 3);
}

TEST_CASE("a struct without fields beside what is asked for is passed over", "[sources][arrow]") {
    if (!metricgate::sources::arrow_is_built_in()) {
        return;
    }
    const std::string name = "empty-struct.feather";
    const auto table = read(name, {ask("id", ReadAs::id), ask("score", ReadAs::number)});
    REQUIRE(problems_of(table).empty());
    CHECK(texts(*table->ids) == Texts{"e1", "e2", "e3"});
    CHECK(table->numbers.at("score").values == std::vector<double>{0.5, 0.25, 1.0});
    CHECK_THAT(problems_of(read(name, {ask("metadata", ReadAs::category)})),
               has("column 'metadata' holds struct<>"));
}

TEST_CASE("a folder is one table: its parts in the order of their names", "[sources][arrow]") {
    if (!metricgate::sources::arrow_is_built_in()) {
        return;
    }
    const std::string first = sample(folder + "small.parquet");
    const std::string second = sample(folder + "rest.parquet");
    const std::string empty = sample(folder + "empty.parquet");
    const auto table = read(parts({{"part-0.parquet", empty},
                                   {"part-1.parquet", first},
                                   {"part-2.parquet", second},
                                   {"_SUCCESS", ""}}),
                            small);
    REQUIRE(problems_of(table) == "");
    CHECK(texts(*table->ids) == Texts{"e1", "e2", "é3", "e4", "e5"});
    CHECK(table->categories.at("label").missing.first.line == 1);
    CHECK(*table->categories.at("label").missing.first.file == "out/part-2.parquet");
    CHECK_THAT(
        problems_of(read(
            parts({{"a.parquet", second}, {"b.parquet", first}, {"c.parquet", second}}), small)),
        has("out/c.parquet:1: 2 ids stand in more than one row: 'e4' (out/a.parquet:1 and "
            "out/c.parquet:1), 'e5'"));
    CHECK_THAT(problems_of(read(
                   parts({{"a.parquet", first}, {"b.parquet", sample(folder + "types.parquet")}}),
                   {ask("n", ReadAs::number)})),
               has("out' has no column 'n'"));
    CHECK_THAT(problems_of(read(
                   parts({{"a.parquet", sample(folder + "types.parquet")}, {"b.parquet", first}}),
                   {ask("p", ReadAs::number)})),
               has("out/b.parquet: has no column 'p', but the first part has"));
}

TEST_CASE("folders called key=value are columns", "[sources][arrow]") {
    if (!metricgate::sources::arrow_is_built_in()) {
        return;
    }
    const std::string first = sample(folder + "small.parquet");
    const std::string second = sample(folder + "rest.parquet");
    const Document document = parts({{"day=2%2F3/lang=en/a.parquet", first},
                                     {"day=7/lang=__HIVE_DEFAULT_PARTITION__/a.parquet", second}});
    const auto table = read(document, {ask("id", ReadAs::id), ask("day", ReadAs::category),
                                       ask("lang", ReadAs::category)});
    REQUIRE(problems_of(table) == "");
    CHECK(texts(table->categories.at("day")) == Texts{"2/3", "2/3", "2/3", "7", "7"});
    CHECK(texts(table->categories.at("lang")) == Texts{"en", "en", "en", "", ""});
    const auto outline = metricgate::sources::outline_parquet(document);
    REQUIRE(outline.ok());
    CHECK(outline->columns == Texts{"id", "label", "score", "day", "lang"});
    CHECK(outline->first_rows[0] == Texts{"e1", "cat", "0.94", "2/3", "en"});
}

TEST_CASE("the outline of a table shows what can be read", "[sources][arrow]") {
    if (!metricgate::sources::arrow_is_built_in()) {
        return;
    }
    const auto outline =
        metricgate::sources::outline_arrow(file(sample(folder + "types.feather"), "types.feather"));
    REQUIRE(outline.ok());
    CHECK(outline->format == "arrow");
    CHECK(outline->columns == Texts{"id", "label", "score", "p", "n", "big", "price", "ok", "half",
                                    "when", "bytes", "list", "nested"});
    CHECK(outline->first_rows.size() == 5);
    CHECK(outline->first_rows[3] == Texts{"e4", "", "", "0.4", "9007199254740992", "4", "", "false",
                                          "1.1920928955078125e-07", "", "", "", ""});
}

TEST_CASE(
    "a columnar file that is cut or damaged anywhere is refused or read as it is, and never worse",
    "[sources][arrow]") {
    if (!metricgate::sources::arrow_is_built_in()) {
        return;
    }
    for (const std::string name : {"small.parquet", "small.feather"}) {
        CAPTURE(name);
        const std::string whole = sample(folder + name);
        const auto reads = [&](const std::string& content) {
            return read(file(content, name), small).ok();
        };
        REQUIRE(reads(whole));
        CHECK(accepted_cuts(whole, reads).empty());
        // Neither format has a checksum that its writers set by default: a damaged value is a
        // value. What must hold is that nothing breaks.
        CHECK(accepted_flips(whole, reads).size() < whole.size());
    }
}

TEST_CASE("checksums of pages are compared where a Parquet file has them", "[sources][arrow]") {
    if (!metricgate::sources::arrow_is_built_in()) {
        return;
    }
    const std::string whole = sample(folder + "checked.parquet");
    REQUIRE(problems_of(read(file(whole, "checked.parquet"), small)) == "");
    std::string damaged = whole;
    const std::size_t text = damaged.find("e1");  // in the page of the ids
    REQUIRE(text != std::string::npos);
    damaged[text + 1] = '7';
    CHECK_THAT(problems_of(read(file(damaged, "checked.parquet"), small)),
               has("the file is damaged or cut short"));
}
