#include "cut_everywhere.h"
#include "recorded_run.h"

using namespace recorded;

namespace {

constexpr std::string_view name = "classification_report";

Run report(const std::string& file) {
    return run(name, data("experiment_tools/" + file + ".json"));
}

}  // namespace

TEST_CASE("classification_report: accuracy and recall are shares of the examples that they are of",
          "[sources]") {
    const Run found = report("classification_report");
    CHECK(value(found, "accuracy") == 0.75);
    CHECK(scalar(found, "accuracy").n == 8);
    CHECK(scalar(found, "1.recall").n == 3);
    CHECK_FALSE(scalar(found, "1.precision").n);  // of the predictions, which are not counted
    CHECK_FALSE(scalar(found, "macro avg.recall").n);
    CHECK(value(found, "macro avg.f1-score") == 0.7190476190476192);
    CHECK(found.notes.empty());
}

TEST_CASE(
    "classification_report: a class called accuracy is overwritten by the accuracy, and its "
    "absence is said",
    "[sources]") {
    const Run found = report("classification_report_class_called_accuracy");
    CHECK(value(found, "accuracy") == 0.75);
    REQUIRE(found.notes.size() == 1);
    CHECK_THAT(found.notes[0],
               has("The classes have 6 examples, the report 8 examples: a class is missing"));
}

TEST_CASE(
    "classification_report: a subset of labels and several labels have no accuracy, which is "
    "nothing to warn of",
    "[sources]") {
    for (const char* file : {"classification_report_subset", "classification_report_multilabel"}) {
        const Run found = report(file);
        CHECK(value(found, "micro avg.precision") == 0.6666666666666666);
        CHECK(found.notes.empty());
    }
    CHECK(value(report("classification_report_multilabel"), "samples avg.f1-score") ==
          0.4444444444444444);
}

TEST_CASE("classification_report: a class without a recall gets none", "[sources]") {
    const std::string row = R"({"precision": 1, "recall": 1, "f1-score": 1, "support": 2})";
    const Run found = run(name, R"({"a": {"precision": 0.5, "support": 2}, "macro avg": )" + row +
                                    R"(, "weighted avg": )" + row + "}");
    CHECK(names(found).front() == "a.precision");
    CHECK(names(found)[1] == "a.support");
    CHECK(found.entries.size() == 10);
}

TEST_CASE(
    "classification_report: an undefined score may be NaN, which is carried to the check that uses "
    "it",
    "[sources]") {
    const Run found = report("classification_report_nan");
    CHECK(scalar(found, "1.precision").value.kind == NumberKind::not_a_number);
    CHECK(value(found, "accuracy") == 0.6666666666666666);
}

TEST_CASE(
    "classification_report: other trees of scores are not taken for one, and no beginning of one "
    "is",
    "[sources]") {
    CHECK(
        recognised(document(R"({"a": {"precision": 1}, "macro avg": {"precision": 1}})")).empty());
    CHECK_THAT(problems_of(read(name, "{}")), has("this is not a classification report"));
    CHECK(reading::accepted_cuts(data("experiment_tools/classification_report_nan.json"),
                                 [](const std::string& text) { return read(name, text).ok(); })
              .empty());
}
