#include "cli/load_metrics.h"

#include "cli/log_selection.h"
#include "cli/merge_runs.h"
#include "sources/table_reader.h"
#include "support/text.h"

namespace metricgate::cli {
namespace {

using evidence::MetricFile;
using support::Diagnostics;
using support::Done;

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

support::Result<MetricFile> read_side(const std::vector<Origin>& origins, const std::string& format,
                                      const std::string& run_id,
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

/// Why both sides were not measured on the same data; nothing where they were, or none says so.
std::string difference_of_data(const MetricFile& baseline, const MetricFile& candidate) {
    const auto digest_of = [](const MetricFile& file) {
        const auto found = file.metadata.find("data_digest");
        return found == file.metadata.end() ? std::string() : found->second;
    };
    const std::string before = digest_of(baseline);
    const std::string now = digest_of(candidate);
    if (before.empty() || now.empty() || before == now) {
        return "";
    }
    return "the two sides were measured on different data: data_digest '" + before +
           "' at the baseline, '" + now + "' at the candidate";
}

}  // namespace

support::Result<Done> load_metrics(const Plan& plan, std::size_t index,
                                   const CheckArguments& arguments, const std::string& format,
                                   const Sides& sides, Opener& opener, LoadedInput& loaded) {
    if (const auto distinct = refuse_same_run(plan, index, arguments, format, sides, opener);
        !distinct) {
        return distinct.problems();
    }
    const policy::Input& source = plan.inputs[index].source;
    const std::string run_id = source.run_id ? source.run_id->value : "";
    const sources::Selection of_candidate = log_selection(plan, index, false, arguments);
    auto candidate = read_side(sides.candidate, format, run_id, of_candidate);
    if (!candidate) {
        return candidate.problems();
    }
    loaded.candidate = std::move(*candidate);
    loaded.info.candidate.metadata = loaded.candidate->metadata;
    if (sides.baseline.empty()) {
        return Done{};
    }
    const sources::Selection of_baseline = log_selection(plan, index, true, arguments);
    auto baseline = read_side(sides.baseline, format, run_id, of_baseline);
    if (!baseline) {
        return baseline.problems();
    }
    loaded.baseline = std::move(*baseline);
    loaded.info.baseline->metadata = loaded.baseline->metadata;
    loaded.same_content = of_candidate.run == of_baseline.run && have_same_content(sides);
    loaded.incomparable = difference_of_data(*loaded.baseline, *loaded.candidate);
    return Done{};
}

}  // namespace metricgate::cli
