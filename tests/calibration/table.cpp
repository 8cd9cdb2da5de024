#include "calibration/table.h"

#include <fmt/format.h>
#include <algorithm>
#include <cmath>
#include <sstream>

#include "support/counted.h"

namespace metricgate::calibration {
namespace {

constexpr double highest_false_pass = 0.065;
constexpr double highest_false_alarm = 0.05;
constexpr double deviations = 3.0;

/// Bars in the beginning of a line: more stand in every whole one.
constexpr std::ptrdiff_t columns_of_beginning = 4;

constexpr const char* head =
    "# Calibration\n"
    "\n"
    "Written by `scripts/calibrate` from `tests/calibration`: change that, not this file. "
    "`scripts/test` simulates every sixth line anew,\n"
    "`scripts/calibrate --check` all. Every line draws fresh evidence thousands of times "
    "with fixed seeds, lets the gate judge it with the\n"
    "policy's defaults (confidence 0.95), and counts. In percent of all runs (standard "
    "error at 4,000 runs: 0.3 to 0.4 near 5 %, 0.8 near 50 %).\n"
    "\n"
    "- **verdict possible**: the interval may decide; in the other runs the gate answers \"too "
    "little data to judge\", which is "
    "inconclusive.\n"
    "- **interval above / below the truth**: one bound is wrong, nominally 5 % each.\n"
    "- Goals, checked by the suite within three standard errors: a loss of exactly the margin "
    "passes at most 6.5 % of the time; "
    "an unchanged\n  model is called regressed in at most 5 % of runs, after Holm's correction; a "
    "column that did not drift is above its noise level in at most 5 %.\n";

std::string percent(const Rates& rates, std::size_t count) {
    return fmt::format("{:.1f}", 100.0 * rates.share(count));
}

/// Cells of fewer verdicts than this share have none to speak of.
constexpr double no_verdicts = 0.002;

std::string size_of(const Cell& cell) {
    return cell.size +
           (cell.runs == usual_runs ? "" : " (" + support::counted(cell.runs, "runs") + ")");
}

std::string beginning_of(const Measured& line) {
    return fmt::format("| {} | {} | {} |", line.cell.evidence, line.cell.method,
                       size_of(line.cell));
}

std::string margin_line(const Measured& line) {
    const Rates& rates = line.rates;
    const std::string start = beginning_of(line);
    if (rates.share(rates.judged) < no_verdicts) {
        return start + " no verdict | | | | |\n";
    }
    return start + fmt::format(" {} | {} | {} | {} | {} |\n", percent(rates, rates.judged),
                               percent(rates, rates.passed), percent(rates, rates.understated),
                               percent(rates, rates.overstated),
                               percent(rates, rates.any_regressed));
}

std::string decision_line(const Measured& line) {
    const Rates& rates = line.rates;
    return fmt::format("{} {} | {} | {} |\n", beginning_of(line),
                       percent(rates, rates.any_regressed), percent(rates, rates.any_confirmed),
                       percent(rates, rates.all_passed));
}

std::string drift_line(const Measured& line) {
    const Rates& rates = line.rates;
    return fmt::format("{} {} | {} | {} |\n", beginning_of(line), percent(rates, rates.above_noise),
                       percent(rates, rates.violated), percent(rates, rates.passed));
}

constexpr const char* margin_head =
    "| evidence | method | n | verdict possible | passed | interval above the truth | interval "
    "below the truth | regressed |\n|---|---|---|---|---|---|---|---|\n";
constexpr const char* decision_head =
    "| run | method | n | regressed | confirmed | passed |\n|---|---|---|---|---|---|\n";
constexpr const char* drift_head =
    "| column | size | n a side | above the noise level | violated | passed "
    "|\n|---|---|---|---|---|---|\n";

const char* head_of(Goal goal) {
    switch (goal) {
        case Goal::margin_passes:
            return margin_head;
        case Goal::none:
        case Goal::false_alarm:
            return decision_head;
        case Goal::no_drift:
            return drift_head;
    }
    return decision_head;
}

std::string text_of(const Measured& line, Goal goal) {
    if (!line.is_known()) {
        return beginning_of(line) + "\n";
    }
    switch (goal) {
        case Goal::margin_passes:
            return margin_line(line);
        case Goal::none:
        case Goal::false_alarm:
            return decision_line(line);
        case Goal::no_drift:
            return drift_line(line);
    }
    return decision_line(line);
}

}  // namespace

std::string document(const std::vector<Part>& parts) {
    std::string text = head;
    for (const Part& part : parts) {
        const Goal goal = part.lines.front().cell.goal;
        text += "\n## " + part.heading + "\n\n" + part.words + "\n\n";
        text += head_of(goal);
        for (const Measured& line : part.lines) {
            text += text_of(line, goal);
        }
    }
    return text;
}

std::string first_difference(const std::string& text, const std::string& documented) {
    std::istringstream ours(text);
    std::istringstream theirs(documented);
    std::string wanted;
    std::string found;
    while (std::getline(ours, wanted)) {
        if (!std::getline(theirs, found)) {
            return wanted;
        }
        const bool is_beginning = std::ranges::count(wanted, '|') == columns_of_beginning;
        if (is_beginning ? !found.starts_with(wanted) : found != wanted) {
            return wanted;
        }
    }
    return std::getline(theirs, found) ? found : "";
}

std::string missed_goal(const Measured& measured) {
    const Rates& rates = measured.rates;
    if (!measured.is_known()) {
        return "";
    }
    double limit = 1.0;
    std::size_t count = 0;
    std::string what;
    switch (measured.cell.goal) {
        case Goal::none:
            return "";
        case Goal::margin_passes:
            limit = highest_false_pass;
            count = rates.passed;
            what = "a loss of exactly the margin passed";
            break;
        case Goal::false_alarm:
            limit = highest_false_alarm;
            count = rates.any_regressed;
            what = "an unchanged model was called regressed";
            break;
        case Goal::no_drift:
            limit = highest_false_alarm;
            count = rates.above_noise;
            what = "a column without drift was above its noise level";
            break;
    }
    const double sd = std::sqrt(limit * (1.0 - limit) / static_cast<double>(rates.runs));
    const bool holds = rates.share(count) <= limit + deviations * sd;
    return holds ? ""
                 : fmt::format("{}: {} in {} % of runs, goal {:.1f} %", measured.cell.name(), what,
                               percent(rates, count), 100.0 * limit);
}

}  // namespace metricgate::calibration
