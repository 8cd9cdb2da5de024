#include "cli/plan_input.h"

#include "sources/selection.h"
#include "support/text.h"

namespace metricgate::cli {

PlannedInput plan_input(const policy::Input& source, support::Diagnostics& problems) {
    PlannedInput input;
    input.source = source;
    input.pairing.by_position = source.pair_by == policy::PairBy::position;
    input.pairing.intersect = source.on_partial_overlap == policy::OnPartialOverlap::intersect;
    input.pairing.min_overlap = source.min_overlap ? source.min_overlap->value : 0.0;
    input.pairing.positive = source.positive ? source.positive->value : "";
    for (const auto& [role, binding] : source.columns) {
        input.one_file = input.one_file || binding.per_side;
    }
    const auto id = source.columns.find("id");
    if (id != source.columns.end() && id->second.per_side) {
        problems.push_back(
            {id->second.where, "the id is what pairs the two sides; name one column"});
    }
    const bool has_id = id != source.columns.end();
    const bool unpaired =
        source.kind == policy::InputKind::predictions && source.pair_by == policy::PairBy::none;
    if (unpaired && input.one_file) {
        problems.push_back({source.where,
                            "a column per side pairs the examples of one file; "
                            "`pair_by: none` needs a file a side"});
    }
    if (source.kind == policy::InputKind::predictions && !has_id && !input.pairing.by_position &&
        !unpaired) {
        problems.push_back(
            {source.where, "input '" + source.name +
                               "' has no `id:` column to pair the "
                               "two sides by; name one, or say `pair_by: position`"});
    }
    // Nothing but predictions is weighed or grouped: a role that nobody reads would be a promise.
    for (const char* role : {"weight", "cluster", "query", "naive_error"}) {
        const auto bound = source.columns.find(role);
        if (source.kind != policy::InputKind::predictions && bound != source.columns.end()) {
            problems.push_back({bound->second.where,
                                "`" + std::string(role) +
                                    ":` needs kind: predictions; values of other kinds are taken "
                                    "as independent and alike, so leave it out"});
        }
    }
    if (source.select.step && !sources::parse_step_rule(source.select.step->value)) {
        problems.push_back(
            {source.select.step->where, "inputs." + source.name + ".select.step: found '" +
                                            support::visible(source.select.step->value, 60) +
                                            "', wanted " + std::string(sources::step_rules)});
    }
    if (source.kind != policy::InputKind::predictions && input.one_file) {
        problems.push_back({source.where, "a column per side needs kind: predictions"});
    }
    return input;
}

}  // namespace metricgate::cli
