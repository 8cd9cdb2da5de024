#include "comparison/support_floors.h"

#include <algorithm>
#include <cmath>

#include "comparison/columns.h"
#include "comparison/contrast.h"
#include "metrics/coarse.h"
#include "metrics/evaluate.h"
#include "support/text.h"

namespace metricgate::comparison {
namespace {

std::vector<std::size_t> label_counts(const evidence::Examples& examples,
                                      const evidence::Rows& rows) {
    std::vector<std::size_t> counts(examples.classes.size(), 0);
    for (std::size_t i = 0; i < rows.size(); ++i) {
        ++counts[examples.label->codes[rows[i]]];
    }
    return counts;
}

std::optional<Insufficient> of_one_class(const std::vector<std::size_t>& counts,
                                         std::uint32_t positive, std::size_t rows,
                                         std::size_t least) {
    const std::size_t positives = positive < counts.size() ? counts[positive] : 0;
    if (positives < least) {
        return Insufficient{"positives", positives, least};
    }
    if (rows - positives < least) {
        return Insufficient{"negatives", rows - positives, least};
    }
    return std::nullopt;
}

/// The rarest class that has labels at all; classes without any are the metric's own affair.
std::optional<Insufficient> of_rarest_class(const std::vector<std::size_t>& counts,
                                            const evidence::Examples& examples, std::size_t least) {
    std::size_t rarest = counts.size();
    for (std::size_t code = 0; code < counts.size(); ++code) {
        if (counts[code] > 0 && (rarest == counts.size() || counts[code] < counts[rarest])) {
            rarest = code;
        }
    }
    if (rarest == counts.size() || counts[rarest] >= least) {
        return std::nullopt;
    }
    return Insufficient{"examples of class '" + examples.classes[rarest] + "'", counts[rarest],
                        least};
}

std::optional<Insufficient> missing_classes(const metrics::Metric& metric,
                                            const evidence::Examples& examples,
                                            const evidence::Rows& rows, std::size_t least) {
    const auto& form = metric.definition->form;
    const bool ranks = std::holds_alternative<metrics::RanksForm>(form);
    const bool cells =
        std::holds_alternative<metrics::CellsForm>(form) ||
        (std::holds_alternative<metrics::OutcomesForm>(form) && !metrics::is_outcome(metric));
    if (!(ranks || cells) || !examples.label) {
        return std::nullopt;
    }
    const std::vector<std::size_t> counts = label_counts(examples, rows);
    if (ranks) {
        return examples.positive ? of_one_class(counts, *examples.positive, rows.size(), least)
                                 : std::nullopt;
    }
    switch (metric.parameters.average) {
        case metrics::Average::binary:
        case metrics::Average::one_class:
            if (metric.parameters.class_code) {
                return of_one_class(counts, *metric.parameters.class_code, rows.size(), least);
            }
            return of_rarest_class(counts, examples, least);
        case metrics::Average::macro:
            return of_rarest_class(counts, examples, least);
        case metrics::Average::micro:
        case metrics::Average::weighted:
            // Rare classes hardly weigh there.
            return std::nullopt;
    }
    return std::nullopt;
}

/// Examples of the rarest class: those of a table metric that the fewest examples can move.
std::size_t rarest_class(const evidence::Examples& examples, const evidence::Rows& rows) {
    std::size_t rarest = rows.size();
    for (const std::size_t count : label_counts(examples, rows)) {
        rarest = count > 0 ? std::min(rarest, count) : rarest;
    }
    return rarest;
}

bool only_zeros_and_ones(const std::vector<double>& values) {
    return std::ranges::all_of(values, [](double value) { return value == 0.0 || value == 1.0; });
}

}  // namespace

std::optional<Insufficient> missing_identity(const metrics::Metric& metric,
                                             const evidence::Examples& examples,
                                             const evidence::Rows& rows, double margin,
                                             const Options& options) {
    if (!metrics::is_coarse(metric, examples) || !(margin > 0.0 && margin < 1.0)) {
        return std::nullopt;
    }
    const auto& values = examples.side(evidence::Side::candidate).values;
    const auto column = values.find(metric.parameters.column);
    if (column != values.end() && !only_zeros_and_ones(column->second.values)) {
        return std::nullopt;
    }
    const bool table = std::holds_alternative<metrics::CellsForm>(metric.definition->form) &&
                       examples.label.has_value();
    const std::size_t have =
        table ? rarest_class(examples, rows) : count_that_count(metric, examples, rows);
    const double need = std::ceil(std::log(1.0 - options.confidence) / std::log1p(-margin));
    if (static_cast<double>(have) >= need) {
        return std::nullopt;
    }
    return Insufficient{table ? "equal examples of the rarest class" : "equal examples", have,
                        static_cast<std::size_t>(need)};
}

std::optional<Insufficient> missing_support(const metrics::Metric& metric,
                                            const evidence::Examples& examples,
                                            const evidence::Rows& rows, const Options& options) {
    const std::size_t least = std::max<std::size_t>(options.min_examples, 1);
    if (rows.size() < least) {
        return Insufficient{"examples", rows.size(), least};
    }
    auto classes = missing_classes(metric, examples, rows, options.min_per_class);
    if (classes) {
        return classes;
    }
    if (is_clustered(examples)) {
        const std::size_t clusters = occupied_clusters(examples, rows);
        if (clusters < options.min_clusters) {
            return Insufficient{"clusters", clusters, options.min_clusters};
        }
    }
    return std::nullopt;
}

std::optional<Insufficient> missing_slice_support(const metrics::Metric& metric,
                                                  const evidence::Examples& examples,
                                                  const evidence::Rows& rows,
                                                  const Options& options) {
    if (auto missing = missing_support(metric, examples, rows, options)) {
        return missing;
    }
    if (!examples.label) {
        return std::nullopt;
    }
    if (metrics::is_outcome(metric)) {
        const std::size_t least = std::max<std::size_t>(options.min_examples, 1);
        const std::size_t have = count_that_count(metric, examples, rows);
        return have < least ? std::optional(Insufficient{"counted examples", have, least})
                            : std::nullopt;
    }
    const bool compares_classes =
        std::holds_alternative<metrics::RanksForm>(metric.definition->form) ||
        std::holds_alternative<metrics::CellsForm>(metric.definition->form);
    if (compares_classes) {
        const std::vector<std::size_t> counts = label_counts(examples, rows);
        const auto classes = static_cast<std::size_t>(
            std::ranges::count_if(counts, [](std::size_t count) { return count > 0; }));
        if (classes < 2) {
            return Insufficient{"classes among the labels", classes, 2};
        }
    }
    return std::nullopt;
}

void count_support(const metrics::Metric& metric, const evidence::Examples& examples,
                   const evidence::Rows& rows, Comparison& out) {
    out.n = rows.size();
    out.n_unit = "examples";
    if (metrics::is_outcome(metric) && examples.label) {
        out.n = count_that_count(metric, examples, rows);
        if (out.n != rows.size()) {
            out.n_unit = "counted examples";
        }
    }
}

std::string problem_of(const metrics::Reduced& reduced) {
    if (!reduced.problem.empty()) {
        return "undefined: " + reduced.problem;
    }
    return reduced.substituted > 0 && reduced.substituted == reduced.examples.rows
               ? "undefined: every query is, so that `when_undefined` would be the whole answer"
               : "";
}

void count_reduced(const metrics::Reduced& reduced, const Options& options, Comparison& out) {
    const auto in_its_unit = [&](std::string& text) {
        constexpr std::string_view examples = "examples";
        if (text == examples || text.starts_with("examples for ")) {
            text.replace(0, examples.size(), reduced.unit);
        }
    };
    in_its_unit(out.n_unit);
    if (reduced.substituted > 0) {
        add_note(
            out, "when_undefined",
            support::count_of(reduced.substituted, "query takes", "queries take") +
                " the value that `when_undefined` gives, because the metric is undefined there.");
    }
    if (!reduced.degenerate.empty()) {
        mark_degenerate(out, reduced.degenerate);
    }
    if (out.insufficient) {
        in_its_unit(out.insufficient->of);
    } else if (!reduced.rarest_class.empty() && reduced.of_rarest < options.min_per_class) {
        out.insufficient = Insufficient{"examples of class '" + reduced.rarest_class + "'",
                                        reduced.of_rarest, options.min_per_class};
    }
}

void note_caution(const metrics::Metric& metric, Comparison& out) {
    if (out.problem.empty() && !metric.definition->caution.empty()) {
        add_note(out, "metric_caution", std::string(metric.definition->caution));
    }
}

}  // namespace metricgate::comparison
