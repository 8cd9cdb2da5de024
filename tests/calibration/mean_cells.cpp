// Means of losses: well-behaved, skewed, mostly unchanged, weighted, clustered.
#include <algorithm>
#include <cmath>

#include "calibration/cells.h"
#include "calibration/changes.h"
#include "calibration/evidence.h"

namespace metricgate::calibration {
namespace {

constexpr double margin = 0.1;

/// What the losses of the first table are drawn from.
std::vector<Change> changes() {
    return {normal_changes(),
            lognormal_changes(0.5, Tail::losses),
            lognormal_changes(1.0, Tail::losses),
            lognormal_changes(1.0, Tail::gains),
            lognormal_losses(),
            rare_changes(0.1)};
}

Cell loss_cell(const Change& change, std::size_t n) {
    return {.evidence = change.name,
            .method = "paired_t",
            .size = std::to_string(n),
            .truth = -margin,
            .trial = [=](Random& random) {
                return std::vector{judge_examples(
                    value_mean(), draw_losses(random, n, change, margin), margin, 0)};
            }};
}

Cell weighted_cell(std::size_t n) {
    constexpr double loss = 0.02;
    const OutcomeModel model{.error = 0.1, .discordant = 0.1, .change = -loss};
    return {.evidence = "accuracy 0.9, 10 % discordant, lognormal(0.5) weights",
            .method = "paired_t",
            .size = std::to_string(n),
            .truth = -loss,
            .trial = [=](Random& random) {
                evidence::Examples examples = draw_outcomes(random, n, model);
                examples.weight.emplace();
                for (std::size_t i = 0; i < n; ++i) {
                    examples.weight->values.push_back(random.lognormal(0.5));
                }
                return std::vector{judge_examples(metric("accuracy"), examples, loss, 0)};
            }};
}

enum class Sizes { equal, unequal };

std::vector<std::size_t> cluster_sizes(Random& random, std::size_t clusters, Sizes sizes) {
    std::vector<std::size_t> result;
    for (std::size_t cluster = 0; cluster < clusters; ++cluster) {
        const double size = sizes == Sizes::equal ? 10.0 : 10.0 * random.lognormal(1.0);
        result.push_back(static_cast<std::size_t>(std::max(1.0, std::round(size))));
    }
    return result;
}

/// Losses whose changes correlate by 0.3 within a cluster.
Cell clustered_cell(std::size_t clusters, Sizes sizes) {
    return {.evidence = sizes == Sizes::equal
                            ? "clusters of 10 losses, correlation 0.3"
                            : "clusters of lognormal(1) sizes around 10, correlation 0.3",
            .method = "paired_t",
            .size = std::to_string(clusters) + " clusters",
            .truth = -margin,
            .trial = [=](Random& random) {
                const std::vector<std::size_t> counts = cluster_sizes(random, clusters, sizes);
                std::vector<double> candidate;
                for (const std::size_t count : counts) {
                    const double common = std::sqrt(0.3) * random.normal();
                    for (std::size_t i = 0; i < count; ++i) {
                        candidate.push_back(margin + common + std::sqrt(0.7) * random.normal());
                    }
                }
                const std::size_t rows = candidate.size();
                evidence::Examples examples =
                    with_values(std::vector<double>(rows, 0.0), std::move(candidate));
                set_clusters(examples, counts);
                return std::vector{judge_examples(value_mean(), examples, margin, 0)};
            }};
}

/// Accuracy where the examples of a cluster change together: a cluster has its own share of gains
/// and losses.
Cell clustered_outcomes(std::size_t clusters, Sizes sizes) {
    constexpr double loss = 0.02;
    return {.evidence = sizes == Sizes::equal
                            ? "accuracy, clusters of 10 that change together"
                            : "accuracy, clusters of lognormal(1) sizes that change together",
            .method = "paired_t",
            .size = std::to_string(clusters) + " clusters",
            .truth = -loss,
            .trial = [=](Random& random) {
                const std::vector<std::size_t> counts = cluster_sizes(random, clusters, sizes);
                OutcomeModel model{.error = 0.2, .discordant = 0.2, .change = 0.0};
                evidence::Examples examples = draw_outcomes(random, 0, model);
                for (const std::size_t count : counts) {
                    model.change = -loss + (random.chance(0.5) ? 0.1 : -0.1);
                    append(examples, draw_outcomes(random, count, model));
                }
                set_clusters(examples, counts);
                return std::vector{judge_examples(metric("accuracy"), examples, loss, 0)};
            }};
}

}  // namespace

std::vector<Cell> mean_cells() {
    std::vector<Cell> cells;
    for (const Change& change : changes()) {
        for (const std::size_t n : {50U, 200U, 1000U}) {
            cells.push_back(loss_cell(change, n));
        }
    }
    for (const std::size_t n : {200U, 1000U}) {
        cells.push_back(weighted_cell(n));
    }
    for (const Sizes sizes : {Sizes::equal, Sizes::unequal}) {
        for (const std::size_t clusters : {10U, 20U, 100U}) {
            cells.push_back(clustered_cell(clusters, sizes));
            cells.push_back(clustered_outcomes(clusters, sizes));
        }
    }
    return cells;
}

}  // namespace metricgate::calibration
