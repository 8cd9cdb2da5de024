#include "cut_everywhere.h"
#include "recorded_run.h"

using namespace recorded;

namespace {

using Points = std::vector<std::pair<std::int64_t, double>>;

Run only(std::string_view format_name, std::string_view text) {
    const auto found = read(format_name, text);
    REQUIRE(problems_of(found) == "");
    return found->runs.front();
}

}  // namespace

TEST_CASE("keras_csv: a column is a series by epoch", "[sources]") {
    const Run found = only("keras_csv", data("experiment_tools/keras.csv"));
    CHECK(points(found, "val_loss") ==
          Points{{0, 0.7650647163391113}, {1, 0.7613430023193359}, {2, 0.7579495906829834}});
    CHECK(found.series.size() == 4);
}

TEST_CASE("keras_csv: nothing marks the file, so that only --format reads it", "[sources]") {
    CHECK(recognised(document(data("experiment_tools/keras.csv"))).empty());
    CHECK_THAT(problems_of(read("keras_csv", "a,b\n1,2\n")),
               has("wanted a column 'epoch' among a and b"));
}

TEST_CASE("keras_csv: NA is a value that an epoch does not have, other text is a flaw",
          "[sources]") {
    const Run found = only("keras_csv", "epoch,a,b,c\n0,1,NA,nan\n1,2,3,x\n");
    CHECK(points(found, "b") == Points{{1, 3}});
    CHECK_THAT(flaw(found, "c"), has("log:3:7: 'c' holds the text 'x' at step 1"));
}

TEST_CASE("keras_csv: a log that was appended to repeats epochs, and the later lines win",
          "[sources]") {
    CHECK(points(only("keras_csv", "epoch,a\n0,1\n1,2\n0,3\n"), "a") ==
          Points{{0, 1}, {0, 3}, {1, 2}});
}

TEST_CASE("lightning_csv: empty cells are no values, and the epoch is none of the metrics",
          "[sources]") {
    const Run found = only("lightning_csv", data("experiment_tools/lightning/metrics.csv"));
    CHECK(points(found, "train_loss") == Points{{49, 0.7}, {99, 0.6}, {149, 0.0}});
    CHECK(series(found, "train_loss").points.back().value.kind == NumberKind::not_a_number);
    CHECK(points(found, "val_acc") == Points{{99, 0.81}, {199, 0.85}});
    CHECK(found.series.size() == 2);
}

TEST_CASE("lightning_csv: a version folder is recognised, its metrics.csv alone is not",
          "[sources]") {
    const std::string log = data("experiment_tools/lightning/metrics.csv");
    const Run found =
        run("lightning_csv", folder({{"metrics.csv", log}, {"hparams.yaml", "{}\n"}}));
    CHECK(points(found, "val_acc").size() == 2);
    CHECK(recognised(document(log)).empty());
}

TEST_CASE("training CSV: a step that is no whole number is refused where it is", "[sources]") {
    CHECK_THAT(problems_of(read("keras_csv", "epoch,a\n0.5,1\n")),
               has("log:2:1: found the number 0.5 as the epoch, wanted a whole number"));
    CHECK_THAT(problems_of(read("lightning_csv", "step,a\n,1\n")),
               has("as the step, wanted a whole number"));
}

TEST_CASE("training CSV: cut inside a row it is refused; between rows it is a shorter log",
          "[sources]") {
    const std::string whole = data("experiment_tools/keras.csv");
    for (const std::size_t length : reading::accepted_cuts(
             whole, [](const std::string& text) { return read("keras_csv", text).ok(); })) {
        CHECK(whole[length - 1] == '\n');
    }
}
