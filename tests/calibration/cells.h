#pragma once

#include <string>
#include <vector>

#include "calibration/simulate.h"

namespace metricgate::calibration {

/// What a cell asks of its rates, each within 3 binomial standard deviations.
enum class Goal {
    none,           ///< measured only
    margin_passes,  ///< a loss of exactly the margin passes in at most 6.5 % of runs
    false_alarm,    ///< an unchanged model is called regressed in at most 5 % of runs
    no_drift,       ///< without any drift a size is above the noise level in at most 5 % of runs
};

/// Of a cell; the slowest ones have fewer, and say so.
inline constexpr std::size_t usual_runs = 4000;

/// One line of the table: one kind of evidence at one size, drawn again and again.
struct Cell {
    std::string evidence;
    std::string method;
    std::string size;
    Goal goal = Goal::margin_passes;
    double truth = 0.0;  ///< true change of the first row
    Trial trial;
    std::size_t runs = usual_runs;

    /// Names the cell's random numbers.
    [[nodiscard]] std::string name() const { return evidence + " | " + method + " | " + size; }
};

/// Cells with a true loss of exactly the margin.
std::vector<Cell> outcome_cells();
std::vector<Cell> mean_cells();
std::vector<Cell> auc_cells();
std::vector<Cell> bootstrap_cells();
std::vector<Cell> recorded_cells();
std::vector<Cell> different_cells();
std::vector<Cell> asked_cells();
std::vector<Cell> run_cells();
std::vector<Cell> seed_cells();

/// Columns whose two sides are drawn from one distribution.
std::vector<Cell> drift_cells();

/// Unchanged models, and true drops of 1, 2 and 3 margins: one check and ten.
std::vector<Cell> decision_cells();

/// Unchanged models under methods other than the one of those.
std::vector<Cell> unchanged_cells();

}  // namespace metricgate::calibration
