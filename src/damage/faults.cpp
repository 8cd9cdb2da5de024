#include "damage/faults.h"

#include <algorithm>
#include <functional>
#include <limits>

#include "metrics/evaluate.h"
#include "metrics/used_columns.h"

namespace metricgate::damage {
namespace {

using evidence::CategoryColumn;
using evidence::Examples;
using evidence::NumberColumn;
using evidence::Side;
using metrics::Metric;

constexpr double nan = std::numeric_limits<double>::quiet_NaN();

evidence::SideColumns& candidate_of(Examples& examples) {
    return examples.sides[static_cast<std::size_t>(Side::candidate)];
}

bool reads_classes(const Metric& metric) {
    return (metric.definition->needs & metrics::predicted_class) != 0U;
}

/// The first column of numbers on the candidate's side that the metric reads; null when it reads
/// classes only.
NumberColumn* number_column(const Metric& metric, Examples& examples) {
    for (const metrics::UsedColumn& column : metrics::used_columns(metric, examples)) {
        if (column.side == Side::candidate && column.number != nullptr) {
            // The examples are ours to change; `used_columns` only finds the column.
            return const_cast<NumberColumn*>(column.number);
        }
    }
    return nullptr;
}

/// The column that predicted classes were cut from.
NumberColumn* cut_column(Examples& examples) {
    evidence::SideColumns& side = candidate_of(examples);
    if (!side.class_scores.empty()) {
        return &side.class_scores.front();
    }
    return side.score ? &*side.score : nullptr;
}

void recut(Examples& examples, double threshold) {
    candidate_of(examples).predicted_class.reset();
    // It could be cut before, and what was broken is a cell, not the columns.
    static_cast<void>(metrics::derive_predicted_classes(examples, threshold));
}

evidence::Flaw flaw_of(const Examples& examples, std::size_t count, std::string text) {
    return {count, support::in_file(examples.candidate_source), std::move(text)};
}

std::uint32_t empty_class(Examples& examples) {
    if (const auto known = metrics::missing_class(examples)) {
        return *known;
    }
    examples.classes.emplace_back();
    return static_cast<std::uint32_t>(examples.classes.size() - 1);
}

void empty_numbers(NumberColumn& column, const Examples& examples,
                   const std::vector<double>& places, double share) {
    std::size_t count = column.missing.count;
    for (std::size_t row = 0; row < column.values.size(); ++row) {
        if (places[row] < share && !evidence::is_missing(column.values[row])) {
            column.values[row] = evidence::missing_value();
            ++count;
        }
    }
    column.missing = flaw_of(examples, count, "");
}

void empty_classes(CategoryColumn& column, Examples& examples, const std::vector<double>& places,
                   double share) {
    const std::uint32_t empty = empty_class(examples);
    CategoryColumn emptied;
    emptied.names = column.names;
    std::size_t count = 0;
    for (std::size_t row = 0; row < examples.rows; ++row) {
        const std::uint32_t code = places[row] < share ? empty : column.codes[row];
        count += code == empty ? 1U : 0U;
        emptied.codes.push_back(code);
    }
    emptied.missing = flaw_of(examples, count, "");
    emptied.non_finite = column.non_finite;
    column = std::move(emptied);
}

}  // namespace

std::string put_nan(const Metric& metric, Examples& examples, const std::vector<double>& places,
                    std::optional<double> threshold) {
    const bool cut = reads_classes(metric) && threshold;
    NumberColumn* column = cut ? cut_column(examples) : number_column(metric, examples);
    if (column == nullptr || column->values.empty()) {
        return "the check reads classes, which are no numbers";
    }
    const auto first = std::ranges::min_element(places) - places.begin();
    column->values[static_cast<std::size_t>(first)] = nan;
    column->non_finite = flaw_of(examples, column->non_finite.count + 1, "nan");
    if (cut) {
        recut(examples, *threshold);
    }
    return "";
}

std::string empty_cells(const Metric& metric, Examples& examples, const std::vector<double>& places,
                        double share, std::optional<double> threshold) {
    const bool cut = reads_classes(metric) && threshold;
    if (reads_classes(metric) && !cut) {
        std::optional<CategoryColumn>& column = candidate_of(examples).predicted_class;
        if (!column) {
            return "there is no column of predictions";
        }
        empty_classes(*column, examples, places, share);
        return "";
    }
    NumberColumn* column = cut ? cut_column(examples) : number_column(metric, examples);
    if (column == nullptr) {
        return "the check reads no column of the candidate";
    }
    empty_numbers(*column, examples, places, share);
    if (cut) {
        recut(examples, *threshold);
    }
    return "";
}

void put_nan(evidence::Entry& entry) {
    if (auto* scalar = std::get_if<evidence::Scalar>(&entry.evidence)) {
        scalar->value = {support::NumberKind::not_a_number, nan};
        return;
    }
    auto& samples = std::get<evidence::Samples>(entry.evidence);
    if (!samples.values.empty()) {
        samples.values.front() = nan;
    }
    samples.flaw = support::Diagnostic{entry.where, "metric '" + entry.name + "' is NaN"};
}

}  // namespace metricgate::damage
