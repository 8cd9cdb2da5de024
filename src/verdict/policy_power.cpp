// The blocking checks together: the verdict's own rule and correction on simulated estimates.
#include <algorithm>
#include <array>
#include <cmath>
#include <map>

#include "stats/distributions.h"
#include "stats/random.h"
#include "support/hash.h"
#include "verdict/claim_model.h"
#include "verdict/judge.h"
#include "verdict/power.h"

namespace metricgate::verdict {
namespace {

constexpr std::size_t most_simulations = 20000;
constexpr std::size_t fewest_simulations = 2000;
constexpr std::size_t row_budget = 1000000;
/// With more degrees of freedom the realised standard error hardly varies.
constexpr double many_degrees = 200.0;
constexpr std::array multiples = {1.0, 2.0, 3.0};

/// One row as the simulation needs it.
struct Player {
    std::size_t row = 0;
    std::optional<ClaimModel> claim;
    std::vector<LimitModel> limits;
    double orientation = 1.0;
    double critical = 0.0;
    std::size_t family = 0;  ///< index of its family; meaningful with a claim
    bool blocks = false;
};

/// The random part of one row in one simulated evaluation.
struct Draw {
    double z = 0.0;
    double scale = 1.0;  ///< realised over true standard error
    std::array<double, 2> limits{};
};

/// A row's answer, before correction.
struct Claim {
    bool passes = false;
    bool regressed = false;
    double p = 1.0;
};

Claim answer(const Player& player, const Draw& draw, double difference) {
    const ClaimModel& model = *player.claim;
    const double error = model.error_at(difference);
    const double estimate = difference + error * draw.z;
    // Tango's claim of a loss uses the spread of discordant pairs without a difference.
    const double null_error =
        model.outcomes ? std::sqrt(std::max(model.outcomes->discordant, std::abs(difference)) /
                                   static_cast<double>(model.outcomes->pairs))
                       : error * draw.scale;
    const stats::DecisionRule& rule = model.rule;
    const double reach = player.critical * null_error;
    // A widened bound reaches 0 later, and so does its p-value.
    const double t = estimate / (rule.upper_stretch * null_error);
    Claim claim;
    claim.p = model.degrees_of_freedom && *model.degrees_of_freedom < many_degrees
                  ? stats::student_t_cdf(t, *model.degrees_of_freedom)
                  : stats::normal_cdf(t);
    if (rule.improvement) {
        claim.passes = estimate - rule.lower_stretch * reach > 0.0;
        claim.regressed = estimate + rule.upper_stretch * reach < 0.0;
        return claim;
    }
    const double excess = estimate + rule.margin;
    const double excess_reach =
        player.critical * draw.scale * model.margin_error * (error / model.standard_error);
    claim.passes = excess - rule.lower_stretch * excess_reach > 0.0;
    claim.regressed = estimate + rule.upper_stretch * reach < 0.0 && excess <= 0.0;
    return claim;
}

bool breaks_limit(const Player& player, const Draw& draw, double difference) {
    for (std::size_t i = 0; i < player.limits.size(); ++i) {
        const LimitModel& limit = player.limits[i];
        const double value = limit.value + player.orientation * difference;
        const auto chance = limit.broken_at(value);
        if (chance ? draw.limits[i] < *chance : limit.distance(value) < 0.0) {
            return true;
        }
    }
    return false;
}

std::vector<Player> players_of(const GateResult& judged) {
    std::vector<Player> players;
    const auto families = correction_families(judged.checks);
    std::map<std::size_t, std::size_t> family_of;
    for (std::size_t f = 0; f < families.size(); ++f) {
        for (const std::size_t member : families[f]) {
            family_of[member] = f;
        }
    }
    for (std::size_t i = 0; i < judged.checks.size(); ++i) {
        const CheckResult& row = judged.checks[i];
        std::string unknown;
        Player player;
        player.row = i;
        player.claim = claim_model(row, unknown);
        player.limits = limit_models(row);
        player.orientation = row.rule.higher_is_better ? 1.0 : -1.0;
        player.blocks = row.rule.level == Level::block;
        // What a comparison does cannot be drawn where its noise is not known, limits or not.
        const bool compares = row.rule.margin.absolute || row.rule.margin.relative ||
                              row.rule.require == Require::improvement;
        if (!player.claim && (compares || player.limits.empty())) {
            continue;
        }
        if (player.claim) {
            const auto& degrees = player.claim->degrees_of_freedom;
            player.critical = degrees ? stats::student_t_quantile(row.rule.confidence, *degrees)
                                      : stats::normal_quantile(row.rule.confidence);
            const auto family = family_of.find(i);
            player.family = family != family_of.end() ? family->second : families.size();
        }
        players.push_back(std::move(player));
    }
    return players;
}

void draw_all(const std::vector<Player>& players, stats::Stream& stream, std::vector<Draw>& draws) {
    for (std::size_t k = 0; k < players.size(); ++k) {
        Draw& draw = draws[k];
        const Player& player = players[k];
        if (player.claim) {
            draw.z = stats::normal_quantile(stream.uniform());
            const auto& degrees = player.claim->degrees_of_freedom;
            draw.scale =
                degrees && *degrees < many_degrees
                    ? std::sqrt(stats::chi_square_quantile(stream.uniform(), *degrees) / *degrees)
                    : 1.0;
        }
        for (std::size_t i = 0; i < player.limits.size(); ++i) {
            draw.limits[i] = stream.uniform();
        }
    }
}

/// The p-values of every family in ascending order, with the player each belongs to.
using Sorted = std::vector<std::vector<std::pair<double, std::size_t>>>;

Sorted sorted_families(const std::vector<Player>& players, const std::vector<Claim>& claims,
                       std::size_t families) {
    Sorted sorted(families + 1);
    for (std::size_t k = 0; k < players.size(); ++k) {
        if (players[k].claim) {
            sorted[players[k].family].emplace_back(claims[k].p, k);
        }
    }
    for (auto& family : sorted) {
        std::sort(family.begin(), family.end());
    }
    return sorted;
}

/// Whether a claim with p-value `p` survives Holm among the family's other rows: every step up to
/// its own stays within `level`.
bool survives(const std::vector<std::pair<double, std::size_t>>& family, std::size_t self, double p,
              double level) {
    auto left = static_cast<double>(family.size());
    for (const auto& [other, player] : family) {
        if (player == self) {
            continue;
        }
        if (std::pair(other, player) > std::pair(p, self)) {
            break;
        }
        if (left * other > level) {
            return false;
        }
        left -= 1.0;
    }
    return left * p <= level;
}

class Simulation {
public:
    Simulation(const GateResult& judged, Correction correction)
        : m_players(players_of(judged)),
          m_families(correction_families(judged.checks).size()),
          m_correction(correction) {}

    [[nodiscard]] const std::vector<Player>& players() const { return m_players; }

    /// Whether each row blocks when every row is worse by `multiple` margins.
    void all_worse(const std::vector<Draw>& draws, double multiple, std::vector<Claim>& claims,
                   std::vector<bool>& red) const {
        for (std::size_t k = 0; k < m_players.size(); ++k) {
            claims[k] = m_players[k].claim
                            ? answer(m_players[k], draws[k], -multiple * margin_of(k))
                            : Claim{.passes = true};
        }
        const Sorted sorted = sorted_families(m_players, claims, m_families);
        for (std::size_t k = 0; k < m_players.size(); ++k) {
            red[k] = stands(k, claims[k], sorted) ||
                     breaks_limit(m_players[k], draws[k], -multiple * margin_of(k));
        }
    }

    /// Whether row k alone, worse by `multiple` margins among unchanged rows, is claimed.
    [[nodiscard]] bool alone(std::size_t k, const Draw& draw, double multiple,
                             const Sorted& unchanged) const {
        return stands(k, answer(m_players[k], draw, -multiple * margin_of(k)), unchanged);
    }

    [[nodiscard]] Sorted sorted(const std::vector<Claim>& claims) const {
        return sorted_families(m_players, claims, m_families);
    }

    /// Whether a claim survives the correction among the claims of its family.
    [[nodiscard]] bool stands(std::size_t k, const Claim& claim, const Sorted& sorted) const {
        if (!m_players[k].claim || !claim.regressed) {
            return false;
        }
        const double level = 1.0 - m_players[k].claim->rule.confidence;
        const auto& family = sorted[m_players[k].family];
        switch (m_correction) {
            case Correction::none:
                return true;
            case Correction::holm:
                return survives(family, k, claim.p, level);
            case Correction::hochberg:
            case Correction::benjamini_hochberg:
            case Correction::benjamini_yekutieli:
                return adjusted(family, k, claim.p) <= level;
        }
        return false;
    }

private:
    [[nodiscard]] double margin_of(std::size_t k) const {
        return m_players[k].claim ? m_players[k].claim->rule.margin : 0.0;
    }

    [[nodiscard]] double adjusted(const std::vector<std::pair<double, std::size_t>>& family,
                                  std::size_t self, double p) const {
        std::vector<double> values;
        std::size_t at = 0;
        for (const auto& [other, player] : family) {
            at = player == self ? values.size() : at;
            values.push_back(player == self ? p : other);
        }
        return corrected(values, m_correction)[at];
    }

    std::vector<Player> m_players;
    std::size_t m_families;
    Correction m_correction;
};

/// Counts over all simulated evaluations.
struct Tally {
    std::size_t blocked = 0;
    std::size_t passed = 0;
    std::array<std::size_t, multiples.size()> caught{};
    std::vector<std::size_t> unchanged;                            ///< by player
    std::vector<std::array<std::size_t, multiples.size()>> alone;  ///< by player
};

bool any_blocks(const std::vector<Player>& players, const std::vector<bool>& red) {
    for (std::size_t k = 0; k < players.size(); ++k) {
        if (players[k].blocks && red[k]) {
            return true;
        }
    }
    return false;
}

bool all_pass(const std::vector<Player>& players, const std::vector<Claim>& claims,
              const std::vector<bool>& red) {
    for (std::size_t k = 0; k < players.size(); ++k) {
        if (players[k].blocks && (red[k] || !claims[k].passes)) {
            return false;
        }
    }
    return true;
}

Tally simulate(const Simulation& simulation, std::size_t simulations, std::uint64_t seed) {
    const std::vector<Player>& players = simulation.players();
    Tally tally;
    tally.unchanged.resize(players.size());
    tally.alone.resize(players.size());
    auto stream = stats::Stream::of_unit(seed, support::hash64("policy power"));
    std::vector<Draw> draws(players.size());
    std::vector<Claim> unchanged(players.size());
    std::vector<Claim> worse(players.size());
    std::vector<bool> red(players.size());
    for (std::size_t s = 0; s < simulations; ++s) {
        draw_all(players, stream, draws);
        simulation.all_worse(draws, 0.0, unchanged, red);
        tally.blocked += any_blocks(players, red) ? 1U : 0U;
        tally.passed += all_pass(players, unchanged, red) ? 1U : 0U;
        const Sorted sorted = simulation.sorted(unchanged);
        for (std::size_t k = 0; k < players.size(); ++k) {
            if (!players[k].claim) {
                continue;
            }
            tally.unchanged[k] += simulation.stands(k, unchanged[k], sorted) ? 1U : 0U;
            for (std::size_t m = 0; m < multiples.size(); ++m) {
                tally.alone[k][m] += simulation.alone(k, draws[k], multiples[m], sorted) ? 1U : 0U;
            }
        }
        for (std::size_t m = 0; m < multiples.size(); ++m) {
            simulation.all_worse(draws, multiples[m], worse, red);
            tally.caught[m] += any_blocks(players, red) ? 1U : 0U;
        }
    }
    return tally;
}

void fill_rows(const std::vector<Player>& players, const Tally& tally, double simulations,
               std::vector<RowPower>& rows) {
    for (std::size_t k = 0; k < players.size(); ++k) {
        if (!players[k].claim) {
            continue;
        }
        RowPower& row = rows[players[k].row];
        row.unchanged_blocked_in_run = static_cast<double>(tally.unchanged[k]) / simulations;
        for (DropPower& drop : row.drops) {
            const auto m = static_cast<std::size_t>(drop.multiple) - 1;
            drop.blocked_in_run = static_cast<double>(tally.alone[k][m]) / simulations;
        }
    }
}

/// The blocking row that is caught least often when it alone got worse.
void find_hardest(const std::vector<RowPower>& rows, PolicyDrop& drop) {
    for (std::size_t i = 0; i < rows.size(); ++i) {
        if (rows[i].rule.level != Level::block) {
            continue;
        }
        for (const DropPower& one : rows[i].drops) {
            if (one.multiple == drop.multiple &&
                (!drop.hardest || one.blocked_in_run < drop.hardest_blocked)) {
                drop.hardest = i;
                drop.hardest_blocked = one.blocked_in_run;
            }
        }
    }
}

}  // namespace

std::optional<PolicyPower> policy_power(const GateResult& judged, Correction correction,
                                        std::vector<RowPower>& rows) {
    const Simulation simulation(judged, correction);
    const auto& players = simulation.players();
    PolicyPower power;
    power.correction = correction;
    for (std::size_t i = 0; i < rows.size(); ++i) {
        const bool known = std::any_of(players.begin(), players.end(),
                                       [i](const Player& player) { return player.row == i; });
        if (rows[i].rule.level == Level::block && rows[i].status != Status::skipped) {
            power.rows += known ? 1U : 0U;
            if (!known) {
                power.unknown.push_back(label(rows[i].rule));
            }
        }
    }
    if (players.empty()) {
        return std::nullopt;
    }
    // Holm's and no correction look at few p-values of a family, the others at all of them.
    const bool cheap = correction == Correction::holm || correction == Correction::none;
    const std::size_t cost = cheap ? players.size() : players.size() * players.size();
    power.simulations = std::clamp(row_budget / cost, fewest_simulations, most_simulations);
    const auto count = static_cast<double>(power.simulations);
    const Tally tally = simulate(simulation, power.simulations, judged.seed);
    fill_rows(players, tally, count, rows);
    power.blocked_unchanged = static_cast<double>(tally.blocked) / count;
    power.passed_unchanged = static_cast<double>(tally.passed) / count;
    for (std::size_t m = 0; m < multiples.size(); ++m) {
        PolicyDrop drop;
        drop.multiple = multiples[m];
        drop.blocked = static_cast<double>(tally.caught[m]) / count;
        find_hardest(rows, drop);
        power.drops.push_back(drop);
    }
    return power.rows > 0 ? std::optional(power) : std::nullopt;
}

}  // namespace metricgate::verdict
