#include "cli/gallery_parts.h"
#include "support/catch.h"
#include "support/examples_builder.h"

using namespace metricgate;
using test::ExamplesBuilder;
using Masses = std::vector<double>;

namespace {

report::InputGallery curves_of(const evidence::Examples& examples) {
    report::InputGallery gallery;
    cli::gather_curves(examples, gallery);
    return gallery;
}

/// Three classes; class 0 is told perfectly by the candidate, class 2 is guessed backwards.
ExamplesBuilder three_classes() {
    return ExamplesBuilder()
        .labels({0, 0, 0, 1, 1, 2})
        .class_names({"cat", "dog", "owl"})
        .class_scores({{0.9, 0.8, 0.1, 0.2, 0.3, 0.4}, {0, 0, 0, 1, 1, 0}, {1, 1, 1, 1, 1, 0}},
                      {{0.9, 0.8, 0.7, 0.2, 0.3, 0.4}, {0, 0, 0, 1, 1, 0}, {1, 1, 1, 1, 1, 0}});
}

}  // namespace

TEST_CASE("the gallery draws the curves of the positive class of both sides", "[cli]") {
    const auto gallery = curves_of(ExamplesBuilder()
                                       .labels({0, 0, 1, 1})
                                       .class_names({"no", "yes"})
                                       .positive(1)
                                       .scores({0.1, 0.6, 0.4, 0.9}, {0.1, 0.2, 0.8, 0.9})
                                       .build());
    CHECK(gallery.positive == "yes");
    REQUIRE(gallery.baseline_curves);
    REQUIRE(gallery.candidate_curves);
    // At a false-alarm rate of at most 1 %: one of two positives before, both of them now.
    CHECK(gallery.baseline_curves->recall_at.front().y == 0.5);
    CHECK(gallery.candidate_curves->recall_at.front().y == 1.0);
    CHECK(gallery.class_curves.empty());
    CHECK(gallery.notes.empty());
    std::uint64_t counted = 0;
    for (const report::CalibrationRow& row : gallery.candidate_calibration) {
        counted += row.examples;
    }
    CHECK(counted == 4);
}

TEST_CASE("the gallery says why a side has no curve", "[cli]") {
    const auto gallery = curves_of(ExamplesBuilder()
                                       .labels({1, 1})
                                       .class_names({"no", "yes"})
                                       .positive(1)
                                       .scores({0.1, 0.6}, {0.1, 0.2})
                                       .build());
    CHECK_FALSE(gallery.baseline_curves);
    REQUIRE(gallery.notes.size() >= 2);
    CHECK(gallery.notes[0].starts_with("There is no ROC curve of the baseline: "));
}

TEST_CASE("each of several classes has a curve against the rest, the largest first", "[cli]") {
    const auto gallery = curves_of(three_classes().build());
    CHECK_FALSE(gallery.candidate_curves);
    REQUIRE(gallery.class_curves.size() == 3);
    CHECK(gallery.class_curves[0].name == "cat");
    CHECK(gallery.class_curves[1].name == "dog");
    CHECK(gallery.class_curves[2].name == "owl");
    const report::ClassCurves& cat = gallery.class_curves[0];
    REQUIRE(cat.baseline);
    REQUIRE(cat.candidate);
    CHECK(cat.baseline->recall_at.front().y == 2.0 / 3.0);
    CHECK(cat.candidate->recall_at.front().y == 1.0);
    // The owl has the lowest score of all: it is found only when everything is called an owl.
    REQUIRE(gallery.class_curves[2].candidate);
    CHECK(gallery.class_curves[2].candidate->recall_at.back().y == 0.0);
    CHECK(gallery.class_curves[2].candidate->precision_at.back().y == 1.0 / 6.0);
}

TEST_CASE("a class without examples, or scores on one side alone, is said or drawn alone",
          "[cli]") {
    auto examples = three_classes().labels({0, 0, 0, 1, 1, 1}).build();
    examples.sides[0].class_scores.clear();
    const auto gallery = curves_of(examples);
    REQUIRE(gallery.class_curves.size() == 2);
    CHECK_FALSE(gallery.class_curves[0].baseline);
    CHECK(gallery.class_curves[0].candidate);
    REQUIRE(gallery.notes.size() == 1);
    CHECK(gallery.notes[0].starts_with("There is no ROC curve of class owl of the candidate: "));
}

TEST_CASE("of many classes the six largest are drawn, and the rest is said", "[cli]") {
    std::vector<std::uint32_t> labels;
    std::vector<std::string> names;
    for (std::uint32_t code = 0; code < 8; ++code) {
        names.push_back("class" + std::to_string(code));
        labels.insert(labels.end(), code + 1, code);
    }
    std::vector<std::vector<double>> scores(8);
    for (std::size_t code = 0; code < 8; ++code) {
        for (const std::uint32_t label : labels) {
            scores[code].push_back(label == code ? 0.9 : 0.1);
        }
    }
    const auto gallery = curves_of(
        ExamplesBuilder().labels(labels).class_names(names).class_scores(scores, scores).build());
    REQUIRE(gallery.class_curves.size() == 6);
    CHECK(gallery.class_curves.front().name == "class7");
    CHECK(gallery.class_curves.back().name == "class2");
    REQUIRE(gallery.notes.size() == 1);
    CHECK(gallery.notes[0].find("6 classes with the most examples") != std::string::npos);
}

TEST_CASE("the gallery counts labels and predictions of both sides", "[cli]") {
    const auto gallery = curves_of(ExamplesBuilder()
                                       .labels({0, 0, 1, 1})
                                       .predictions({0, 0, 1, 0}, {0, 1, 1, 1})
                                       .class_names({"no", "yes"})
                                       .build());
    REQUIRE(gallery.confusion);
    CHECK(gallery.confusion->baseline == Masses{2, 0, 1, 1});
    CHECK(gallery.confusion->candidate == Masses{1, 1, 0, 2});
    CHECK_FALSE(gallery.confusion->others);
}

TEST_CASE("values of both sides are counted in the same bins", "[cli]") {
    report::InputGallery gallery;
    cli::gather_values(ExamplesBuilder()
                           .targets({1, 2, 3, 4, 5})
                           .predicted_numbers({1, 2, 3, 4, 5}, {2, 3, 4, 5, 6})
                           .values("latency_ms", {10, 11, 12, 13, 14}, {20, 21, 22, 23, 24})
                           .build(),
                       gallery);
    std::vector<std::string> titles;
    for (const report::Distribution& one : gallery.distributions) {
        titles.push_back(one.title);
        CHECK(one.baseline_n == 5);
        CHECK(one.candidate_n == 5);
        CHECK(one.edges.size() == one.baseline.size() + 1);
        std::uint64_t counted = 0;
        for (const std::uint64_t count : one.candidate) {
            counted += count;
        }
        CHECK(counted == 5);
    }
    CHECK(titles == std::vector<std::string>{"Predictions", "Errors", "latency_ms"});
}

TEST_CASE("a side without a value is left out, and what no side has is not drawn", "[cli]") {
    std::vector<report::Distribution> drawn;
    cli::add_distribution("nothing", "x", "examples", {}, {}, drawn);
    CHECK(drawn.empty());
    cli::add_distribution("one side", "x", "examples", {}, {1, 2, 3}, drawn);
    REQUIRE(drawn.size() == 1);
    CHECK(drawn[0].baseline.empty());
    CHECK(drawn[0].candidate_n == 3);
}
