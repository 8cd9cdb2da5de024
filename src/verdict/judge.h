#pragma once

#include <optional>
#include <span>
#include <vector>

#include "verdict/result.h"

namespace metricgate::verdict {

/// A loss is shown that reaches the margin, on evidence that lacks only what a pass needs.
bool claims_loss(const Rule& rule, const comparison::Comparison& comparison);

/// The status of one row from its rule and its comparison,
/// before correction for several checks.
CheckResult judge(const Rule& rule, const comparison::Comparison& comparison);

/// The candidate alone, because the baseline has no such file: limits are judged, else
/// `no_baseline`.
CheckResult judge_without_baseline(const Rule& rule, const comparison::Comparison& candidate);

/// A chart's newest point (`Rule::chart`): `violated` where it rings or breaks a limit,
/// `inconclusive` before there are points enough.
CheckResult judge_chart(const Rule& rule, const comparison::Comparison& comparison);

/// Whether the charted number and its limits are numbers.
bool is_usable(const std::optional<comparison::Chart>& chart);

/// The path since an anchor against `Rule::budget`.
CheckResult judge_budget(const Rule& rule, const comparison::Comparison& comparison);

/// "12 merges since v1.4.0, -0.0031 each on average".
std::string path_text(const comparison::Path& path);

/// A row that could not be compared: `missing`, `incomparable`, `skipped`, `new_metric` or `error`,
/// with the reason.
CheckResult explain(const Rule& rule, Status status, std::string reason);

/// How `regressed` claims are corrected for several checks. Holm: whatever depends on what, the
/// chance of any false claim keeps its level; Hochberg: the same for independent or positively
/// dependent rows, never weaker than Holm; Benjamini-Hochberg and Benjamini-Yekutieli: the expected
/// share of false claims among all claims, for those rows or for any.
enum class Correction { holm, hochberg, benjamini_hochberg, benjamini_yekutieli, none };

/// "holm", "hochberg", "bh", "by", "none": as policies write it.
const char* name(Correction correction);

/// p-values of one family, corrected, in the order given.
std::vector<double> corrected(const std::vector<double>& p, Correction correction);

/// What rows that are corrected together have in common: whether they are whole checks, and the
/// level. All slices of a level are one family, not one a check: with a family a check, ten sliced
/// checks of an unchanged model would claim a loss in up to 10 * 5 % of runs.
using CorrectionFamily = std::pair<bool, Level>;

/// The family of a row; nothing where it is not judged by an interval, and so not corrected.
std::optional<CorrectionFamily> correction_family(const CheckResult& row);

/// The rows that are corrected together, by index: those judged by an interval, as below.
std::vector<std::vector<std::size_t>> correction_families(std::span<const CheckResult> results);

/// Corrects the `regressed` claims: whole checks are a family, the slices of all checks another,
/// and so for every level. Confirmed claims are corrected like any other: where a margin is far
/// below the noise every chance drop is "confirmed", and ten unchanged checks blocked 36 % of
/// simulated runs. A claim that does not survive becomes `inconclusive`, leans worse, note
/// `regressed_before_correction`.
void correct_for_multiplicity(std::span<CheckResult> results, Correction correction);

/// Corrects one row as above, as it stands among `others` of its family that claim nothing (p = 1).
void correct_among(CheckResult& row, std::size_t others, Correction correction);

/// What turns the rows into an answer beside the rows themselves.
struct Strictness {
    bool strict = false;   ///< inconclusive, no_baseline, new and missing block
    bool no_fail = false;  ///< exit 1 and 3 become 0; the verdict stays
};

/// The verdict of the run: starts at "could not judge" and passes only when every declared row was
/// evaluated or explained and at least one blocking row was decided. Fills counts, verdict and exit
/// code, and which rows block; 1 wins over 2, 2 over 3.
void conclude(GateResult& result, std::size_t declared, Strictness strictness);

/// True when the row blocks a merge under `strictness`.
bool blocks(const CheckResult& row, Strictness strictness);

}  // namespace metricgate::verdict
