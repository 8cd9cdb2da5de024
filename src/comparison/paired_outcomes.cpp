// Paired 0/1 outcomes: an interval of the difference for delta and an absolute margin; a bootstrap
// of the four joint counts where a relative margin makes the statistic another contrast.
#include "comparison/paired_outcomes.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <utility>

#include "comparison/columns.h"
#include "comparison/replicates.h"
#include "metrics/evaluate.h"
#include "stats/random.h"
#include "support/hash.h"

namespace metricgate::comparison {
namespace {

// A pseudo-count on each discordant cell keeps the resampled difference from having no spread.
constexpr double guard = 0.5;

/// Counted so that what only the candidate has is a gain.
stats::PairedCounts oriented_counts(stats::PairedCounts counts, double orientation) {
    if (orientation < 0.0) {
        std::swap(counts.candidate_only, counts.baseline_only);
    }
    return counts;
}

Contrast contrast_of(const OutcomeInterval& kind, const stats::PairedCounts& oriented,
                     double confidence) {
    const stats::Interval interval = kind.interval(oriented, confidence);
    const auto n = static_cast<double>(oriented.n());
    const double difference = oriented.difference();
    const double discordant =
        static_cast<double>(oriented.candidate_only + oriented.baseline_only) / n;
    const double variance = std::max(0.0, discordant - difference * difference);
    return {.estimate = difference,
            .lower = interval.lower,
            .upper = interval.upper,
            .standard_error = std::sqrt(variance / n),
            .p_no_loss = kind.p_no_loss(oriented)};
}

/// The standard error if nothing had changed, from a Wilson upper bound of the discordant share, so
/// that no discordant pair does not promise that nothing can be missed.
double null_standard_error(const stats::PairedCounts& counts, double confidence) {
    const auto n = static_cast<double>(counts.n());
    const auto discordant = static_cast<double>(counts.candidate_only + counts.baseline_only);
    return std::sqrt(stats::wilson(discordant, n, confidence).upper / n);
}

Draw draw_outcomes(const stats::PairedCounts& counts, std::uint64_t seed) {
    auto stream = stats::Stream::of_unit(seed, support::hash64("tango"));
    return [counts, stream](std::size_t /*first*/, std::size_t count, Replicates& into) mutable {
        const std::array<double, 4> masses = {
            static_cast<double>(counts.both), static_cast<double>(counts.candidate_only) + guard,
            static_cast<double>(counts.baseline_only) + guard, static_cast<double>(counts.neither)};
        const double total = static_cast<double>(counts.n()) + 2.0 * guard;
        std::array<std::uint64_t, 4> drawn{};
        for (std::size_t r = 0; r < count; ++r) {
            stats::multinomial(stream, masses, total, counts.n(), drawn);
            const auto n = static_cast<double>(counts.n());
            into.baseline.push_back(static_cast<double>(drawn[0] + drawn[2]) / n);
            into.candidate.push_back(static_cast<double>(drawn[0] + drawn[1]) / n);
        }
    };
}

}  // namespace

stats::PairedCounts paired_counts(const metrics::Metric& metric, const evidence::Examples& examples,
                                  const evidence::Rows& rows) {
    const auto& form = std::get<metrics::OutcomesForm>(metric.definition->form);
    stats::PairedCounts counts;
    for (const metrics::JointCell& cell : metrics::joint_cells(examples, rows)) {
        if (form.counts != nullptr && !form.counts(cell.label, metric.parameters)) {
            continue;
        }
        const bool baseline = form.success(cell.label, cell.baseline, metric.parameters);
        const bool candidate = form.success(cell.label, cell.candidate, metric.parameters);
        auto& count = baseline ? (candidate ? counts.both : counts.baseline_only)
                               : (candidate ? counts.candidate_only : counts.neither);
        count += cell.count;
    }
    return counts;
}

std::string outcomes_apply(const metrics::Metric& metric, const evidence::Examples& examples) {
    if (!metrics::is_outcome(metric)) {
        return "it needs a success or failure of every example, as accuracy and recall give";
    }
    if (is_weighted(examples)) {
        return "it does not weigh examples";
    }
    return is_clustered(examples) ? "it takes examples as independent, and these are clustered"
                                  : "";
}

void judge_outcomes(const OutcomeInterval& kind, const metrics::Metric& metric,
                    const evidence::Examples& examples, const evidence::Rows& rows,
                    const Margin& margin, const Options& options, Comparison& out) {
    const stats::PairedCounts counts = paired_counts(metric, examples, rows);
    add_fact(out, "succeed_on_both", counts.both);
    add_fact(out, "succeed_on_the_candidate_only", counts.candidate_only);
    add_fact(out, "succeed_on_the_baseline_only", counts.baseline_only);
    add_fact(out, "succeed_on_neither", counts.neither);
    const stats::PairedCounts oriented = oriented_counts(counts, metric.orientation());
    const Contrast delta = contrast_of(kind, oriented, options.confidence);
    if (!margin.relative) {
        if (kind.interval == stats::tango) {
            out.outcome_pairs = oriented;
        }
        Contrasts contrasts;
        contrasts.at = [&](double /*factor*/) { return delta; };
        fill(metric, margin, options, contrasts, out);
    } else {
        ReplicatePlan plan;
        plan.start = std::max(options.replicates, plan.start);
        plan.limit = std::max(plan.start, plan.limit);
        plan.draw = draw_outcomes(counts, options.seed);
        plan.delta = [&] { return delta; };
        judge_by_replicates(metric, margin, options, plan, out);
        add_note(out, "relative_margin_resampled",
                 "The bounds against the relative margin come from resampling the joint counts.");
    }
    fill_power(options, null_standard_error(counts, options.confidence), out);
}

}  // namespace metricgate::comparison
