#include "cli/missing_warnings.h"

#include "metrics/missing_rows.h"
#include "support/text.h"

namespace metricgate::cli {
namespace {

/// What a side lacks, over all its files.
struct Lack {
    std::size_t missing = 0;
    std::size_t rows = 0;
};

std::string said(const Lack& lack, const char* side) {
    std::string missing = support::count_of(lack.missing, "", "");
    missing.pop_back();  // the blank before a unit
    return missing + " of the " + side + "'s " +
           support::count_of(lack.rows, "example", "examples");
}

}  // namespace

void missing_warnings(const Plan& plan, std::size_t input, const LoadedInput& loaded,
                      std::vector<std::string>& warnings) {
    if (!loaded.examples ||
        plan.inputs[input].source.on_missing_value != policy::OnMissingValue::drop) {
        return;
    }
    std::vector<const metrics::Metric*> judged;
    for (const PlannedCheck& check : plan.checks) {
        if (check.input == input && check.not_run.empty() && check.metric.definition != nullptr &&
            metrics::column_form(check.metric.definition) == nullptr) {
            judged.push_back(&check.metric);
        }
    }
    Lack candidate;
    Lack baseline;
    std::size_t shared = 0;
    const auto add = [&](const evidence::Examples& examples, Lack& own) {
        const metrics::MissingRows found = metrics::count_missing(judged, examples);
        own.missing += found.candidate;
        own.rows += examples.rows;
        shared += found.shared;
    };
    if (!loaded.candidate_runs.empty()) {
        // Every run holds its own side as the candidate's columns.
        for (const evidence::Examples& run : loaded.candidate_runs) {
            add(run, candidate);
        }
        for (const evidence::Examples& run : loaded.baseline_runs) {
            add(run, baseline);
        }
    } else if (loaded.different_baseline) {
        add(*loaded.examples, candidate);
        add(*loaded.different_baseline, baseline);
    } else {
        add(*loaded.examples, candidate);
        baseline.missing = metrics::count_missing(judged, *loaded.examples).baseline;
        baseline.rows = loaded.info.baseline ? loaded.examples->rows : 0;
    }
    if (candidate.missing + baseline.missing + shared == 0) {
        return;
    }
    std::string text =
        "`on_missing_value: drop` leaves out what has no value: " + said(candidate, "candidate");
    if (baseline.rows > 0) {
        text += ", " + said(baseline, "baseline");
    }
    if (shared > 0) {
        text += ", and " + support::count_of(shared, "example", "examples") +
                " without a label or another value that both sides share";
    }
    warnings.push_back(text + ".");
}

}  // namespace metricgate::cli
