#include "cli/search_parts.h"

#include <algorithm>
#include <functional>

#include "cli/slice_parts.h"
#include "support/number.h"
#include "support/text.h"

namespace metricgate::cli {
namespace {

using evidence::CategoryColumn;
using evidence::Examples;
using evidence::Rows;
using evidence::Side;

/// A column as groups of its values.
struct Grouping {
    std::vector<std::string> names;       ///< of the groups, in the order of the values
    std::vector<std::uint32_t> of_row;    ///< of the paired examples
    std::vector<std::uint32_t> of_alone;  ///< of those that only the baseline has
    std::string problem;
};

/// Gives every code of a column the number of its group.
using NameGroups = std::function<std::string(const std::string& value)>;

std::vector<std::uint32_t> groups_of(const CategoryColumn& column, const NameGroups& group,
                                     std::map<std::string, std::uint32_t>& numbers,
                                     std::vector<std::string>& names) {
    std::vector<std::uint32_t> of_code;
    for (const std::string& value : column.names) {
        const std::string name = group(value);
        const auto [found, added] =
            numbers.try_emplace(name, static_cast<std::uint32_t>(names.size()));
        if (added) {
            names.push_back(name);
        }
        of_code.push_back(found->second);
    }
    std::vector<std::uint32_t> groups(column.codes.size());
    for (std::size_t row = 0; row < groups.size(); ++row) {
        groups[row] = of_code[column.codes[row]];
    }
    return groups;
}

/// The values that end the groups but the last: quantiles of the column, each once.
std::vector<double> edges_of(const CategoryColumn& column, const std::vector<double>& values,
                             std::uint64_t groups) {
    std::vector<double> sorted;
    for (std::size_t row = 0; row < column.codes.size(); ++row) {
        if (!column.names[column.codes[row]].empty()) {
            sorted.push_back(values[column.codes[row]]);
        }
    }
    std::sort(sorted.begin(), sorted.end());
    std::vector<double> edges;
    for (std::uint64_t group = 1; group < groups && !sorted.empty(); ++group) {
        const std::size_t rank = (sorted.size() * group + groups - 1) / groups;
        const double edge = sorted[std::max<std::size_t>(rank, 1) - 1];
        if ((edges.empty() || edge > edges.back()) && edge < sorted.back()) {
            edges.push_back(edge);
        }
    }
    return edges;
}

std::string group_name(const std::vector<double>& edges, double value) {
    const auto end = std::lower_bound(edges.begin(), edges.end(), value);
    const std::string above =
        end == edges.begin() ? "" : "above " + support::format_exact(*(end - 1));
    if (end == edges.end()) {
        return above.empty() ? "all" : above;
    }
    return (above.empty() ? "up to " : above + " up to ") + support::format_exact(*end);
}

/// What is written in a numeric column; empty cells stay a group of their own.
std::string not_a_number(const CategoryColumn& column) {
    for (const std::string& name : column.names) {
        if (!name.empty() && support::parse_number(name).kind != support::NumberKind::finite) {
            return name;
        }
    }
    return {};
}

Grouping group_column(const Examples& examples, const std::string& role, const std::string& name,
                      const policy::Slices& slices) {
    Grouping grouping;
    const CategoryColumn& column = examples.slices.at(name);
    const auto& alone = examples.unpaired[static_cast<std::size_t>(Side::baseline)].slices;
    const auto left_out = alone.find(name);
    NameGroups group = [](const std::string& value) { return value; };
    const auto cut = slices.cut.find(role);
    if (cut != slices.cut.end()) {
        const CategoryColumn none;
        for (const auto* each : {&column, left_out == alone.end() ? &none : &left_out->second}) {
            const std::string bad = not_a_number(*each);
            if (!bad.empty()) {
                grouping.problem = support::describe(cut->second.where) + ": column '" + name +
                                   "' holds '" + support::visible(bad, 60) +
                                   "', and only finite numbers can be cut; leave it out of `cut`";
                return grouping;
            }
        }
        std::vector<double> values;
        for (const std::string& text : column.names) {
            values.push_back(support::parse_number(text).value);
        }
        const std::vector<double> edges = edges_of(column, values, cut->second.value);
        group = [edges](const std::string& value) {
            return value.empty() ? std::string()
                                 : group_name(edges, support::parse_number(value).value);
        };
    }
    std::map<std::string, std::uint32_t> numbers;
    grouping.of_row = groups_of(column, group, numbers, grouping.names);
    if (left_out != alone.end()) {
        grouping.of_alone = groups_of(left_out->second, group, numbers, grouping.names);
    }
    return grouping;
}

/// Adds the parts that `key` makes of the rows; `name` gives the slice of a key.
template <class KeyOfRow, class KeyOfAlone, class Name>
void add_parts(std::vector<SearchPart>& parts, const Examples& examples, const Rows& usable,
               std::size_t alone, KeyOfRow key_of_row, KeyOfAlone key_of_alone, Name name) {
    std::map<std::uint64_t, SearchPart> found;
    for (std::size_t row = 0; row < examples.rows; ++row) {
        ++found[key_of_row(row)].before;
    }
    for (std::size_t row = 0; row < alone; ++row) {
        ++found[key_of_alone(row)].before;
    }
    for (std::size_t i = 0; i < usable.size(); ++i) {
        found[key_of_row(usable[i])].rows.push_back(static_cast<std::uint32_t>(usable[i]));
    }
    for (auto& [key, part] : found) {
        part.slice = name(key);
        parts.push_back(std::move(part));
    }
}

}  // namespace

SearchParts search_parts(const policy::Slices& slices, const PlannedInput& input,
                         const Examples& examples, const Rows& usable) {
    using Slice = std::map<std::string, std::string>;
    SearchParts result;
    const SliceColumns columns = slice_columns(slices, input);
    const std::vector<std::string>& roles = columns.roles;
    std::vector<Grouping> groupings;
    for (std::size_t k = 0; k < roles.size(); ++k) {
        groupings.push_back(group_column(examples, roles[k], columns.columns[k], slices));
        if (!groupings.back().problem.empty()) {
            result.problem = groupings.back().problem;
            return result;
        }
    }
    const std::size_t alone = groupings.front().of_alone.size();
    for (std::size_t a = 0; a < roles.size(); ++a) {
        const Grouping& only = groupings[a];
        add_parts(
            result.parts, examples, usable, alone,
            [&](std::size_t row) { return std::uint64_t{only.of_row[row]}; },
            [&](std::size_t row) { return std::uint64_t{only.of_alone[row]}; },
            [&](std::uint64_t key) {
                return Slice{{roles[a], only.names[key]}};
            });
    }
    for (std::size_t a = 0; a < roles.size(); ++a) {
        for (std::size_t b = a + 1; b < roles.size(); ++b) {
            const Grouping& first = groupings[a];
            const Grouping& second = groupings[b];
            const std::uint64_t width = second.names.size();
            add_parts(
                result.parts, examples, usable, alone,
                [&](std::size_t row) { return first.of_row[row] * width + second.of_row[row]; },
                [&](std::size_t row) { return first.of_alone[row] * width + second.of_alone[row]; },
                [&](std::uint64_t key) {
                    return Slice{{roles[a], first.names[key / width]},
                                 {roles[b], second.names[key % width]}};
                });
        }
    }
    return result;
}

}  // namespace metricgate::cli
