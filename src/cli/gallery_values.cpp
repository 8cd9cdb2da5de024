#include <algorithm>
#include <array>
#include <cmath>
#include <functional>
#include <set>
#include <variant>

#include "cli/gallery_parts.h"
#include "evidence/metric_file.h"
#include "stats/side_by_side.h"

namespace metricgate::cli {
namespace {

using evidence::Examples;
using evidence::NumberColumn;
using evidence::Side;

constexpr std::size_t most_bins = 30;
constexpr std::size_t most_distributions = 12;
constexpr std::size_t least_runs = 5;  ///< fewer have no shape
constexpr std::array quantile_shares = {0.05, 0.5, 0.9, 0.95, 0.99};

using Pick = std::function<double(std::size_t row)>;

std::vector<double> finite_values(std::size_t rows, const Pick& pick) {
    std::vector<double> values;
    values.reserve(rows);
    for (std::size_t row = 0; row < rows; ++row) {
        const double value = pick(row);
        if (std::isfinite(value)) {
            values.push_back(value);
        }
    }
    return values;
}

/// What a side says of each example; nothing without the column.
using Reader = std::function<Pick(const evidence::SideColumns&)>;

void add_of_examples(const Examples& examples, const std::string& title, const std::string& axis,
                     const Reader& reader, report::InputGallery& out) {
    std::array<std::vector<double>, 2> values;
    for (const Side side : {Side::baseline, Side::candidate}) {
        if (const Pick pick = reader(examples.side(side))) {
            values[static_cast<std::size_t>(side)] = finite_values(examples.rows, pick);
        }
    }
    add_distribution(title, axis, "examples", std::move(values[0]), std::move(values[1]),
                     out.distributions);
}

Pick pick_from(const std::optional<NumberColumn>& column) {
    return column ? Pick([&values = column->values](std::size_t row) { return values[row]; })
                  : Pick();
}

/// The scores of the examples that do, or do not, belong to the positive class.
void gather_scores(const Examples& examples, report::InputGallery& out) {
    if (!examples.label || !examples.positive) {
        add_of_examples(
            examples, "Scores", "score",
            [](const evidence::SideColumns& side) { return pick_from(side.score); }, out);
        return;
    }
    const std::string name = *examples.positive < examples.classes.size()
                                 ? examples.classes[*examples.positive]
                                 : std::string();
    for (const bool positive : {true, false}) {
        const auto reader = [&examples, positive](const evidence::SideColumns& side) {
            const Pick all = pick_from(side.score);
            return all ? Pick([&examples, positive, all](std::size_t row) {
                return (examples.label->codes[row] == *examples.positive) == positive
                           ? all(row)
                           : std::nan("");
            })
                       : Pick();
        };
        add_of_examples(
            examples,
            (positive ? "Scores of examples of class " : "Scores of all but class ") + name,
            "score", reader, out);
    }
}

void gather_class_scores(const Examples& examples, report::InputGallery& out) {
    if (!examples.label) {
        return;
    }
    const auto reader = [&examples](const evidence::SideColumns& side) {
        return side.class_scores.empty() ? Pick() : Pick([&examples, &side](std::size_t row) {
            const std::uint32_t label = examples.label->codes[row];
            return label < side.class_scores.size() ? side.class_scores[label].values[row]
                                                    : std::nan("");
        });
    };
    add_of_examples(examples, "Scores of the right class", "score", reader, out);
}

void gather_predictions(const Examples& examples, report::InputGallery& out) {
    const auto predicted = [](const evidence::SideColumns& side) {
        return pick_from(side.predicted_number);
    };
    add_of_examples(examples, "Predictions", "predicted value", predicted, out);
    if (!examples.target) {
        return;
    }
    const auto error = [&examples, &predicted](const evidence::SideColumns& side) {
        const Pick all = predicted(side);
        return all ? Pick([&examples, all](std::size_t row) {
            return all(row) - examples.target->values[row];
        })
                   : Pick();
    };
    add_of_examples(examples, "Errors", "predicted minus actual", error, out);
}

}  // namespace

void add_distribution(const std::string& title, const std::string& axis, const std::string& unit,
                      std::vector<double> baseline, std::vector<double> candidate,
                      std::vector<report::Distribution>& out) {
    if ((baseline.empty() && candidate.empty()) || out.size() >= most_distributions) {
        return;
    }
    report::Distribution shown;
    shown.title = title;
    shown.of = axis;
    shown.unit = unit;
    shown.baseline_n = baseline.size();
    shown.candidate_n = candidate.size();
    shown.shares = {quantile_shares.begin(), quantile_shares.end()};
    stats::SideBySide counted =
        stats::side_by_side(std::move(baseline), std::move(candidate), most_bins, quantile_shares);
    shown.edges = std::move(counted.edges);
    shown.below = counted.below;
    shown.above = counted.above;
    shown.baseline = std::move(counted.first);
    shown.candidate = std::move(counted.second);
    shown.baseline_quantiles = std::move(counted.first_quantiles);
    shown.candidate_quantiles = std::move(counted.second_quantiles);
    out.push_back(std::move(shown));
}

void gather_values(const Examples& examples, report::InputGallery& out) {
    gather_scores(examples, out);
    gather_class_scores(examples, out);
    gather_predictions(examples, out);
    std::set<std::string> roles;
    for (const Side side : {Side::baseline, Side::candidate}) {
        for (const auto& [role, column] : examples.side(side).values) {
            roles.insert(role);
        }
    }
    for (const std::string& role : roles) {
        const auto reader = [&role](const evidence::SideColumns& side) {
            const auto found = side.values.find(role);
            return found == side.values.end() ? Pick()
                                              : Pick([&values = found->second.values](
                                                         std::size_t row) { return values[row]; });
        };
        add_of_examples(examples, role, role, reader, out);
    }
}

void gather_runs(const LoadedInput& loaded, const std::vector<std::string>& names,
                 report::InputGallery& out) {
    const auto values_of = [](const std::optional<evidence::MetricFile>& file,
                              const std::string& name) {
        const evidence::Entry* entry = file ? file->find(name) : nullptr;
        const auto* samples =
            entry == nullptr ? nullptr : std::get_if<evidence::Samples>(&entry->evidence);
        return samples == nullptr ? std::vector<double>() : samples->values;
    };
    for (const std::string& name : names) {
        std::array<std::vector<double>, 2> values = {values_of(loaded.baseline, name),
                                                     values_of(loaded.candidate, name)};
        for (std::vector<double>& side : values) {
            std::erase_if(side, [](double value) { return !std::isfinite(value); });
        }
        if (std::max(values[0].size(), values[1].size()) >= least_runs) {
            add_distribution(name, name, "runs", std::move(values[0]), std::move(values[1]),
                             out.distributions);
        }
    }
}

}  // namespace metricgate::cli
