#include <limits>

#include "metrics/column_bins.h"
#include "metrics/column_checks.h"
#include "metrics/definitions.h"
#include "support/number.h"

namespace metricgate::metrics {
namespace {

std::string empty_bins_text(const stats::BinShares& shares) {
    const std::string amount = support::format_short(shares.amount, 6);
    switch (shares.rule) {
        case stats::EmptyBins::floor:
            return "Empty bins: a share below " + amount + " counts as " + amount + ".";
        case stats::EmptyBins::add_share:
            return "Empty bins: " + amount + " is added to every share.";
        case stats::EmptyBins::add_count:
            return "Empty bins: " + amount + " is added to every count.";
    }
    return "";
}

ColumnFinding find_psi(const evidence::ColumnSides& sides, const ColumnParameters& parameters,
                       const ColumnChance& chance) {
    ColumnFinding finding = find_binned(sides, parameters, chance, [&](auto expected, auto actual) {
        return stats::population_stability_index(expected, actual, parameters.shares);
    });
    finding.remarks.push_back({"empty_bins", empty_bins_text(parameters.shares)});
    return finding;
}

Definition stability_index() {
    Definition definition;
    definition.direction = Direction::lower_is_better;
    definition.highest = std::numeric_limits<double>::infinity();
    definition.form =
        ColumnForm{find_psi, always_needs_baseline, takes_type | takes_bins | takes_empty, true};
    return definition;
}

}  // namespace

Definition psi() {
    Definition definition = stability_index();
    definition.name = "psi";
    definition.summary = "population stability index of a column, such as the score";
    definition.formula =
        "sum (a - e) ln(a/e) over bins; e and a are the shares of the baseline and the candidate; "
        "a numeric column is cut at the baseline's type-7 quantiles into `bins` (10) of equal "
        "share, equal edges merged, a value on an edge counted below it (`closed: left`: above), "
        "the outer bins open, at least 10 values a bin needed on either side; text has a bin a "
        "category; empty cells have their own; a share below "
        "`floor` (0.0001) counts as that, without normalising again (`add_share`, `add_count`: "
        "added to every share or count instead)";
    return definition;
}

Definition csi() {
    Definition definition = stability_index();
    definition.name = "csi";
    definition.summary = "characteristic stability index: psi of each feature, one row a column";
    definition.formula = "psi of every column that `of:` lists; \"*\" lists all without a role";
    return definition;
}

}  // namespace metricgate::metrics
