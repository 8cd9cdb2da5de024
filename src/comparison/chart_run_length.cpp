#include "comparison/chart_run_length.h"

#include <algorithm>
#include <array>
#include <cmath>

#include "stats/distributions.h"
#include "stats/run_length.h"

namespace metricgate::comparison {
namespace {

using stats::RunRule;

constexpr double three = 3.0;

/// Average run lengths of single rules and of two customary sets, 40,000 series each of independent
/// normal values: one side, both sides (standard error 0.5 %). Exact where a form is known: 740.8
/// and 370.4 for three sigmas, 510 and 255 for eight on one side, 1022 and 511 for nine. Champ and
/// Woodall (Technometrics 29, 1987) give 91.75 for the Western Electric rules on both sides.
struct Simulated {
    std::vector<RunRule> rules;
    double one_side;
    double both_sides;
};

const std::vector<Simulated>& simulated() {
    static const std::vector<Simulated> table = {
        {{RunRule::beyond_three_sigma}, 740.8, 370.4},
        {{RunRule::two_of_three_beyond_two}, 1023.0, 512.0},
        {{RunRule::four_of_five_beyond_one}, 580.0, 292.0},
        {{RunRule::eight_on_one_side}, 510.0, 255.0},
        {{RunRule::nine_on_one_side}, 1022.0, 511.0},
        {{RunRule::six_trending}, 842.0, 418.0},
        {{RunRule::fourteen_alternating}, 0.0, 599.0},
        {{RunRule::fifteen_within_one}, 0.0, 968.0},
        {{RunRule::eight_beyond_one_either_side}, 0.0, 14229.0},
        {{RunRule::beyond_three_sigma, RunRule::two_of_three_beyond_two,
          RunRule::four_of_five_beyond_one, RunRule::eight_on_one_side},
         184.0,
         91.0},
        {{RunRule::beyond_three_sigma, RunRule::two_of_three_beyond_two,
          RunRule::four_of_five_beyond_one, RunRule::nine_on_one_side, RunRule::six_trending},
         176.0,
         89.0},
        {{RunRule::beyond_three_sigma, RunRule::two_of_three_beyond_two,
          RunRule::four_of_five_beyond_one, RunRule::nine_on_one_side, RunRule::six_trending,
          RunRule::fourteen_alternating, RunRule::fifteen_within_one,
          RunRule::eight_beyond_one_either_side},
         0.0,
         73.0}};
    return table;
}

const Simulated* find(std::vector<RunRule> rules) {
    std::ranges::sort(rules);
    const auto found = std::ranges::find(simulated(), rules, &Simulated::rules);
    return found == simulated().end() ? nullptr : &*found;
}

RunLength of_rules(const ChartOptions& options) {
    const auto length = [&](const Simulated& known) {
        return options.two_sided ? known.both_sides : known.one_side;
    };
    if (const Simulated* known = find(options.rules)) {
        const bool exact = options.rules.front() == RunRule::beyond_three_sigma ||
                           options.rules.front() == RunRule::eight_on_one_side ||
                           options.rules.front() == RunRule::nine_on_one_side;
        return {length(*known), false, exact && options.rules.size() == 1 ? "exact" : "simulated"};
    }
    // Rules that share false alarms ring together, so that their rates add up to a bound.
    double rate = 0.0;
    for (const RunRule rule : options.rules) {
        const Simulated* known = find({rule});
        rate += known != nullptr && length(*known) > 0.0 ? 1.0 / length(*known) : 1.0;
    }
    return {1.0 / rate, true, "sum of the rules' rates"};
}

}  // namespace

std::string_view name_of(ChartType type) {
    switch (type) {
        case ChartType::individuals:
            return "individuals";
        case ChartType::ewma:
            return "ewma";
        case ChartType::cusum:
            return "cusum";
        case ChartType::moving_average:
            return "moving_average";
    }
    return "individuals";
}

std::string_view word_of(RunRule rule) {
    switch (rule) {
        case RunRule::beyond_three_sigma:
            return "beyond_three_sigma";
        case RunRule::two_of_three_beyond_two:
            return "two_of_three_beyond_two";
        case RunRule::two_of_three_beyond_two_any:
            return "two_of_three_beyond_two_any";
        case RunRule::four_of_five_beyond_one:
            return "four_of_five_beyond_one";
        case RunRule::four_of_five_beyond_one_any:
            return "four_of_five_beyond_one_any";
        case RunRule::eight_on_one_side:
            return "eight_on_one_side";
        case RunRule::nine_on_one_side:
            return "nine_on_one_side";
        case RunRule::six_trending:
            return "six_trending";
        case RunRule::fourteen_alternating:
            return "fourteen_alternating";
        case RunRule::fifteen_within_one:
            return "fifteen_within_one";
        case RunRule::eight_beyond_one_either_side:
            return "eight_beyond_one_either_side";
    }
    return "beyond_three_sigma";
}

RunLength run_length_in_control(const ChartOptions& options) {
    switch (options.type) {
        case ChartType::individuals:
            return of_rules(options);
        case ChartType::ewma: {
            const double both = stats::ewma_run_length(options.weight, options.width, 0.0);
            // Rates of the two sides add up.
            return options.two_sided ? RunLength{both, false, "integral equation"}
                                     : RunLength{2.0 * both, false, "integral equation"};
        }
        case ChartType::cusum:
            return {
                options.two_sided
                    ? stats::two_sided_cusum_run_length(options.allowance, options.decision, 0.0)
                    : stats::cusum_run_length(options.allowance, options.decision, 0.0),
                false, "integral equation"};
        case ChartType::moving_average: {
            // Averages of overlapping spans are positively correlated, so that they leave the
            // limits less often than independent ones (Slepian 1962, Sidak 1967).
            const double tail = stats::normal_cdf(-options.width);
            return {1.0 / (options.two_sided ? 2.0 * tail : tail), true, "bound"};
        }
    }
    return {};
}

std::optional<double> run_length_after(const ChartOptions& options, double shift) {
    switch (options.type) {
        case ChartType::individuals:
            if (options.rules != std::vector<RunRule>{RunRule::beyond_three_sigma}) {
                return std::nullopt;
            }
            return 1.0 / (stats::normal_cdf(shift - three) +
                          (options.two_sided ? stats::normal_cdf(-shift - three) : 0.0));
        case ChartType::ewma:
            // From a shift of some size on the far side hardly ever rings first.
            return shift > 0.0
                       ? std::optional(stats::ewma_run_length(options.weight, options.width, shift))
                       : std::optional(run_length_in_control(options).points);
        case ChartType::cusum:
            return options.two_sided
                       ? stats::two_sided_cusum_run_length(options.allowance, options.decision,
                                                           shift)
                       : stats::cusum_run_length(options.allowance, options.decision, shift);
        case ChartType::moving_average:
            return std::nullopt;
    }
    return std::nullopt;
}

}  // namespace metricgate::comparison
