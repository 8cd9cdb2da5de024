#include "report/history_plot.h"

#include <algorithm>
#include <array>
#include <cmath>

#include "report/history_words.h"
#include "report/table.h"

namespace metricgate::report {
namespace {

using verdict::Measurement;
using verdict::MetricHistory;
using verdict::PointState;

/// What one column stands for.
struct Column {
    double mean = 0.0;
    double lowest = 0.0;
    double highest = 0.0;
    bool rings = false;
    bool in_limits = false;
    bool learning = false;
    bool limited = false;
    bool change = false;
};

std::vector<Column> columns_of(const MetricHistory& history, std::size_t most) {
    const auto& points = history.measurements;
    const std::size_t count = std::min(most, points.size());
    std::vector<Column> columns(count);
    for (std::size_t i = 0; i < count; ++i) {
        const std::size_t from = i * points.size() / count;
        const std::size_t until = (i + 1) * points.size() / count;
        Column& column = columns[i];
        column.lowest = column.highest = points[from].value;
        for (std::size_t at = from; at < until; ++at) {
            const Measurement& point = points[at];
            column.mean += point.value / static_cast<double>(until - from);
            column.lowest = std::min(column.lowest, point.value);
            column.highest = std::max(column.highest, point.value);
            column.rings = column.rings || point.state == PointState::rings;
            column.in_limits = column.in_limits || point.state == PointState::in_limits;
            column.learning = column.learning || point.state == PointState::learning;
            column.limited = column.limited || (history.limits && at >= history.limits->from);
        }
        column.mean = std::clamp(column.mean, column.lowest, column.highest);
        for (const verdict::LevelChange& change : history.changes) {
            column.change = column.change || (change.at >= from && change.at < until);
        }
    }
    return columns;
}

/// The step of `steps` that a value falls into; the middle one where all values are equal.
std::size_t step_of(double value, double lowest, double highest, std::size_t steps) {
    // Halves, so that the distance of the two largest numbers is one.
    const double range = highest / 2.0 - lowest / 2.0;
    if (!(range > 0.0)) {
        return steps / 2;
    }
    const double share = std::clamp((value / 2.0 - lowest / 2.0) / range, 0.0, 1.0);
    return std::min(steps - 1, static_cast<std::size_t>(share * static_cast<double>(steps)));
}

struct Signs {
    const char* mean;
    const char* extreme;
    const char* ring;
    const char* limit;
    const char* change;
    const char* edge;
};

constexpr Signs unicode = {"\u2022", "\u00b7", "\u00d7", "\u2500", "\u250a", "\u2502"};
constexpr Signs plain = {"o", ".", "x", "-", ":", "|"};

}  // namespace

std::string sparkline(const MetricHistory& history, std::size_t columns, bool ascii) {
    static constexpr std::array bars = {"\u2581", "\u2582", "\u2583", "\u2584",
                                        "\u2585", "\u2586", "\u2587", "\u2588"};
    static constexpr std::array signs = {".", ",", "-", "~", "=", "+", "*", "#"};
    const std::vector<Column> drawn = columns_of(history, columns);
    if (drawn.empty()) {
        return "";
    }
    const auto [low, high] = std::ranges::minmax(drawn, {}, &Column::mean);
    std::string line;
    for (const Column& column : drawn) {
        const std::size_t step = step_of(column.mean, low.mean, high.mean, bars.size());
        line += ascii ? signs[step] : bars[step];
    }
    return line;
}

std::vector<std::string> plot(const MetricHistory& history, std::size_t columns, std::size_t rows,
                              bool ascii) {
    constexpr std::size_t least = 10;
    const Signs& signs = ascii ? plain : unicode;
    if (history.measurements.empty() || rows < 2) {
        return {};
    }
    const auto extremes = std::ranges::minmax(history.measurements, {}, &Measurement::value);
    double lowest = extremes.min.value;
    double highest = extremes.max.value;
    // Limits that no double reaches have no place in the picture.
    const bool draws_limits = history.limits && std::isfinite(history.limits->limits.lower) &&
                              std::isfinite(history.limits->limits.upper);
    if (draws_limits) {
        lowest = std::min(lowest, history.limits->limits.lower);
        highest = std::max(highest, history.limits->limits.upper);
    }
    const std::string top = history_number(highest);
    const std::string bottom = history_number(lowest);
    const std::size_t margin = std::max(top.size(), bottom.size());
    const std::size_t room = columns > margin + 2 + least ? columns - margin - 2 : least;
    const std::vector<Column> drawn = columns_of(history, room);
    const auto row_of = [&](double value) {
        return rows - 1 - step_of(value, lowest, highest, rows);
    };
    std::vector<std::vector<std::string>> cells(rows, std::vector<std::string>(drawn.size(), " "));
    for (std::size_t i = 0; i < drawn.size(); ++i) {
        const Column& column = drawn[i];
        if (draws_limits && column.limited) {
            cells[row_of(history.limits->limits.lower)][i] = signs.limit;
            cells[row_of(history.limits->limits.upper)][i] = signs.limit;
        }
        for (std::size_t row = 0; column.change && row < rows; ++row) {
            cells[row][i] = signs.change;
        }
        cells[row_of(column.lowest)][i] = signs.extreme;
        cells[row_of(column.highest)][i] = signs.extreme;
        cells[row_of(column.mean)][i] = column.rings ? signs.ring : signs.mean;
    }
    std::vector<std::string> lines;
    for (std::size_t row = 0; row < rows; ++row) {
        const std::string label = row == 0 ? top : row + 1 == rows ? bottom : "";
        std::string line = std::string(margin - label.size(), ' ') + label + " " + signs.edge;
        for (const std::string& cell : cells[row]) {
            line += cell;
        }
        line.erase(line.find_last_not_of(' ') + 1);
        lines.push_back(line);
    }
    std::string strip = std::string(margin + 2, ' ');
    for (const Column& column : drawn) {
        strip += column.rings ? "!" : column.in_limits ? "-" : column.learning ? "." : " ";
    }
    strip.erase(strip.find_last_not_of(' ') + 1);
    if (!strip.empty()) {
        lines.push_back(strip);
    }
    return lines;
}

}  // namespace metricgate::report
