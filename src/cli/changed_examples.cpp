#include "cli/changed_examples.h"

#include <algorithm>
#include <cmath>
#include <functional>

#include "metrics/evaluate.h"
#include "metrics/used_columns.h"
#include "support/number.h"

namespace metricgate::cli {
namespace {

using evidence::Examples;
using evidence::Rows;
using evidence::Side;
using metrics::Metric;
using verdict::ChangedExample;

/// A row that changed, before its texts are made.
struct Change {
    std::uint32_t row = 0;
    double harm = 0.0;
    double tie = 0.0;  ///< decides between equal harms: how far a score moved
};

/// How one kind of column is compared and shown.
struct Reading {
    std::string examples_are;
    std::string harm_is;
    std::function<bool(std::size_t row, Change& change)> changed;
    std::function<std::string(Side, std::size_t row)> show;
};

std::string number(double value) {
    return std::isfinite(value) ? support::format_short(value, 6) : std::string("nan");
}

std::string label_of(const Examples& examples, std::size_t row) {
    if (examples.label) {
        return examples.classes[examples.label->codes[row]];
    }
    return examples.target ? number(examples.target->values[row]) : "";
}

/// How far the score moved away from the label; 0 without scores.
double score_harm(const Examples& examples, std::size_t row) {
    const auto& before = examples.side(Side::baseline);
    const auto& after = examples.side(Side::candidate);
    double harm = 0.0;
    if (before.score && after.score && examples.label && examples.positive) {
        const double move = after.score->values[row] - before.score->values[row];
        harm = examples.label->codes[row] == *examples.positive ? -move : move;
    } else if (examples.label) {
        const std::uint32_t right = examples.label->codes[row];
        if (right < before.class_scores.size() && right < after.class_scores.size()) {
            harm = before.class_scores[right].values[row] - after.class_scores[right].values[row];
        }
    }
    return std::isfinite(harm) ? harm : 0.0;
}

/// Whether a table metric looks at an example with this label and these predictions.
bool concerns(const Metric& metric, std::uint32_t label, std::uint32_t before,
              std::uint32_t after) {
    const auto& form = metric.definition->form;
    if (metrics::is_outcome(metric)) {
        const auto& outcomes = std::get<metrics::OutcomesForm>(form);
        return outcomes.counts == nullptr || outcomes.counts(label, metric.parameters);
    }
    if (const auto* pair = std::get_if<metrics::PairForm>(&form)) {
        return pair->counts(label, before, after);
    }
    if (metric.parameters.average == metrics::Average::one_class && metric.parameters.class_code) {
        const std::uint32_t one = *metric.parameters.class_code;
        return label == one || before == one || after == one;
    }
    return true;
}

Reading read_classes(const Metric& metric, const Examples& examples) {
    Reading reading;
    reading.examples_are = "examples whose predicted class changed";
    reading.harm_is = "1: right before and wrong now; 0: wrong both times; -1: right only now";
    reading.changed = [&metric, &examples](std::size_t row, Change& change) {
        const std::uint32_t before = examples.side(Side::baseline).predicted_class->codes[row];
        const std::uint32_t after = examples.side(Side::candidate).predicted_class->codes[row];
        const std::uint32_t label = examples.label ? examples.label->codes[row] : before;
        if (before == after || !concerns(metric, label, before, after)) {
            return false;
        }
        change.harm = before == label ? 1.0 : after == label ? -1.0 : 0.0;
        change.tie = score_harm(examples, row);
        return true;
    };
    reading.show = [&examples](Side side, std::size_t row) {
        const auto& columns = examples.side(side);
        std::string text = examples.classes[columns.predicted_class->codes[row]];
        return columns.score ? text + " (" + number(columns.score->values[row]) + ")" : text;
    };
    return reading;
}

Reading read_scores(const Examples& examples) {
    Reading reading;
    reading.examples_are = "examples whose score moved away from their label";
    reading.harm_is = "how far the score moved";
    reading.changed = [&examples](std::size_t row, Change& change) {
        change.harm = score_harm(examples, row);
        return change.harm > 0.0;
    };
    reading.show = [&examples](Side side, std::size_t row) {
        const auto& columns = examples.side(side);
        if (columns.score) {
            return number(columns.score->values[row]);
        }
        const std::uint32_t right = examples.label->codes[row];
        return right < columns.class_scores.size() ? number(columns.class_scores[right].values[row])
                                                   : std::string();
    };
    return reading;
}

Reading read_numbers(const Examples& examples) {
    Reading reading;
    reading.examples_are = "examples whose error grew";
    reading.harm_is = "growth of the absolute error";
    reading.changed = [&examples](std::size_t row, Change& change) {
        const double target = examples.target->values[row];
        const auto error = [&](Side side) {
            return std::abs(examples.side(side).predicted_number->values[row] - target);
        };
        change.harm = error(Side::candidate) - error(Side::baseline);
        return change.harm > 0.0;
    };
    reading.show = [&examples](Side side, std::size_t row) {
        return number(examples.side(side).predicted_number->values[row]);
    };
    return reading;
}

Reading read_values(const Metric& metric, const Examples& examples) {
    Reading reading;
    const std::string column = metric.parameters.column;
    reading.examples_are = "examples whose value got worse";
    reading.harm_is = "how much worse the value is";
    reading.changed = [&examples, column, sign = metric.orientation()](std::size_t row,
                                                                       Change& change) {
        change.harm = -sign * (examples.side(Side::candidate).values.at(column).values[row] -
                               examples.side(Side::baseline).values.at(column).values[row]);
        return change.harm > 0.0;
    };
    reading.show = [&examples, column](Side side, std::size_t row) {
        return number(examples.side(side).values.at(column).values[row]);
    };
    return reading;
}

bool both(const Examples& examples, const std::function<bool(const evidence::SideColumns&)>& has) {
    return has(examples.side(Side::baseline)) && has(examples.side(Side::candidate));
}

/// How the columns that the metric reads are compared; nothing when a side lacks them.
Reading reading_of(const Metric& metric, const Examples& examples) {
    using evidence::SideColumns;
    const unsigned needs = metric.definition->needs;
    if ((needs & metrics::predicted_class) != 0U &&
        both(examples, [](const SideColumns& side) { return side.predicted_class.has_value(); })) {
        return read_classes(metric, examples);
    }
    if ((needs & metrics::predicted_number) != 0U && examples.target &&
        both(examples, [](const SideColumns& side) { return side.predicted_number.has_value(); })) {
        return read_numbers(examples);
    }
    if ((needs & (metrics::positive_score | metrics::class_scores)) != 0U && examples.label &&
        both(examples, [](const SideColumns& side) {
            return side.score.has_value() || !side.class_scores.empty();
        })) {
        return read_scores(examples);
    }
    if ((needs & metrics::value_column) != 0U && both(examples, [&](const SideColumns& side) {
            return side.values.count(metric.parameters.column) != 0;
        })) {
        return read_values(metric, examples);
    }
    return {};
}

/// The examples of a slice. `class` is the class of a per-class row, which the metric itself knows.
Rows rows_of_slice(const PlannedInput& input, const Examples& examples,
                   const std::map<std::string, std::string>& slice) {
    struct Wanted {
        const evidence::CategoryColumn* column;
        const std::string* value;
    };
    std::vector<Wanted> wanted;
    for (const auto& [role, value] : slice) {
        const auto binding = input.source.columns.find(role);
        const std::string name =
            binding == input.source.columns.end() ? role : binding->second.both;
        const auto column = examples.slices.find(name);
        if (column != examples.slices.end()) {
            wanted.push_back({&column->second, &value});
        }
    }
    if (wanted.empty()) {
        return Rows::all(examples.rows);
    }
    std::vector<std::uint32_t> listed;
    for (std::size_t row = 0; row < examples.rows; ++row) {
        const bool inside = std::ranges::all_of(wanted, [row](const Wanted& each) {
            return each.column->names[each.column->codes[row]] == *each.value;
        });
        if (inside) {
            listed.push_back(static_cast<std::uint32_t>(row));
        }
    }
    return Rows(std::move(listed));
}

/// Ids, or positions from 1 where rows are paired by position.
std::string id_of(const Examples& examples, std::size_t row) {
    return examples.ids ? std::string(examples.id(row)) : std::to_string(row + 1);
}

}  // namespace

void list_changed_examples(const Metric& wanted, const PlannedInput& input,
                           const LoadedInput& loaded,
                           const std::map<std::string, std::string>& slice, std::size_t limit,
                           verdict::Explanation& out) {
    if (!loaded.examples || !loaded.incomparable.empty() || wanted.definition == nullptr) {
        return;
    }
    const Examples& examples = *loaded.examples;
    Metric metric = wanted;
    if (!metrics::resolve(metric, examples).empty()) {
        return;
    }
    const Reading reading = reading_of(metric, examples);
    if (!reading.changed) {
        return;
    }
    const Rows rows =
        metrics::without_missing(metric, examples, rows_of_slice(input, examples, slice));
    std::vector<Change> changes;
    for (std::size_t at = 0; at < rows.size(); ++at) {
        Change change{.row = static_cast<std::uint32_t>(rows[at])};
        if (reading.changed(rows[at], change)) {
            changes.push_back(change);
        }
    }
    std::ranges::sort(changes, [&](const Change& left, const Change& right) {
        if (left.harm != right.harm || left.tie != right.tie) {
            return left.harm != right.harm ? left.harm > right.harm : left.tie > right.tie;
        }
        return examples.ids ? examples.id(left.row) < examples.id(right.row) : left.row < right.row;
    });
    out.examples_are = reading.examples_are;
    out.harm_is = reading.harm_is;
    out.examples_in_all = changes.size();
    for (std::size_t i = 0; i < std::min(limit, changes.size()); ++i) {
        const std::size_t row = changes[i].row;
        out.examples.push_back({id_of(examples, row), label_of(examples, row),
                                reading.show(Side::baseline, row),
                                reading.show(Side::candidate, row), changes[i].harm});
    }
}

}  // namespace metricgate::cli
