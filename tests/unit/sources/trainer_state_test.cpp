#include "cut_everywhere.h"
#include "recorded_run.h"

using namespace recorded;

namespace {

constexpr std::string_view name = "trainer_state";
using Points = std::vector<std::pair<std::int64_t, double>>;

}  // namespace

TEST_CASE("trainer_state: rows of training, of evaluation and of the end are series of their own",
          "[sources]") {
    const Run found = run(name, data("experiment_tools/trainer_state.json"));
    CHECK(points(found, "eval_loss") == Points{{10, 0.8}, {20, 0.85}});
    CHECK(points(found, "eval_accuracy") == Points{{10, 0.7}, {20, 0.72}});
    CHECK(points(found, "train_loss") == Points{{20, 0.85}});
    CHECK(points(found, "learning_rate") == Points{{10, 0.0001}, {20, 5e-05}});
}

TEST_CASE("trainer_state: the best metric is not the last one, and has a name of its own",
          "[sources]") {
    const Run found = run(name, data("experiment_tools/trainer_state.json"));
    CHECK(value(found, "best_metric") == 0.8);
    CHECK(names(found) == Texts{"best_metric"});
}

TEST_CASE("trainer_state: a loss of NaN stands bare, and is carried", "[sources]") {
    const Run found = run(name, data("experiment_tools/trainer_state.json"));
    REQUIRE(series(found, "loss").points.size() == 2);
    CHECK(series(found, "loss").points[1].value.kind == NumberKind::not_a_number);
}

TEST_CASE(
    "trainer_state: a value that is no number makes its metric a flaw, whatever its other steps "
    "hold",
    "[sources]") {
    const Run found = run(
        name,
        R"({"best_model_checkpoint": null, "global_step": 2, "log_history": [{"step": 1, "a": 1, "b": 1}, {"step": 2, "a": "x", "b": 2}]})");
    CHECK_THAT(flaw(found, "a"), has("'a' holds the text 'x' at step 2, wanted a number"));
    CHECK(found.series.size() == 1);
    CHECK(points(found, "b") == Points{{1, 1}, {2, 2}});
}

TEST_CASE("trainer_state: training that has not come to its end says so", "[sources]") {
    const Run found = run(
        name,
        R"({"best_model_checkpoint": null, "global_step": 5, "max_steps": 10, "log_history": []})");
    CHECK(found.notes == Texts{"Training is at step 5 of 10."});
}

TEST_CASE("trainer_state: a row without a whole step is refused where it is", "[sources]") {
    CHECK_THAT(problems_of(read(name, R"({"global_step": 5, "log_history": [{"a": 1}]})")),
               has("log:1:36: found"));
    CHECK_THAT(problems_of(read(name, R"({"global_step": 5, "log_history": [{"step": 1.5}]})")),
               has("wanted a row of log_history with a whole `step`"));
    CHECK_THAT(problems_of(read(name, R"({"global_step": 5, "log_history": [{"step": 1e300}]})")),
               has("whole `step`"));
    CHECK_THAT(problems_of(read(name, "{}")), has("this is not a trainer_state.json"));
    const std::string whole = R"({"global_step": 1, "log_history": [{"step": 1, "a": 0.91}]})";
    CHECK(reading::accepted_cuts(whole, [](const std::string& text) {
              return read(name, text).ok();
          }).empty());
}

TEST_CASE("trainer_state: a metric file of one's own with a log in it stays one", "[sources]") {
    const auto own =
        document(R"({"accuracy": 0.1, "log_history": [{"step": 1, "f1": 0.9}], "global_step": 1})");
    CHECK(recognised(own).empty());
}

TEST_CASE("trainer_state: is known by log_history and global_step, whatever version wrote the rest",
          "[sources]") {
    for (const char* text :
         {R"({"global_step": 1, "log_history": [{"step": 1, "f1": 0.9}]})",
          R"({"best_metric": 0.9, "global_step": 1, "log_history": [{"step": 1, "f1": NaN}]})",
          R"({"best_model_checkpoint": null, "new": 1, "global_step": 1, "log_history": []})"}) {
        CHECK(recognised(document(text)) == Texts{"trainer_state"});
    }
}
