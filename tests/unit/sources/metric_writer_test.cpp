#include "sources/metric_writer.h"
#include "reading.h"

using namespace reading;
using metricgate::sources::metric_file_of;
using metricgate::sources::read_metrics;

namespace {

const std::string everything = R"({
  "schema": "metricgate.metrics/1",
  "metrics": {
    "a \"quoted\" \u00e9 name": 0.1,
    "auc": {"value": 0.9, "stderr": 0.01, "n": 20, "unit": "points", "conditions": {"task": "2"}},
    "broken": NaN,
    "crashes": {"events": 3, "exposure": 12.5},
    "gain": -Infinity,
    "latency": {"values": [1, 2.5, 1e-300], "unit": "ms"},
    "loss": {"series": [[1, 0.5], [2, 0.4, 0.05], [2, NaN, null, 7]], "unit": "nats"},
    "seeds": [0.1, 0.2]
  },
  "metadata": {
    "model": "v7"
  },
  "conditions": {
    "cpu": "x"
  },
  "notes": ["The tail was cut."]
}
)";

}  // namespace

TEST_CASE("what is written reads back as the same file", "[sources]") {
    const auto first = read_metrics(document(everything, "m.json"), "");
    REQUIRE(problems_of(first) == "");
    const std::string written = metric_file_of(first->runs[0], {});
    const auto second = read_metrics(document(written, "m.json"), "");
    REQUIRE(problems_of(second) == "");
    CHECK(metric_file_of(second->runs[0], {}) == written);
    const std::string plain = R"("a \"quoted\" é name": 0.1,)";
    CHECK_THAT(written, has(plain));
    for (
        const char* line :
        {R"("auc": {"value": 0.9, "stderr": 0.01, "n": 20, "unit": "points", "conditions": {"task": "2"}})",
         R"("broken": NaN)", R"("crashes": {"events": 3, "exposure": 12.5})",
         R"("gain": -Infinity)", R"("latency": {"values": [1, 2.5, 1e-300], "unit": "ms"})",
         R"("loss": {"series": [[1, 0.5], [2, 0.4, 0.05], [2, NaN, null, 7]], "unit": "nats"})",
         R"("seeds": [0.1, 0.2])", R"("model": "v7")", R"("cpu": "x")",
         R"("notes": ["The tail was cut."])"}) {
        CHECK_THAT(written, has(line));
    }
}

TEST_CASE("provenance joins the metadata", "[sources]") {
    const auto recording = read_metrics(document(everything, "m.json"), "");
    CHECK_THAT(metric_file_of(recording->runs[0], {{"source", "run.log"}}),
               has(R"("provenance.source": "run.log")"));
}

TEST_CASE("an entry that is no number stays one that is none", "[sources]") {
    const auto recording = read_metrics(document(R"({"a": "91%", "b": 1})", "m.json"), "");
    REQUIRE(problems_of(recording) == "");
    CHECK_THAT(metric_file_of(recording->runs[0], {}), has("\"a\": null"));
}

TEST_CASE("series are read strictly", "[sources]") {
    const auto problem = [](const std::string& series) {
        return problems_of(read_metrics(
            document(R"({"schema": "metricgate.metrics/1", "metrics": {"loss": {"series": )" +
                         series + "}}}",
                     "m.json"),
            ""));
    };
    CHECK(problem("[[1, 0.5]]") == "");
    CHECK_THAT(problem("[]"), has("an empty series, wanted a value a step"));
    CHECK_THAT(problem("[[1.5, 0.5]]"), has("wanted [step, value] with a whole step"));
    CHECK_THAT(problem("[[1]]"), has("wanted [step, value]"));
    CHECK_THAT(problem("[[1, \"0.5\"]]"), has("wanted [step, value]"));
    CHECK_THAT(problem("[[2, 0.5], [1, 0.4]]"),
               has("step 1 behind step 2, wanted ascending steps"));
    CHECK_THAT(problem("[[1, 0.5, -0.1]]"), has("as its stderr"));
}

TEST_CASE("nothing of what is written is obeyed by a terminal or a CI log", "[sources]") {
    const auto read = read_metrics(
        document("{\"a \xc2\x9b \x7f \xe2\x80\xae\": 1, \"##[error]##\": 2}", "m.json"), "");
    REQUIRE(problems_of(read) == "");
    const std::string written = metric_file_of(read->runs[0], {});
    CHECK(written.find(R"("#\u0023[error]#\u0023": 2)") != std::string::npos);
    CHECK(written.find(R"("a \u009b \u007f \u202e": 1)") != std::string::npos);
    const auto second = read_metrics(document(written, "m.json"), "");
    REQUIRE(problems_of(second) == "");
    CHECK(metric_file_of(second->runs[0], {}) == written);
}

TEST_CASE("a name that is no UTF-8, as files may have, is written as it will be again",
          "[sources]") {
    metricgate::sources::Run run;
    metricgate::evidence::Entry entry;
    entry.name = "tr\xf6in.loss";
    metricgate::evidence::Scalar scalar;
    scalar.value = {metricgate::support::NumberKind::finite, 0.5};
    entry.evidence = scalar;
    run.entries.push_back(entry);
    const std::string written = metric_file_of(run, {});
    CHECK_THAT(written, has("\"tr\xEF\xBF\xBDin.loss\": 0.5"));
    const auto again = read_metrics(document(written, "m.json"), "");
    REQUIRE(problems_of(again) == "");
    CHECK(metric_file_of(again->runs[0], {}) == written);
}
