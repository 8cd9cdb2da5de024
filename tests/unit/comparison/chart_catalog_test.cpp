#include "comparison/chart_catalog.h"

#include <set>
#include <string>
#include <vector>

#include "comparison/chart_run_length.h"
#include "support/catch.h"

using namespace metricgate;
using comparison::ChartOptions;
using comparison::ChartType;
using stats::RunRule;

namespace {

template <class Catalog>
std::vector<std::string> names_of(const Catalog& catalog) {
    std::vector<std::string> names;
    for (const auto& each : catalog) {
        names.emplace_back(each.name);
    }
    return names;
}

}  // namespace

TEST_CASE("the catalog has the charts and rules that docs/POLICY.md names") {
    CHECK(names_of(comparison::chart_kinds()) ==
          std::vector<std::string>{"individuals", "ewma", "cusum", "moving_average"});
    CHECK(names_of(comparison::chart_rules()) ==
          std::vector<std::string>{
              "beyond_three_sigma", "two_of_three_beyond_two", "four_of_five_beyond_one",
              "eight_on_one_side", "nine_on_one_side", "six_trending", "fourteen_alternating",
              "fifteen_within_one", "eight_beyond_one_either_side", "western_electric", "nelson"});
    CHECK(comparison::find_rule("eight_on_one_side")->rules ==
          std::vector<RunRule>{RunRule::eight_on_one_side});
    CHECK(comparison::find_rule("eight") == nullptr);
}

TEST_CASE("every rule says what it rings on and whose it is, and has a rate of its own") {
    for (const comparison::ChartRule& rule : comparison::chart_rules()) {
        INFO(rule.name);
        CHECK_FALSE(rule.summary.empty());
        CHECK_FALSE(rule.reference.empty());
        ChartOptions options;
        options.two_sided = true;
        options.rules = rule.rules;
        options.rules.insert(options.rules.end(), rule.on_both_sides.begin(),
                             rule.on_both_sides.end());
        REQUIRE_FALSE(options.rules.empty());
        const auto length = comparison::run_length_in_control(options);
        CHECK_FALSE(length.at_least);  // a figure of its own, not a sum over its rules
        CHECK(length.points > 50.0);
    }
}

TEST_CASE("the customary sets hold the rules that their authors give") {
    // Western Electric 1956, tests 1 to 4; Nelson 1984, tests 1 to 8.
    const auto* western = comparison::find_rule("western_electric");
    CHECK(std::set<RunRule>(western->rules.begin(), western->rules.end()) ==
          std::set<RunRule>{RunRule::beyond_three_sigma, RunRule::two_of_three_beyond_two,
                            RunRule::four_of_five_beyond_one, RunRule::eight_on_one_side});
    const auto* nelson = comparison::find_rule("nelson");
    CHECK(nelson->rules.size() + nelson->on_both_sides.size() == 8);
}

TEST_CASE("a policy that says the type alone gets the settings whose rates are published") {
    // On one side: 1 / (1 - Phi(3)), and as the integral equation of the CUSUM gives
    // (chart_test.cpp).
    const auto length = [](ChartType type) {
        return comparison::run_length_in_control(comparison::default_options(type)).points;
    };
    CHECK_THAT(length(ChartType::individuals), WithinRel(740.8, 1e-3));
    CHECK_THAT(length(ChartType::cusum), WithinRel(1543.1, 1e-3));
    CHECK(comparison::default_options(ChartType::ewma).width == 2.7);
    CHECK(comparison::default_options(ChartType::moving_average).width == 3.0);
}
