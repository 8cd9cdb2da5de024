#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "cli/arguments.h"
#include "comparison/comparison.h"
#include "metrics/metric.h"
#include "policy/policy.h"
#include "sources/pairing.h"
#include "sources/repository.h"
#include "sources/table_reader.h"
#include "support/result.h"
#include "verdict/result.h"

namespace metricgate::cli {

/// An input with its columns bound to roles: what to read, and how to pair it.
struct PlannedInput {
    policy::Input source;
    bool used = false;      ///< some check needs it
    bool one_file = false;  ///< both sides are columns of one file
    bool needs_baseline = false;
    /// The same input once more, its baseline at this anchor instead; `source` is the input's own.
    std::optional<policy::Anchor> anchor;
    /// The commit that the policy was read from, where an anchor's file is read, too.
    std::optional<sources::Commit> policy_commit;
    bool examples = false;  ///< some check looks at paired examples or whole metrics, not only at
                            ///< columns
    sources::Roles roles;
    sources::PairingRules pairing;
    double threshold = 0.5;
    bool derives_classes = false;  ///< predicted classes come from scores
    std::vector<sources::ColumnRequest> baseline_columns;
    std::vector<sources::ColumnRequest> candidate_columns;
};

/// Which of its rows a check is planned for: a check with an anchor is planned again as
/// "ID@anchor", one with a budget as "ID@budget".
enum class Aspect { own, anchor, budget };

/// A check with its names bound.
struct PlannedCheck {
    policy::Check source;
    std::size_t input = 0;  ///< index into Plan::inputs
    metrics::Metric metric;
    bool every_metric = false;  ///< `metric: "*"`: one row a recorded metric that the catalog knows
    bool per_class = false;     ///< `average: per_class`: one row a class
    std::vector<std::string> of;  ///< roles or columns that a column check looks at; "*": all that
                                  ///< have no role
    verdict::Rule rule;           ///< without slice
    comparison::Options options;
    Aspect aspect = Aspect::own;
    std::optional<std::size_t> history;  ///< of Plan::inputs: the one that tells the path from the
                                         ///< anchor
    std::optional<std::size_t> own_input;  ///< of Plan::inputs: a budget's, whose candidate ends
                                           ///< the path, where that is not the history
    std::string not_run;  ///< why the check is left out (level off, --select, --ignore); else empty
};

struct Plan {
    std::vector<PlannedInput> inputs;
    std::vector<PlannedCheck> checks;
};

/// True for inputs that a `--baseline` of the command line can name; an anchor pins its own.
inline bool takes_baselines(const PlannedInput& input) {
    return input.used && !input.anchor;
}

/// Binds every name of the policy - metrics, methods, inputs, roles, columns, selectors - and
/// reports every mistake at its place. No file is opened.
support::Result<Plan> make_plan(const policy::Policy& policy, const CheckArguments& arguments);

}  // namespace metricgate::cli
