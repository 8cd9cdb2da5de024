// Who reads the report is told where the candidate shows less than the baseline did.
#include "cli/less_evidence.h"

#include <cmath>

#include "support/catch.h"
#include "unit/comparison/recorded_fixtures.h"

using namespace metricgate;
using test::scalar;

namespace {

evidence::Entry entry(std::variant<evidence::Scalar, evidence::Samples> evidence) {
    evidence::Entry recorded;
    recorded.name = "m";
    recorded.evidence = std::move(evidence);
    return recorded;
}

std::vector<std::string> warnings(const evidence::Entry& baseline,
                                  const evidence::Entry& candidate) {
    std::vector<std::string> told;
    cli::warn_of_less({{"m", &candidate, &baseline}}, {}, told);
    return told;
}

evidence::Entry exposed(double exposure) {
    evidence::Scalar counted = scalar(0.1);
    counted.events = 3;
    counted.exposure = exposure;
    return entry(counted);
}

}  // namespace

TEST_CASE("fewer runs, fewer examples and a smaller exposure are warned of", "[cli]") {
    const auto runs = [](std::vector<double> values) {
        return entry(evidence::Samples{std::move(values), {}, std::nullopt});
    };
    const auto examples = [](std::uint64_t n) { return entry(scalar(0.9, std::nullopt, n)); };
    using Texts = std::vector<std::string>;
    CHECK(warnings(runs({1, 2, 3}), runs({1, 2})) ==
          Texts{"The candidate has fewer runs than the baseline: 'm' 2 runs against 3 runs; what "
                "was left out is not judged."});
    CHECK(warnings(examples(1000), examples(999)) ==
          Texts{"The candidate has fewer examples than the baseline: 'm' 999 examples against "
                "1,000 examples; what was left out is not judged."});
    CHECK(warnings(exposed(1000.0), exposed(10.0)) ==
          Texts{"The candidate has a smaller exposure than the baseline: 'm' 10 against 1000; what "
                "was left out is not judged."});
    CHECK(warnings(runs({1, 2}), runs({1, 2, 3})).empty());
    CHECK(warnings(examples(999), examples(999)).empty());
    CHECK(warnings(exposed(10.0), exposed(1000.0)).empty());
    CHECK(warnings(examples(1000), runs({1, 2})).empty());
}

TEST_CASE("a standard error of more than twice the baseline's is warned of", "[cli]") {
    const auto told = warnings(entry(scalar(0.9, 0.01)), entry(scalar(0.9, 0.05)));
    CHECK(told == std::vector<std::string>{"The candidate's standard error is more than twice that "
                                           "of the baseline: 'm' 0.05 against 0.01; a loss is the "
                                           "harder to show."});
    // Equal runs leave an error of 0, and any other is more than twice that.
    CHECK(warnings(entry(scalar(0.9, 0.0)), entry(scalar(0.9, 0.05))).empty());
    CHECK(warnings(entry(scalar(0.9, 0.01)), entry(scalar(0.9, 0.02))).empty());
    CHECK(warnings(entry(scalar(0.9)), entry(scalar(0.9, 0.05))).empty());
    evidence::Scalar infinite = scalar(0.9, 0.0);
    infinite.standard_error->kind = support::NumberKind::positive_infinity;
    CHECK(warnings(entry(infinite), entry(scalar(0.9, 0.05))).empty());
    CHECK(warnings(entry(scalar(0.9, 0.05)), entry(infinite)).empty());
}

TEST_CASE("runs that spread more than five times as wide, as with a crashed one, are warned of",
          "[cli]") {
    const auto runs = [](std::vector<double> values) {
        return entry(evidence::Samples{std::move(values), {}, std::nullopt});
    };
    const auto before = runs({0.9, 0.905, 0.895, 0.902, 0.898});
    // Standard deviations of 0.0038 and 0.134, by R's sd().
    CHECK(warnings(before, runs({0.85, 0.86, 0.84, 0.85, 0.55})) ==
          std::vector<std::string>{"The candidate's runs spread more than five times as wide as "
                                   "those of the baseline: 'm' 0.1344 against 0.003808; a loss is "
                                   "the harder to show."});
    CHECK(warnings(before, runs({0.85, 0.86, 0.84, 0.85, 0.85})).empty());
    CHECK(warnings(runs({0.9, 0.9, 0.9, 0.9, 0.9}), runs({0.8, 0.9, 0.7, 0.9, 0.8})).empty());
    CHECK(warnings(runs({0.9, 0.91}), runs({0.1, 0.9})).empty());
}

TEST_CASE("less is warned of from the share on that is asked for", "[cli]") {
    std::vector<std::string> told;
    const auto usual = entry(scalar(0.9, std::nullopt, 1000));
    const auto half = entry(scalar(0.9, std::nullopt, 500));
    const auto less = entry(scalar(0.9, std::nullopt, 499));
    const cli::LessWords words{"The newest point", "the usual one before it", 0.5};
    cli::warn_of_less({{"m", &half, &usual}}, words, told);
    CHECK(told.empty());
    cli::warn_of_less({{"m", &less, &usual}}, words, told);
    CHECK(told == std::vector<std::string>{
                      "The newest point has fewer examples than the usual one before it: 'm' 499 "
                      "examples against 1,000 examples; what was left out is not judged."});
}
