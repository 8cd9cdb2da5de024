#include "cli/slice_parts.h"

#include <algorithm>
#include <map>

namespace metricgate::cli {
namespace {

using evidence::CategoryColumn;
using evidence::Side;
using Columns = std::map<std::string, CategoryColumn>;
using Key = std::vector<std::string>;

/// Calls `take(row, values)` for each of `rows` rows.
template <class Take>
void visit(const Columns& slices, const std::vector<std::string>& columns, std::size_t rows,
           Take take) {
    std::vector<const CategoryColumn*> by;
    for (const std::string& column : columns) {
        const auto found = slices.find(column);
        if (found == slices.end()) {
            return;
        }
        by.push_back(&found->second);
    }
    Key key(by.size());
    for (std::size_t row = 0; row < rows; ++row) {
        for (std::size_t k = 0; k < by.size(); ++k) {
            key[k] = by[k]->names[by[k]->codes[row]];
        }
        take(row, key);
    }
}

}  // namespace

SliceColumns slice_columns(const policy::Slices& slices, const PlannedInput& input) {
    SliceColumns result;
    for (const auto& by : slices.by) {
        const auto role = input.source.columns.find(by.value);
        result.roles.push_back(by.value);
        result.columns.push_back(role == input.source.columns.end() ? by.value : role->second.both);
    }
    return result;
}

std::size_t SlicePart::rows_of_larger_side() const {
    return std::max(rows_of(Side::baseline), rows_of(Side::candidate));
}

std::vector<SlicePart> slice_parts(const evidence::Examples& examples,
                                   const std::vector<std::string>& columns) {
    std::map<Key, SlicePart> parts;
    visit(examples.slices, columns, examples.rows, [&](std::size_t row, const Key& key) {
        parts[key].rows.push_back(static_cast<std::uint32_t>(row));
    });
    for (const Side side : {Side::baseline, Side::candidate}) {
        const auto which = static_cast<std::size_t>(side);
        const evidence::Unpaired& unpaired = examples.unpaired[which];
        visit(unpaired.slices, columns, unpaired.rows,
              [&](std::size_t, const Key& key) { ++parts[key].alone[which]; });
    }
    std::vector<SlicePart> result;
    for (auto& [key, part] : parts) {
        part.values = key;
        result.push_back(std::move(part));
    }
    return result;
}

}  // namespace metricgate::cli
