// Methods for paired examples that a policy asks for by name, where another one would be chosen.
#include <array>
#include <cmath>

#include "calibration/cells.h"
#include "calibration/changes.h"
#include "calibration/evidence.h"
#include "support/number.h"

namespace metricgate::calibration {
namespace {

constexpr std::array<std::size_t, 3> sizes = {50, 200, 1000};

Cell cell(std::string evidence, const char* method, std::size_t n, double loss, Trial trial) {
    return {.evidence = std::move(evidence),
            .method = method,
            .size = std::to_string(n),
            .truth = -loss,
            .trial = std::move(trial)};
}

/// Accuracy, where tango is the default.
Cell outcome_cell(const char* method, double error, std::size_t n) {
    constexpr double loss = 0.02;
    const OutcomeModel model{.error = error, .discordant = 0.8 * error, .change = -loss};
    return cell("accuracy " + support::format_short(1.0 - error) + ", " +
                    support::format_short(100.0 * model.discordant) + " % discordant",
                method, n, loss, [=](Random& random) {
                    evidence::Examples examples = draw_outcomes(random, n, model);
                    number_rows(examples);
                    return std::vector{
                        judge_examples(metric("accuracy"), examples, loss, random.seed(), method)};
                });
}

/// Accuracy with a margin relative to the baseline's.
Cell relative_cell(const char* method, double error, std::size_t n) {
    constexpr double share = 0.02;
    const double loss = share * (1.0 - error);
    const OutcomeModel model{.error = error, .discordant = 0.8 * error, .change = -loss};
    return cell(
        "accuracy " + support::format_short(1.0 - error) + ", margin rel: 2%", method, n, loss,
        [=](Random& random) {
            return std::vector{judge_examples(metric("accuracy"), draw_outcomes(random, n, model),
                                              relative(share), random.seed(), method)};
        });
}

/// Means of losses, where paired_t is the default.
Cell loss_cell(const char* method, const Change& change, std::size_t n) {
    constexpr double loss = 0.1;
    return cell(change.name, method, n, loss, [=](Random& random) {
        evidence::Examples examples = draw_losses(random, n, change, loss);
        number_rows(examples);
        return std::vector{judge_examples(value_mean(), examples, loss, random.seed(), method)};
    });
}

/// The loss is that of what ranks estimate.
Cell wilcoxon_cell(const Change& change, std::size_t n) {
    constexpr double loss = 0.1;
    return cell(change.name, "wilcoxon", n, loss, [=](Random& random) {
        return std::vector{judge_examples(
            value_mean(), draw_losses(random, n, change, loss - change.pseudo_median), loss, 0,
            "wilcoxon")};
    });
}

/// RMSE of normal errors; the sides share 8 of 10 of them.
Cell rmse_cell(const char* method, std::size_t n) {
    constexpr double loss = 0.1;
    return cell("RMSE, normal errors", method, n, loss, [=](Random& random) {
        std::vector<double> baseline(n);
        std::vector<double> candidate(n);
        for (std::size_t i = 0; i < n; ++i) {
            baseline[i] = random.normal();
            candidate[i] = (1.0 + loss) * (random.chance(0.8) ? baseline[i] : random.normal());
        }
        evidence::Examples examples = with_errors(std::move(baseline), std::move(candidate));
        number_rows(examples);
        return std::vector{judge_examples(metric("rmse"), examples, loss, random.seed(), method)};
    });
}

/// Clusters of 10 losses, where the whole clusters are resampled.
Cell clustered_cell(const char* method, std::size_t clusters) {
    constexpr double loss = 0.1;
    Cell result =
        cell("clusters of 10 losses, correlation 0.3", method, clusters, loss, [=](Random& random) {
            std::vector<double> candidate;
            for (std::size_t cluster = 0; cluster < clusters; ++cluster) {
                const double common = std::sqrt(0.3) * random.normal();
                for (int i = 0; i < 10; ++i) {
                    candidate.push_back(loss + common + std::sqrt(0.7) * random.normal());
                }
            }
            const std::size_t rows = candidate.size();
            evidence::Examples examples =
                with_values(std::vector<double>(rows, 0.0), std::move(candidate));
            set_clusters(examples, std::vector<std::size_t>(clusters, 10));
            return std::vector{judge_examples(value_mean(), examples, loss, random.seed(), method)};
        });
    result.size += " clusters";
    return result;
}

/// F1 by examples that are weighted anew, where whole tables are drawn by default.
Cell f1_cell(const char* method, std::size_t n, std::size_t positives) {
    const ClassifierModel model{.n = n, .positives = positives, .candidate_recall = 0.75};
    const double loss = model.f1(model.recall) - model.f1(model.candidate_recall);
    Cell result = cell("F1, recall 0.8 to 0.75", method, n, loss, [=](Random& random) {
        evidence::Examples examples = draw_classifier(random, model);
        number_rows(examples);
        return std::vector{judge_examples(metric("f1"), examples, loss, random.seed(), method)};
    });
    result.size += ", " + std::to_string(positives) + " positive";
    return result;
}

/// Ratios of lognormal(0.5) times, 5 % slower.
Cell ratio_cell(std::size_t n) {
    constexpr double growth = 0.05;
    metrics::Metric time = metric("geometric_mean");
    time.direction = metrics::Direction::lower_is_better;
    time.parameters.column = "value";
    time.statistic = "geometric_mean";
    Cell result = cell(
        "geometric mean of lognormal(0.5) times, margin rel: 5%", "log_ratio", n, growth,
        [=](Random& random) {
            std::vector<double> baseline(n);
            std::vector<double> candidate(n);
            for (std::size_t i = 0; i < n; ++i) {
                baseline[i] = random.lognormal(0.5);
                candidate[i] = (1.0 + growth) * random.lognormal(0.5);
            }
            return std::vector{judge_examples(
                time, with_values(std::move(baseline), std::move(candidate)), relative(growth), 0)};
        });
    result.truth = 1.0 + growth;
    return result;
}

}  // namespace

std::vector<Cell> asked_cells() {
    std::vector<Cell> cells;
    for (const char* method :
         {"bonett_price", "newcombe_paired", "mcnemar_exact", "mcnemar_mid_p"}) {
        for (const double error : {0.05, 0.5}) {
            for (const std::size_t n : sizes) {
                cells.push_back(outcome_cell(method, error, n));
            }
        }
    }
    for (const std::size_t n : {200U, 1000U}) {
        cells.push_back(relative_cell("tango", 0.05, n));
    }
    for (const Change& change : {normal_changes(), lognormal_changes(1.0, Tail::losses),
                                 lognormal_changes(1.0, Tail::gains), lognormal_losses()}) {
        for (const std::size_t n : {50U, 200U}) {
            cells.push_back(wilcoxon_cell(change, n));
        }
    }
    cells.push_back(wilcoxon_cell(lognormal_changes(1.0, Tail::losses), 1000));
    for (const char* method :
         {"weighted_bootstrap", "basic_bootstrap", "bca_bootstrap", "studentized_bootstrap"}) {
        cells.push_back(loss_cell(method, normal_changes(), 50));
        cells.push_back(loss_cell(method, lognormal_changes(1.0, Tail::gains), 50));
        for (const std::size_t n : {50U, 200U}) {
            cells.push_back(loss_cell(method, lognormal_changes(1.0, Tail::losses), n));
        }
    }
    for (const char* method : {"weighted_bootstrap", "basic_bootstrap", "bca_bootstrap"}) {
        cells.push_back(clustered_cell(method, 10));
    }
    for (const char* method : {"basic_bootstrap", "bca_bootstrap"}) {
        cells.push_back(rmse_cell(method, 50));
    }
    // Too few of these examples change; that none is judged needs no thousands of runs.
    for (const char* method : {"weighted_bootstrap", "basic_bootstrap"}) {
        for (Cell cell : {outcome_cell(method, 0.05, 200), f1_cell(method, 200, 30)}) {
            cell.runs = 500;
            cells.push_back(std::move(cell));
        }
        cells.push_back(outcome_cell(method, 0.5, 200));
    }
    for (const std::size_t n : sizes) {
        cells.push_back(ratio_cell(n));
    }
    return cells;
}

}  // namespace metricgate::calibration
