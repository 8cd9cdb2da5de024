#include "metrics/column_bins.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <map>

#include "metrics/category_counts.h"
#include "metrics/column_checks.h"
#include "support/hash.h"
#include "support/number.h"
#include "support/text.h"

namespace metricgate::metrics {
namespace {

using evidence::ColumnSides;
using evidence::ObservedColumn;
using support::format_short;

/// Cells a bin of a numeric column. Its edges are drawn with the baseline, which the noise level
/// does not know: with 6 cells a bin 10 % of undrifted samples exceed it instead of 5 %, with 10
/// cells 6 %, with 20 cells 5 % (tests/real_data/check_no_drift.py).
constexpr std::size_t least_a_bin = 10;

std::string edges_text(const std::vector<double>& edges) {
    constexpr std::size_t shown = 20;
    std::string text;
    for (std::size_t i = 0; i < std::min(shown, edges.size()); ++i) {
        text += (i == 0 ? "" : ", ") + format_short(edges[i], 6);
    }
    return edges.size() > shown ? text + ", ..." : text;
}

/// A constant would share its bin with everything below (or above) it.
void enclose_constant(std::vector<double>& edges, const std::vector<double>& sorted,
                      stats::Closed closed) {
    constexpr double infinity = std::numeric_limits<double>::infinity();
    if (sorted.front() != sorted.back()) {
        return;
    }
    const double value = sorted.front();
    edges = closed == stats::Closed::right
                ? std::vector<double>{std::nextafter(value, -infinity), value}
                : std::vector<double>{value, std::nextafter(value, infinity)};
}

void count_numbers(const ColumnSides& sides, const ColumnParameters& parameters, ColumnBins& bins) {
    const std::vector<double> sorted = sorted_numbers(*sides.baseline);
    std::vector<double> edges = stats::quantile_edges(sorted, parameters.bins);
    enclose_constant(edges, sorted, parameters.closed);
    bins.expected = stats::count_in_bins(sorted, edges, parameters.closed);
    bins.actual = stats::count_in_bins(sides.candidate->numbers, edges, parameters.closed);
    const std::string belongs = parameters.closed == stats::Closed::right ? "below" : "above";
    if (sorted.front() == sorted.back()) {
        bins.remarks.push_back({"bins", "Bins: the baseline's only value " +
                                            format_short(sorted.front(), 6) +
                                            ", what is below it and what is above."});
        return;
    }
    bins.least = least_a_bin * (edges.size() + 1);
    bins.remarks.push_back({"bins", "Bins: " + std::to_string(edges.size() + 1) +
                                        ", cut at the baseline's quantiles " + edges_text(edges) +
                                        "; a value on an edge counts " + belongs + " it."});
}

void count_categories(const ColumnSides& sides, ColumnBins& bins) {
    const auto expected = category_counts(*sides.baseline);
    const auto actual = category_counts(*sides.candidate);
    auto all = expected;
    all.insert(actual.begin(), actual.end());
    const auto count_of = [](const std::map<std::string, std::uint64_t>& counts,
                             const std::string& name) {
        const auto found = counts.find(name);
        return found == counts.end() ? 0 : found->second;
    };
    for (const auto& [name, count] : all) {
        bins.expected.push_back(count_of(expected, name));
        bins.actual.push_back(count_of(actual, name));
    }
    bins.remarks.push_back({"bins", "Bins: one a category, " + std::to_string(all.size()) +
                                        (all.size() == 1 ? " of it." : " of them.")});
}

/// Cells without a value are a part of the distribution: a column that goes missing has drifted.
void count_missing(const ColumnSides& sides, ColumnBins& bins) {
    const std::size_t baseline = sides.baseline->missing.count;
    const std::size_t candidate = sides.candidate->missing.count;
    if (baseline + candidate == 0) {
        return;
    }
    bins.expected.push_back(baseline);
    bins.actual.push_back(candidate);
    bins.remarks.push_back(
        {"missing_values", "Empty cells have a bin of their own: " + missing_text(sides) + "."});
}

}  // namespace

ColumnBins bin_column(const ColumnSides& sides, const ColumnParameters& parameters) {
    ColumnBins bins;
    bins.problem = column_problem(sides);
    if (!bins.problem.empty()) {
        return bins;
    }
    if (is_numeric(sides, parameters)) {
        count_numbers(sides, parameters, bins);
    } else {
        count_categories(sides, bins);
    }
    count_missing(sides, bins);
    return bins;
}

ColumnFinding find_binned(const ColumnSides& sides, const ColumnParameters& parameters,
                          const ColumnChance& chance, const stats::BinnedDistance& distance) {
    ColumnFinding finding = start_finding(sides);
    ColumnBins bins = bin_column(sides, parameters);
    if (!bins.problem.empty()) {
        finding.candidate = Value::undefined(bins.problem);
        return finding;
    }
    finding.baseline_n = sides.baseline->rows;
    finding.candidate_n = sides.candidate->rows;
    finding.candidate = Value::of(distance(bins.expected, bins.actual));
    const stats::BinnedNoise noise =
        stats::binned_noise(bins.expected, bins.actual, distance, 1.0 - chance.confidence,
                            stats::Stream::of_unit(chance.seed, support::hash64(chance.column)));
    finding.noise = {noise.mean, noise.exceeded,
                     stats::chi_square_homogeneity(bins.expected, bins.actual).p};
    finding.remarks = std::move(bins.remarks);
    finding.least = bins.least;
    return finding;
}

}  // namespace metricgate::metrics
