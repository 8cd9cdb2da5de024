#pragma once

#include <string>

#include "report/escape.h"
#include "verdict/result.h"

namespace metricgate::report {

/// Where the evidence and the rules come from, in words that text and Markdown share. The sink
/// makes inert what comes from inputs.

/// "12 days older", from the commits of both sides; empty when either time is not known.
std::string baseline_age(const verdict::InputInfo& input);

/// A full commit id's first twelve digits; other revisions unchanged.
std::string short_commit(const std::string& commit);

/// "commit 0123456789ab, 12 days older", as far as known.
std::string side_facts(const verdict::SourceInfo& side, const std::string& age, const Sink& sink);

/// "1,200 examples paired; 3 only in the baseline and 1 only in the candidate were left out".
std::string pairing_line(const verdict::InputInfo& input);

/// One input in a line: "candidate A against baseline B (commit, age): 1,200 examples paired".
std::string input_line(const verdict::InputInfo& input, bool named, const Sink& sink);

/// Which policy judged, from where, and what the change under judgement did to it.
std::string policy_line(const verdict::PolicyInfo& policy, const Sink& sink);

}  // namespace metricgate::report
