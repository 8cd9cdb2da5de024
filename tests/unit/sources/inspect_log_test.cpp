#include "sources/inspect_log.h"

#include "cut_everywhere.h"
#include "llm_data.h"
#include "sources/inspect_results.h"
#include "sources/inspect_samples.h"
#include "zip_of.h"

using namespace reading;
using namespace metricgate;

namespace {

using Numbers = std::vector<double>;

std::string log_of(const std::string& samples, const std::string& epochs = "1") {
    return R"({"version": 2, "status": "success", "eval": {"task": "t", "model": "m", "task_version": 3,
        "dataset": {"name": "d", "samples": 3}, "config": {"epochs": )" +
           epochs + R"(}},
  "results": {"scores": [{"name": "match", "scored_samples": 2, "unscored_samples": 1, "params": {"location": "end"},
        "metrics": {"accuracy": {"name": "accuracy", "value": 0.5}, "stderr": {"name": "stderr", "value": 0.1},
                    "var": {"name": "var", "value": 0.25}}}]},
  "samples": [)" +
           samples + "]}";
}

std::string sample(const std::string& id, const std::string& value, const std::string& input = "hi",
                   int epoch = 1) {
    return "{\"id\": " + id + ", \"epoch\": " + std::to_string(epoch) + ", \"input\": \"" + input +
           "\", \"target\": \"x\", \"metadata\": {\"kind\": \"odd\"}, \"scores\": {\"match\": "
           "{\"value\": " +
           value + "}}}";
}

support::Result<evidence::Table> read(const std::string& text,
                                      const std::string& column = "match") {
    return sources::read_inspect_samples(document(text),
                                         {ask("id", ReadAs::id), ask(column, ReadAs::number)});
}

evidence::Table table_of(const std::string& text) {
    auto table = read(text);
    REQUIRE(problems_of(table) == "");
    return std::move(*table);
}

sources::Run results(const std::string& text) {
    return run_of(sources::read_inspect_results(document(text)));
}

std::string archive(const std::string& status, std::uint16_t method) {
    return zip_of({{"_journal/start.json", "{}", method},
                   {"header.json", replaced(log_of(""), "success", status), method},
                   {"samples/a_epoch_1.json", sample("\"a\"", "\"C\""), method},
                   {"samples/b_epoch_1.json", sample("\"b\"", "\"I\""), method},
                   {"summaries.json", "[]", method}});
}

}  // namespace

TEST_CASE("inspect: a member of blanks is refused by its size, without being unpacked",
          "[sources]") {
    const std::string blanks((std::size_t{64} << 20) + 1, ' ');
    const std::string log = zip_of({{"header.json", log_of("")},
                                    {"samples/a_epoch_1.json", blanks},
                                    {"summaries.json", "[]"}});
    CHECK(log.size() < 100'000);
    CHECK(sources::is_inspect_log(document(log)));
    CHECK_THAT(problems_of(read(log)),
               has("samples/a_epoch_1.json: unpacks to more than the limit of 67,108,864 bytes"));
}

TEST_CASE("inspect_ai results have the standard error of their mean", "[sources]") {
    const sources::Run run = results(log_of(""));
    CHECK(names_of(run) == Texts{"match.accuracy", "match.var"});
    CHECK(scalar(run, "match.accuracy").standard_error->value == 0.1);
    CHECK(scalar(run, "match.accuracy").n == 2U);
    CHECK_FALSE(scalar(run, "match.var").standard_error);
    CHECK(run.metadata.at("model") == "m");
}

TEST_CASE("inspect_ai results of a real log, and of a real archive", "[sources]") {
    const sources::Run json = results(llm_file("inspect_log_1.json"));
    CHECK(names_of(json) ==
          Texts{"match.accuracy", "graded.accuracy", "a.mean", "b.mean", "sometimes.mean"});
    CHECK(scalar(json, "match.accuracy").value.value == 0.3333333333333333);
    const sources::Run zip = results(llm_file("inspect_log_epochs.eval"));
    CHECK(scalar(zip, "graded.accuracy").value.value == 0.25);
    CHECK(scalar(zip, "graded.accuracy").standard_error->value == 0.14433756729740646);
}

TEST_CASE("inspect_ai conditions are task, data and scorer", "[sources]") {
    const auto conditions = entry(results(log_of("")), "match.accuracy").conditions;
    CHECK(conditions.at("task version") == "3");
    CHECK(conditions.at("data set") == "d");
    CHECK(conditions.at("examples") == "3");
    CHECK(conditions.at("epochs") == "1");
    const auto other =
        entry(results(replaced(log_of(""), "\"end\"", "\"any\"")), "match.accuracy").conditions;
    CHECK(conditions.at("options of the scorer (digest)") !=
          other.at("options of the scorer (digest)"));
}

TEST_CASE("inspect_ai samples without a score are counted in a note", "[sources]") {
    CHECK(
        results(log_of("")).notes ==
        Texts{"1 sample has no score 'match' and is not in its metrics, which are of 2 samples."});
}

TEST_CASE("inspect_ai scores of several reducers are told apart", "[sources]") {
    const std::string score =
        R"({"name": "match", "reducer": "max", "metrics": {"accuracy": {"name": "accuracy", "value": 1}}}, {"name": "match", "reducer": "mean",)";
    const sources::Run run = results(replaced(log_of(""), "{\"name\": \"match\",", score));
    CHECK(names_of(run) == Texts{"match.max.accuracy", "match.mean.accuracy", "match.mean.var"});
}

TEST_CASE("inspect_ai logs of what did not end well are refused", "[sources]") {
    for (const char* status : {"error", "cancelled", "started"}) {
        const std::string text = replaced(log_of(sample("1", "1")), "success", status);
        CHECK_THAT(support::describe(*results(text).refused),
                   has("ended with the status '" + std::string(status) + "', wanted 'success'"));
        CHECK_THAT(problems_of(read(text)), has("wanted 'success'"));
    }
    const std::string invalid =
        replaced(log_of(""), "\"version\": 2,", "\"version\": 2, \"invalidated\": true,");
    CHECK_THAT(support::describe(*results(invalid).refused), has("declared invalid"));
    const std::string unended = zip_of({{"_journal/start.json", "{}"}});
    CHECK_THAT(problems_of(read(unended)), has("the evaluation did not end"));
}

TEST_CASE("inspect_ai letters are 1, one half and 0", "[sources]") {
    const auto table = table_of(log_of(sample("1", "\"C\"") + "," + sample("2", "\"P\"") + "," +
                                       sample("3", "\"I\"") + "," + sample("4", "\"N\"") + "," +
                                       sample("5", "true") + "," + sample("6", "0.75") + "," +
                                       sample("7", "\"No\"")));
    CHECK(table.numbers.at("match").values == Numbers{1, 0.5, 0, 0, 1, 0.75, 0});
    CHECK_THAT(problems_of(read(log_of(sample("1", "\"B\"")))), has("holds the text 'B'"));
}

TEST_CASE("inspect_ai samples without a score are empty cells, never 0", "[sources]") {
    const auto table = table_of(
        log_of(sample("1", "\"C\"") + "," + sample("2", "NaN") + "," + sample("3", "null")));
    CHECK(table.numbers.at("match").missing.count == 2);
    CHECK(table.numbers.at("match").non_finite.count == 0);
}

TEST_CASE("inspect_ai scores with several parts are columns", "[sources]") {
    CHECK(read(log_of(sample("1", "{\"a\": 0.5, \"b\": \"C\"}")), "match.b")
              ->numbers.at("match.b")
              .values == Numbers{1});
}

TEST_CASE("inspect_ai epochs of a sample belong together", "[sources]") {
    const auto table =
        table_of(log_of(sample("\"a\"", "1") + "," + sample("\"a\"", "0", "hi", 2), "2"));
    CHECK(texts(*table.ids) == Texts{"a/1", "a/2"});
    REQUIRE(table.groups);
    CHECK(texts(*table.groups) == Texts{"a", "a"});
    CHECK_FALSE(table_of(log_of(sample("\"a\"", "1"))).groups);
    sources::Roles roles;
    roles.id = "id";
    const auto paired = sources::pair(table, table, roles, {});
    REQUIRE(paired.examples.cluster);
    CHECK(paired.examples.cluster->names == Texts{"a"});
    const auto zip = read(llm_file("inspect_log_epochs.eval"), "graded");
    REQUIRE(problems_of(zip) == "");
    CHECK(zip->rows == 6);
    CHECK(zip->groups->names == Texts{"q0", "q1", "q2"});
}

TEST_CASE("inspect_ai samples that ask something else are incomparable", "[sources]") {
    const auto before = table_of(log_of(sample("1", "1") + "," + sample("2", "1")));
    const auto after = table_of(log_of(sample("1", "0") + "," + sample("2", "1", "ho")));
    CHECK(incomparable(before, before) == "");
    CHECK_THAT(incomparable(before, after), has("values of 'input digest' of 1 example differ"));
}

TEST_CASE("inspect_ai sample that stands twice is a problem", "[sources]") {
    CHECK_THAT(problems_of(read(log_of(sample("1", "1") + "," + sample("1", "1")))),
               has("the sample '1' of epoch 1 stands twice"));
    CHECK_THAT(problems_of(read(log_of("3"))), has("a sample needs an `id` and its `epoch`"));
    CHECK_THAT(problems_of(read(log_of(""))), has("there is no example in this file"));
}

TEST_CASE("inspect_ai archives are deflated by old releases and zstd now", "[sources]") {
    for (const std::uint16_t method : {std::uint16_t{8}, std::uint16_t{93}}) {
        CHECK(table_of(archive("success", method)).numbers.at("match").values == Numbers{1, 0});
    }
    CHECK_THAT(problems_of(read(archive("error", 8))), has("the status 'error'"));
}

TEST_CASE("inspect_ai logs are told by content", "[sources]") {
    CHECK(sources::is_inspect_log(document(llm_file("inspect_log_1.json"))));
    CHECK(sources::is_inspect_log(document(llm_file("inspect_log_epochs.eval"))));
    CHECK_FALSE(sources::is_inspect_log(document(zip_of({{"a.npy", "x"}}))));
    CHECK_FALSE(sources::is_inspect_log(document("{\"status\": \"success\"}")));
    CHECK_FALSE(sources::is_inspect_log(document(llm_file("promptfoo_echo.json"))));
}

TEST_CASE("inspect_ai logs that are cut are refused", "[sources]") {
    const auto ok = [](const std::string& text) { return read(text).ok(); };
    CHECK(accepted_cuts(log_of(sample("1", "1")), ok).empty());
    CHECK(accepted_cuts(archive("success", 93), ok).empty());
}
