#include "sources/tfdv_statistics.h"

#include <nlohmann/json.hpp>

#include <cmath>

#include "cut_everywhere.h"
#include "llm_data.h"
#include "sample_files.h"
#include "sources/selection.h"

using namespace reading;
using namespace metricgate;

namespace {

const std::string folder = "data/tensorflow_data_validation/";

std::string file(const std::string& name) {
    return sample(folder + name);
}

support::Result<sources::Recording> read(const std::string& content) {
    return sources::read_tfdv_statistics(document(content, "stats"));
}

/// What the reader says of one statistic that TFDV's API has: its value, or what is wrong with it.
std::string told(const sources::Run& run, const std::string& name) {
    const auto& found = entry(run, name);
    const auto& value = std::get<evidence::Scalar>(found.evidence).value;
    switch (value.kind) {
        case support::NumberKind::finite:
            return found.flaw ? found.flaw->message : support::format_exact(value.value);
        case support::NumberKind::not_a_number:
            return "nan";
        case support::NumberKind::positive_infinity:
            return "inf";
        case support::NumberKind::negative_infinity:
            return "-inf";
        case support::NumberKind::malformed:
        case support::NumberKind::out_of_range:
            return "no number";
    }
    return "";
}

bool is_histogram(const std::string& statistic) {
    return statistic.starts_with("histogram.");
}

/// A histogram's counts as shares: TFDV records counts, and data sets have other sizes.
double of_all(const nlohmann::json& feature, const std::string& statistic) {
    double all = 0.0;
    for (const auto& [name, value] : feature.items()) {
        all += is_histogram(name) ? value.get<double>() : 0.0;
    }
    return feature[statistic].get<double>() / all;
}

}  // namespace

TEST_CASE("statistics of TFDV are what its own API says", "[sources]") {
    const auto expected = nlohmann::json::parse(file("expected.json"));
    std::size_t compared = 0;
    for (const auto& [name, datasets] : expected.items()) {
        const auto recording = read(file(name));
        REQUIRE(problems_of(recording) == "");
        REQUIRE(recording->runs.size() == datasets.size());
        for (const sources::Run& run : recording->runs) {
            const auto& dataset = datasets.at(run.id);
            CHECK(scalar(run, "num_examples").value.value == dataset["num_examples"]);
            for (const auto& [feature, statistics] : dataset["features"].items()) {
                for (const auto& [statistic, wanted] : statistics.items()) {
                    CAPTURE(name, run.id, feature, statistic);
                    if (statistic == "top_values.__BYTES_VALUE__" ||
                        (feature == "odd" && statistic == "std_dev")) {
                        continue;  // no numbers: see below
                    }
                    const std::string found = told(run, feature + "." + statistic);
                    if (is_histogram(statistic)) {
                        CHECK(found == support::format_exact(of_all(statistics, statistic)));
                    } else if (wanted.is_string()) {
                        CHECK(found == wanted.get<std::string>());
                    } else if (statistic == "avg_length") {  // 32 bits
                        CHECK(std::stof(found) == wanted.get<float>());
                    } else {
                        CHECK(found == support::format_exact(wanted.get<double>()));
                    }
                    ++compared;
                }
            }
        }
    }
    CHECK(compared > 500);
}

TEST_CASE("statistics of TFDV have the uncertainty that their deviation and n give", "[sources]") {
    const sources::Run run = run_of(read(file("frame.pb")));
    const auto& mean = scalar(run, "age.mean");
    CHECK(mean.n == 398U);
    // numpy: age.std(ddof=1) / sqrt(398)
    CHECK(std::abs(mean.standard_error->value - 0.4567700566156792) < 1e-15);
    const auto& missing = scalar(run, "age.missing_rate");
    CHECK(missing.value.value == 2.0 / 400.0);
    CHECK(missing.standard_error->value == std::sqrt(0.005 * 0.995 / 400.0));
    CHECK(scalar(run, "plan.share.free").value.value ==
          scalar(run, "plan.top_values.free").value.value / 400.0);
    // None missing among 400 is no certainty: an error of 0 decides nothing.
    CHECK(scalar(run, "visits.missing_rate").standard_error->value == 0.0);
    CHECK(entry(run, "age.histogram.0").conditions.at("bucket") == "from 12.887 to 27.41525");
}

TEST_CASE("several values an example are not independent, and get no standard error", "[sources]") {
    const auto recording = read(file("sliced.tfrecord"));
    REQUIRE(recording.ok());
    const sources::Run& all = recording->runs.front();
    CHECK(all.id == "All Examples");
    CHECK(scalar(all, "scores.mean").n == 92U);
    CHECK_FALSE(scalar(all, "scores.mean").standard_error);
    CHECK(scalar(all, "w.mean").standard_error);
    CHECK(scalar(all, "weighted_num_examples").value.value == 90.0);
    CHECK(scalar(all, "half.weighted.mean").value.kind == support::NumberKind::finite);
    CHECK(scalar(all, "half.mean").n == 53U);  // seven of sixty are NaN
}

TEST_CASE("what TFDV computed of no value is no number", "[sources]") {
    const sources::Run run = run_of(read(file("frame.pb")));
    CHECK(entry(run, "empty.unique").flaw->message ==
          "'empty.unique' holds nothing: no example has a value");
    CHECK(scalar(run, "empty.missing_rate").value.value == 1.0);
    // TFDV writes a deviation of 0 beside a mean of NaN.
    CHECK(told(run, "odd.mean") == "nan");
    CHECK(told(run, "odd.max") == "inf");
    CHECK(entry(run, "odd.std_dev").flaw->message ==
          "'odd.std_dev' holds nothing: the mean is not finite");
    // One placeholder stands for all values that are no text.
    const auto sliced = read(file("sliced.tfrecord"));
    for (const std::string& name : names_of(sliced->runs.front())) {
        CHECK(name.find("__BYTES_VALUE__") == std::string::npos);
    }
}

TEST_CASE("text, bytes and TFRecord of TFDV are recognised and nothing else", "[sources]") {
    for (const char* name : {"baseline.tfrecord", "sliced.tfrecord", "frame.pb", "frame.pbtxt"}) {
        CHECK(sources::is_tfdv_statistics(document(file(name))));
    }
    CHECK_FALSE(sources::is_tfdv_statistics(document("")));
    CHECK_FALSE(sources::is_tfdv_statistics(document("\n")));
    CHECK_FALSE(sources::is_tfdv_statistics(document("\n\nid,label\n1,2\n")));
    CHECK_FALSE(sources::is_tfdv_statistics(document("{\"datasets\": 1}")));
    const std::string events =
        sample("data/tensorboard_events/strict/run_1/events.out.tfevents.1622543341.host.86862.0");
    CHECK_FALSE(sources::is_tfdv_statistics(document(events)));
}

TEST_CASE("statistics of TFDV that are cut anywhere are refused", "[sources]") {
    for (const char* name : {"baseline.tfrecord", "frame.pb", "frame.pbtxt"}) {
        std::string whole = file(name);
        while (whole.ends_with('\n')) {
            whole.pop_back();
        }
        CAPTURE(name);
        CHECK(accepted_cuts(whole, [](const std::string& cut) { return read(cut).ok(); }) ==
              std::vector<std::size_t>{});
    }
    CHECK_THAT(problems_of(read(file("baseline.tfrecord").substr(0, 50))),
               has("the file ends inside the record at byte 0"));
}

TEST_CASE("a changed bit in a TFRecord of TFDV is noticed", "[sources]") {
    CHECK(accepted_flips(file("baseline.tfrecord"), [](const std::string& flipped) {
              return read(flipped).ok();
          }) == std::vector<std::size_t>{});
}

TEST_CASE("text of TFDV that does not follow its schema is a problem at its place", "[sources]") {
    const auto first = [](const std::string& text) { return problems_of(read(text)); };
    const std::string head = "datasets {\n  features {\n    num_stats {\n";
    CHECK_THAT(first(head + "      mean: 1,5\n"), has("stats:4:15: found '5', wanted a field"));
    CHECK_THAT(first(head + "      mean: much\n"), has("'mean' holds 'much', wanted a number"));
    CHECK_THAT(first(head + "      num_zeros: -1\n"), has("wanted a whole number from 0 to 2^53"));
    CHECK_THAT(first(head + "      mode: 1\n"), has("stats:4:7: found 'mode', wanted a field"));
    CHECK_THAT(first(head), has("the file ends inside a message"));
    CHECK_THAT(first(head + "}}}}"), has("a '}' without its '{'"));
    CHECK_THAT(first(head + "} name: \"a\n"), has("a text without its closing quote"));
    CHECK(names_of(run_of(read(head + "common_stats { num_non_missing: 2 } } # old\n"
                                      "name: 'a' 'b\\303\\266' type: FLOAT } }")))
              .front() == "abö.avg_num_values");
}

TEST_CASE("the only data set of a file keeps its name", "[sources]") {
    const std::string text =
        "datasets { name: 'de' num_examples: 2 features { num_stats { mean: 1 } name: 'a' } }";
    const auto recording = read(text);
    CHECK(run_of(recording).id == "de");
    sources::Selection selection;
    selection.run = "de";
    CHECK(sources::select(*recording, selection).ok());
    selection.run = "fr";
    CHECK_THAT(problems_of(sources::select(*recording, selection)), has("holds no run 'fr'"));
}

TEST_CASE("a comment may end a text of TFDV, and closes no message", "[sources]") {
    const std::string text =
        "datasets { features { num_stats { mean: 1 common_stats { num_non_missing: 2 } } name: 'a' "
        "} }";
    for (const char* comment : {"# end", "#", "# }", "#\n", "# end\n#"}) {
        CAPTURE(comment);
        CHECK(problems_of(read(text + comment)) == "");
        CHECK_THAT(problems_of(read(text.substr(0, text.size() - 1) + comment)),
                   has("the file ends inside a message"));
    }
}

TEST_CASE("one of several files of a data set is not the data set", "[sources]") {
    const auto named = [](const std::string& name) {
        return problems_of(
            sources::read_tfdv_statistics(document(file("baseline.tfrecord"), name)));
    };
    CHECK_THAT(named("out/stats-00000-of-00002"), has("is one of 2 parts; put all of them"));
    CHECK(named("out/stats-00000-of-00001") == "");
    CHECK(named("best-of-5/stats") == "");
}

TEST_CASE("parts of a data set are put together, and a feature may not stand twice", "[sources]") {
    const std::string part =
        "datasets { num_examples: 2 features { num_stats { common_stats { "
        "num_non_missing: 2 tot_num_values: 2 } mean: 1 } name: 'a' } } ";
    const sources::Run one = run_of(read(part + replaced(part, "'a'", "'b'")));
    CHECK(scalar(one, "num_examples").value.value == 2.0);
    CHECK(scalar(one, "a.mean").value.value == 1.0);
    CHECK(scalar(one, "b.mean").value.value == 1.0);
    CHECK_THAT(entry(run_of(read(part + part)), "a.mean").flaw->message, has("two values"));
}

TEST_CASE("rates of none and of all keep an error, and one value has no deviation", "[sources]") {
    const auto of = [](const std::string& numbers) {
        return run_of(read("datasets { num_examples: 20 features { num_stats { common_stats { " +
                           numbers + " } name: 'a' } }"));
    };
    const std::string each = " min_num_values: 1 max_num_values: 1 avg_num_values: 1 ";
    const sources::Run all = of("num_missing: 20 }");
    CHECK(scalar(all, "a.missing_rate").standard_error->value == 0.0);
    const sources::Run zeros =
        of("num_non_missing: 20 tot_num_values: 20" + each + "} num_zeros: 20");
    CHECK(scalar(zeros, "a.zero_rate").standard_error->value == 0.0);
    CHECK(scalar(zeros, "a.mean").standard_error->value == 0.0);
    const sources::Run one = of("num_non_missing: 1 tot_num_values: 1" + each + "} mean: 3");
    CHECK(scalar(one, "a.mean").standard_error->value == 0.0);
}

TEST_CASE("statistics that contradict each other are flaws, not shares", "[sources]") {
    const auto flaw_of = [](const std::string& statistics, const std::string& name) {
        const sources::Run run = run_of(
            read("datasets { num_examples: 20 features { " + statistics + " } name: 'a' } }"));
        const auto& found = entry(run, "a." + name);
        REQUIRE(found.flaw);
        return found.flaw->message;
    };
    const std::string common =
        " common_stats { num_non_missing: 20 tot_num_values: 20 max_num_values: 1 } ";
    const auto number = [&](const std::string& rest, const std::string& name) {
        return flaw_of("num_stats { " + common + rest + " ", name);
    };
    for (const char* deviation : {"nan", "-1"}) {
        CHECK(number("mean: 5 std_dev: " + std::string(deviation), "mean") ==
              "'a.mean' holds a value whose standard deviation is no number from 0 on");
    }
    CHECK_THAT(number("mean: 5 std_dev: nan", "std_dev"), has("no number from 0 on"));
    CHECK_THAT(number("mean: 5 num_zeros: 21", "num_zeros"), has("above the number of values"));
    CHECK_THAT(number("mean: 5 num_zeros: 21", "zero_rate"), has("above its total"));
    CHECK_THAT(number("histograms { num_nan: 21 }", "num_nan"), has("above the number of values"));
    CHECK_THAT(number("mean: 5 histograms { buckets { sample_count: 3 } "
                      "buckets { sample_count: -1 } }",
                      "histogram.1"),
               has("no number from 0 on"));
    for (const char* frequency : {"nan", "21", "-1", "inf"}) {
        const std::string text =
            "string_stats { " + common + "top_values { value: 'x' frequency: " + frequency + " } ";
        CAPTURE(frequency);
        CHECK_THAT(flaw_of(text, "top_values.x"), has("a count that is no number, below 0"));
        CHECK_THAT(flaw_of(text, "share.x"), has("a share of a count"));
    }
}
