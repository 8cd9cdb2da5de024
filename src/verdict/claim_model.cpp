#include "verdict/claim_model.h"

#include <algorithm>
#include <cmath>

#include "stats/distributions.h"
#include "stats/proportions.h"
#include "verdict/row.h"

namespace metricgate::verdict {
namespace {

using comparison::Comparison;

/// Why nothing is known of how a row's estimate varies; empty when it is.
std::string obstacle(const CheckResult& row) {
    if (!row.comparison) {
        return row.reason.empty() ? "it was not compared" : row.reason;
    }
    const Comparison& c = *row.comparison;
    if (!c.problem.empty()) {
        return c.problem;
    }
    if (!row.rule.compares_sides()) {
        return "it has limits only";
    }
    if (!row.rule.margin.absolute && !row.rule.margin.relative &&
        row.rule.require != Require::improvement) {
        return "it limits gains only";
    }
    if (row.rule.require == Require::equivalence) {
        return "it asks for equivalence, whose chances are not worked out";
    }
    if (c.insufficient) {
        return "too little data: " + lack_text(*c.insufficient);
    }
    if (!c.baseline.defined() || !c.delta) {
        return "there is no baseline to compare with";
    }
    if (c.identical) {
        return "both sides hold the same evidence, which says nothing about the noise between two "
               "models";
    }
    if (c.degenerate) {
        return "the evidence is degenerate and says nothing about noise";
    }
    if (!c.uncertainty_known) {
        return "no uncertainty known: every recorded loss beyond the margin blocks, be it real or "
               "noise";
    }
    const auto by_margin_too = [](const comparison::Note& note) {
        return note.code == mean_against_margin;
    };
    if (std::ranges::any_of(c.notes, by_margin_too)) {
        return "the mean of the candidate's runs is judged by itself, too, and how often noise "
               "alone "
               "makes it fail is not worked out; record the baseline's runs, too, or name "
               "`method: prediction_interval`";
    }
    const bool known = c.interval && c.standard_error && *c.standard_error > 0.0 &&
                       std::isfinite(*c.standard_error);
    return known ? "" : "its standard error is not known";
}

/// The standard error against the margin, read off the width of its interval.
double margin_error(const Comparison& c) {
    const double width = c.interval->upper - c.interval->lower;
    if (!c.margin || !(width > 0.0)) {
        return *c.standard_error;
    }
    const double ratio = (c.margin->upper - c.margin->lower) / width;
    return std::isfinite(ratio) && ratio > 0.0 ? ratio * *c.standard_error : *c.standard_error;
}

/// How much farther than `critical` standard errors an end of the interval lies. An end that lies
/// nearer does so by the chance of this sample: no method passes a loss of the margin more often
/// than its confidence says.
double stretch(double distance, double error, double critical) {
    const double ratio = distance / (critical * error);
    return std::isfinite(ratio) ? std::max(ratio, 1.0) : 1.0;
}

/// The share of discordant pairs; with none at all the upper bound of what it may be, because no
/// noise would promise too much.
double discordant_share(const stats::PairedCounts& pairs, double confidence) {
    const auto discordant = static_cast<double>(pairs.candidate_only + pairs.baseline_only);
    const auto n = static_cast<double>(pairs.n());
    return discordant > 0.0 ? discordant / n : stats::wilson(0.0, n, confidence).upper;
}

}  // namespace

double ClaimModel::error_at(double difference) const {
    if (!outcomes) {
        return standard_error;
    }
    const double share = std::max(outcomes->discordant, std::abs(difference));
    // A rate of nearly 100 % in one direction has next to no variance, but never none.
    const double variance = std::max(share - difference * difference, 1e-12);
    return std::sqrt(variance / static_cast<double>(outcomes->pairs));
}

stats::VerdictChances ClaimModel::chances_at(double difference) const {
    if (outcomes) {
        const auto exact =
            stats::outcome_chances(rule, outcomes->pairs, outcomes->discordant, difference);
        if (exact) {
            return *exact;
        }
    }
    const double error = error_at(difference);
    return stats::chances(rule, difference, error, margin_error * (error / standard_error),
                          degrees_of_freedom);
}

std::string ClaimModel::basis() const {
    if (outcomes && stats::outcome_chances(rule, outcomes->pairs, outcomes->discordant, 0.0)) {
        return "exact";
    }
    return degrees_of_freedom ? "t" : "normal";
}

std::optional<ClaimModel> claim_model(const CheckResult& row, std::string& unknown) {
    unknown = obstacle(row);
    if (!unknown.empty()) {
        return std::nullopt;
    }
    const Comparison& c = *row.comparison;
    ClaimModel model;
    model.rule = {c.margin ? c.margin->margin : 0.0, row.rule.confidence,
                  row.rule.require == Require::improvement};
    model.standard_error = *c.standard_error;
    model.margin_error = margin_error(c);
    model.degrees_of_freedom = c.degrees_of_freedom;
    if (c.outcome_pairs && c.outcome_pairs->n() > 0) {
        model.outcomes = OutcomeModel{c.outcome_pairs->n(),
                                      discordant_share(*c.outcome_pairs, row.rule.confidence)};
        model.standard_error = model.margin_error = model.error_at(0.0);
        return model;
    }
    // Methods widen their bounds for skewness, for areas near 1 and for few clusters; taken over as
    // observed.
    const double critical =
        c.degrees_of_freedom ? stats::student_t_quantile(row.rule.confidence, *c.degrees_of_freedom)
                             : stats::normal_quantile(row.rule.confidence);
    model.rule.lower_stretch =
        stretch(*c.delta - c.interval->lower, model.standard_error, critical);
    model.rule.upper_stretch =
        stretch(c.interval->upper - *c.delta, model.standard_error, critical);
    return model;
}

double LimitModel::distance(double at) const {
    return minimum ? at - limit.value : limit.value - at;
}

std::optional<double> LimitModel::broken_at(double at) const {
    if (!standard_error) {
        return std::nullopt;
    }
    const double reach = stats::normal_quantile(confidence) * *standard_error;
    double shift = 0.0;
    switch (limit.by) {
        case Bound::point:
            break;
        case Bound::lower:
            shift = -reach;
            break;
        case Bound::upper:
            shift = reach;
            break;
    }
    return stats::normal_cdf(-distance(at + shift) / *standard_error);
}

std::vector<LimitModel> limit_models(const CheckResult& row) {
    std::vector<LimitModel> models;
    if (!row.comparison) {
        return models;
    }
    const Comparison& c = *row.comparison;
    if (!c.baseline.defined() && !c.candidate.defined()) {
        return models;
    }
    const double value = c.baseline.defined() ? c.baseline.number() : c.candidate.number();
    std::optional<double> error;
    if (c.candidate_interval) {
        const double width = c.candidate_interval->upper - c.candidate_interval->lower;
        if (std::isfinite(width) && width > 0.0) {
            error = width / (2.0 * stats::normal_quantile(row.rule.confidence));
        }
    }
    if (row.rule.minimum) {
        models.push_back(
            {*row.rule.minimum, true, value, c.baseline.defined(), error, row.rule.confidence});
    }
    if (row.rule.maximum) {
        models.push_back(
            {*row.rule.maximum, false, value, c.baseline.defined(), error, row.rule.confidence});
    }
    return models;
}

}  // namespace metricgate::verdict
