// Means with standard errors of numbers that are never all in memory.
#include <algorithm>
#include <cassert>
#include <cmath>
#include <limits>

#include "stats/exact_sum.h"
#include "stats/means.h"
#include "stats/moments.h"

namespace metricgate::stats {

namespace {

constexpr double unknown = std::numeric_limits<double>::infinity();

struct Column {
    Range range{unknown, -unknown};
    double scale = 1.0;
    double mean = 0.0;  // of scale * values
    ExactSum sum;
    ExactSum squares;
    ExactSum cubes;
};

/// Range, and the sum as it is for the ordinary scale of 1.
void first_visit(const StreamedColumns& numbers, std::vector<Column>& columns) {
    numbers.visit([&](std::size_t index, std::span<const double> block) {
        Column& column = columns[index];
        for (const double value : block) {
            column.range.lowest = std::min(column.range.lowest, value);
            column.range.highest = std::max(column.range.highest, value);
            column.sum.add(value);
        }
    });
}

void sum_to_scale(const StreamedColumns& numbers, std::vector<Column>& columns) {
    bool ordinary = true;
    for (Column& column : columns) {
        column.scale = safe_scale(column.range.magnitude());
        if (column.scale != 1.0) {
            column.sum = {};
            ordinary = false;
        }
    }
    if (ordinary) {
        return;
    }
    numbers.visit([&](std::size_t index, std::span<const double> block) {
        Column& column = columns[index];
        for (const double value : block) {
            if (column.scale != 1.0) {
                column.sum.add(column.scale * value);
            }
        }
    });
}

}  // namespace

std::vector<MeanEstimate> paired_means(const StreamedColumns& numbers) {
    assert(numbers.rows > 0);
    if (numbers.rows == 0) {
        return std::vector<MeanEstimate>(numbers.columns, {0.0, unknown, 0.0});
    }
    std::vector<Column> columns(numbers.columns);
    first_visit(numbers, columns);
    sum_to_scale(numbers, columns);
    const auto n = static_cast<double>(numbers.rows);
    bool any_varies = false;
    for (Column& column : columns) {
        const double lowest = column.scale * column.range.lowest;
        const double highest = column.scale * column.range.highest;
        column.mean =
            lowest == highest ? lowest : std::clamp(column.sum.value() / n, lowest, highest);
        any_varies = any_varies || lowest != highest;
    }
    if (any_varies && numbers.rows > 1) {
        numbers.visit([&](std::size_t index, std::span<const double> block) {
            Column& column = columns[index];
            for (const double value : block) {
                const double deviation = column.scale * value - column.mean;
                column.squares.add(deviation * deviation);
                column.cubes.add(deviation * deviation * deviation);
            }
        });
    }
    std::vector<MeanEstimate> estimates;
    for (const Column& column : columns) {
        const double variance = numbers.rows > 1 ? column.squares.value() / (n - 1.0) : unknown;
        estimates.push_back({column.mean / column.scale, std::sqrt(variance / n) / column.scale,
                             n - 1.0, skewness_of(column.cubes.value(), column.squares.value())});
    }
    return estimates;
}

}  // namespace metricgate::stats
