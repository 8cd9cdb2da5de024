#pragma once

#include <string>

#include "report/escape.h"
#include "verdict/result.h"

namespace metricgate::report {

/// The numbers of one row as text, ready for its sink; "-" where there is none.
struct Figures {
    std::string baseline;
    std::string candidate;
    std::string change;   ///< "-0.041 [-0.059, -0.023]", negative is worse
    std::string allowed;  ///< "loss up to 0.03, at least 0.85"
    std::string n;        ///< "1,200 examples"
    std::string mde;      ///< the smallest drop that this data can show
    std::string method;
};

/// The figures of `row`, with as many digits as its decision needs. `with_level`: the change names
/// the level of its interval, because the rows of this run do not share one.
Figures figures_of(const verdict::CheckResult& row, const Sink& sink, bool with_level = false);

/// The numbers of a row in a line: "0.912 -> 0.871: -0.041 [...]; allowed: ...; 1,200 examples,
/// tango; ..."; empty when it was not compared.
std::string numbers_line(const Figures& figures, verdict::Status status);

/// True when the value is absent without a flaw: not asked for, no baseline, or a metric that looks
/// at both sides at once.
bool has_none_by_nature(const metrics::Value& value);

/// The interval's two-sided level in words: bounds that hold at 0.95 each make a "90 % interval".
std::string interval_name(double confidence);

/// 1200 -> "1,200".
std::string grouped(std::uint64_t count);

/// "1,200 examples", "1 run": `unit` is a plural.
std::string counted(std::uint64_t count, const std::string& unit);

}  // namespace metricgate::report
