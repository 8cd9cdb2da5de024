#include "sources/lm_eval_samples.h"

#include <algorithm>

#include "cut_everywhere.h"
#include "llm_data.h"

using namespace reading;
using namespace metricgate;
using sources::read_lm_eval_samples;

namespace {

using Numbers = std::vector<double>;

support::Result<evidence::Table> read(const std::string& text, const Texts& numbers) {
    std::vector<ColumnRequest> requests = {ask("id", ReadAs::id)};
    for (const std::string& name : numbers) {
        requests.push_back(ask(name, ReadAs::number));
    }
    return read_lm_eval_samples(document(text, "samples.jsonl"), requests);
}

std::string line(int id, const std::string& value, const std::string& filter = "none",
                 const std::string& hash = "aa") {
    return "{\"doc_id\": " + std::to_string(id) + ", \"doc\": {\"topic\": \"t" +
           std::to_string(id % 2) +
           "\"}, \"target\": \"x\", \"arguments\": {}, \"resps\": [[\"y\"]]" +
           ", \"filtered_resps\": [\"y\"], \"filter\": \"" + filter +
           "\", \"metrics\": [\"m\"], \"doc_hash\": \"" + hash +
           "\", \"prompt_hash\": \"bb\", \"target_hash\": \"cc\", \"m\": " + value + "}\n";
}

evidence::Table table_of(const std::string& text) {
    auto table = read(text, {"m"});
    REQUIRE(problems_of(table) == "");
    return std::move(*table);
}

}  // namespace

TEST_CASE("lm_eval samples are one row an example, with a column for each filter of a metric",
          "[sources]") {
    const auto table = read(llm_file("lm_eval_samples_gen_1.jsonl"),
                            {"exact_match,strict-match", "exact_match,flexible-extract"});
    REQUIRE(problems_of(table) == "");
    CHECK(table->rows == 5);
    CHECK(texts(*table->ids) == Texts{"0", "1", "2", "3", "4"});
    CHECK(table->numbers.at("exact_match,strict-match").values == Numbers{1, 0, 0, 0, 0});
    CHECK(table->numbers.at("exact_match,flexible-extract").values == Numbers{1, 0, 0, 1, 0});
}

TEST_CASE("lm_eval samples without filters are called by the metric alone", "[sources]") {
    const auto table = read(llm_file("lm_eval_samples_mc_1.jsonl"), {"acc", "acc_norm"});
    REQUIRE(problems_of(table) == "");
    CHECK(table->numbers.at("acc_norm").values == Numbers{0, 1, 1, 0, 0});
}

TEST_CASE("lm_eval metric values may be numbers, booleans or the text of a float32", "[sources]") {
    CHECK(table_of(line(0, "0.5") + line(1, "true") + line(2, "\"0.125\"") + line(3, "false"))
              .numbers.at("m")
              .values == Numbers{0.5, 1, 0.125, 0});
    CHECK_THAT(problems_of(read(line(0, "\"many\""), {"m"})),
               has("column 'm' holds the text 'many', wanted a number"));
    CHECK_THAT(problems_of(read(llm_file("lm_eval_samples_ppl.jsonl"), {"word_perplexity"})),
               has("column 'word_perplexity' holds a list, wanted a number"));
    CHECK(table_of(line(0, "1") + line(1, "NaN")).numbers.at("m").non_finite.count == 1);
}

TEST_CASE("lm_eval fields of the document are columns for slices", "[sources]") {
    const auto table =
        read_lm_eval_samples(document(line(0, "1") + line(1, "1")),
                             {ask("id", ReadAs::id), ask("doc.topic", ReadAs::category)});
    REQUIRE(problems_of(table) == "");
    CHECK(texts(table->categories.at("doc.topic")) == Texts{"t0", "t1"});
}

TEST_CASE("lm_eval examples that are not the same on both sides are incomparable", "[sources]") {
    const std::string both = line(0, "1") + line(1, "0");
    CHECK(incomparable(table_of(both), table_of(both)) == "");
    CHECK(incomparable(table_of(both), table_of(line(1, "1") + line(0, "1"))) == "");
    CHECK(incomparable(table_of(both), table_of(line(0, "1") + line(1, "0", "none", "zz"))) ==
          "the values of 'doc_hash' of 1 example differ between baseline and candidate ('1')");
    CHECK_THAT(incomparable(table_of(both), table_of(replaced(both, "\"cc\"", "\"dd\""))),
               has("the values of 'target_hash' of 2 examples differ"));
    // Another prompt for the same question is what many changes are about.
    CHECK(incomparable(table_of(both), table_of(replaced(both, "\"bb\"", "\"dd\""))) == "");
}

TEST_CASE("lm_eval appends: a second run in a file is a problem", "[sources]") {
    const std::string once = line(0, "1") + line(1, "0");
    CHECK_THAT(
        problems_of(read(once + once, {"m"})),
        has("samples.jsonl:3:1: example '0' with the filter 'none' stands in line 1 already: "
            "lm-evaluation-harness appends to a file"));
    CHECK(read(line(0, "1", "a") + line(0, "0", "b"), {"m,a", "m,b"}).ok());
    CHECK_THAT(problems_of(read(line(0, "1", "a") + line(0, "0", "b", "zz"), {"m,a"})),
               has("the 'doc_hash' of this example is another one in line 1"));
}

TEST_CASE("lm_eval folders hold the samples of several tasks", "[sources]") {
    const auto folder = [](std::map<std::string, std::string> files) {
        return sources::Document(sources::tree_of(std::move(files)), "run");
    };
    const auto two = folder({{"m/results_2026.json", "{}"},
                             {"m/samples_arc_easy_2026-01-01T00-00-00.5.jsonl", line(0, "1")},
                             {"m/samples_piqa_2026-01-01T00-00-00.5.jsonl", line(0, "0")}});
    CHECK(sources::is_lm_eval_samples(two));
    const auto table = read_lm_eval_samples(
        two, {ask("id", ReadAs::id), ask("task", ReadAs::category), ask("m", ReadAs::number)});
    REQUIRE(problems_of(table) == "");
    CHECK(texts(*table->ids) == Texts{"arc_easy/0", "piqa/0"});
    CHECK(texts(table->categories.at("task")) == Texts{"arc_easy", "piqa"});
    CHECK_THAT(problems_of(
                   read_lm_eval_samples(folder({{"a/samples_piqa_2026-01-01.jsonl", line(0, "1")},
                                                {"b/samples_piqa_2026-01-02.jsonl", line(0, "1")}}),
                                        {ask("id", ReadAs::id)})),
               has("stands in line 1 of 'run/a/samples_piqa_2026-01-01.jsonl' already"));
    CHECK_FALSE(sources::is_lm_eval_samples(folder({{"results.json", "{}"}})));
}

TEST_CASE("lm_eval samples are told by the keys of the first line", "[sources]") {
    CHECK(sources::is_lm_eval_samples(document(line(0, "1"))));
    CHECK_FALSE(sources::is_lm_eval_samples(document("{\"doc_id\": 1, \"score\": 2}\n")));
    CHECK_FALSE(sources::is_lm_eval_samples(document(llm_file("openai_evals.jsonl"))));
}

TEST_CASE("lm_eval samples outline their columns", "[sources]") {
    const auto outline =
        sources::outline_lm_eval_samples(document(llm_file("lm_eval_samples_mc_1.jsonl")));
    REQUIRE(problems_of(outline) == "");
    CHECK(outline->first_rows.size() == 5);
    CHECK(std::find(outline->columns.begin(), outline->columns.end(), "acc_norm") !=
          outline->columns.end());
}

// A file that is appended to is whole after every line; the ids of the lost ones are then missing
// on one side.
TEST_CASE("lm_eval samples that are cut inside a line are refused", "[sources]") {
    const std::string whole = line(0, "1") + line(1, "0");
    const std::size_t first = line(0, "1").size();
    CHECK(accepted_cuts(whole, [](const std::string& text) { return read(text, {"m"}).ok(); }) ==
          std::vector<std::size_t>{first - 1, first, whole.size() - 1});
}
