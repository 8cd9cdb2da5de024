#include <fstream>
#include <sstream>

#include <nlohmann/json.hpp>

#include "reading.h"
#include "sources/selection.h"
#include "support/paths.h"

using namespace reading;
using metricgate::evidence::Entry;
using metricgate::evidence::MetricFile;
using metricgate::evidence::Samples;
using metricgate::evidence::Scalar;
using metricgate::sources::read_metrics;
using metricgate::support::NumberKind;
using metricgate::support::Result;

namespace {

Result<MetricFile> selected(const Result<metricgate::sources::Recording>& recording) {
    return recording.ok() ? metricgate::sources::select(*recording, {})
                          : Result<MetricFile>(recording.problems());
}

Result<MetricFile> json(std::string_view text) {
    return selected(read_metrics(document(text, "m.json"), ""));
}

Result<MetricFile> yaml(std::string_view text) {
    return selected(read_metrics(document(text, "m.yaml"), ""));
}

Texts names(const MetricFile& file) {
    Texts result;
    for (const Entry& entry : file.entries) {
        result.push_back(entry.name);
    }
    return result;
}

const Scalar& scalar(const Result<MetricFile>& file, std::string_view name) {
    REQUIRE(problems_of(file) == "");
    const Entry* entry = file->find(name);
    REQUIRE(entry != nullptr);
    return std::get<Scalar>(entry->evidence);
}

const Samples& samples(const Result<MetricFile>& file, std::string_view name) {
    REQUIRE(problems_of(file) == "");
    const Entry* entry = file->find(name);
    REQUIRE(entry != nullptr);
    return std::get<Samples>(entry->evidence);
}

/// What a check that uses the entry `x` would have to say; empty when nothing.
std::string flaw(const Result<MetricFile>& file) {
    REQUIRE(problems_of(file) == "");
    const Entry* entry = file->find("x");
    REQUIRE(entry != nullptr);
    return entry->flaw ? describe(*entry->flaw) : "";
}

}  // namespace

TEST_CASE("metric trees are flattened and sorted by name", "[sources]") {
    const auto file =
        json("{\"f1\": {\"micro\": 0.8, \"macro avg\": {\"f1-score\": 0.7}}, \"acc\": 0.9}");
    REQUIRE(problems_of(file) == "");
    CHECK(file->source == "m.json");
    CHECK(names(*file) == Texts{"acc", "f1.macro avg.f1-score", "f1.micro"});
    CHECK(scalar(file, "acc").value.value == 0.9);
    CHECK(describe(file->entries[2].where) == "m.json:1:18");
}

TEST_CASE("yaml and json metric trees read alike", "[sources]") {
    const auto file =
        yaml("acc: 0.9\nruns: [1, 2.5]\np95: {value: 12, stderr: 0.5, n: 40, unit: ms}\n");
    CHECK(scalar(file, "acc").value.value == 0.9);
    CHECK(samples(file, "runs").values == std::vector<double>{1, 2.5});
    CHECK(scalar(file, "p95").n == 40U);
    CHECK(file->find("p95")->unit == "ms");
}

TEST_CASE("names that join to one are refused", "[sources]") {
    CHECK_THAT(problems_of(json("{\"a.b\": 1,\n \"a\": {\"b\": 2}}")),
               has("m.json:2") && has("the name 'a.b' is written twice, here and in line 1"));
    CHECK_FALSE(json("{\"a\": 1, \"a\": 2}").ok());
}

TEST_CASE("a described leaf carries standard error, n and unit", "[sources]") {
    const auto file =
        json("{\"x\": {\"value\": 0.5, \"stderr\": 0.01, \"n\": 100, \"unit\": \"s\"}}");
    CHECK(scalar(file, "x").standard_error->value == 0.01);
    CHECK(scalar(file, "x").n == 100U);
    CHECK(file->find("x")->unit == "s");
    CHECK(flaw(file) == "");
    const auto bare = json("{\"x\": {\"value\": 0.5, \"stderr\": null, \"n\": null}}");
    CHECK_FALSE(scalar(bare, "x").standard_error.has_value());
    CHECK_FALSE(scalar(bare, "x").n.has_value());
    CHECK(flaw(bare) == "");
}

TEST_CASE("a described leaf with a wrong part is flawed", "[sources]") {
    const auto with = [](const std::string& part) {
        return flaw(json("{\"x\": {\"value\": 0.5, " + part + "}}"));
    };
    CHECK_THAT(with("\"stderr\": -1"), has("stderr, wanted a number of at least 0"));
    CHECK_THAT(with("\"stderr\": \"N/A\""), has("the text 'N/A'"));
    CHECK_THAT(with("\"stderr\": -Infinity"), has("stderr"));
    for (const std::string& n :
         Texts{"0", "-1", "1.5", "\"10\"", "NaN", "1e30", "9007199254740993"}) {
        CHECK_THAT(with("\"n\": " + n), has("as its n, wanted a whole number of at least 1"));
    }
    CHECK_THAT(with("\"unit\": 5"), has("as its unit, wanted text"));
}

TEST_CASE("a map with value and other keys is a tree of its own", "[sources]") {
    const auto file = json("{\"x\": {\"value\": 0.5, \"other\": 1}}");
    REQUIRE(problems_of(file) == "");
    CHECK(names(*file) == Texts{"x.other", "x.value"});
}

TEST_CASE("lists are samples", "[sources]") {
    CHECK(samples(json("{\"x\": [3, 1, 2]}"), "x").values == std::vector<double>{3, 1, 2});
    const auto described = json("{\"x\": {\"values\": [1, 2], \"unit\": \"ms\"}}");
    CHECK(samples(described, "x").values == std::vector<double>{1, 2});
    CHECK(described->find("x")->unit == "ms");
}

TEST_CASE("a list with anything but finite numbers is flawed and says where", "[sources]") {
    for (const std::string& bad :
         Texts{"NaN", "Infinity", "null", "\"2\"", "true", "[2]", "{}", "1e400"}) {
        CAPTURE(bad);
        const auto file = json("{\"x\": [1, " + bad + ", 3]}");
        REQUIRE(samples(file, "x").flaw.has_value());
        CHECK(describe(samples(file, "x").flaw->where) == "m.json:1:11");
        CHECK_THAT(flaw(file), has("as entry 2 of its list"));
        CHECK(samples(file, "x").values == std::vector<double>{1, 3});
    }
    CHECK_THAT(flaw(json("{\"x\": []}")), has("an empty list, wanted numbers"));
}

TEST_CASE("leaves that are no numbers are flawed, and the file is read all the same", "[sources]") {
    for (const std::string& bad :
         Texts{"\"0.91\"", "\"91%\"", "\"0,91\"", "\"NaN\"", "true", "null", "{}"}) {
        CAPTURE(bad);
        const auto file = json("{\"ok\": 1, \"x\": " + bad + "}");
        CHECK(scalar(file, "ok").value.kind == NumberKind::finite);
        CHECK(scalar(file, "x").value.kind == NumberKind::malformed);
        CHECK_THAT(flaw(file), has("m.json:1:16: 'x' holds "));
        CHECK_THAT(flaw(file), has("wanted a number"));
    }
    for (const std::string& bad : Texts{"1e400", "1e-400", "9007199254740993"}) {
        const auto file = json("{\"x\": " + bad + "}");
        CHECK(scalar(file, "x").value.kind == NumberKind::out_of_range);
        CHECK_THAT(flaw(file), has("cannot hold"));
    }
}

TEST_CASE("non-finite numbers keep their kind", "[sources]") {
    const auto file = json("{\"a\": NaN, \"b\": Infinity, \"c\": -Infinity}");
    CHECK(scalar(file, "a").value.kind == NumberKind::not_a_number);
    CHECK(scalar(file, "b").value.kind == NumberKind::positive_infinity);
    CHECK(scalar(file, "c").value.kind == NumberKind::negative_infinity);
    CHECK(scalar(yaml("a: .nan\n"), "a").value.kind == NumberKind::not_a_number);
}

TEST_CASE("files without a metric are refused", "[sources]") {
    CHECK_THAT(problems_of(json("{}")), has("there is no metric in this file"));
    CHECK_THAT(problems_of(json("{\"metadata\": {\"model\": \"v1\"}}")), has("no metric"));
    CHECK_THAT(problems_of(json("[1, 2]")), has("found a list, wanted a map"));
    CHECK_FALSE(json("").ok());
    CHECK_FALSE(json("{\"a\": 1").ok());
    CHECK_FALSE(json("{\"a\": 1} {\"a\": 2}").ok());
    CHECK_FALSE(yaml("").ok());
    CHECK_FALSE(yaml("a: 1\na: 2\n").ok());
}

TEST_CASE("a plain metadata map is metadata, any other is a tree", "[sources]") {
    const auto file = json(
        "{\"acc\": 0.9, \"metadata\": {\"model\": \"v1\", \"data\": {\"rows\": 10, "
        "\"frozen\": true}}}");
    REQUIRE(problems_of(file) == "");
    CHECK(names(*file) == Texts{"acc"});
    CHECK(file->metadata == metricgate::evidence::Metadata{
                                {"data.frozen", "true"}, {"data.rows", "10"}, {"model", "v1"}});
    const auto tree = json("{\"acc\": 0.9, \"metadata\": {\"list\": [1]}}");
    REQUIRE(problems_of(tree) == "");
    CHECK(names(*tree) == Texts{"acc", "metadata.list"});
    CHECK(tree->metadata.empty());
}

TEST_CASE("the product's own files are read strictly", "[sources]") {
    const std::string head = "{\"schema\": \"metricgate.metrics/1\", ";
    const auto file = json(head +
                           "\"metrics\": {\"acc\": 0.9, \"loss\": {\"value\": 0.1, \"n\": 5}}, "
                           "\"metadata\": {\"model\": \"v1\"}}");
    REQUIRE(problems_of(file) == "");
    CHECK(names(*file) == Texts{"acc", "loss"});
    CHECK(file->metadata.at("model") == "v1");

    CHECK_THAT(problems_of(json(head + "\"metrics\": {\"a\": 1}, \"metdata\": {}}")),
               has("unknown key 'metdata' (did you mean 'metadata'?)"));
    CHECK_THAT(problems_of(json(head + "\"metrics\": {\"a\": {\"value\": 1, \"stdrr\": 2}}}")),
               has("unknown key 'stdrr' beside 'value' (did you mean 'stderr'?)"));
    CHECK_THAT(problems_of(json(head + "\"metrics\": {}}")), has("no metric"));
    CHECK_THAT(problems_of(json(head + "\"metrics\": [1]}")), has("'metrics' is a list"));
    CHECK_THAT(problems_of(json("{\"schema\": \"metricgate.metrics/1\"}")), has("is missing"));
    CHECK_THAT(problems_of(json(head + "\"metrics\": {\"a\": 1}, \"metadata\": {\"m\": null}}")),
               has("metadata 'm' is nothing"));
    CHECK_THAT(problems_of(json(head + "\"metrics\": {\"a\": 1}, \"metadata\": 5}")),
               has("'metadata' is the number 5, wanted a map"));
}

TEST_CASE("an unknown schema is refused", "[sources]") {
    CHECK_THAT(problems_of(json("{\"schema\": \"metricgate.metrics/2\", \"metrics\": {\"a\": 1}}")),
               has("wanted the text 'metricgate.metrics/1'"));
    CHECK_THAT(problems_of(json("{\"schema\": 1, \"a\": 1}")), has("schema is the number 1"));
}

TEST_CASE("the published schema names the keys that the reader knows", "[sources]") {
    std::ifstream stream(metricgate::test::project_folder() + "/schemas/metrics.schema.json");
    REQUIRE(stream.good());
    const auto schema = nlohmann::json::parse(stream);
    CHECK(schema["properties"]["schema"]["const"] == "metricgate.metrics/1");
    Texts top;
    for (const auto& item : schema["properties"].items()) {
        top.push_back(item.key());
    }
    CHECK(top == Texts{"conditions", "metadata", "metrics", "notes", "schema"});
    Texts quantity;
    for (const auto& item : schema["$defs"]["quantity"]["properties"].items()) {
        quantity.push_back(item.key());
    }
    CHECK(quantity == Texts{"conditions", "n", "stderr", "unit", "value"});
}

TEST_CASE("events over an exposure are a rate that keeps both", "[sources]") {
    const auto file = json("{\"x\": {\"events\": 3, \"exposure\": 12.5, \"unit\": \"1/h\"}}");
    CHECK(scalar(file, "x").value.value == 3 / 12.5);
    CHECK(scalar(file, "x").events == 3U);
    CHECK(scalar(file, "x").exposure == 12.5);
    CHECK(file->find("x")->unit == "1/h");
    CHECK(flaw(file) == "");
    CHECK(scalar(json("{\"x\": {\"events\": 0, \"exposure\": 1}}"), "x").value.value == 0.0);
}

TEST_CASE("a rate without whole events or an exposure above 0 has a flaw", "[sources]") {
    const auto of = [](const std::string& events, const std::string& exposure) {
        return flaw(json("{\"x\": {\"events\": " + events + ", \"exposure\": " + exposure + "}}"));
    };
    CHECK_THAT(of("2.5", "10"), has("as its events, wanted a whole number of at least 0"));
    CHECK_THAT(of("-1", "10"), has("as its events"));
    CHECK_THAT(of("3", "0"), has("as its exposure, wanted a number above 0"));
    CHECK_THAT(of("3", "\"1 h\""), has("as its exposure"));
    CHECK_THAT(of("1000000000000", "1e-300"), has("as its exposure"));
}
