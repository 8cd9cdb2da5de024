#include "comparison/column_checks.h"

#include <algorithm>

#include "comparison/methods.h"
#include "stats/proportions.h"
#include "support/number.h"
#include "support/text.h"

namespace metricgate::comparison {
namespace {

using support::format_short;

std::string values_text(std::size_t count) {
    return support::count_of(count, "value", "values");
}

void note_noise(const metrics::ColumnFinding& finding, double confidence, Comparison& out) {
    const metrics::Noise& noise = *finding.noise;
    out.notes.push_back(
        {"noise_level", "Without drift, samples of " + values_text(finding.baseline_n) +
                            " and of " + values_text(finding.candidate_n) + " differ by " +
                            format_short(noise.mean, 3) + " on average, and in " +
                            format_short(100.0 * confidence, 4) + " % of cases by at most " +
                            format_short(noise.level, 3) + "."});
    if (noise.p) {
        const std::string p = *noise.p < 1e-300 ? "below 1e-300" : format_short(*noise.p, 3);
        out.notes.push_back({"drift_p", "The p of \"no drift\" is " + p +
                                            "; it falls with the number of examples, however small "
                                            "the drift, and does not decide."});
    }
}

std::optional<Insufficient> too_few(const metrics::ColumnFinding& finding, bool both,
                                    std::size_t least) {
    const std::size_t fewest =
        both ? std::min(finding.baseline_n, finding.candidate_n) : finding.candidate_n;
    return fewest < least ? std::optional(Insufficient{"values per side", fewest, least})
                          : std::nullopt;
}

evidence::Scalar share_of(const metrics::Value& value, std::size_t n) {
    evidence::Scalar share;
    share.value = {support::NumberKind::finite, value.number()};
    share.n = n;
    return share;
}

/// The change of a share, with its interval.
void compare_shares(const metrics::Metric& metric, const metrics::ColumnFinding& finding,
                    const Margin& margin, const Options& options, Comparison& out) {
    if (options.candidate_interval) {
        const double n = static_cast<double>(finding.candidate_n);
        out.candidate_interval =
            stats::wilson(finding.candidate.number() * n, n, options.confidence);
    }
    if (!finding.baseline.defined()) {
        return;
    }
    const bool asked = margin.absolute || margin.relative;
    if (asked && !out.insufficient) {
        out.method = "newcombe";
        run_newcombe(metric, share_of(finding.baseline, finding.baseline_n),
                     share_of(finding.candidate, finding.candidate_n), margin, options, out);
    } else {
        out.delta = metric.orientation() * (finding.candidate.number() - finding.baseline.number());
    }
}

}  // namespace

Comparison compare(const metrics::Metric& metric, const evidence::ColumnSides& sides,
                   const std::string& column, const Margin& margin, const Options& options) {
    Comparison out;
    const metrics::ColumnForm* form = metrics::column_form(metric.definition);
    const metrics::ColumnFinding finding =
        form->find(sides, metric.parameters.of_column, {options.confidence, options.seed, column});
    out.method = finding.noise ? "noise_level" : "count";
    out.baseline = finding.baseline;
    out.candidate = finding.candidate;
    out.n = finding.candidate_n;
    out.n_unit = form->is_share ? "rows" : "values";
    for (const metrics::Remark& remark : finding.remarks) {
        out.notes.push_back({remark.code, remark.text});
    }
    if (!finding.candidate.defined()) {
        out.problem = finding.candidate.reason();
        return out;
    }
    if (finding.candidate_n == 0) {
        out.problem = "the candidate's column holds no value";
        return out;
    }
    const bool both = sides.baseline.has_value();
    out.insufficient =
        too_few(finding, both, std::max({options.min_examples, finding.least, std::size_t{1}}));
    if (finding.noise) {
        out.noise = finding.noise;
        note_noise(finding, options.confidence, out);
    }
    if (form->is_share) {
        compare_shares(metric, finding, margin, options, out);
    }
    return out;
}

}  // namespace metricgate::comparison
