// That files of monitoring systems are recognised by their content, each as one format alone.

#include "llm_data.h"
#include "sample_files.h"
#include "sources/detect_format.h"

using namespace reading;

namespace {

std::string format_of(const std::string& path) {
    const auto found = metricgate::sources::detect_metric_format(document(sample(path), "f"), "");
    return found.ok() ? std::string((*found)->name) : problems_of(found);
}

}  // namespace

TEST_CASE("files of monitoring systems are recognised by their content", "[sources]") {
    const std::string data = "data/tensorflow_data_validation/";
    for (const char* name : {"baseline.tfrecord", "sliced.tfrecord", "frame.pb", "frame.pbtxt"}) {
        CHECK(format_of(data + name) == "tfdv_statistics");
    }
    CHECK(format_of("data/tensorflow_model_analysis/baseline/metrics-00000-of-00001.tfrecord") ==
          "tfma_metrics");
    for (const char* name : {"drift.csv", "flat.csv", "estimated.csv"}) {
        CHECK(format_of(std::string("data/nannyml/") + name) == "nannyml");
    }
    CHECK(format_of("data/wandb_offline/baseline.wandb") == "wandb_offline");
}
