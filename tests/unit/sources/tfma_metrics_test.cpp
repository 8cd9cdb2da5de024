#include "sources/tfma_metrics.h"

#include <nlohmann/json.hpp>

#include <cmath>

#include "cut_everywhere.h"
#include "llm_data.h"
#include "sample_files.h"
#include "sources/tfma_names.h"
#include "sources/tfma_value.h"

using namespace reading;
using namespace metricgate;

namespace {

using nlohmann::json;

const std::string top = "data/tensorflow_model_analysis/";
const std::string metrics_file = "/metrics-00000-of-00001.tfrecord";

sources::Document folder(const std::string& name) {
    return {sources::tree_of(samples(top + name)), name};
}

support::Result<sources::Recording> read(const std::string& content,
                                         const std::string& name = "metrics") {
    return sources::read_tfma_metrics(document(content, name));
}

std::string from_base64(const std::string& text) {
    static const std::map<std::string, std::string> known = {{"ZGU=", "de"}, {"ZnI=", "fr"}};
    return known.at(text);
}

/// `{country="de",plan=1}` of a slice key.
std::string label(const json& key) {
    Texts parts;
    for (const json& single : key.value("single_slice_keys", json::array())) {
        parts.push_back(single["column"].get<std::string>() + "=" +
                        (single.contains("int64_value")
                             ? single["int64_value"].get<std::string>()
                             : "\"" + from_base64(single["bytes_value"]) + "\""));
    }
    std::sort(parts.begin(), parts.end());
    std::string text;
    for (const std::string& part : parts) {
        text += (text.empty() ? "{" : ",") + part;
    }
    return text.empty() ? text : text + "}";
}

double number(const json& message) {
    return message.is_object() && message.contains("value") ? message["value"].get<double>()
           : message.is_number()                            ? message.get<double>()
                                                            : 0.0;
}

/// Compares one metric with what was read; gives back how many numbers that were.
std::size_t compare(const sources::Run& run, const json& metric, const std::string& slice) {
    const bool weighted = metric["key"].value("example_weighted", false);
    const std::string name =
        metric["key"]["name"].get<std::string>() + (weighted ? "(weighted)" : "");
    CAPTURE(name, slice);
    const json& value = metric["value"];
    if (value.contains("double_value")) {
        CHECK(scalar(run, name + slice).value.value == number(value["double_value"]));
        if (!metric.contains("confidence_interval")) {
            return 1;
        }
        const json& interval = metric["confidence_interval"];
        CHECK(scalar(run, name + ".lower_bound" + slice).value.value ==
              number(interval["lower_bound"]["double_value"]));
        CHECK(scalar(run, name + ".upper_bound" + slice).value.value ==
              number(interval["upper_bound"]["double_value"]));
        CHECK(scalar(run, name + slice).standard_error->value >=
              number(interval["standard_error"]["double_value"]));
        return 3;
    }
    std::size_t compared = 0;
    for (const json& matrix : value["confusion_matrix_at_thresholds"]["matrices"]) {
        const std::string at =
            name + "(threshold=" + support::format_exact(matrix["threshold"].get<double>()) + ").";
        for (const auto& [part, count] : matrix.items()) {
            if (part != "threshold" && count.is_number()) {
                CHECK(scalar(run, at + part + slice).value.value == count.get<double>());
                ++compared;
            }
        }
    }
    return compared;
}

}  // namespace

TEST_CASE("metrics of TFMA are what its own messages say, slice by slice", "[sources]") {
    const auto expected = json::parse(sample(top + "expected.json"));
    std::size_t compared = 0;
    for (const auto& [evaluation, slices] : expected.items()) {
        const auto recording = sources::read_tfma_metrics(folder(evaluation));
        REQUIRE(problems_of(recording) == "");
        REQUIRE(recording->runs.size() == 1);
        for (const json& slice : slices) {
            for (const json& metric : slice["metric_keys_and_values"]) {
                compared += compare(recording->runs.front(), metric, label(slice["slice_key"]));
            }
        }
    }
    CHECK(compared > 300);
}

TEST_CASE("keys of TFMA say what was binarized, averaged and weighted", "[sources]") {
    const auto name = [](const std::string& message) { return sources::tfma_key(message).name; };
    const std::string auc =
        "\x0a\x03"
        "auc";
    CHECK(name(auc) == "auc");
    CHECK(name(auc + "\x12\x01o") == "o.auc");
    CHECK(name(auc + "\x1a\x04\x0a\x02\x08\x02") == "auc(class_id=2)");
    CHECK(name(auc + std::string("\x1a\x02\x0a\x00", 4)) == "auc(class_id=0)");
    CHECK(name(auc + "\x1a\x04\x1a\x02\x08\x05" + "\x28\x01") == "auc(top_k=5,diff)");
    CHECK(name(auc + "\x32\x02\x10\x01" + "\x3a\x02\x08\x01") == "auc(macro_average,weighted)");
    CHECK(name(auc + "\x1a\x09") == "");
    CHECK(sources::tfma_key(auc + "\x22\x01m").model == "m");
}

TEST_CASE("a confidence interval of TFMA is its bounds and the error that gives them",
          "[sources]") {
    const sources::Run run = sources::read_tfma_metrics(folder("intervals"))->runs.front();
    const auto& auc = scalar(run, "auc(weighted)");
    const double lower = scalar(run, "auc(weighted).lower_bound").value.value;
    const double upper = scalar(run, "auc(weighted).upper_bound").value.value;
    CHECK(lower < auc.value.value);
    CHECK(auc.value.value < upper);
    CHECK(std::abs(2.0 * 1.959963984540054 * auc.standard_error->value - (upper - lower)) < 1e-12);
    CHECK_FALSE(
        scalar(sources::read_tfma_metrics(folder("baseline"))->runs.front(), "auc").standard_error);
}

TEST_CASE("an evaluation of TFMA is recognised as a folder and as a file", "[sources]") {
    CHECK(sources::is_tfma_metrics(folder("baseline")));
    CHECK(sources::is_tfma_metrics(document(sample(top + "baseline" + metrics_file))));
    CHECK_FALSE(sources::is_tfma_metrics(document("")));
    CHECK_FALSE(sources::is_tfma_metrics(
        document(sample("data/tensorflow_data_validation/baseline.tfrecord"))));
    CHECK_FALSE(sources::is_tfma_metrics(document(sample(
        "data/tensorboard_events/strict/run_1/events.out.tfevents.1622543341.host.86862.0"))));
    CHECK(names_of(run_of(read(sample(top + "baseline" + metrics_file)))) ==
          names_of(sources::read_tfma_metrics(folder("baseline"))->runs.front()));
}

TEST_CASE("one of several parts of an evaluation is not the evaluation", "[sources]") {
    const std::string part = sample(top + "baseline" + metrics_file);
    CHECK_THAT(problems_of(read(part, "out/metrics-00000-of-00003.tfrecord")),
               has("is one of 3 parts; name the folder they are in"));
    const auto two = [&](const std::map<std::string, std::string>& files) {
        return problems_of(sources::read_tfma_metrics({sources::tree_of(files), "out"}));
    };
    CHECK_THAT(two({{"metrics-00000-of-00002.tfrecord", part}}), has("has 1 of 2 files"));
    CHECK_THAT(
        two({{"metrics-00000-of-00002.tfrecord", part}, {"metrics-00001-of-00003.tfrecord", part}}),
        has("has the file 'metrics-00001-of-00003.tfrecord' beside"));
    CHECK_THAT(
        two({{"metrics-00000-of-00002.bak", part}, {"metrics-00000-of-00002.tfrecord", part}}),
        has("wanted the parts of one evaluation, each once"));
    CHECK_THAT(two({{"metrics-00001-of-00001.tfrecord", part}}), has("each once"));
    CHECK_THAT(two({{"metrics", part}, {"metrics.tfrecord", part}}), has("has 2 files"));
    CHECK_THAT(two({{"metrics", part}, {"metrics-00000-of-00001", part}}), has("has 2 files"));
    CHECK(problems_of(read(part, "best-of-5/metrics.tfrecord")) == "");
    CHECK_THAT(two({{"metrics-00000-of-00001.parquet", "PAR1"}}), has("write them as TFRecord"));
}

// Records are slices: behind each, the file is a whole one of fewer slices.
TEST_CASE("metrics of TFMA that are cut inside a slice, or changed, are refused", "[sources]") {
    const std::string whole = sample(top + "baseline" + metrics_file);
    const auto cuts = accepted_cuts(whole, [](const std::string& cut) { return read(cut).ok(); });
    CHECK(cuts.size() + 1 == 5);  // all, two countries, two plans in one of them
    CHECK(accepted_flips(whole, [](const std::string& flipped) { return read(flipped).ok(); }) ==
          std::vector<std::size_t>{});
    CHECK_THAT(problems_of(read(whole.substr(0, whole.size() - 1))), has("the file ends inside"));
}

TEST_CASE("values of TFMA that are no numbers say so where they are used", "[sources]") {
    sources::RunBuilder run;
    const std::string text = "\x52\x03too";  // field 10, debug_message
    const std::string list = std::string("\x3a\x00", 2);
    const std::string none;
    CHECK(sources::add_tfma_value("__ERROR__", "{plan=1}", text, "", "f", run));
    CHECK(sources::add_tfma_value("array", "", list, "", "f", run));
    CHECK(sources::add_tfma_value("nothing", "", none, "", "f", run));
    CHECK_FALSE(sources::add_tfma_value("broken", "", "\x0a\x09", "", "f", run));
    CHECK_THAT(run.find("__ERROR__{plan=1}")->flaw->message, has("a message of TFMA ('too')"));
    CHECK_THAT(run.find("array")->flaw->message, has("a list, wanted a number"));
    CHECK_THAT(run.find("nothing")->flaw->message, has("could not write"));
}
