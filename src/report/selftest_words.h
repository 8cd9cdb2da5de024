#pragma once

#include <string>

#include "report/escape.h"
#include "verdict/selftest.h"

namespace metricgate::report {

/// The wording of the self-test that text and Markdown share.

/// "3 of 4 checks can go red, 1 cannot; 2 skipped".
std::string selftest_headline(const verdict::SelftestResult& result);

/// "goes red", "CANNOT GO RED", "untested", "skipped"; a row that misses a fault says so.
std::string ability_words(const verdict::SelftestRow& row);

/// "red at -0.012, 1.2 times the margin of 0.01: regressed", or why not.
std::string selftest_finding(const verdict::SelftestRow& row, const Sink& sink);

/// "caught (error)", "not caught (pass)", "does not apply".
std::string fault_words(const verdict::FaultAnswer& answer);

/// How the test was made: a sentence for the head of a report.
const char* selftest_explained();

/// What to do about the rows that failed; empty when none did.
std::string selftest_next_step(const verdict::SelftestResult& result);

}  // namespace metricgate::report
