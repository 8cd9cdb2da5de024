#pragma once

#include <string>
#include <vector>

#include "verdict/decision.h"
#include "verdict/result.h"

namespace metricgate::verdict {

/// An example that both sides answer differently.
struct ChangedExample {
    std::string id;  ///< or its position, where there are no ids
    std::string label;
    std::string before;
    std::string after;
    double harm = 0.0;  ///< how much worse the candidate is on it; see Explanation::harm_is
};

/// A name with what stands for it: what was recorded of one side.
struct NamedText {
    std::string name;
    std::string text;
};

/// All there is to say of one row.
struct Explanation {
    CheckResult row;
    std::string definition;  ///< the catalog's exact formula; empty for names it does not know
    std::string summary;
    std::string needs;  ///< the roles whose columns it reads: "label, prediction"
    std::string method_summary;
    std::string method_reference;
    std::string chosen;                  ///< why this method
    std::vector<NamedText> passed_over;  ///< methods that come before it, and why they do not fit
    std::vector<NamedText> recorded;     ///< what the files hold, for recorded metrics
    std::vector<DecisionStep> steps;
    std::string examples_are;  ///< "examples whose predicted class changed"; empty: none to show
    std::string harm_is;       ///< what `harm` measures
    std::vector<ChangedExample> examples;  ///< worst first
    std::size_t examples_in_all = 0;
    std::vector<InputInfo> inputs;  ///< the row's own
    PolicyInfo policy;
    std::uint64_t seed = 0;
    std::string program_version;
};

}  // namespace metricgate::verdict
