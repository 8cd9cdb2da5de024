// Unchanged models under methods other than tango: both sides are drawn alike, and the margin is
// next to nothing, so that every false claim of a loss counts.
#include <cmath>

#include "calibration/cells.h"
#include "calibration/changes.h"
#include "calibration/evidence.h"
#include "support/number.h"

namespace metricgate::calibration {
namespace {

constexpr double margin = 1e-6;

Cell cell(std::string evidence, const char* method, std::string size, Trial trial) {
    return {.evidence = std::move(evidence),
            .method = method,
            .size = std::move(size),
            .goal = Goal::false_alarm,
            .trial = std::move(trial)};
}

std::string with_positives(std::size_t n, std::size_t positives) {
    return std::to_string(n) + ", " + std::to_string(positives) + " positive";
}

std::vector<verdict::CheckResult> judged(const std::string& name, const evidence::Examples& drawn,
                                         Random& random, const std::string& method) {
    evidence::Examples examples = drawn;
    number_rows(examples);
    return {judge_examples(name == "mean" ? value_mean() : metric(name), examples, margin,
                           random.seed(), method)};
}

Cell outcomes(const char* method, std::size_t n) {
    const OutcomeModel model{.error = 0.05, .discordant = 0.06};
    return cell("accuracy 0.95, 6 % discordant", method, std::to_string(n), [=](Random& random) {
        return judged("accuracy", draw_outcomes(random, n, model), random, method);
    });
}

Cell losses(const char* method, std::size_t n) {
    return cell(
        "lognormal(1) losses on both sides", method, std::to_string(n), [=](Random& random) {
            return judged("mean", draw_losses(random, n, lognormal_losses(), 0.0), random, method);
        });
}

Cell f1(std::size_t n, std::size_t positives) {
    const ClassifierModel model{.n = n, .positives = positives};
    return cell(
        "F1, recall 0.8", "count_bootstrap", with_positives(n, positives),
        [=](Random& random) { return judged("f1", draw_classifier(random, model), random, ""); });
}

Cell scores(const char* name, const char* method, double auc, std::size_t n,
            std::size_t positives) {
    const ScoreModel model{.n = n, .positives = positives, .auc = auc, .candidate_auc = auc};
    return cell(std::string(name) + " of scores with AUC " + support::format_short(auc), method,
                with_positives(n, positives), [=](Random& random) {
                    return judged(name, draw_scores(random, model), random, "");
                });
}

Cell errors(const char* method, std::size_t n) {
    return cell("RMSE, normal errors", method, std::to_string(n), [=](Random& random) {
        std::vector<double> baseline(n);
        std::vector<double> candidate(n);
        for (std::size_t i = 0; i < n; ++i) {
            baseline[i] = random.normal();
            candidate[i] = random.chance(0.8) ? baseline[i] : random.normal();
        }
        return judged("rmse", with_errors(std::move(baseline), std::move(candidate)), random,
                      method);
    });
}

Cell clusters(std::size_t count) {
    return cell("clusters of 10 losses, correlation 0.3", "paired_t",
                std::to_string(count) + " clusters", [=](Random& random) {
                    std::vector<double> candidate;
                    for (std::size_t cluster = 0; cluster < count; ++cluster) {
                        const double common = std::sqrt(0.3) * random.normal();
                        for (int i = 0; i < 10; ++i) {
                            candidate.push_back(common + std::sqrt(0.7) * random.normal());
                        }
                    }
                    const std::size_t rows = candidate.size();
                    evidence::Examples examples =
                        with_values(std::vector<double>(rows, 0.0), std::move(candidate));
                    set_clusters(examples, std::vector<std::size_t>(count, 10));
                    return judged("mean", examples, random, "");
                });
}

/// Runs of one model, all alike.
Cell runs(const char* method, std::size_t count) {
    return cell(
        "lognormal(0.5) runs", method, std::to_string(count) + " runs a side", [=](Random& random) {
            evidence::Samples baseline;
            evidence::Samples candidate;
            for (std::size_t i = 0; i < count; ++i) {
                baseline.values.push_back(random.lognormal(0.5));
                candidate.values.push_back(random.lognormal(0.5));
            }
            comparison::Options options = asking_for(method);
            options.paired_runs = options.method == "paired_t";
            return std::vector{verdict::judge(
                rule_with(margin),
                comparison::compare(value_mean(), baseline, candidate, absolute(margin), options))};
        });
}

Cell single_run(std::size_t count) {
    return cell("lognormal(0.5) runs, one of the candidate", "prediction_interval",
                std::to_string(count) + " runs of the baseline", [=](Random& random) {
                    evidence::Samples baseline;
                    for (std::size_t i = 0; i < count; ++i) {
                        baseline.values.push_back(random.lognormal(0.5));
                    }
                    evidence::Scalar candidate;
                    candidate.value = {support::NumberKind::finite, random.lognormal(0.5)};
                    return std::vector{verdict::judge(
                        rule_with(margin), comparison::compare(value_mean(), baseline, candidate,
                                                               absolute(margin), {}))};
                });
}

}  // namespace

std::vector<Cell> unchanged_cells() {
    std::vector<Cell> cells;
    for (const char* method :
         {"bonett_price", "newcombe_paired", "mcnemar_exact", "mcnemar_mid_p"}) {
        cells.push_back(outcomes(method, 200));
    }
    for (const std::size_t n : {50U, 200U}) {
        cells.push_back(losses("paired_t", n));
        cells.push_back(losses("wilcoxon", n));
    }
    for (const char* method : {"basic_bootstrap", "bca_bootstrap", "studentized_bootstrap"}) {
        cells.push_back(losses(method, 50));
    }
    cells.push_back(clusters(10));
    cells.push_back(clusters(20));
    cells.push_back(f1(200, 30));
    cells.push_back(f1(1000, 50));
    for (const double auc : {0.85, 0.95}) {
        cells.push_back(scores("roc_auc", "delong", auc, 200, 30));
        cells.push_back(scores("roc_auc", "delong", auc, 1000, 500));
    }
    cells.push_back(scores("average_precision", "weighted_bootstrap", 0.9, 200, 30));
    cells.back().runs = 2000;
    cells.push_back(errors("weighted_bootstrap", 50));
    cells.push_back(errors("weighted_bootstrap", 200));
    cells.push_back(errors("bca_bootstrap", 50));
    for (const char* method : {"welch", "paired_t", "mann_whitney"}) {
        for (const std::size_t count : {3U, 5U, 10U}) {
            cells.push_back(runs(method, count));
        }
    }
    for (const std::size_t count : {3U, 5U, 10U}) {
        cells.push_back(single_run(count));
    }
    return cells;
}

}  // namespace metricgate::calibration
