#include "cli/load_samples.h"

#include <algorithm>
#include <utility>

#include "cli/merge_runs.h"
#include "sources/table_reader.h"

namespace metricgate::cli {
namespace {

using evidence::MetricFile;
using evidence::Samples;
using support::Diagnostic;

/// A table without pairing: every column a check asks for is a set of measurements.
support::Result<MetricFile> read_side(const Plan& plan, std::size_t input_index,
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
    const std::string run_id = input.source.run_id ? input.source.run_id->value : "";
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

}  // namespace

support::Result<support::Done> load_samples(const Plan& plan, std::size_t index,
                                            const std::string& format, const Sides& sides,
                                            LoadedInput& loaded) {
    auto candidate = read_side(plan, index, sides.candidate, format);
    if (!candidate) {
        return candidate.problems();
    }
    loaded.candidate = std::move(*candidate);
    if (sides.baseline.empty()) {
        return support::Done{};
    }
    auto baseline = read_side(plan, index, sides.baseline, format);
    if (!baseline) {
        return baseline.problems();
    }
    loaded.baseline = std::move(*baseline);
    return support::Done{};
}

}  // namespace metricgate::cli
