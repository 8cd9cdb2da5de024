// How often a check of paired 0/1 outcomes answers what: every number of discordant pairs that can
// reasonably occur, judged as Tango's score judges it.
#include <algorithm>
#include <cassert>
#include <cmath>
#include <vector>

#include "stats/distributions.h"
#include "stats/power.h"
#include "stats/proportions.h"

namespace metricgate::stats {
namespace {

constexpr double most_discordant = 1e6;
/// What is less likely is left out; the shares that are lost add up to far less than is printed.
constexpr double negligible = 1e-14;

/// The probabilities of first, first + 1, ... successes, and their running sums from the first.
struct Window {
    std::uint64_t first = 0;
    std::vector<double> probability;
};

Window binomial_window(std::uint64_t n, double p) {
    const auto mode = std::min(n, static_cast<std::uint64_t>((static_cast<double>(n) + 1.0) * p));
    const double peak = binomial_pmf(mode, n, p);
    if (p <= 0.0 || p >= 1.0) {
        return {mode, {peak}};
    }
    const double odds = p / (1.0 - p);
    std::vector<double> down;
    double value = peak;
    for (std::uint64_t k = mode; k > 0; --k) {
        value *= static_cast<double>(k) / (static_cast<double>(n - k + 1) * odds);
        if (value < negligible) {
            break;
        }
        down.push_back(value);
    }
    Window window{mode - down.size(), {down.rbegin(), down.rend()}};
    window.probability.push_back(peak);
    value = peak;
    for (std::uint64_t k = mode; k < n; ++k) {
        value *= static_cast<double>(n - k) * odds / static_cast<double>(k + 1);
        if (value < negligible) {
            break;
        }
        window.probability.push_back(value);
    }
    return window;
}

/// What the rule says of `gained` and `lost` pairs among n. For a given number of gained pairs the
/// answers go from pass to regressed to confirmed as more are lost.
class TangoRule {
public:
    TangoRule(const DecisionRule& rule, std::uint64_t n)
        : m_rule(rule), m_n(n), m_critical(normal_quantile(rule.confidence)) {}

    [[nodiscard]] bool passes(std::uint64_t gained, std::uint64_t lost) const {
        if (m_rule.improvement) {
            return gained + lost > 0 && sign_score(gained, lost) > m_critical;
        }
        return m_rule.margin >= 1.0 || score(gained, lost) > m_critical;
    }

    [[nodiscard]] bool regressed(std::uint64_t gained, std::uint64_t lost) const {
        if (gained + lost == 0 || !(sign_score(gained, lost) < -m_critical)) {
            return false;
        }
        // Differences of counts that equal the margin reach it, whatever the rounding.
        constexpr double rounding = 1e-12;
        const double loss =
            (static_cast<double>(lost) - static_cast<double>(gained)) / static_cast<double>(m_n);
        return m_rule.improvement || loss >= m_rule.margin - rounding;
    }

    [[nodiscard]] bool confirmed(std::uint64_t gained, std::uint64_t lost) const {
        return regressed(gained, lost) &&
               (m_rule.improvement || (m_rule.margin < 1.0 && score(gained, lost) < -m_critical));
    }

private:
    static double sign_score(std::uint64_t gained, std::uint64_t lost) {
        const auto b = static_cast<double>(gained);
        const auto c = static_cast<double>(lost);
        return (b - c) / std::sqrt(b + c);
    }

    [[nodiscard]] double score(std::uint64_t gained, std::uint64_t lost) const {
        PairedCounts counts;
        counts.candidate_only = gained;
        counts.baseline_only = lost;
        counts.both = m_n - gained - lost;
        return tango_score(counts, -m_rule.margin);
    }

    DecisionRule m_rule;
    std::uint64_t m_n;
    double m_critical;
};

/// The first index in [0, size] from which `holds`, which once true stays true.
template <class Holds>
std::size_t first_that(std::size_t size, Holds holds) {
    std::size_t low = 0;
    std::size_t high = size;
    while (low < high) {
        const std::size_t middle = low + (high - low) / 2;
        if (holds(middle)) {
            high = middle;
        } else {
            low = middle + 1;
        }
    }
    return low;
}

}  // namespace

std::optional<VerdictChances> outcome_chances(const DecisionRule& rule, std::uint64_t n,
                                              double discordant, double true_difference) {
    assert(n > 0 && discordant >= 0.0 && discordant <= 1.0 && std::abs(true_difference) <= 1.0);
    const double share = std::max(discordant, std::abs(true_difference));
    if (share * static_cast<double>(n) > most_discordant) {
        return std::nullopt;
    }
    const double gain_share = std::max(0.0, 0.5 * (share + true_difference));
    const double loss_share = std::max(0.0, 0.5 * (share - true_difference));
    const TangoRule judge(rule, n);
    VerdictChances sum;
    const Window gains = binomial_window(n, gain_share);
    for (std::size_t i = 0; i < gains.probability.size(); ++i) {
        const std::uint64_t gained = gains.first + i;
        const double of_rest =
            gain_share >= 1.0 ? 0.0 : std::min(1.0, loss_share / (1.0 - gain_share));
        const Window losses = binomial_window(n - gained, of_rest);
        const std::size_t size = losses.probability.size();
        const auto lost = [&](std::size_t k) { return losses.first + k; };
        const auto mass = [&](std::size_t from, std::size_t to) {
            double total = 0.0;
            for (std::size_t k = from; k < to; ++k) {
                total += losses.probability[k];
            }
            return gains.probability[i] * total;
        };
        sum.pass += mass(
            0, first_that(size, [&](std::size_t k) { return !judge.passes(gained, lost(k)); }));
        sum.regressed +=
            mass(first_that(size, [&](std::size_t k) { return judge.regressed(gained, lost(k)); }),
                 size);
        sum.confirmed +=
            mass(first_that(size, [&](std::size_t k) { return judge.confirmed(gained, lost(k)); }),
                 size);
    }
    // Rounding of the sums must not make a chance of more than 1.
    sum.pass = std::min(sum.pass, 1.0);
    sum.regressed = std::min(sum.regressed, 1.0);
    sum.confirmed = std::min(sum.confirmed, sum.regressed);
    sum.inconclusive = std::max(0.0, 1.0 - sum.pass - sum.regressed);
    return sum;
}

}  // namespace metricgate::stats
