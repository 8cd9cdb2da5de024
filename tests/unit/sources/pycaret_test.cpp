#include "cut_everywhere.h"
#include "recorded_run.h"

using namespace recorded;

namespace {

constexpr std::string_view name = "pycaret";

}  // namespace

TEST_CASE("pycaret: a row is a run, found by the model's id or its name and never by its rank",
          "[sources]") {
    const auto found = read(name, data("experiment_tools/pycaret.csv"));
    REQUIRE(problems_of(found) == "");
    REQUIRE(found->runs.size() == 3);
    CHECK(found->runs[0].id == "dt");
    CHECK(found->runs[0].name == "Decision Tree Classifier");
    CHECK(found->runs[1].id == "lr");
    CHECK(value(found->runs[1], "Accuracy") == 0.9644);
    CHECK(value(found->runs[1], "Prec.") == 0.9437);
    CHECK(value(found->runs[1], "TT") == 3.7833);
    CHECK(entry(found->runs[1], "TT").unit == "s");
}

TEST_CASE("pycaret: without its index the name of the model is the id", "[sources]") {
    const auto found = read(name, data("experiment_tools/pycaret_no_index.csv"));
    REQUIRE(problems_of(found) == "");
    CHECK(found->runs[1].id == "Logistic Regression");
    CHECK(names(found->runs[1]) ==
          Texts{"AUC", "Accuracy", "F1", "Kappa", "MCC", "Prec.", "Recall", "TT"});
}

TEST_CASE("pycaret: both forms are recognised, other tables with a column Model are not",
          "[sources]") {
    CHECK(recognised(document(data("experiment_tools/pycaret.csv"))) == Texts{std::string(name)});
    CHECK(recognised(document(data("experiment_tools/pycaret_no_index.csv"))) ==
          Texts{std::string(name)});
    CHECK(recognised(document("Model,Accuracy\na,0.9\n")).empty());
    CHECK_THAT(problems_of(read(name, "a,b\n1,2\n")), has("this is not a PyCaret leaderboard"));
}

TEST_CASE("pycaret: models that failed have empty cells, which are flaws", "[sources]") {
    const auto found = read(name, "Model,AUC,TT (Sec)\nx,,0.1\ny,0.9,0.1\n");
    REQUIRE(problems_of(found) == "");
    CHECK_THAT(flaw(found->runs[0], "AUC"), has("log:2:3: 'AUC' holds the text ''"));
    CHECK(value(found->runs[1], "AUC") == 0.9);
}

TEST_CASE("pycaret: two rows of one model and ragged rows are refused", "[sources]") {
    CHECK_THAT(problems_of(read(name, "Model,TT (Sec)\nx,1\nx,2\n")),
               has("two rows are of the model 'x'"));
    CHECK_THAT(problems_of(read(name, "Model,TT (Sec)\nx,1,5\n")),
               has("log:2:5: this row has 3 fields, the header has 2"));
    CHECK_THAT(problems_of(read(name, "Model,Model\nx,1\n")),
               has("the header names column 'Model' twice"));
}

TEST_CASE(
    "pycaret: cut inside a row it is refused; cut between rows, models are missing and nothing "
    "else is",
    "[sources]") {
    const std::string whole = data("experiment_tools/pycaret.csv");
    for (const std::size_t length : reading::accepted_cuts(
             whole, [](const std::string& text) { return read(name, text).ok(); })) {
        CHECK(whole[length - 1] == '\n');
    }
}
