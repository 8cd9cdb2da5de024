// Metrics of a contingency table (F1, precision, MCC, kappa): resampling N rows is drawing a
// multinomial over the joint counts of label and both predictions, at a cost independent of N.
#include <algorithm>
#include <array>

#include "comparison/columns.h"
#include "comparison/guarded_table.h"
#include "comparison/methods.h"
#include "comparison/replicates.h"
#include "metrics/evaluate.h"
#include "support/hash.h"

namespace metricgate::comparison {
namespace {

/// Who was right, of each class where there are two of them and of all examples where there are
/// more.
void add_table_facts(const std::vector<metrics::JointCell>& cells,
                     const evidence::Examples& examples, Comparison& out) {
    const bool two = examples.positive && examples.classes.size() == 2;
    const auto add = [&](const std::string& of, const auto& wanted) {
        std::array<std::uint64_t, 4> counts{};
        for (const metrics::JointCell& cell : cells) {
            const bool baseline = cell.baseline == cell.label;
            const bool candidate = cell.candidate == cell.label;
            if (wanted(cell.label)) {
                counts[baseline ? (candidate ? 0 : 2) : (candidate ? 1 : 3)] += cell.count;
            }
        }
        add_fact(out, of + "right_on_both", counts[0]);
        add_fact(out, of + "right_on_the_candidate_only", counts[1]);
        add_fact(out, of + "right_on_the_baseline_only", counts[2]);
        add_fact(out, of + "wrong_on_both", counts[3]);
    };
    if (two) {
        add("positives_", [&](std::uint32_t label) { return label == *examples.positive; });
        add("negatives_", [&](std::uint32_t label) { return label != *examples.positive; });
    } else {
        add("", [](std::uint32_t /*label*/) { return true; });
        add_fact(out, "occupied_cells_of_the_table", cells.size());
    }
}

}  // namespace

std::string count_bootstrap_applies(const metrics::Metric& metric,
                                    const evidence::Examples& examples) {
    const auto& form = metric.definition->form;
    if (!std::holds_alternative<metrics::CellsForm>(form) &&
        !std::holds_alternative<metrics::OutcomesForm>(form)) {
        return "it needs a metric of the table of labels and predicted classes";
    }
    if (is_weighted(examples)) {
        return "it does not weigh examples";
    }
    return is_clustered(examples) ? "it takes examples as independent, and these are clustered"
                                  : "";
}

void run_count_bootstrap(const metrics::Metric& metric, const evidence::Examples& examples,
                         const evidence::Rows& rows, const Margin& margin, const Options& options,
                         Comparison& out) {
    using evidence::Side;
    const GuardedTable table =
        guarded_pairs(metrics::joint_cells(examples, rows), examples.classes.size());
    add_table_facts(metrics::joint_cells(examples, rows), examples, out);
    auto stream = stats::Stream::of_unit(options.seed, support::hash64("count_bootstrap"));
    std::vector<std::uint64_t> scratch;
    std::vector<double> mass;
    ReplicatePlan plan;
    plan.start = std::max(options.replicates, plan.start);
    plan.limit = std::max(plan.start, plan.limit);
    plan.draw = [&](std::size_t /*first*/, std::size_t count, Replicates& into) {
        for (std::size_t r = 0; r < count; ++r) {
            draw_masses(table, stream, scratch, mass);
            const auto value = [&](Side side) {
                return metrics::value_of(
                    metric, metrics::confusion_of(table.cells, mass, side, table.classes));
            };
            into.add(value(Side::baseline), value(Side::candidate));
        }
    };
    judge_by_replicates(metric, margin, options, plan, out);
    if (out.standard_error) {
        fill_power(options, *out.standard_error, out);
    }
}

}  // namespace metricgate::comparison
