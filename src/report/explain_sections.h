#pragma once

#include <string>
#include <vector>

#include "report/escape.h"
#include "verdict/explanation.h"

namespace metricgate::report {

/// A line of an explanation: what it is about, and what there is to say. Ready for its sink.
struct ExplainedLine {
    std::string about;
    std::string text;
};

struct ExplainedSection {
    std::string heading;
    std::vector<ExplainedLine> lines;
};

/// Everything but the list of examples, in the order of a report; sections without lines are left
/// out.
std::vector<ExplainedSection> explained_sections(const verdict::Explanation& explanation,
                                                 const Sink& sink);

/// "3 of 24 examples whose predicted class changed, worst first; harm is ..."; empty when there is
/// nothing to list.
std::string examples_heading(const verdict::Explanation& explanation);

}  // namespace metricgate::report
