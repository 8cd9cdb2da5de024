#include "sources/mlflow_address.h"
#include "reading.h"

using namespace reading;
using metricgate::sources::mlflow_filter;
using metricgate::sources::MlflowAddress;
using metricgate::sources::parse_mlflow_address;
using metricgate::sources::satisfies;
using metricgate::sources::TagCondition;

namespace {

MlflowAddress address(std::string_view text) {
    const auto parsed = parse_mlflow_address(text);
    REQUIRE(problems_of(parsed) == "");
    return *parsed;
}

}  // namespace

TEST_CASE("addresses of mlflow name runs, models by alias or version, and experiments",
          "[sources]") {
    CHECK(address("runs/abc").name == "abc");
    CHECK(address("mlflow:runs/abc").name == "abc");
    const auto alias = address("models/my model@champion");
    CHECK(alias.kind == MlflowAddress::Kind::alias);
    CHECK(alias.name == "my model");
    CHECK(alias.detail == "champion");
    const auto version = address("models/M/12");
    CHECK(version.kind == MlflowAddress::Kind::version);
    CHECK(version.detail == "12");
    const auto experiment = address("experiments/team/exp 1");
    CHECK(experiment.name == "team/exp 1");
    CHECK(experiment.filter.empty());
}

TEST_CASE("a filter holds conditions on tags, as MLflow writes them", "[sources]") {
    const auto parsed = address(
        R"(experiments/e?filter=tags.team = 'a b' and tags."mlflow.x y" != "it's" AND tag.`z`='1')");
    REQUIRE(parsed.filter.size() == 3);
    CHECK(parsed.filter[0] == TagCondition{"team", true, "a b"});
    CHECK(parsed.filter[1] == TagCondition{"mlflow.x y", false, "it's"});
    CHECK(parsed.filter[2] == TagCondition{"z", true, "1"});
    CHECK(mlflow_filter(parsed.filter) ==
          R"(tags.`team` = 'a b' and tags.`mlflow.x y` != "it's" and tags.`z` = '1')");
}

TEST_CASE("a run without the tag satisfies neither = nor !=", "[sources]") {
    CHECK(satisfies({{"a", "1"}}, {{"a", true, "1"}}));
    CHECK(satisfies({{"a", "2"}}, {{"a", false, "1"}}));
    CHECK_FALSE(satisfies({{"a", "1"}}, {{"a", false, "1"}}));
    CHECK_FALSE(satisfies({}, {{"a", false, "1"}}));
    CHECK(satisfies({}, {}));
}

TEST_CASE("other addresses say what was wanted", "[sources]") {
    for (const char* text :
         {"", "runs", "runs/", "runs/a/b", "models/M", "models/@x", "models/M@", "models/M/x",
          "experiments/", "metrics/x", "experiments/e?filter=", "experiments/e?filter=tags.a",
          "experiments/e?filter=params.a = '1'", "experiments/e?filter=tags.a = 1",
          "experiments/e?filter=tags.a > '1'", "experiments/e?filter=tags.a = '1' or tags.b = '2'",
          "experiments/e?filter=tags.a = '1"}) {
        CHECK_THAT(problems_of(parse_mlflow_address(text)), has("wanted mlflow:runs/ID"));
    }
}
