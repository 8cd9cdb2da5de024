#include "comparison/catalog.h"

#include <fstream>
#include <set>
#include <string>

#include "support/catch.h"
#include "support/paths.h"
#include "unit/comparison/fixtures.h"

using namespace metricgate;
using namespace metricgate::comparison;

namespace {

std::string default_method(const metrics::Metric& metric, const evidence::Examples& examples) {
    for (const Method& method : catalog()) {
        if (method.applies != nullptr && method.applies(metric, examples).empty()) {
            return std::string(method.name);
        }
    }
    return "";
}

evidence::Examples all_columns(bool weighted, bool clustered) {
    test::ExamplesBuilder builder;
    builder.class_names({"0", "1"})
        .labels({0, 1, 0, 1})
        .predictions({0, 1, 1, 1}, {0, 1, 0, 0})
        .scores({0.1, 0.9, 0.6, 0.7}, {0.2, 0.8, 0.3, 0.4})
        .targets({1.0, 2.0, 3.0, 4.0})
        .predicted_numbers({1.5, 2.0, 2.5, 4.0}, {1.0, 2.5, 3.5, 4.5})
        .values("latency_ms", {1.0, 2.0, 3.0, 4.0}, {1.0, 2.0, 3.0, 5.0})
        .ids({"a", "b", "c", "d"});
    if (weighted) {
        builder.weights({1.0, 2.0, 1.0, 2.0});
    }
    if (clustered) {
        builder.clusters({0, 0, 1, 1});
    }
    return builder.build();
}

}  // namespace

TEST_CASE("every method has a unique name, a summary, a reference and a test", "[comparison]") {
    std::set<std::string_view> names;
    for (const Method& method : catalog()) {
        CAPTURE(std::string(method.name));
        CHECK(names.insert(method.name).second);
        CHECK_FALSE(method.summary.empty());
        CHECK_FALSE(method.reference.empty());
        CHECK((method.applies == nullptr) == (method.run == nullptr));
        CHECK((method.applies_to_samples == nullptr) == (method.run_samples == nullptr));
        CHECK((method.applies_to_scalars == nullptr) == (method.run_scalars == nullptr));
        CHECK((method.applies_to_different == nullptr) == (method.run_different == nullptr));
        CHECK(find(method.name) == &method);
        const std::string path = metricgate::test::data_folder() + "/unit/comparison/" +
                                 std::string(method.name) + "_test.cpp";
        CHECK(std::ifstream(path).good());
    }
    CHECK(find("anova") == nullptr);
}

TEST_CASE("the evidence chooses the method", "[comparison]") {
    const evidence::Examples plain = all_columns(false, false);
    const auto choice = [&](const std::string& metric) {
        return default_method(test::metric_for(metric, plain), plain);
    };
    CHECK(choice("accuracy") == "tango");
    CHECK(choice("recall") == "tango");
    CHECK(choice("specificity") == "tango");
    CHECK(choice("f1") == "count_bootstrap");
    CHECK(choice("precision") == "count_bootstrap");
    CHECK(choice("mcc") == "count_bootstrap");
    CHECK(choice("roc_auc") == "delong");
    CHECK(choice("gini") == "delong");
    CHECK(choice("average_precision") == "weighted_bootstrap");
    CHECK(choice("ks_separation") == "weighted_bootstrap");
    CHECK(choice("log_loss") == "paired_t");
    CHECK(choice("brier_score") == "paired_t");
    CHECK(choice("mae") == "paired_t");
    CHECK(choice("rmse") == "weighted_bootstrap");
    CHECK(choice("r2") == "weighted_bootstrap");
    CHECK(choice("flips") == "flips");
    CHECK(default_method(test::latency("median"), plain) == "order_statistics");
    CHECK(default_method(test::latency("mean"), plain) == "paired_t");
}

TEST_CASE("weights and clusters choose methods that know them", "[comparison]") {
    for (const auto& [weighted, clustered] :
         {std::pair(true, false), std::pair(false, true), std::pair(true, true)}) {
        const evidence::Examples examples = all_columns(weighted, clustered);
        const auto choice = [&](const std::string& metric) {
            return default_method(test::metric_for(metric, examples), examples);
        };
        CHECK(choice("accuracy") == "paired_t");
        CHECK(choice("f1") == "weighted_bootstrap");
        CHECK(choice("roc_auc") == "weighted_bootstrap");
        CHECK(choice("mae") == "paired_t");
    }
    CHECK(default_method(test::latency("median"), all_columns(false, true)) ==
          "weighted_bootstrap");
}
