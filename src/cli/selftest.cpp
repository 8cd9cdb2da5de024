#include "cli/selftest.h"

#include "cli/evaluate.h"
#include "cli/selftest_family.h"
#include "cli/selftest_trial.h"
#include "cli/specimen.h"
#include "damage/places.h"

namespace metricgate::cli {

verdict::SelftestResult selftest(Prepared prepared, const CheckArguments& arguments,
                                 const std::function<void(const std::string&)>& progress) {
    verdict::SelftestResult result;
    result.policy = prepared.policy.info;
    result.seed = prepared.policy.policy.seed;
    result.program_version = METRICGATE_VERSION;
    std::vector<verdict::CheckResult> real;
    std::vector<RowKey> keys;
    for (std::size_t check = 0; check < prepared.plan.checks.size(); ++check) {
        auto rows = evaluate_check(prepared.plan, check, prepared.inputs, arguments);
        for (const verdict::CheckResult& row : rows) {
            keys.push_back(
                row_key(row.rule, is_searched(row), prepared.plan.checks[check].per_class));
        }
        std::move(rows.begin(), rows.end(), std::back_inserter(real));
    }
    const SelftestFamily family(std::move(real), keys,
                                to_correction(prepared.policy.policy.multiplicity));
    std::vector<std::vector<double>> places(prepared.inputs.size());
    for (std::size_t i = 0; i < prepared.inputs.size(); ++i) {
        if (prepared.inputs[i]) {
            result.inputs.push_back(prepared.inputs[i]->info);
            equalise(prepared.plan, i, *prepared.inputs[i]);
            if (prepared.inputs[i]->examples) {
                places[i] = damage::places_of(*prepared.inputs[i]->examples, result.seed);
            }
        }
    }
    for (std::size_t check = 0; check < prepared.plan.checks.size(); ++check) {
        const PlannedCheck& planned = prepared.plan.checks[check];
        progress(planned.source.id.value);
        auto rows =
            try_check(prepared, check, arguments, family, places[planned.input], result.warnings);
        std::move(rows.begin(), rows.end(), std::back_inserter(result.rows));
    }
    verdict::conclude(result);
    return result;
}

}  // namespace metricgate::cli
