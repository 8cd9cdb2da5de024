#include "cli/load_predictions.h"

#include "cli/prediction_runs.h"
#include "metrics/evaluate.h"
#include "sources/pairing.h"
#include "sources/table_reader.h"

namespace metricgate::cli {
namespace {

using support::Diagnostics;
using support::Done;

/// One side as examples of its own.
support::Result<evidence::Examples> read_alone(const PlannedInput& input, const std::string& format,
                                               const Origin& origin) {
    auto table = sources::read_table(*origin.document, format, input.candidate_columns);
    if (!table) {
        return table.problems();
    }
    sources::Paired alone = sources::candidate_only(std::move(*table), input.roles, input.pairing);
    if (alone.problem.empty() && input.derives_classes) {
        alone.problem = metrics::derive_predicted_classes(alone.examples, input.threshold);
    }
    if (!alone.problem.empty()) {
        return support::problem_in(origin.name, alone.problem);
    }
    return std::move(alone.examples);
}

support::Result<Done> load_different(const PlannedInput& input, const std::string& format,
                                     const Sides& sides, LoadedInput& loaded) {
    auto candidate = read_alone(input, format, sides.candidate.front());
    auto baseline = read_alone(input, format, sides.baseline.front());
    Diagnostics problems;
    for (const auto* side : {&candidate, &baseline}) {
        if (!*side) {
            problems.insert(problems.end(), side->problems().begin(), side->problems().end());
        }
    }
    if (!problems.empty()) {
        return problems;
    }
    loaded.info.different_examples = true;
    loaded.info.weighted = candidate->weight.has_value();
    loaded.info.clustered = candidate->cluster.has_value();
    loaded.info.pairing = candidate->pairing;
    loaded.info.pairing->baseline_rows = baseline->rows;
    loaded.examples = std::move(*candidate);
    loaded.different_baseline = std::move(*baseline);
    return Done{};
}

}  // namespace

support::Result<Done> load_predictions(const PlannedInput& input, const std::string& format,
                                       const Sides& sides, LoadedInput& loaded) {
    if (sides.candidate.size() > 1 || sides.baseline.size() > 1) {
        return load_prediction_runs(input, format, sides, loaded);
    }
    if (input.source.pair_by == policy::PairBy::none && !sides.baseline.empty()) {
        return load_different(input, format, sides, loaded);
    }
    const Origin& candidate_origin = sides.candidate.front();
    auto candidate =
        sources::read_table(*candidate_origin.document, format, input.candidate_columns);
    if (!candidate) {
        return candidate.problems();
    }
    sources::Paired paired;
    if (input.one_file) {
        paired = sources::pair_one_file(std::move(*candidate), input.roles, input.pairing);
    } else if (sides.baseline.empty()) {
        paired = sources::candidate_only(std::move(*candidate), input.roles, input.pairing);
    } else {
        const Origin& baseline_origin = sides.baseline.front();
        auto baseline =
            sources::read_table(*baseline_origin.document, format, input.baseline_columns);
        if (!baseline) {
            return baseline.problems();
        }
        paired =
            sources::pair(std::move(*baseline), std::move(*candidate), input.roles, input.pairing);
    }
    if (!paired.problem.empty()) {
        return support::problem_in(candidate_origin.name, paired.problem);
    }
    loaded.info.pairing = paired.examples.pairing;
    loaded.info.weighted = paired.examples.weight.has_value();
    loaded.info.clustered = paired.examples.cluster.has_value();
    loaded.incomparable = paired.incomparable;
    if (loaded.incomparable.empty() && input.source.runs && input.source.runs->value != 1) {
        loaded.incomparable = "each side has 1 run, and the policy wants " +
                              std::to_string(input.source.runs->value) + " (`runs` of input '" +
                              input.source.name + "')";
    }
    if (loaded.incomparable.empty() && input.derives_classes) {
        const std::string reason =
            metrics::derive_predicted_classes(paired.examples, input.threshold);
        if (!reason.empty()) {
            return support::problem_in(candidate_origin.name, reason);
        }
    }
    loaded.examples = std::move(paired.examples);
    return Done{};
}

}  // namespace metricgate::cli
