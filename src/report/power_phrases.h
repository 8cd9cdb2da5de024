#pragma once

#include <string>
#include <vector>

#include "report/escape.h"
#include "verdict/power.h"

namespace metricgate::report {

/// The wording that the text and the Markdown report of `metricgate power` share.

/// "ANALYSED", "A CHECK CANNOT FAIL", "COULD NOT ANALYSE".
std::string answer_words(verdict::PowerAnswer answer);

/// A chance: "36 %", "4.9 %", "< 0.1 %".
std::string percent(double chance);

/// A sentence a line on the policy as a whole; empty when nothing is known of it.
std::vector<std::string> policy_sentences(const verdict::PowerResult& result, const Sink& sink);

/// "loss up to 0.02", "an improvement only", "no margin".
std::string allowed_loss(const verdict::RowPower& row);

/// "569 examples; the margin takes about 1,546", or "-".
std::string size_words(const verdict::RowPower& row);

/// "0.0231", or "-" where nothing is known.
std::string loss_words(const verdict::RowPower& row, const std::optional<double>& loss);

/// "84 %, in this run 51 %": by itself, and after correction for the other checks.
std::string blocked_words(double alone, double in_run);

/// A sentence a line on the row's limits.
std::vector<std::string> limit_sentences(const verdict::RowPower& row);

/// What an unchanged model meets, and each loss, a sentence a line: for the text report.
std::vector<std::string> chance_sentences(const verdict::RowPower& row);

/// How the chances were computed, in words.
std::string basis_words(const verdict::RowPower& row);

/// The label, with "only warns" where the level says so.
std::string power_label(const verdict::RowPower& row);

}  // namespace metricgate::report
