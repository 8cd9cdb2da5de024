// Predictions of several runs a side on the same examples, such as one run a seed.
#include <cmath>

#include "calibration/cells.h"
#include "calibration/evidence.h"
#include "comparison/example_runs.h"

namespace metricgate::calibration {
namespace {

using evidence::Examples;

/// How many runs each side has.
struct Runs {
    std::size_t baseline = 0;
    std::size_t candidate = 0;
};

std::string size_of(Runs runs, std::size_t n) {
    const std::string sides =
        runs.baseline == runs.candidate
            ? std::to_string(runs.baseline) + " runs a side"
            : std::to_string(runs.candidate) + " runs against " + std::to_string(runs.baseline);
    return std::to_string(n) + ", " + sides;
}

std::vector<verdict::CheckResult> judged(const metrics::Metric& metric,
                                         const std::vector<Examples>& baseline,
                                         const std::vector<Examples>& candidate, double loss) {
    comparison::Options options;
    options.min_examples = default_min_examples;
    return {verdict::judge(
        rule_with(loss),
        comparison::compare(metric, candidate.front(), {baseline, candidate},
                            evidence::Rows::all(candidate.front().rows), absolute(loss), options))};
}

/// Accuracy: an example has its own chance to be right, which the models mostly share, and a run
/// shifts all of them by `shift`, up or down.
struct SeededOutcomes {
    std::size_t n = 200;
    Runs runs;
    double shift = 0.01;
    double loss = 0.02;

    [[nodiscard]] static double chance_of(Random& random) {
        return random.chance(0.8) ? 0.95 : 0.5;
    }

    [[nodiscard]] std::vector<Examples> side(Random& random, const std::vector<double>& chances,
                                             std::size_t count) const {
        std::vector<Examples> result;
        for (std::size_t run = 0; run < count; ++run) {
            const double moved = random.chance(0.5) ? shift : -shift;
            Examples examples = draw_outcomes(random, 0, {});
            examples.rows = n;
            for (std::size_t i = 0; i < n; ++i) {
                const std::uint32_t label = i % 2;
                const bool right = random.chance(chances[i] + moved);
                examples.label->codes.push_back(label);
                for (evidence::SideColumns& columns : examples.sides) {
                    columns.predicted_class->codes.push_back(right ? label : 1 - label);
                }
            }
            result.push_back(std::move(examples));
        }
        return result;
    }

    [[nodiscard]] std::vector<verdict::CheckResult> trial(Random& random) const {
        std::vector<double> before(n);
        std::vector<double> now(n);
        for (std::size_t i = 0; i < n; ++i) {
            before[i] = chance_of(random);
            now[i] = (random.chance(0.1) ? chance_of(random) : before[i]) - loss;
        }
        const std::vector<Examples> baseline = side(random, before, runs.baseline);
        return judged(metric("accuracy"), baseline, side(random, now, runs.candidate), loss);
    }
};

Cell outcome_cell(std::size_t n, Runs runs, double shift) {
    const SeededOutcomes model{.n = n, .runs = runs, .shift = shift};
    return {.evidence = shift > 0.0 ? "accuracy of seeds that differ by 1 pp"
                                    : "accuracy of seeds that do not differ",
            .method = "crossed_runs",
            .size = size_of(runs, n),
            .truth = -model.loss,
            .trial = [=](Random& random) { return model.trial(random); }};
}

/// Losses: an example's own, the run's shift, and noise of the single prediction.
Cell loss_cell(std::size_t n, Runs runs, bool skewed) {
    constexpr double loss = 0.1;
    constexpr double shift = 0.1;
    return {.evidence = skewed ? "lognormal(1) losses of seeds" : "normal losses of seeds",
            .method = "crossed_runs",
            .size = size_of(runs, n),
            .truth = -loss,
            .trial = [=](Random& random) {
                std::vector<double> own(n);
                std::vector<double> change(n);
                for (std::size_t i = 0; i < n; ++i) {
                    own[i] = skewed ? random.lognormal(1.0) : random.normal();
                    change[i] = skewed ? 0.5 * (random.lognormal(1.0) - std::exp(0.5))
                                       : 0.5 * random.normal();
                }
                const auto side = [&](std::size_t count, double worse, double changed) {
                    std::vector<Examples> result;
                    for (std::size_t run = 0; run < count; ++run) {
                        const double moved = shift * random.normal() + worse;
                        std::vector<double> values(n);
                        for (std::size_t i = 0; i < n; ++i) {
                            values[i] =
                                own[i] + changed * change[i] + moved + 0.5 * random.normal();
                        }
                        result.push_back(with_values(values, values));
                    }
                    return result;
                };
                const std::vector<Examples> baseline = side(runs.baseline, 0.0, 0.0);
                return judged(value_mean(), baseline, side(runs.candidate, loss, 1.0), loss);
            }};
}

}  // namespace

std::vector<Cell> seed_cells() {
    std::vector<Cell> cells;
    for (const std::size_t n : {50U, 200U, 1000U}) {
        cells.push_back(outcome_cell(n, {3, 3}, 0.01));
        cells.push_back(outcome_cell(n, {5, 5}, 0.01));
    }
    cells.push_back(outcome_cell(200, {10, 10}, 0.01));
    cells.push_back(outcome_cell(1000, {5, 5}, 0.0));
    cells.push_back(outcome_cell(1000, {5, 1}, 0.01));
    for (const bool skewed : {false, true}) {
        for (const std::size_t n : {50U, 200U}) {
            cells.push_back(loss_cell(n, {3, 3}, skewed));
            cells.push_back(loss_cell(n, {5, 5}, skewed));
        }
        cells.push_back(loss_cell(1000, {5, 5}, skewed));
    }
    cells.push_back(loss_cell(200, {1, 5}, false));
    return cells;
}

}  // namespace metricgate::calibration
