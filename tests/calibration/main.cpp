// Measures the gate's error rates by simulation and holds them against their goals and against
// docs/CALIBRATION.md:
//   calibration --check FILE [K]   every K-th cell (all, without K); exit 1 when a line of the file
//                                  differs or a goal is missed
//   calibration --write FILE       writes the file, then as above
//   calibration --show TEXT [RUNS] prints the cells whose name holds TEXT, with fewer runs
#include <fmt/format.h>
#include <algorithm>
#include <atomic>
#include <cstdio>
#include <fstream>
#include <iterator>
#include <span>
#include <thread>

#include "calibration/table.h"
#include "support/number.h"

namespace {

using namespace metricgate::calibration;

constexpr unsigned workers = 2;

struct Plan {
    const char* heading;
    const char* words;
    std::vector<Cell> (*cells)();
};

constexpr Plan plans[] = {
    {"Paired outcomes at a loss of exactly the margin",
     "Accuracy, margin 2 pp, true loss 2 pp. Discordant: exactly one side is right.",
     outcome_cells},
    {"Means of losses at a loss of exactly the margin",
     "The changes have standard deviations near 1 (lognormal ones up to 2.2) and the margin is "
     "0.1. Clusters are what is independent.",
     mean_cells},
    {"Areas under the ROC curve at a loss of exactly the margin",
     "Normal scores in both classes; the sides correlate by 0.8.", auc_cells},
    {"Resampled metrics at a loss of exactly the margin",
     "F1 with a false positive rate of 2 %; every run draws new random weights.", bootstrap_cells},
    {"Percentiles, runs and recorded numbers at a loss of exactly the margin",
     "Percentiles of paired examples; the other sides are drawn apart.", recorded_cells},
    {"Different examples at a loss of exactly the margin", "Each side is drawn on its own.",
     different_cells},
    {"Methods asked for by name at a loss of exactly the margin",
     "`method:` in the check, where the gate would choose another one. The loss that wilcoxon and "
     "mann_whitney judge is that of the median they\nestimate: of skewed changes the mean is "
     "another number, which they do not look at.",
     asked_cells},
    {"Repeated runs at a loss of exactly the margin",
     "Recorded runs, folds of one data set, and predictions of several runs on the same examples "
     "(seeds). Lognormal differences of paired runs\nare held to no goal: a few runs do not show "
     "that the rare ones are far worse, and more losses pass there than stated. Record more runs, "
     "or examples.",
     run_cells},
    {"Columns without drift",
     "Both sides are drawn from one distribution; limits: 0.1 for psi, 0.1 for ks_drift. Above "
     "the noise level: what the report shows beside the size; `violated`\nneeds the limit and "
     "the noise level to be exceeded.",
     drift_cells},
    {"Unchanged models and real drops",
     "Accuracy 0.95 with 6 % of the examples discordant. `regressed`: at least one check, after "
     "Holm. "
     "`passed`: every check. Correlated checks\nshare 0.7 of the variance of what makes an example "
     "change.",
     decision_cells},
    {"Unchanged models by other methods",
     "Both sides are drawn alike; the margin is 0.000001, so that every false claim of a loss "
     "counts.",
     unchanged_cells},
};

std::vector<Part> cells_of(const std::string& wanted, std::size_t runs) {
    std::vector<Part> parts;
    for (const Plan& plan : plans) {
        Part part{plan.heading, plan.words, {}};
        for (Cell& cell : plan.cells()) {
            if (cell.name().find(wanted) != std::string::npos) {
                cell.runs = runs > 0 ? runs : cell.runs;
                part.lines.push_back({std::move(cell), {}});
            }
        }
        if (!part.lines.empty()) {
            parts.push_back(std::move(part));
        }
    }
    return parts;
}

/// Simulates every `stride`-th cell.
void measure(std::vector<Part>& parts, std::size_t stride) {
    std::vector<Measured*> queue;
    std::size_t at = 0;
    for (Part& part : parts) {
        for (Measured& line : part.lines) {
            if (at++ % stride == 0) {
                queue.push_back(&line);
            }
        }
    }
    // A cell's numbers come from its own name, so that neither order nor threads matter.
    std::atomic<std::size_t> next = 0;
    const auto work = [&] {
        for (std::size_t i = next++; i < queue.size(); i = next++) {
            const Cell& cell = queue[i]->cell;
            queue[i]->rates = simulate(cell.name(), cell.trial, cell.truth, cell.runs);
        }
    };
    std::vector<std::jthread> threads;
    for (unsigned i = 1; i < workers; ++i) {
        threads.emplace_back(work);
    }
    work();
}

int goals_missed(const std::vector<Part>& parts) {
    int missed = 0;
    for (const Part& part : parts) {
        for (const Measured& line : part.lines) {
            const std::string reason = missed_goal(line);
            if (!reason.empty()) {
                fmt::print("{}\n", reason);
                ++missed;
            }
        }
    }
    return missed;
}

std::string contents(const std::string& path) {
    std::ifstream file(path, std::ios::binary);
    return {std::istreambuf_iterator<char>(file), {}};
}

int usage() {
    fmt::print(stderr, "wanted --check FILE [K], --write FILE or --show TEXT [RUNS]\n");
    return 2;
}

int show(const std::string& text, std::size_t runs) {
    std::vector<Part> parts = cells_of(text, runs);
    measure(parts, 1);
    fmt::print("{}\n", document(parts));
    return goals_missed(parts) > 0 ? 1 : 0;
}

int check(const std::string& path, std::size_t stride, bool writes) {
    std::vector<Part> parts = cells_of("", 0);
    measure(parts, stride);
    const std::string text = document(parts);
    if (writes) {
        std::ofstream(path, std::ios::binary) << text;
    }
    const int missed = goals_missed(parts);
    const std::string different = first_difference(text, contents(path));
    if (!different.empty()) {
        fmt::print("{} is not what the simulation gives: run scripts/calibrate\n{}\n", path,
                   different);
        return 1;
    }
    return missed > 0 ? 1 : 0;
}

int run(std::span<char*> arguments) {
    const std::string mode = arguments.size() > 2 ? arguments[1] : "";
    const std::size_t number =
        arguments.size() > 3 ? static_cast<std::size_t>(std::stoul(arguments[3])) : 0;
    if (mode == "--show") {
        return show(arguments[2], number);
    }
    if (mode == "--check") {
        return check(arguments[2], number > 0 ? number : 1, false);
    }
    return mode == "--write" ? check(arguments[2], 1, true) : usage();
}

}  // namespace

int main(int count, char** arguments) {
    try {
        return run({arguments, static_cast<std::size_t>(count)});
    } catch (const std::exception& problem) {
        fmt::print(stderr, "calibration: {}\n", problem.what());
        return 70;
    }
}
