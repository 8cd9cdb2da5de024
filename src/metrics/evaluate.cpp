#include "metrics/evaluate.h"

#include <algorithm>
#include <cmath>

#include "metrics/cells.h"
#include "metrics/outcomes.h"
#include "metrics/reduce.h"
#include "metrics/terms.h"
#include "metrics/used_columns.h"
#include "stats/exact_sum.h"
#include "stats/quantiles.h"

namespace metricgate::metrics {
namespace {

using evidence::Examples;
using evidence::Rows;
using evidence::Side;

/// A confusion matrix of more classes would be larger than the data.
constexpr std::size_t most_classes = 4096;

/// Why the weights cannot be used, or "".
std::string find_bad_weight(const Examples& examples, const Rows& rows) {
    double largest = 0.0;
    for (std::size_t at = 0; examples.weight && at < rows.size(); ++at) {
        const double weight = examples.weight->values[rows[at]];
        if (!(weight >= 0.0)) {
            return "a weight is negative";
        }
        largest = std::max(largest, weight);
    }
    return examples.weight && !(largest > 0.0) ? "all weights are 0" : "";
}

Value evaluate_confusion(const Metric& metric, const Examples& examples, Side side,
                         const Rows& rows) {
    const bool baseline = side == Side::baseline;
    const std::vector<JointCell> cells = tally(examples, rows, baseline, !baseline);
    if (examples.classes.size() > most_classes) {
        return is_outcome(metric) ? value_of_cells(metric, cells, side)
                                  : Value::undefined("more than " + std::to_string(most_classes) +
                                                     " classes; is the label a class?");
    }
    std::vector<double> mass;
    for (const JointCell& cell : cells) {
        mass.push_back(cell.weight);
    }
    Confusion confusion = confusion_of(cells, mass, side, examples.classes.size());
    confusion.names = &examples.classes;
    return value_of(metric, confusion);
}

Value evaluate_pair(const PairForm& form, const Examples& examples, const Rows& rows) {
    if (rows.size() == 0) {
        return Value::undefined("no examples");
    }
    // A count of examples, so weights do not enter.
    std::uint64_t count = 0;
    for (const JointCell& cell : tally(examples, rows, true, true)) {
        count += form.counts(cell.label, cell.baseline, cell.candidate) ? cell.count : 0;
    }
    return Value::of(static_cast<double>(count));
}

Value evaluate_moments(const Metric& metric, const Examples& examples, Side side,
                       const Rows& rows) {
    TermReader reader(metric, examples, side, rows);
    const std::size_t terms = reader.per_example();
    std::vector<double> block(std::min(term_block, rows.size()) * terms);
    std::vector<stats::ExactSum> sums(terms);
    stats::ExactSum weights;
    bool too_large = false;
    for (std::size_t first = 0; first < rows.size(); first += term_block) {
        const std::size_t count = std::min(term_block, rows.size() - first);
        reader.read(first, std::span(block).first(count * terms));
        for (std::size_t at = 0; at < count; ++at) {
            const double weight = examples.weight ? examples.weight->values[rows[first + at]] : 1.0;
            weights.add(weight);
            for (std::size_t term = 0; term < terms; ++term) {
                const double product = weight * block[at * terms + term];
                if (std::isfinite(product)) {
                    sums[term].add(product);
                } else {
                    too_large = true;
                }
            }
        }
    }
    if (const std::string problem = reader.problem(); !problem.empty()) {
        return Value::undefined(problem);
    }
    if (too_large) {
        return Value::undefined("a weighted term is too large");
    }
    std::vector<double> means;
    for (const stats::ExactSum& sum : sums) {
        means.push_back(sum.value() / weights.value());
    }
    return combine(metric, means.data());
}

Value evaluate_ranks(const RanksForm& form, const Examples& examples, Side side, const Rows& rows) {
    if (!examples.positive) {
        return Value::undefined("the positive class is not known");
    }
    const RankOrder ranks = examples.weight
                                ? rank_order(examples, side, rows, form.reads_scores)
                                : ranked_labels(examples, side, rows, form.reads_scores);
    std::vector<double> weights;
    if (examples.weight) {
        weights.reserve(rows.size());
        for (const std::uint32_t position : ranks.order) {
            weights.push_back(examples.weight->values[rows[position]]);
        }
    }
    return form.value({ranks.positive, ranks.ends_tie, weights, ranks.score});
}

Value evaluate_quantile(const Metric& metric, const Examples& examples, Side side,
                        const Rows& rows) {
    if (examples.weight) {
        return Value::undefined("weighted quantiles are not offered; leave the weight out");
    }
    const evidence::NumberColumn& column = examples.side(side).values.at(metric.parameters.column);
    std::vector<double> sorted;
    sorted.reserve(rows.size());
    for (std::size_t at = 0; at < rows.size(); ++at) {
        sorted.push_back(column.values[rows[at]]);
    }
    std::sort(sorted.begin(), sorted.end());
    return Value::of(stats::quantile_sorted(sorted, metric.parameters.quantile));
}

struct Evaluator {
    const Metric& metric;
    const Examples& examples;
    Side side;
    const Rows& rows;

    Value operator()(const CellsForm&) const {
        return evaluate_confusion(metric, examples, side, rows);
    }
    Value operator()(const OutcomesForm&) const {
        return evaluate_confusion(metric, examples, side, rows);
    }
    Value operator()(const MomentsForm&) const {
        return evaluate_moments(metric, examples, side, rows);
    }
    Value operator()(const RanksForm& form) const {
        return evaluate_ranks(form, examples, side, rows);
    }
    Value operator()(const QuantileForm&) const {
        return evaluate_quantile(metric, examples, side, rows);
    }
    Value operator()(const PairForm& form) const {
        return side == Side::candidate
                   ? evaluate_pair(form, examples, rows)
                   : Value::undefined("a count over both sides has no baseline value");
    }
    Value operator()(const ColumnForm&) const {
        return Value::undefined("it looks at a column of both sides, not at paired examples");
    }
    Value operator()(const ReducedForm&) const {
        const Reduced reduced = reduce(metric, examples, rows);
        return reduced.problem.empty() ? evaluate(reduced.metric, reduced.examples, side,
                                                  Rows::all(reduced.examples.rows))
                                       : Value::undefined(reduced.problem);
    }
};

}  // namespace

Value evaluate(const Metric& metric, const Examples& examples, Side side, const Rows& rows) {
    if (metric.definition == nullptr) {
        return Value::undefined("'" + metric.name + "' cannot be computed from predictions");
    }
    if (rows.size() == 0) {
        return Value::undefined("no examples");
    }
    const bool pair = std::holds_alternative<PairForm>(metric.definition->form);
    std::string obstacle =
        find_obstacle(metric, examples, pair ? std::nullopt : std::optional(side), rows);
    if (obstacle.empty()) {
        obstacle = find_bad_weight(examples, rows);
    }
    if (!obstacle.empty()) {
        return Value::undefined(obstacle);
    }
    return std::visit(Evaluator{metric, examples, side, rows}, metric.definition->form);
}

}  // namespace metricgate::metrics
