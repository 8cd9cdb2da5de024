// Policies: whatever is taken declares checks whose numbers can be judged by.
#include <cmath>
#include <set>

#include "fuzz/corpora.h"
#include "fuzz/problems.h"
#include "fuzz/target.h"
#include "policy/policy.h"

namespace metricgate::fuzz {

namespace {

using policy::Margin;

void check_margin(const Margin& margin) {
    require(margin.absolute || margin.relative, "a margin has a size");
    for (const auto& size : {margin.absolute, margin.relative}) {
        require(!size || (std::isfinite(size->value) && size->value >= 0.0),
                "a margin is finite and not negative");
    }
}

void check_limit(const std::optional<policy::Limit>& limit) {
    require(!limit || std::isfinite(limit->value.value), "a limit is finite");
}

void check_policy(const policy::Policy& policy) {
    require(!policy.checks.empty(), "a policy declares a check");
    std::set<std::string_view> ids;
    for (const policy::Check& check : policy.checks) {
        require(!check.id.value.empty() && ids.insert(check.id.value).second,
                "every check has an id of its own", check.id.value);
        require(check.confidence > 0.0 && check.confidence < 1.0, "a confidence is a probability");
        check_limit(check.minimum);
        check_limit(check.maximum);
        require(!check.max_gain || std::isfinite(check.max_gain->value), "a gain is finite");
        if (check.margin) {
            check_margin(*check.margin);
        }
    }
    for (const policy::Waiver& waiver : policy.waivers) {
        require(policy::parse_date(policy::to_text(waiver.expires.value)) == waiver.expires.value,
                "a waiver ends on a day that exists");
    }
    std::set<std::string_view> inputs;
    for (const policy::Input& input : policy.inputs) {
        require(inputs.insert(input.name).second, "every input has a name of its own", input.name);
        require(!input.threshold || std::isfinite(input.threshold->value), "a threshold is finite");
        require(!input.min_overlap ||
                    (input.min_overlap->value >= 0.0 && input.min_overlap->value <= 1.0),
                "an overlap is a share");
    }
}

}  // namespace

std::vector<Seed> seeds() {
    return files_ending({"cases", "gates"}, {".yaml"}, 12);
}

}  // namespace metricgate::fuzz

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    using namespace metricgate;
    const auto extends = [](const std::string& name, const support::Location& where) {
        return name.ends_with("base.yaml")
                   ? support::Result<std::string>(
                         "version: 1\nchecks:\n- {id: a, metric: accuracy, margin: {abs: 0.01}}\n")
                   : support::Diagnostic{where, "there is no such file"};
    };
    const auto policy = policy::parse(fuzz::text_of(data, size), ".metricgate.yaml", extends);
    fuzz::check_problems(policy);
    if (policy.ok()) {
        fuzz::check_policy(*policy);
    }
    return 0;
}
