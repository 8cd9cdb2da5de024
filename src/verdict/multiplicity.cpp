#include "stats/multiplicity.h"

#include <map>
#include <utility>
#include <vector>

#include "support/number.h"
#include "verdict/judge.h"

namespace metricgate::verdict {
namespace {

/// Rows that are corrected together: whole checks or slices, of one level. All slices of a level
/// are one family, not one a check: with a family a check, ten sliced checks of an unchanged model
/// would claim a loss in up to 10 * 5 % of runs.
using Family = std::pair<bool, Level>;

bool is_judged_by_interval(const CheckResult& row) {
    return row.comparison && row.comparison->interval && row.comparison->p_no_loss &&
           !row.comparison->identical && row.comparison->problem.empty() &&
           (row.comparison->loss_claims_stand ||
            (!row.comparison->degenerate && !row.comparison->insufficient)) &&
           (row.rule.margin.absolute || row.rule.margin.relative ||
            row.rule.require != Require::nothing);
}

const char* name_of(Correction correction) {
    switch (correction) {
        case Correction::holm:
            return "Holm";
        case Correction::hochberg:
            return "Hochberg";
        case Correction::benjamini_hochberg:
            return "Benjamini-Hochberg";
        case Correction::benjamini_yekutieli:
            return "Benjamini-Yekutieli";
        case Correction::none:
            return "uncorrected";
    }
    return "Holm";
}

}  // namespace

const char* name(Correction correction) {
    switch (correction) {
        case Correction::holm:
            return "holm";
        case Correction::hochberg:
            return "hochberg";
        case Correction::benjamini_hochberg:
            return "bh";
        case Correction::benjamini_yekutieli:
            return "by";
        case Correction::none:
            return "none";
    }
    return "holm";
}

std::vector<double> corrected(const std::vector<double>& p, Correction correction) {
    switch (correction) {
        case Correction::holm:
            return stats::holm(p);
        case Correction::hochberg:
            return stats::hochberg(p);
        case Correction::benjamini_hochberg:
            return stats::benjamini_hochberg(p);
        case Correction::benjamini_yekutieli:
            return stats::benjamini_yekutieli(p);
        case Correction::none:
            return p;
    }
    return stats::holm(p);
}

std::vector<std::vector<std::size_t>> correction_families(std::span<const CheckResult> results) {
    std::map<Family, std::vector<std::size_t>> families;
    for (std::size_t i = 0; i < results.size(); ++i) {
        const CheckResult& row = results[i];
        if (is_judged_by_interval(row)) {
            families[{row.rule.slice.empty(), row.rule.level}].push_back(i);
        }
    }
    std::vector<std::vector<std::size_t>> members;
    for (auto& [family, rows] : families) {
        members.push_back(std::move(rows));
    }
    return members;
}

void correct_for_multiplicity(std::span<CheckResult> results, Correction correction) {
    if (correction == Correction::none) {
        return;
    }
    for (const std::vector<std::size_t>& members : correction_families(results)) {
        std::vector<double> p;
        p.reserve(members.size());
        for (const std::size_t member : members) {
            p.push_back(*results[member].comparison->p_no_loss);
        }
        const std::vector<double> adjusted = corrected(p, correction);
        for (std::size_t k = 0; k < members.size(); ++k) {
            CheckResult& row = results[members[k]];
            row.adjusted_p = adjusted[k];
            const bool survives = adjusted[k] <= 1.0 - row.rule.confidence;
            if (row.status != Status::regressed || survives) {
                continue;
            }
            row.status = Status::inconclusive;
            row.confirmed = false;
            row.leans = "worse";
            row.reason = "significant alone (p " + support::format_short(p[k], 2) +
                         ") but not after correction for " + std::to_string(members.size()) +
                         (row.rule.slice.empty() ? " checks (" : " slices (") +
                         name_of(correction) + " p " + support::format_short(adjusted[k], 2) + ")";
            row.notes.push_back({"regressed_before_correction", row.reason});
        }
    }
}

}  // namespace metricgate::verdict
