#include "metrics/confusion_table.h"

#include <algorithm>
#include <numeric>

#include "metrics/catalog.h"
#include "metrics/cells.h"
#include "metrics/used_columns.h"

namespace metricgate::metrics {
namespace {

using evidence::Examples;
using evidence::Rows;
using evidence::Side;

/// The codes of the classes with the most labels, ascending.
std::vector<std::uint32_t> frequent(const Examples& examples, const Rows& rows, std::size_t most) {
    std::vector<std::uint64_t> counts(examples.classes.size(), 0);
    for (std::size_t at = 0; at < rows.size(); ++at) {
        ++counts[examples.label->codes[rows[at]]];
    }
    std::vector<std::uint32_t> codes(counts.size());
    std::iota(codes.begin(), codes.end(), 0U);
    std::ranges::stable_sort(codes, [&counts](std::uint32_t left, std::uint32_t right) {
        return counts[left] > counts[right];
    });
    codes.resize(std::min(codes.size(), most));
    std::ranges::sort(codes);
    return codes;
}

}  // namespace

SmallConfusion small_confusion(const Examples& examples, const Rows& rows, std::size_t most) {
    SmallConfusion table;
    Metric metric;
    metric.definition = find("accuracy");
    metric.name = "accuracy";
    std::array<bool, 2> known{};
    for (const Side side : {Side::baseline, Side::candidate}) {
        known[static_cast<std::size_t>(side)] =
            examples.label && find_obstacle(metric, examples, side, rows).empty() &&
            examples.side(side).predicted_class.has_value();
    }
    if (!known[0] && !known[1]) {
        return table;
    }
    const std::vector<std::uint32_t> shown = frequent(examples, rows, most);
    table.others = shown.size() < examples.classes.size();
    std::vector<std::size_t> place(examples.classes.size(), shown.size());
    for (std::size_t i = 0; i < shown.size(); ++i) {
        table.classes.push_back(examples.classes[shown[i]]);
        place[shown[i]] = i;
    }
    if (table.others) {
        table.classes.emplace_back("(all others)");
    }
    const std::size_t size = table.classes.size();
    for (const Side side : {Side::baseline, Side::candidate}) {
        const bool baseline = side == Side::baseline;
        if (!known[static_cast<std::size_t>(side)]) {
            continue;
        }
        auto& mass = table.mass[static_cast<std::size_t>(side)];
        mass.assign(size * size, 0.0);
        for (const JointCell& cell : tally(examples, rows, baseline, !baseline)) {
            const std::uint32_t predicted = baseline ? cell.baseline : cell.candidate;
            mass[place[cell.label] * size + place[predicted]] += cell.weight;
        }
    }
    return table;
}

}  // namespace metricgate::metrics
