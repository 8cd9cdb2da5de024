#include <cmath>

#include "metrics/definitions.h"

namespace metricgate::metrics {
namespace {

bool is_count(double value) {
    constexpr double most = 1e6;  // answers to one problem
    return value >= 0.0 && value <= most && std::floor(value) == value;
}

// Chen et al., "Evaluating large language models trained on code", 2021: 1 - C(n - c, k) / C(n, k),
// the chance that k of the n answers, drawn without replacement, hold a right one. 1 - (1 - c/n)^k
// would be too low.
const char* any_of_k_passes(const ExampleInput& input, const Parameters& parameters, double* out) {
    const double tried = input.target;
    const double passed = input.predicted;
    if (!is_count(tried) || !is_count(passed)) {
        return "the answers tried (`label`) and those that passed (`prediction`) are whole numbers "
               "from 0 to 1,000,000";
    }
    if (passed > tried) {
        return "more answers passed (`prediction`) than were tried (`label`)";
    }
    const auto k = static_cast<double>(parameters.k);
    if (tried < k) {
        return "fewer than `k` answers were tried (`label`)";
    }
    const double failed = tried - passed;
    if (failed < k) {
        *out = 1.0;
        return nullptr;
    }
    // C(failed, k) / C(tried, k): k factors, or `passed` of them, whichever is less work.
    double none = 1.0;
    if (k <= passed) {
        for (double i = 0.0; i < k; ++i) {
            none *= (failed - i) / (tried - i);
        }
    } else {
        for (double i = failed + 1.0; i <= tried; ++i) {
            none *= 1.0 - k / i;
        }
    }
    *out = 1.0 - none;
    return nullptr;
}

}  // namespace

Definition pass_at_k() {
    MomentsForm form;
    form.fill = any_of_k_passes;
    Definition definition;
    definition.name = "pass_at_k";
    definition.summary = "chance that one of k answers to a problem passes its tests";
    definition.formula =
        "mean over problems of 1 - C(n - c, `k`) / C(n, `k`), where n answers were tried (`label`, "
        "the same on both sides) and c of them passed (`prediction`); undefined when a problem has "
        "fewer than `k` answers";
    definition.needs = target | predicted_number;
    definition.form = form;
    definition.takes = setting_k;
    definition.must_say = setting_k;
    return definition;
}

}  // namespace metricgate::metrics
