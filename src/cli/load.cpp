#include "cli/load.h"

#include "cli/load_columns.h"
#include "cli/load_history.h"
#include "cli/load_metrics.h"
#include "cli/load_predictions.h"
#include "cli/load_samples.h"
#include "cli/one_file_baseline.h"
#include "cli/sides.h"
#include "support/text.h"

namespace metricgate::cli {
namespace {

using support::Done;

std::string format_of(const PlannedInput& input, const CheckArguments& arguments) {
    return arguments.format.empty() ? input.source.format : arguments.format;
}

/// The first file stands for all runs of a side.
verdict::SourceInfo info_of(const std::vector<Origin>& origins) {
    verdict::SourceInfo info = origins.front().info;
    if (origins.size() > 1) {
        info.description += " and " + std::to_string(origins.size() - 1) + " more";
    }
    return info;
}

/// Packed files are unpacked once, after the two sides were told apart by their bytes.
support::Result<Done> unpack_all(std::vector<Origin>& origins, const PlannedInput& input) {
    for (Origin& origin : origins) {
        if (const auto done = unpack(origin); !done) {
            return done.problems();
        }
        if (origin.recording != nullptr && input.source.kind != policy::InputKind::metrics) {
            return support::problem_in(origin.name, "gives recorded metrics, and input '" +
                                                        input.source.name +
                                                        "' wants a table; give it `kind: metrics`");
        }
    }
    return Done{};
}

/// ", column gaussian_nb": what tells the sides of one file apart.
std::string columns_of_side(const PlannedInput& input, evidence::Side side) {
    std::vector<std::string> names;
    for (const auto& [role, binding] : input.source.columns) {
        if (binding.per_side) {
            names.push_back(side == evidence::Side::baseline ? binding.baseline
                                                             : binding.candidate);
        }
    }
    return (names.size() == 1 ? ", column " : ", columns ") + support::enumerate(names);
}

}  // namespace

support::Result<LoadedInput> load(const Plan& plan, std::size_t index,
                                  const CheckArguments& arguments,
                                  const std::string& policy_directory, Opener& opener) {
    const PlannedInput& input = plan.inputs[index];
    if (input.source.kind == policy::InputKind::history) {
        return load_history(plan, index, arguments, policy_directory, opener);
    }
    auto sides = open_sides(input, arguments, reads_one_input(plan), policy_directory, opener);
    if (!sides) {
        return sides.problems();
    }
    for (auto* origins : {&sides->candidate, &sides->baseline}) {
        if (const auto done = unpack_all(*origins, input); !done) {
            return done.problems();
        }
    }
    LoadedInput loaded;
    loaded.info.name = input.source.name + (input.anchor ? "@anchor" : "");
    loaded.info.candidate = info_of(sides->candidate);
    if (!sides->baseline.empty()) {
        loaded.info.baseline = info_of(sides->baseline);
        if (loaded.info.candidate.commit.empty()) {
            if (const auto head = opener.head()) {
                loaded.info.candidate.commit = head->id;
                loaded.info.candidate.commit_time = head->time;
            }
        }
    }
    if (input.one_file) {
        loaded.info.baseline = loaded.info.candidate;
        loaded.info.baseline->description += columns_of_side(input, evidence::Side::baseline);
        loaded.info.candidate.description += columns_of_side(input, evidence::Side::candidate);
    }
    loaded.baseline_absent = sides->baseline_absent;
    loaded.warnings = sides->warnings;
    const std::string format = format_of(input, arguments);
    if (sides->before) {
        const auto told = hold_to_commit(input, format, sides->candidate.front(), *sides->before);
        if (!told) {
            return told.problems();
        }
        loaded.warnings.insert(loaded.warnings.end(), told->begin(), told->end());
    }
    if (const auto done = load_columns(plan, index, format, *sides, loaded); !done) {
        return done.problems();
    }
    if (!input.examples) {
        return loaded;
    }
    const auto read = [&]() -> support::Result<Done> {
        switch (input.source.kind) {
            case policy::InputKind::predictions:
                return load_predictions(input, format, *sides, loaded);
            case policy::InputKind::metrics:
                return load_metrics(plan, index, arguments, format, *sides, opener, loaded);
            case policy::InputKind::samples:
                return load_samples(plan, index, format, *sides, loaded);
            case policy::InputKind::history:
                break;  // has no sides: read above
        }
        return Done{};
    };
    if (const auto done = read(); !done) {
        return done.problems();
    }
    return loaded;
}

}  // namespace metricgate::cli
