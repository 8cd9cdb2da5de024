#include <vector>

#include "support/catch.h"
#include "support/text.h"

using namespace metricgate::support;

namespace {

const std::vector<std::string> metrics = {"accuracy", "roc_auc", "recall", "precision", "f1"};

}  // namespace

TEST_CASE("a slip finds its name", "[support]") {
    REQUIRE(nearest_name("acuracy", metrics) == "accuracy");
    REQUIRE(nearest_name("accuarcy", metrics) == "accuracy");
    REQUIRE(nearest_name("ACCURACY", metrics) == "accuracy");
    REQUIRE(nearest_name("auc-roc", metrics) == "");
    REQUIRE(nearest_name("roc-auc", metrics) == "roc_auc");
    REQUIRE(nearest_name("F1", metrics) == "f1");
}

TEST_CASE("a name that is no slip finds nothing", "[support]") {
    REQUIRE(nearest_name("latency_ms", metrics) == "");
    REQUIRE(nearest_name("", metrics) == "");
    REQUIRE(nearest_name("x", std::vector<std::string>{"y"}) == "");
    REQUIRE(nearest_name("accuracy", {}) == "");
    REQUIRE(nearest_name(std::string(100000, 'a'), metrics) == "");
}

TEST_CASE("of equally near names the first is taken", "[support]") {
    REQUIRE(nearest_name("p94", std::vector<std::string>{"p95", "p99", "p90"}) == "p95");
    REQUIRE(nearest_name("p99", std::vector<std::string>{"p95", "p99"}) == "p99");
}

TEST_CASE("a swap of neighbours is one edit", "[support]") {
    REQUIRE(nearest_name("ab", std::vector<std::string>{"ba"}) == "ba");
}

TEST_CASE("the hint is a phrase, or nothing", "[support]") {
    REQUIRE(did_you_mean("recal", metrics) == " (did you mean 'recall'?)");
    REQUIRE(did_you_mean("something", metrics) == "");
}
