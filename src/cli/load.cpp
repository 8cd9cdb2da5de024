#include "cli/load.h"

#include <algorithm>

#include "cli/load_columns.h"
#include "cli/load_history.h"
#include "cli/log_selection.h"
#include "cli/merge_runs.h"
#include "cli/one_file_baseline.h"
#include "cli/prediction_runs.h"
#include "cli/sides.h"
#include "metrics/evaluate.h"
#include "sources/pairing.h"
#include "sources/table_reader.h"
#include "support/text.h"

namespace metricgate::cli {
namespace {

using evidence::MetricFile;
using evidence::Samples;
using support::Diagnostic;
using support::Diagnostics;
using support::Done;

std::string format_of(const PlannedInput& input, const CheckArguments& arguments) {
    return arguments.format.empty() ? input.source.format : arguments.format;
}

// ---------------------------------------------------------------- predictions

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
                                     Sides& sides, LoadedInput& loaded) {
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

support::Result<Done> load_predictions(const PlannedInput& input, const std::string& format,
                                       Sides& sides, LoadedInput& loaded) {
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

// -------------------------------------------------------------------- metrics

/// What names a run, or nothing where runs are not paired by name.
std::string run_id_of(const PlannedInput& input) {
    return input.source.run_id ? input.source.run_id->value : "";
}

/// What is judged of one file, folder or answer.
support::Result<MetricFile> read_metric_file(const Origin& origin, const std::string& format,
                                             const sources::Selection& selection) {
    if (origin.recording != nullptr) {
        return sources::select(*origin.recording, selection);
    }
    const auto recording = sources::read_metrics(*origin.document, format);
    return recording ? sources::select(*recording, selection) : recording.problems();
}

/// The id of the run that is judged; nothing when it cannot be told.
std::optional<std::string> run_judged(const Origin& origin, const std::string& format,
                                      const sources::Selection& selection) {
    const auto recording = origin.recording != nullptr
                               ? support::Result<sources::Recording>(*origin.recording)
                               : sources::read_metrics(*origin.document, format);
    if (!recording) {
        return std::nullopt;
    }
    const auto run = sources::select_run(*recording, selection);
    return run ? std::optional((*run)->id) : std::nullopt;
}

/// A tracker's run and the file of its store, opened directly, that gives the same run.
support::Result<Done> refuse_repeated_run(const std::vector<Origin>& origins,
                                          const std::string& format,
                                          const sources::Selection& selection) {
    for (std::size_t i = 0; i < origins.size(); ++i) {
        for (std::size_t j = 0; j < i; ++j) {
            if (!shares_a_file(origins[i], origins[j])) {
                continue;
            }
            const auto first = run_judged(origins[j], format, selection);
            const auto second = run_judged(origins[i], format, selection);
            if (first && second && *first == *second) {
                return support::problem_in(origins[i].name,
                                           "gives the same run as " + origins[j].name + ", '" +
                                               support::visible(*first) +
                                               "', so that it counts twice for one side; give each "
                                               "run once");
            }
        }
    }
    return Done{};
}

/// Two names of one run of one log are the same source, too.
support::Result<Done> refuse_same_run(const Plan& plan, std::size_t index,
                                      const CheckArguments& arguments, const std::string& format,
                                      const Sides& sides, Opener& opener) {
    for (const bool of_baseline : {false, true}) {
        const auto distinct =
            refuse_repeated_run(of_baseline ? sides.baseline : sides.candidate, format,
                                log_selection(plan, index, of_baseline, arguments));
        if (!distinct) {
            return distinct;
        }
    }
    for (const Origin& candidate : sides.candidate) {
        for (const Origin& baseline : sides.baseline) {
            if (arguments.allow_identical || !(is_one_source(candidate, baseline, opener) ||
                                               shares_a_file(candidate, baseline))) {
                continue;
            }
            const auto of_candidate =
                run_judged(candidate, format, log_selection(plan, index, false, arguments));
            const auto of_baseline =
                run_judged(baseline, format, log_selection(plan, index, true, arguments));
            if (of_candidate && of_baseline && *of_candidate == *of_baseline) {
                return support::problem_in(
                    candidate.name, "run '" + support::visible(*of_candidate) +
                                        "' is judged against itself, so the comparison proves "
                                        "nothing; name another run, or say --allow-identical");
            }
        }
    }
    return Done{};
}

support::Result<MetricFile> read_metric_side(const std::vector<Origin>& origins,
                                             const std::string& format, const std::string& run_id,
                                             const sources::Selection& selection) {
    std::vector<MetricFile> runs;
    Diagnostics problems;
    for (const Origin& origin : origins) {
        auto file = read_metric_file(origin, format, selection);
        if (file) {
            runs.push_back(std::move(*file));
        } else {
            problems.insert(problems.end(), file.problems().begin(), file.problems().end());
        }
    }
    for (MetricFile& run : runs) {
        if (const auto named = name_runs(run, run_id); !named) {
            problems.insert(problems.end(), named.problems().begin(), named.problems().end());
        }
    }
    if (!problems.empty()) {
        return problems;
    }
    return merge_runs(std::move(runs));
}

// -------------------------------------------------------------------- samples

/// A table without pairing: every column a check asks for is a set of measurements.
support::Result<MetricFile> read_sample_side(const Plan& plan, std::size_t input_index,
                                             const std::vector<Origin>& origins,
                                             const std::string& format) {
    const PlannedInput& input = plan.inputs[input_index];
    std::vector<sources::ColumnRequest> columns;
    std::vector<std::pair<std::string, std::string>> names;  // metric, column
    for (const PlannedCheck& check : plan.checks) {
        const bool whole = metrics::column_form(check.metric.definition) == nullptr;
        if (check.input != input_index || !check.not_run.empty() || !whole) {
            continue;
        }
        const auto role = input.source.columns.find(check.metric.name);
        const std::string column =
            role == input.source.columns.end() ? check.metric.name : role->second.both;
        const bool known = std::any_of(names.begin(), names.end(), [&](const auto& name) {
            return name.first == check.metric.name;
        });
        if (!known) {
            names.emplace_back(check.metric.name, column);
            columns.push_back({column, sources::ReadAs::number, check.source.where});
        }
    }
    std::sort(names.begin(), names.end());
    const std::string run_id = run_id_of(input);
    if (!run_id.empty()) {
        columns.push_back({run_id, sources::ReadAs::category, input.source.run_id->where});
    }
    std::vector<MetricFile> runs;
    for (const Origin& origin : origins) {
        auto table = sources::read_table(*origin.document, format, columns);
        if (!table) {
            return table.problems();
        }
        MetricFile file;
        file.source = origin.name;
        std::vector<std::string> ids;
        if (!run_id.empty()) {
            const evidence::CategoryColumn& named = table->categories.at(run_id);
            if (named.missing.count > 0) {
                return Diagnostic{named.missing.first,
                                  "column '" + run_id +
                                      "' holds an empty cell, wanted the name of "
                                      "the run"};
            }
            for (std::size_t row = 0; row < table->rows; ++row) {
                ids.push_back(named.names[named.codes[row]]);
            }
        }
        for (const auto& [name, column] : names) {
            auto& numbers = table->numbers.at(column);
            evidence::Entry entry{name, support::in_file(origin.name), Samples{}, "", std::nullopt,
                                  {}};
            auto& samples = std::get<Samples>(entry.evidence);
            const evidence::Flaw& flaw =
                numbers.non_finite.count > 0 ? numbers.non_finite : numbers.missing;
            if (flaw.count > 0) {
                samples.flaw = Diagnostic{flaw.first, "column '" + column + "' holds '" +
                                                          flaw.text + "', wanted a finite number"};
            }
            samples.values = std::move(numbers.values);
            samples.ids = ids;
            file.entries.push_back(std::move(entry));
        }
        runs.push_back(std::move(file));
    }
    return merge_runs(std::move(runs));
}

/// Two files, of which each is the other's copy. Folders and answers of trackers are not looked at.
bool have_same_content(const Sides& sides) {
    if (sides.candidate.size() != 1 || sides.baseline.size() != 1) {
        return false;
    }
    const auto is_file = [](const Origin& origin) {
        return origin.recording == nullptr && !origin.document->is_folder();
    };
    const Origin& candidate = sides.candidate.front();
    const Origin& baseline = sides.baseline.front();
    return is_file(candidate) && is_file(baseline) &&
           candidate.bytes.view() == baseline.bytes.view();
}

void compare_digests(LoadedInput& loaded) {
    if (!loaded.baseline || !loaded.candidate) {
        return;
    }
    const auto of = [](const MetricFile& file) {
        const auto found = file.metadata.find("data_digest");
        return found == file.metadata.end() ? std::string() : found->second;
    };
    const std::string baseline = of(*loaded.baseline);
    const std::string candidate = of(*loaded.candidate);
    if (!baseline.empty() && !candidate.empty() && baseline != candidate) {
        loaded.incomparable = "the two sides were measured on different data: data_digest '" +
                              baseline + "' at the baseline, '" + candidate + "' at the candidate";
    }
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
    if (input.source.kind == policy::InputKind::predictions) {
        auto done = load_predictions(input, format, *sides, loaded);
        if (!done) {
            return done.problems();
        }
        return loaded;
    }
    if (input.source.kind == policy::InputKind::metrics) {
        if (const auto distinct = refuse_same_run(plan, index, arguments, format, *sides, opener);
            !distinct) {
            return distinct.problems();
        }
    }
    const auto read = [&](const std::vector<Origin>& origins, bool of_baseline) {
        return input.source.kind == policy::InputKind::metrics
                   ? read_metric_side(origins, format, run_id_of(input),
                                      log_selection(plan, index, of_baseline, arguments))
                   : read_sample_side(plan, index, origins, format);
    };
    auto candidate = read(sides->candidate, false);
    if (!candidate) {
        return candidate.problems();
    }
    loaded.candidate = std::move(*candidate);
    loaded.info.candidate.metadata = loaded.candidate->metadata;
    if (!sides->baseline.empty()) {
        auto baseline = read(sides->baseline, true);
        if (!baseline) {
            return baseline.problems();
        }
        loaded.baseline = std::move(*baseline);
        loaded.same_content = input.source.kind == policy::InputKind::metrics &&
                              log_selection(plan, index, false, arguments).run ==
                                  log_selection(plan, index, true, arguments).run &&
                              have_same_content(*sides);
        loaded.info.baseline->metadata = loaded.baseline->metadata;
    }
    compare_digests(loaded);
    return loaded;
}

}  // namespace metricgate::cli
