// What stands in the way of a pass only: evidence without variation that shows a loss.

#include "comparison/constant_loss.h"

#include <algorithm>
#include <cmath>
#include <ranges>

namespace metricgate::comparison {
namespace {

/// The share of a population that may differ from a sample that does not vary.
constexpr double share_that_may_differ = 0.05;

bool only_variation_is_missing(const Comparison& out) {
    // A loss that is worse than all its interval, at the end of a metric's range, is no smaller.
    const bool worse = out.delta && out.interval && *out.delta < out.interval->lower;
    const auto hinders = [worse](const Note& note) {
        return note.code == "monte_carlo" || note.code == "undefined_replicates" ||
               (note.code == "estimate_outside_interval" && !worse);
    };
    return out.degenerate && !out.insufficient && out.problem.empty() && out.delta &&
           out.interval && out.interval->upper < 0.0 && std::ranges::none_of(out.notes, hinders);
}

void stand(double chance, Comparison& out) {
    out.loss_claims_stand = true;
    out.p_no_loss = std::max(out.p_no_loss.value_or(0.0), chance);
    out.interval->lower = std::min(out.interval->lower, *out.delta);
    if (out.margin) {
        out.margin->lower = std::min(out.margin->lower, out.margin->estimate);
    }
}

bool every_pair_loses(const evidence::Samples& baseline, const evidence::Samples& candidate,
                      double orientation) {
    for (std::size_t i = 0; i < baseline.values.size(); ++i) {
        if (!(orientation * (candidate.values[i] - baseline.values[i]) < 0.0)) {
            return false;
        }
    }
    return true;
}

bool stand_apart(const evidence::Samples& baseline, const evidence::Samples& candidate,
                 double orientation) {
    const auto before = std::ranges::minmax(baseline.values);
    const auto now = std::ranges::minmax(candidate.values);
    return orientation > 0.0 ? now.max < before.min : now.min > before.max;
}

/// 1 / C(n1 + n2, n1), as a product, so that it is the same on every platform.
double chance_apart(std::size_t baseline, std::size_t candidate) {
    double chance = 1.0;
    for (std::size_t i = 1; i <= std::min(baseline, candidate); ++i) {
        const auto step = static_cast<double>(i);
        chance *= step / (static_cast<double>(std::max(baseline, candidate)) + step);
    }
    return chance;
}

}  // namespace

void let_constant_loss_stand(std::size_t units, const Options& options, Comparison& out) {
    const auto n = static_cast<double>(units);
    if (only_variation_is_missing(out) &&
        std::pow(1.0 - share_that_may_differ, n) <= 1.0 - options.confidence) {
        stand(std::exp2(-n), out);
    }
}

void let_constant_loss_stand(const evidence::Samples& baseline, const evidence::Samples& candidate,
                             double orientation, const Options& options, Comparison& out) {
    if (!only_variation_is_missing(out)) {
        return;
    }
    const bool paired = options.paired_runs;
    const bool apart = paired ? every_pair_loses(baseline, candidate, orientation)
                              : stand_apart(baseline, candidate, orientation);
    const double chance = paired ? std::exp2(-static_cast<double>(baseline.values.size()))
                                 : chance_apart(baseline.values.size(), candidate.values.size());
    if (apart && chance <= 1.0 - options.confidence) {
        stand(chance, out);
    }
}

}  // namespace metricgate::comparison
