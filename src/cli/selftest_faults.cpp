#include "cli/selftest_faults.h"

#include <algorithm>

#include "damage/faults.h"
#include "metrics/evaluate.h"
#include "sources/pairing.h"
#include "support/number.h"

namespace metricgate::cli {
namespace {

using evidence::Examples;
using metrics::Metric;

std::optional<double> threshold_of(const PlannedInput& input) {
    return input.derives_classes ? std::optional(input.threshold) : std::nullopt;
}

/// A half, or half of what the policy accepts where it accepts a half.
double kept_share(const PlannedInput& input) {
    return input.pairing.min_overlap > 0.5 || !input.pairing.intersect
               ? 0.5
               : 0.5 * input.pairing.min_overlap;
}

/// The candidate lacks examples, as the pairing of both files would find.
std::string drop_examples(const PlannedInput& input, LoadedInput& loaded, double kept) {
    evidence::Pairing pairing = loaded.examples->pairing;
    const auto left = static_cast<std::size_t>(kept * static_cast<double>(pairing.paired));
    pairing.only_baseline += pairing.paired - left;
    pairing.candidate_rows -= pairing.paired - left;
    pairing.paired = left;
    loaded.incomparable = sources::overlap_problem(pairing, input.pairing);
    return "";
}

std::string empty_all(const Metric& metric, const PlannedInput& input, LoadedInput& loaded,
                      const std::vector<double>& places, double share) {
    std::string obstacle;
    for (Examples* each : candidates_of(loaded)) {
        obstacle = damage::empty_cells(metric, *each, places, share, threshold_of(input));
    }
    return obstacle;
}

BreakIn shrunken(const Metric& metric, const PlannedInput& input, LoadedInput& loaded,
                 const std::vector<double>& places, const std::function<void()>& mend) {
    const evidence::Pairing& pairing = loaded.examples->pairing;
    if (loaded.different_baseline) {
        return {"shrunken", "",
                [] { return "different examples share no size; `min_examples` asks for one"; },
                mend};
    }
    if (pairing.baseline_rows == 0) {
        return {"shrunken", "", [] { return "there is no baseline to compare the size with"; },
                mend};
    }
    if (pairing.one_file) {
        // Both sides stand in one file, so that an example cannot be on one side only; its cell
        // can be empty.
        const double kept = input.source.on_missing_value == policy::OnMissingValue::drop
                                ? std::min(0.5, 0.5 * input.pairing.min_overlap)
                                : 0.5;
        return {"shrunken",
                "the candidate's cells of " + support::format_short(100.0 * (1.0 - kept)) +
                    " % of the examples emptied",
                [&, metric, kept] { return empty_all(metric, input, loaded, places, 1.0 - kept); },
                mend};
    }
    const double kept = kept_share(input);
    return {"shrunken",
            support::format_short(100.0 * (1.0 - kept)) + " % of the candidate's examples dropped",
            [&input, &loaded, kept] { return drop_examples(input, loaded, kept); }, mend};
}

}  // namespace

std::vector<BreakIn> faults_of_examples(const Metric& wanted, bool per_class,
                                        const PlannedInput& input, LoadedInput& loaded,
                                        const std::vector<double>& places) {
    Metric metric = wanted;
    if (!per_class) {
        static_cast<void>(metrics::resolve(metric, *loaded.examples));
    }
    const std::function<void()> mend = [&loaded, classes = loaded.examples->classes] {
        for (Examples* each : candidates_of(loaded)) {
            each->sides[1] = each->sides[0];
            each->classes = classes;
        }
        loaded.incomparable.clear();
    };
    return {{"nan", "one number of the candidate replaced by NaN",
             [&, metric] {
                 std::string obstacle;
                 for (Examples* each : candidates_of(loaded)) {
                     obstacle = damage::put_nan(metric, *each, places, threshold_of(input));
                 }
                 return obstacle;
             },
             mend},
            {"missing", "all cells of the candidate's column emptied",
             [&, metric] { return empty_all(metric, input, loaded, places, 1.0); }, mend},
            shrunken(metric, input, loaded, places, mend)};
}

std::vector<BreakIn> faults_of_entry(const Metric& metric, LoadedInput& loaded,
                                     const Specimen& specimen) {
    const std::string name = metric.name;
    return {{"nan", "the recorded number replaced by NaN",
             [&loaded, name] {
                 damage::put_nan(*find_entry(loaded.candidate, name));
                 return std::string();
             },
             specimen.mend},
            {"missing", "the entry removed",
             [&loaded, name] {
                 remove_entry(*loaded.candidate, name);
                 return std::string();
             },
             specimen.mend},
            {"shrunken", "", [] { return "recorded numbers do not list their examples"; },
             specimen.mend}};
}

}  // namespace metricgate::cli
