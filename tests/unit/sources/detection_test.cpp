#include <algorithm>

#include "reading.h"
#include "sources/detect_format.h"

using namespace reading;
using metricgate::sources::looks_like_metrics;
using metricgate::sources::metric_formats;
using metricgate::sources::outline;
using metricgate::sources::table_formats;

namespace {

/// The format that is found, or the problem.
std::string found(std::string_view text, const std::string& source,
                  const std::string& format = "") {
    const auto result = outline(document(text, source), format);
    return result.ok() ? result->format : problems_of(result);
}

const std::string csv_text = "a,b\n1,2\n";
const std::string tsv_text = "a\tb\n1\t2\n";
const std::string jsonl_text = "{\"a\":1,\"b\":2}\n";

}  // namespace

TEST_CASE("the catalogs name each format and extension once", "[sources]") {
    Texts names;
    for (const auto& format : table_formats()) {
        names.push_back(std::string(format.name));
        CHECK_FALSE(format.summary.empty());
        CHECK(format.read != nullptr);
        CHECK(format.outline != nullptr);
    }
    REQUIRE(metric_formats().size() >= 2);
    CHECK(metric_formats()[0].name == "json");
    CHECK(metric_formats()[1].name == "yaml");
    std::sort(names.begin(), names.end());
    CHECK(std::adjacent_find(names.begin(), names.end()) == names.end());
    names.clear();  // a log may be read as a table and as metrics under one name
    for (const auto& format : metric_formats()) {
        names.push_back(std::string(format.name));
        CHECK_FALSE(format.summary.empty());
        CHECK(format.read != nullptr);
        CHECK((format.recognises == nullptr) == (format.name == "json" || format.name == "yaml"));
    }
    std::sort(names.begin(), names.end());
    CHECK(std::adjacent_find(names.begin(), names.end()) == names.end());
}

TEST_CASE("a format is found by extension, packed or not, in any letter case", "[sources]") {
    CHECK(found(csv_text, "dir.v2/a.csv") == "csv");
    CHECK(found(csv_text, "a.CSV.gz") == "csv");
    CHECK(found(tsv_text, "git:HEAD~1:a.tsv.zst") == "tsv");
    CHECK(found(jsonl_text, "a.jsonl") == "jsonl");
    CHECK(found(jsonl_text, "a.ndjson.gz") == "jsonl");
    CHECK(found("a\n1\n", "a.csv") == "csv");
}

TEST_CASE("a format is found by content when the extension says nothing", "[sources]") {
    CHECK(found(csv_text, "-") == "csv");
    CHECK(found(tsv_text, "a.txt") == "tsv");
    CHECK(found(jsonl_text, "a.json") == "jsonl");
    CHECK(found(jsonl_text, "archive.d/predictions") == "jsonl");
}

TEST_CASE("content that could be anything is a problem", "[sources]") {
    CHECK_THAT(found("a\n1\n", "-"), has("cannot tell the format"));
    CHECK_THAT(found("a,b\tc\n1,2\t3\n", "a.txt"), has("name the format: csv, tsv or jsonl"));
    CHECK_THAT(found("", "a.txt"), has("a.txt: the file is empty"));
    CHECK_THAT(found("[{\"a\":1}]", "a.json"), has("found a JSON list"));
}

TEST_CASE("content that contradicts the extension or the name is a problem", "[sources]") {
    CHECK(found("\n {\"a\":1}\n", "a.csv") == "a.csv: looks like JSON lines, wanted csv\n");
    CHECK(found("[1]\n", "a.tsv") == "a.tsv: looks like a JSON list, wanted tsv\n");
    CHECK(found(csv_text, "a.jsonl") == "a.jsonl: looks like CSV, wanted jsonl\n");
    CHECK(found(tsv_text, "a.csv", "jsonl") == "a.csv: looks like TSV, wanted jsonl\n");
    CHECK(found(jsonl_text, "a.jsonl", "csv") == "a.jsonl: looks like JSON lines, wanted csv\n");
}

TEST_CASE("binary tables are told by their first bytes, whatever they are called", "[sources]") {
    const auto of = [](const std::string& bytes_of_file) {
        const auto format =
            metricgate::sources::detect_table_format(document(bytes_of_file, "eval.csv"), "");
        return format.ok() ? std::string((*format)->name) : problems_of(format);
    };
    CHECK(of(std::string("PAR1\0\0PAR1", 10)) == "parquet");
    CHECK(of(std::string("\x93NUMPY\x01\0", 8)) == "npy");
    CHECK(of(std::string("ARROW1\0\0", 8)) == "arrow");
}

TEST_CASE("a named format wins over the extension", "[sources]") {
    CHECK(found(tsv_text, "a.csv", "tsv") == "tsv");
    CHECK(found("a\n1\n", "-", "csv") == "csv");
}

TEST_CASE("an unknown format is refused with the nearest name", "[sources]") {
    CHECK_THAT(
        found(csv_text, "a.csv", "csvv"),
        has("a.csv: unknown table format 'csvv' (did you mean 'csv'?); there are csv, tsv, jsonl"));
    CHECK_THAT(
        problems_of(metricgate::sources::read_metrics(document("{\"a\":1}", "m.json"), "jsn")),
        has("unknown metric format 'jsn' (did you mean 'json'?)"));
    CHECK_THAT(problems_of(metricgate::sources::read_metrics(document(csv_text, "a.csv"), "")),
               has("is no metric file"));
}

TEST_CASE("metric files are told from tables", "[sources]") {
    const auto looks = [](std::string_view text, const std::string& source) {
        return looks_like_metrics(document(text, source));
    };
    CHECK(looks("{\"a\":1}", "m.json"));
    CHECK(looks("{\"a\":1}\n{\"a\":2}\n", "m.json"));
    CHECK(looks("a: 1\n", "m.yml"));
    CHECK(looks("{\n \"a\": {\"b\": \"}{\"}\n}\n", "-"));
    CHECK(looks("# evaluation\n---\naccuracy: 0.9\n", "-"));
    CHECK_FALSE(looks("{\"a\":1}\n", "m.jsonl.gz"));
    CHECK_FALSE(looks("{\"a\":1}\n{\"a\":2}\n", "-"));
    CHECK_FALSE(looks(csv_text, "m.csv"));
    CHECK_FALSE(looks(csv_text, "-"));
    CHECK_FALSE(looks("", "-"));
}
