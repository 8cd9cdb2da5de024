#include "comparison/guarded_table.h"

namespace metricgate::comparison {
namespace {

constexpr double guard = 0.5;

struct Occurring {
    std::vector<bool> label;
    std::vector<std::uint32_t> any;  ///< classes that occur as a label or a prediction
};

Occurring occurring(const std::vector<metrics::JointCell>& cells, std::size_t classes) {
    Occurring result;
    result.label.assign(classes, false);
    std::vector<bool> any(classes, false);
    for (const metrics::JointCell& cell : cells) {
        result.label[cell.label] = true;
        any[cell.label] = true;
        any[cell.baseline] = true;
        any[cell.candidate] = true;
    }
    for (std::uint32_t code = 0; code < classes; ++code) {
        if (any[code]) {
            result.any.push_back(code);
        }
    }
    return result;
}

GuardedTable occupied(const std::vector<metrics::JointCell>& cells, std::size_t classes) {
    GuardedTable table;
    table.classes = classes;
    for (const metrics::JointCell& cell : cells) {
        table.cells.push_back(cell);
        table.masses.push_back(static_cast<double>(cell.count));
        table.ends.push_back(table.cells.size());
        table.draws += cell.count;
        table.total += static_cast<double>(cell.count);
    }
    return table;
}

/// One category of half a count, spread over `cell_of(wrong class)`.
template <class CellOf>
void add_guard(GuardedTable& table, const Occurring& classes, std::uint32_t label,
               const CellOf& cell_of) {
    const std::size_t before = table.cells.size();
    for (const std::uint32_t wrong : classes.any) {
        if (wrong != label) {
            table.cells.push_back(cell_of(wrong));
        }
    }
    if (table.cells.size() > before) {
        table.masses.push_back(guard);
        table.ends.push_back(table.cells.size());
        table.total += guard;
    }
}

}  // namespace

GuardedTable guarded_pairs(const std::vector<metrics::JointCell>& cells, std::size_t classes) {
    GuardedTable table = occupied(cells, classes);
    const Occurring found = occurring(cells, classes);
    for (std::uint32_t label = 0; label < classes; ++label) {
        if (found.label[label]) {
            add_guard(table, found, label, [label](std::uint32_t wrong) {
                return metrics::JointCell{label, label, wrong, 0, 0.0};
            });
            add_guard(table, found, label, [label](std::uint32_t wrong) {
                return metrics::JointCell{label, wrong, label, 0, 0.0};
            });
        }
    }
    return table;
}

GuardedTable guarded_side(const std::vector<metrics::JointCell>& cells, std::size_t classes) {
    GuardedTable table = occupied(cells, classes);
    const Occurring found = occurring(cells, classes);
    for (std::uint32_t label = 0; label < classes; ++label) {
        if (found.label[label]) {
            add_guard(table, found, label, [label](std::uint32_t wrong) {
                return metrics::JointCell{label, wrong, wrong, 0, 0.0};
            });
        }
    }
    return table;
}

void draw_masses(const GuardedTable& table, stats::Stream& stream,
                 std::vector<std::uint64_t>& scratch, std::vector<double>& mass) {
    scratch.assign(table.masses.size(), 0);
    mass.assign(table.cells.size(), 0.0);
    stats::multinomial(stream, table.masses, table.total, table.draws, scratch);
    std::size_t begin = 0;
    for (std::size_t category = 0; category < scratch.size(); ++category) {
        const std::size_t end = table.ends[category];
        const double share =
            static_cast<double>(scratch[category]) / static_cast<double>(end - begin);
        for (std::size_t cell = begin; cell < end; ++cell) {
            mass[cell] = share;
        }
        begin = end;
    }
}

}  // namespace metricgate::comparison
