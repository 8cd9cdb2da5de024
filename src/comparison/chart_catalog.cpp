#include "comparison/chart_catalog.h"

#include <algorithm>

#include "comparison/chart_run_length.h"

namespace metricgate::comparison {
namespace {

using stats::RunRule;

constexpr std::string_view western_electric =
    "Western Electric, Statistical Quality Control Handbook, 1956";
constexpr std::string_view nelson = "Nelson, Journal of Quality Technology 16, 1984";

ChartRule rule(RunRule of, std::string_view summary, std::string_view reference) {
    return {word_of(of), {of}, {}, summary, reference};
}

ChartRule without_direction(RunRule of, std::string_view summary) {
    return {word_of(of), {}, {of}, summary, nelson};
}

}  // namespace

const std::vector<ChartKind>& chart_kinds() {
    static const std::vector<ChartKind> catalog = {
        {name_of(ChartType::individuals), ChartType::individuals,
         "single values against three sigmas, or by run rules: large sudden changes", "rules",
         "Shewhart 1931; NIST/SEMATECH e-Handbook of Statistical Methods 6.3.2"},
        {name_of(ChartType::ewma), ChartType::ewma,
         "their average with weights that fade exponentially: small changes that stay",
         "weight, width",
         "Roberts, Technometrics 1, 1959; Lucas and Saccucci, Technometrics 32, 1990"},
        {name_of(ChartType::cusum), ChartType::cusum,
         "the sum of what lies beyond an allowance: slow decline", "allowance, decision",
         "Page, Biometrika 41, 1954; Brook and Evans, Biometrika 59, 1972"},
        {name_of(ChartType::moving_average), ChartType::moving_average,
         "the mean of the newest values: small changes that stay", "span, width",
         "Roberts, Technometrics 1, 1959"},
    };
    return catalog;
}

const std::vector<ChartRule>& chart_rules() {
    static const std::vector<ChartRule> catalog = {
        rule(RunRule::beyond_three_sigma, "a point beyond three sigmas", western_electric),
        rule(RunRule::two_of_three_beyond_two,
             "two of three points beyond two sigmas on one side, the newest one of them",
             western_electric),
        rule(RunRule::four_of_five_beyond_one,
             "four of five points beyond one sigma on one side, the newest one of them",
             western_electric),
        rule(RunRule::eight_on_one_side, "eight points in a row on one side of the center",
             western_electric),
        rule(RunRule::nine_on_one_side, "nine points in a row on one side of the center", nelson),
        rule(RunRule::six_trending, "six points in a row, each worse than the one before", nelson),
        without_direction(RunRule::fourteen_alternating,
                          "fourteen points that go up and down in turn; with sides: both only"),
        without_direction(RunRule::fifteen_within_one,
                          "fifteen points in a row within one sigma; with sides: both only"),
        without_direction(RunRule::eight_beyond_one_either_side,
                          "eight points in a row beyond one sigma on either side; with sides: both "
                          "only"),
        {"western_electric",
         {RunRule::beyond_three_sigma, RunRule::two_of_three_beyond_two,
          RunRule::four_of_five_beyond_one, RunRule::eight_on_one_side},
         {},
         "the first three and eight_on_one_side",
         western_electric},
        {"nelson",
         {RunRule::beyond_three_sigma, RunRule::two_of_three_beyond_two,
          RunRule::four_of_five_beyond_one, RunRule::nine_on_one_side, RunRule::six_trending},
         {RunRule::fourteen_alternating, RunRule::fifteen_within_one,
          RunRule::eight_beyond_one_either_side},
         "the first three, nine_on_one_side and six_trending; with sides: both also those without "
         "a direction",
         nelson},
    };
    return catalog;
}

const ChartRule* find_rule(std::string_view name) {
    const auto found = std::ranges::find(chart_rules(), name, &ChartRule::name);
    return found == chart_rules().end() ? nullptr : &*found;
}

ChartOptions default_options(ChartType type) {
    ChartOptions options;
    options.type = type;
    options.width = type == ChartType::ewma ? 2.7 : 3.0;
    return options;
}

}  // namespace metricgate::comparison
