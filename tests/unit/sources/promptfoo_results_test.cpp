#include "sources/promptfoo_results.h"

#include "cut_everywhere.h"
#include "llm_data.h"

using namespace reading;
using namespace metricgate;

namespace {

using Numbers = std::vector<double>;

std::string row(const std::string& city, const std::string& rest, int prompt = 0) {
    return R"({"testIdx": 0, "promptIdx": )" + std::to_string(prompt) +
           R"(, "prompt": {"label": "p)" + std::to_string(prompt) +
           R"("}, "provider": {"id": "echo"}, "vars": {"city": ")" + city +
           R"("}, "testCase": {"assert": [{"type": "contains", "value": "a"}], "metadata": {"part": "x"}}, )" +
           rest + "}";
}

const char* const good =
    R"("success": true, "score": 1, "namedScores": {"names": 0.5}, "latencyMs": 12, "failureReason": 0)";
const char* const bad =
    R"("success": false, "score": 0.25, "error": "Expected", "gradingResult": {}, "latencyMs": 9, "failureReason": 1)";
const char* const failed =
    R"("success": false, "score": 0, "error": "429", "gradingResult": null, "latencyMs": 0, "failureReason": 2)";

std::string file_of(const std::string& rows, int version = 3) {
    return R"({"evalId": "e", "results": {"version": )" + std::to_string(version) +
           R"(, "stats": {}, "results": [)" + rows + "]}}";
}

support::Result<evidence::Table> read(const std::string& text, const Texts& numbers) {
    std::vector<ColumnRequest> requests = {ask("id", ReadAs::id)};
    for (const std::string& name : numbers) {
        requests.push_back(ask(name, ReadAs::number));
    }
    return sources::read_promptfoo_results(document(text, "out.json"), requests);
}

evidence::Table table_of(const std::string& text, const Texts& numbers = {"success"}) {
    auto table = read(text, numbers);
    REQUIRE(problems_of(table) == "");
    return std::move(*table);
}

}  // namespace

TEST_CASE("promptfoo rows are tests, known by their variables", "[sources]") {
    const auto table = table_of(file_of(row("Rome", good) + "," + row("Oslo", bad)),
                                {"success", "score", "namedScores.names", "latencyMs", "failed"});
    CHECK(texts(*table.ids) == Texts{"city=Rome", "city=Oslo"});
    CHECK(table.numbers.at("success").values == Numbers{1, 0});
    CHECK(table.numbers.at("score").values == Numbers{1, 0.25});
    CHECK(table.numbers.at("namedScores.names").missing.count == 1);
    CHECK(table.numbers.at("latencyMs").values == Numbers{12, 9});
    CHECK(table.numbers.at("failed").values == Numbers{0, 0});
}

TEST_CASE("promptfoo error is no failure of the model: it has no score and is counted",
          "[sources]") {
    const std::string old = replaced(failed, ", \"failureReason\": 2", "");
    for (const std::string& error : {std::string(failed), old}) {
        const auto table = table_of(file_of(row("Rome", good) + "," + row("Oslo", error)),
                                    {"success", "score", "latencyMs", "failed"});
        CHECK(table.numbers.at("success").missing.count == 1);
        CHECK(table.numbers.at("score").missing.count == 1);
        CHECK(table.numbers.at("latencyMs").missing.count == 1);
        CHECK(table.numbers.at("failed").values == Numbers{0, 1});
    }
}

TEST_CASE("promptfoo answers from the cache took no time", "[sources]") {
    const auto table =
        table_of(file_of(row("Rome", std::string(good) + R"(, "response": {"cached": true})")),
                 {"latencyMs"});
    CHECK(table.numbers.at("latencyMs").missing.count == 1);
}

TEST_CASE("promptfoo tests with several prompts belong together", "[sources]") {
    const auto table = table_of(file_of(row("Rome", good) + "," + row("Rome", bad, 1)));
    CHECK(texts(*table.ids) == Texts{"city=Rome / p0", "city=Rome / p1"});
    CHECK(texts(*table.groups) == Texts{"city=Rome", "city=Rome"});
}

TEST_CASE("promptfoo tests with the same variables are numbered", "[sources]") {
    CHECK(texts(*table_of(file_of(row("Rome", good) + "," + row("Rome", bad))).ids) ==
          Texts{"city=Rome", "city=Rome (2)"});
}

TEST_CASE("promptfoo tests with other assertions are incomparable", "[sources]") {
    const std::string before = file_of(row("Rome", good));
    CHECK(incomparable(table_of(before), table_of(file_of(row("Rome", bad)))) == "");
    CHECK_THAT(incomparable(table_of(before), table_of(replaced(before, "\"a\"", "\"b\""))),
               has("values of 'assertions digest' of 1 example differ"));
}

TEST_CASE("promptfoo variables and metadata are columns for slices", "[sources]") {
    const auto table =
        sources::read_promptfoo_results(document(file_of(row("Rome", good))),
                                        {ask("id", ReadAs::id), ask("vars.city", ReadAs::category),
                                         ask("metadata.part", ReadAs::category)});
    REQUIRE(problems_of(table) == "");
    CHECK(texts(table->categories.at("metadata.part")) == Texts{"x"});
}

TEST_CASE("promptfoo results as the program writes them", "[sources]") {
    const auto echo = table_of(llm_file("promptfoo_echo.json"), {"success", "namedScores.names"});
    CHECK(texts(*echo.ids) == Texts{"city=Paris, country=France", "city=Milan, country=Italy",
                                    "city=Cusco, country=Peru"});
    CHECK(echo.numbers.at("success").values == Numbers{1, 0, 0});
    const auto error = table_of(llm_file("promptfoo_error.json"), {"success", "failed"});
    CHECK(error.numbers.at("failed").values == Numbers{0, 0, 1});
    CHECK(incomparable(echo, error) == "");
    CHECK(sources::is_promptfoo_results(document(llm_file("promptfoo_echo.json"))));
    CHECK_FALSE(sources::is_promptfoo_results(document(llm_file("lm_eval_results_1.json"))));
}

TEST_CASE("promptfoo versions that are not known are problems", "[sources]") {
    CHECK(read(file_of(row("Rome", good), 2), {"success"}).ok());
    CHECK_THAT(problems_of(read(file_of(row("Rome", good), 4), {})),
               has("the version of the results is the number 4, and this program knows 2 and 3"));
    CHECK_THAT(problems_of(read("{\"evalId\": 1}", {})), has("wanted `results.results`"));
    CHECK_THAT(problems_of(read(file_of("1"), {})), has("a result is the number 1, wanted a map"));
}

TEST_CASE("promptfoo results that are cut are refused", "[sources]") {
    CHECK(accepted_cuts(file_of(row("Rome", good)), [](const std::string& text) {
              return read(text, {"success"}).ok();
          }).empty());
}
