#include <algorithm>

#include "cli/gallery_parts.h"
#include "metrics/category_counts.h"

namespace metricgate::cli {
namespace {

using evidence::ColumnSides;
using evidence::ObservedColumn;
using Counts = std::map<std::string, std::uint64_t>;

constexpr std::size_t most_columns = 12;
constexpr std::size_t most_categories = 10;

Counts counts_of(const std::optional<ObservedColumn>& column) {
    return column && column->categories ? metrics::category_counts(*column) : Counts();
}

std::uint64_t count_of(const Counts& counts, const std::string& name) {
    const auto found = counts.find(name);
    return found == counts.end() ? 0 : found->second;
}

report::CategoryShares categories_of(const std::string& name, const ColumnSides& sides) {
    report::CategoryShares shown;
    shown.title = name;
    const Counts baseline = counts_of(sides.baseline);
    const Counts candidate = counts_of(sides.candidate);
    shown.baseline_n = sides.baseline ? sides.baseline->rows : 0;
    shown.candidate_n = sides.candidate ? sides.candidate->rows : 0;
    Counts all = baseline;
    all.insert(candidate.begin(), candidate.end());
    for (const auto& [category, count] : all) {
        shown.rows.push_back(
            {category, count_of(baseline, category), count_of(candidate, category)});
    }
    std::ranges::stable_sort(shown.rows, [](const auto& left, const auto& right) {
        return left.baseline + left.candidate > right.baseline + right.candidate;
    });
    report::CategoryShares::Row others{"(all others)"};
    for (std::size_t i = most_categories; i < shown.rows.size(); ++i) {
        others.baseline += shown.rows[i].baseline;
        others.candidate += shown.rows[i].candidate;
    }
    if (shown.rows.size() > most_categories) {
        shown.rows.resize(most_categories);
        shown.rows.push_back(others);
    }
    const report::CategoryShares::Row missing{"(empty)",
                                              sides.baseline ? sides.baseline->missing.count : 0,
                                              sides.candidate ? sides.candidate->missing.count : 0};
    if (missing.baseline + missing.candidate != 0) {
        shown.rows.push_back(missing);
    }
    return shown;
}

bool is_text(const ColumnSides& sides) {
    const auto text = [](const std::optional<ObservedColumn>& column) {
        return column && column->text.count != 0;
    };
    return text(sides.baseline) || text(sides.candidate);
}

std::vector<double> numbers_of(const std::optional<ObservedColumn>& column) {
    return column ? column->numbers : std::vector<double>();
}

}  // namespace

void gather_columns(const LoadedInput& loaded, const std::vector<std::string>& names,
                    report::InputGallery& out) {
    for (std::size_t i = 0; i < std::min(names.size(), most_columns); ++i) {
        const auto found = loaded.columns.find(names[i]);
        if (found == loaded.columns.end()) {
            continue;
        }
        if (is_text(found->second)) {
            out.categories.push_back(categories_of(names[i], found->second));
        } else {
            add_distribution(names[i], names[i], "values", numbers_of(found->second.baseline),
                             numbers_of(found->second.candidate), out.columns);
        }
    }
}

}  // namespace metricgate::cli
