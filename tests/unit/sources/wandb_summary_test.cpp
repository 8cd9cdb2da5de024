#include "cut_everywhere.h"
#include "recorded_run.h"
#include "sample_files.h"

using namespace recorded;

namespace {

constexpr std::string_view name = "wandb_summary";
const std::string summary =
    R"({"_runtime": 4, "_step": 4, "_timestamp": 1644345412, "_wandb": {"runtime": 3},
 "loss": 0.041, "val/acc": {"max": 0.9, "last": 0.8}, "grad": "NaN", "note": "text",
 "hist": {"_type": "histogram", "values": [1], "bins": [0, 1]}})";

}  // namespace

TEST_CASE("wandb_summary: metrics by name, nested where several summaries were asked for",
          "[sources]") {
    const Run found = run(name, summary);
    CHECK(names(found) == Texts{"grad", "hist", "loss", "note", "val/acc.last", "val/acc.max"});
    CHECK(value(found, "loss") == 0.041);
    CHECK(value(found, "val/acc.max") == 0.9);
    CHECK(found.metadata == Conditions{{"_step", "4"}});
}

TEST_CASE("wandb_summary: NaN is a text there, and still no number", "[sources]") {
    const Run found = run(name, summary);
    CHECK(scalar(found, "grad").value.kind == NumberKind::not_a_number);
    CHECK(flaw(found, "grad") == "");
}

TEST_CASE("wandb_summary: texts and media are flaws of their entries", "[sources]") {
    const Run found = run(name, summary);
    CHECK_THAT(flaw(found, "note"), has("the text 'text', wanted a number"));
    CHECK_THAT(flaw(found, "hist"), has("a W&B object of type 'histogram', wanted a number"));
}

TEST_CASE(
    "wandb_summary: a folder holds a run in each folder; the link to the latest is no second one",
    "[sources]") {
    const auto found =
        read(name, folder({{"run-20260101_120000-abcd/files/wandb-summary.json", summary},
                           {"run-20260102_120000-efgh/files/wandb-summary.json", summary},
                           {"latest-run/files/wandb-summary.json", summary}}));
    REQUIRE(problems_of(found) == "");
    REQUIRE(found->runs.size() == 2);
    CHECK(found->runs[0].id == "run-20260101_120000-abcd");
    CHECK(found->runs[1].name == "efgh");
    CHECK(value(found->runs[1], "loss") == 0.041);
}

TEST_CASE("wandb_summary: how a run ended is what the log beside its summary says", "[sources]") {
    const std::string log = reading::sample("data/wandb_offline/baseline.wandb");
    const auto with = [](const std::string& place, const std::string& bytes) {
        const auto found = read(name, folder({{place + "files/wandb-summary.json", summary},
                                              {place + "run-abcd.wandb", bytes}}));
        REQUIRE(problems_of(found) == "");
        REQUIRE(found->runs.size() == 1);
        return found->runs.front().refused;
    };
    for (const char* place : {"", "run-20260101_120000-abcd/", "wandb/run-20260101_120000-abcd/"}) {
        CAPTURE(place);
        CHECK_FALSE(with(place, log));
        CHECK_THAT(with(place, log.substr(0, log.size() - 1))->message,
                   has("the log ends inside a record"));
        CHECK_THAT(with(place, "text")->message, has("is no log of W&B"));
    }
}

TEST_CASE("wandb_summary: an offline run has no summary, and the message says what to do",
          "[sources]") {
    const Document offline = folder({{"run-abcd.wandb", "binary"}, {"files/requirements.txt", ""}});
    CHECK(recognised(offline) == Texts{std::string(name)});
    CHECK_THAT(problems_of(read(name, offline)), has("wandb sync"));
}

TEST_CASE("wandb_summary: other JSON is not recognised, and no beginning of a summary is read",
          "[sources]") {
    CHECK(recognised(document(R"({"_step": 4, "loss": 1})")).empty());
    CHECK_THAT(problems_of(read(name, "[]")), has("this is not a W&B summary"));
    CHECK(reading::accepted_cuts(summary, [](const std::string& text) {
              return read(name, text).ok();
          }).empty());
}
