#include "comparison/chart_run_length.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <map>
#include <mutex>
#include <tuple>

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

/// Of the limits of each point, and of the steady ones where a weight is so small that they take
/// thousands of points to be reached. What was computed is kept: many charts are set alike.
double ewma_length(const ChartOptions& options, double shift) {
    constexpr double least_weight = 0.01;
    static std::mutex guard;
    static std::map<std::tuple<double, double, double, bool>, double> known;
    const std::tuple key(options.weight, options.width, shift, options.two_sided);
    const std::scoped_lock lock(guard);
    const auto found = known.find(key);
    if (found != known.end()) {
        return found->second;
    }
    const double length = options.weight >= least_weight
                              ? stats::varying_ewma_run_length(options.weight, options.width, shift,
                                                               options.two_sided)
                              : (options.two_sided || shift > 0.0 ? 1.0 : 2.0) *
                                    stats::ewma_run_length(options.weight, options.width, shift);
    known.emplace(key, length);
    return length;
}

RunLength of_ewma(const ChartOptions& options) {
    return {ewma_length(options, 0.0), false, "integral equation"};
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
        case ChartType::ewma:
            return of_ewma(options);
        case ChartType::cusum:
            return {
                options.two_sided
                    ? stats::two_sided_cusum_run_length(options.allowance, options.decision, 0.0)
                    : stats::cusum_run_length(options.allowance, options.decision, 0.0),
                false, "integral equation"};
        case ChartType::moving_average: {
            if (const auto known = stats::moving_average_run_length(options.span, options.width,
                                                                    options.two_sided)) {
                return {*known, false, "simulated"};
            }
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
            return ewma_length(options, shift);
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
