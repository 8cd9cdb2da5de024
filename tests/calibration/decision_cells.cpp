// How often runs of one and of ten checks block unchanged models and catch real drops.
#include "calibration/cells.h"
#include "calibration/evidence.h"
#include "support/number.h"

namespace metricgate::calibration {
namespace {

constexpr double margin = 0.01;
constexpr double discordant = 0.06;

enum class Together { independent, correlated };

Trial accuracy_checks(std::size_t checks, Together together, std::size_t n, double change,
                      double tolerated) {
    const OutcomeModel model{.error = 0.05, .discordant = discordant, .change = change};
    const double correlation = together == Together::correlated ? 0.7 : 0.0;
    return [=](Random& random) {
        std::vector<evidence::Examples> sets;
        if (checks == 1) {
            sets.push_back(draw_outcomes(random, n, model));
        } else {
            sets = draw_related_outcomes(random, checks, n, model, correlation);
        }
        std::vector<verdict::CheckResult> rows;
        for (const evidence::Examples& examples : sets) {
            rows.push_back(judge_examples(metric("accuracy"), examples, tolerated, 0));
        }
        return rows;
    };
}

Cell cell(std::size_t checks, Together together, std::size_t n, double drop, double tolerated) {
    std::string evidence = checks == 1 ? "1 check" : std::to_string(checks) + " checks";
    if (checks > 1) {
        evidence += together == Together::correlated ? ", correlated" : ", independent";
    }
    evidence += ", margin " + support::format_short(100.0 * tolerated) + " pp; true drop " +
                (drop == 0.0 ? "0" : support::format_short(drop) + " x margin");
    return {.evidence = evidence,
            .method = "tango",
            .size = std::to_string(n),
            .goal = drop == 0.0 ? Goal::false_alarm : Goal::none,
            .truth = -drop * tolerated,
            .trial = accuracy_checks(checks, together, n, -drop * tolerated, tolerated)};
}

}  // namespace

std::vector<Cell> decision_cells() {
    // A margin far below the noise is where false alarms are most frequent.
    constexpr double tiny = 0.001;
    std::vector<Cell> cells;
    for (const std::size_t n : {300U, 1000U}) {
        cells.push_back(cell(1, Together::independent, n, 0.0, tiny));
        for (const double drop : {0.0, 1.0, 2.0, 3.0}) {
            cells.push_back(cell(1, Together::independent, n, drop, margin));
        }
    }
    for (const Together together : {Together::independent, Together::correlated}) {
        cells.push_back(cell(10, together, 300, 0.0, tiny));
        for (const double drop : {0.0, 1.0, 2.0, 3.0}) {
            cells.push_back(cell(10, together, 1000, drop, margin));
        }
    }
    return cells;
}

}  // namespace metricgate::calibration
