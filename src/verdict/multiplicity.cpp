#include "stats/multiplicity.h"

#include <map>
#include <optional>
#include <utility>
#include <vector>

#include "support/number.h"
#include "verdict/judge.h"

namespace metricgate::verdict {
namespace {

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

/// Takes a claim back that does not survive the correction for `members` rows.
void hold_against(CheckResult& row, double p, double adjusted, std::size_t members,
                  Correction correction) {
    row.adjusted_p = adjusted;
    const bool survives = adjusted <= 1.0 - row.rule.confidence;
    if (row.status != Status::regressed || survives) {
        return;
    }
    row.status = Status::inconclusive;
    row.confirmed = false;
    row.leans = "worse";
    row.reason = "significant alone (p " + support::format_short(p, 2) +
                 ") but not after correction for " + std::to_string(members) +
                 (row.rule.slice.empty() ? " checks (" : " slices (") + name_of(correction) +
                 " p " + support::format_short(adjusted, 2) + ")";
    row.notes.push_back({"regressed_before_correction", row.reason});
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

std::optional<CorrectionFamily> correction_family(const CheckResult& row) {
    if (!is_judged_by_interval(row)) {
        return std::nullopt;
    }
    return CorrectionFamily{row.rule.slice.empty(), row.rule.level};
}

std::vector<std::vector<std::size_t>> correction_families(std::span<const CheckResult> results) {
    std::map<CorrectionFamily, std::vector<std::size_t>> families;
    for (std::size_t i = 0; i < results.size(); ++i) {
        if (const auto family = correction_family(results[i])) {
            families[*family].push_back(i);
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
            hold_against(results[members[k]], p[k], adjusted[k], members.size(), correction);
        }
    }
}

void correct_among(CheckResult& row, std::size_t others, Correction correction) {
    if (correction == Correction::none || !correction_family(row)) {
        return;
    }
    const double p = *row.comparison->p_no_loss;
    std::vector<double> family(others + 1, 1.0);
    family.front() = p;
    hold_against(row, p, corrected(family, correction).front(), family.size(), correction);
}

}  // namespace metricgate::verdict
