#include "sources/nannyml_results.h"

#include "cut_everywhere.h"
#include "llm_data.h"
#include "sample_files.h"
#include "sources/run_builder.h"

using namespace reading;
using namespace metricgate;

namespace {

std::string file(const std::string& name) {
    return sample("data/nannyml/" + name);
}

support::Result<sources::Recording> read(const std::string& content) {
    return sources::read_nannyml_results(document(content, "drift.csv"));
}

/// The run of a period.
sources::Run period(const std::string& content, const std::string& id) {
    const auto recording = read(content);
    REQUIRE(problems_of(recording) == "");
    for (const sources::Run& run : recording->runs) {
        if (run.id == id) {
            return run;
        }
    }
    FAIL("there is no period '" + id + "'");
    throw 0;
}

const std::vector<sources::Point>& points(const sources::Run& run, const std::string& name) {
    for (const sources::Series& series : run.series) {
        if (series.name == name) {
            return series.points;
        }
    }
    FAIL("there is no series '" + name + "'");
    throw 0;
}

const std::string head = "chunk_key,chunk_index,chunk_period,a_ks_value,a_ks_alert\n";

}  // namespace

TEST_CASE("drift found by NannyML is a value a chunk, and a run a period", "[sources]") {
    const sources::Run run = period(file("drift.csv"), "analysis");
    const auto& values = points(run, "car_value.kolmogorov_smirnov.value");
    REQUIRE(values.size() == 5);
    // As the last row of the file says.
    CHECK(values.back().step == 4);
    CHECK(values.back().value.value == 0.4368000000000004);
    CHECK(points(run, "car_value.kolmogorov_smirnov.upper_threshold").size() == 5);
    CHECK(scalar(run, "car_value.kolmogorov_smirnov.alerts").value.value == 5.0);
    CHECK(scalar(period(file("drift.csv"), "reference"), "alerts").value.value == 0.0);
}

TEST_CASE("a header of one line names the same columns with underscores", "[sources]") {
    const sources::Run layers = period(file("drift.csv"), "analysis");
    const sources::Run flat = period(file("flat.csv"), "analysis");
    REQUIRE(layers.series.size() == flat.series.size());
    for (const char* column : {"car_value", "salary_range"}) {
        const std::string name(column);
        const auto& one = points(layers, name + ".jensen_shannon.value");
        const auto& other = points(flat, name + "_jensen_shannon_value");
        REQUIRE(one.size() == other.size());
        for (std::size_t i = 0; i < one.size(); ++i) {
            CHECK(one[i].value.value == other[i].value.value);
        }
    }
    CHECK(scalar(layers, "alerts").value.value == scalar(flat, "alerts").value.value);
}

TEST_CASE("performance that NannyML estimates has its sampling error", "[sources]") {
    const sources::Run run = period(file("estimated.csv"), "reference");
    const auto& auc = points(run, "roc_auc.value").front();
    CHECK(auc.value.value == 0.9711264883908346);
    CHECK(auc.standard_error->value == 0.0012827390131131679);
    CHECK(points(run, "roc_auc.realized").front().value.value == 0.9726674006765315);
    // Nobody knows yet how it was in production.
    CHECK(points(period(file("estimated.csv"), "analysis"), "roc_auc.realized").back().value.kind ==
          support::NumberKind::not_a_number);
}

TEST_CASE("a sampling error is that of its value in a header of one line, too", "[sources]") {
    const std::string flat =
        "chunk_key,chunk_index,chunk_period,roc_auc_value,roc_auc_sampling_error\n";
    const sources::Run run = period(flat + "k,0,a,0.9,0.01\nl,1,a,0.8,0\n", "a");
    CHECK(points(run, "roc_auc_value").front().standard_error->value == 0.01);
    CHECK(points(run, "roc_auc_value").back().standard_error->value == 0.0);
    for (const char* error : {"", "nan", "-1", "inf", "small"}) {
        const sources::Run without =
            period(flat + "k,0,a,0.9,0.01\nl,1,a,0.8," + error + "\n", "a");
        CHECK(entry(without, "roc_auc_value").flaw->message ==
              "'roc_auc_value' holds a value at step 1 whose sampling error is '" +
                  std::string(error) + "', wanted a number from 0 on");
    }
    // Where there is no value, there is no error either.
    CHECK(points(period(flat + "k,0,a,,\n", "a"), "roc_auc_value").size() == 1);
}

TEST_CASE("an empty value of a chunk is NaN, so that no earlier chunk stands in", "[sources]") {
    const sources::Run run =
        period(head + "k,0,analysis,0.1,False\nl,1,analysis,,False\n", "analysis");
    CHECK(points(run, "a_ks_value").back().value.kind == support::NumberKind::not_a_number);
}

TEST_CASE("rows that NannyML does not write are problems at their place", "[sources]") {
    CHECK_THAT(problems_of(read(head + "k,0,analysis,0.1\n")),
               has("drift.csv:2:1: this row has 4"));
    CHECK_THAT(problems_of(read(head + "k,x,analysis,0.1,True\n")),
               has("drift.csv:2:3: chunk_index holds 'x'"));
    CHECK_THAT(problems_of(read(head + "k,1.5,analysis,0.1,True\n")),
               has("drift.csv:2:3: chunk_index holds '1.5', wanted a whole number"));
    CHECK_THAT(problems_of(read(head + "k,0,analysis,0.1,yes\n")), has("wanted True or False"));
    CHECK_THAT(problems_of(read(head + "k,0,analysis,0.1,True\nk,0,analysis,0.2,True\n")),
               has("chunk 0 of period 'analysis' stands twice"));
    CHECK_THAT(problems_of(read(head)), has("there is no chunk"));
    CHECK_THAT(problems_of(read("chunk,a\nb,c\nd,e\nf,g\n")), has("does not name chunk_index"));
    CHECK_THAT(entry(period(head + "k,0,a,much,True\n", "a"), "a_ks_value").flaw->message,
               has("'much'"));
}

// Behind each row the file is a whole one of fewer chunks.
TEST_CASE("results of NannyML that are cut inside a row are refused", "[sources]") {
    const std::string whole = head + "k,0,analysis,0.1,True\nl,1,analysis,0.2,False\n";
    CHECK(accepted_cuts(whole, [](const std::string& text) { return read(text).ok(); }) ==
          std::vector<std::size_t>{whole.find("l,1")});
    for (const char* name : {"drift.csv", "flat.csv", "estimated.csv"}) {
        CHECK(sources::is_nannyml_results(document(file(name))));
    }
    CHECK_FALSE(sources::is_nannyml_results(document("chunk,chunk_index\n1,2\n")));
}

TEST_CASE("more chunks than anybody looks at are refused before they fill the memory",
          "[sources]") {
    std::string content = head;
    for (std::size_t i = 0; i <= sources::NameBudget::most; ++i) {
        content += "k," + std::to_string(i) + ",p,1,False\n";
    }
    CHECK(
        problems_of(read(content)) ==
        "drift.csv:200002:3: holds more than 200,000 chunks; wanted fewer: make chunks larger, or "
        "leave out the older ones\n");
}
