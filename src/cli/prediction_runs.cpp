#include "cli/prediction_runs.h"

#include "metrics/evaluate.h"
#include "sources/pairing.h"
#include "sources/table_reader.h"
#include "support/text.h"

namespace metricgate::cli {
namespace {

using evidence::Examples;
using evidence::Table;
using support::Done;

/// Why several files cannot be read as runs of one model, or nothing.
std::string obstacle(const PlannedInput& input) {
    if (input.one_file) {
        return "it has a column a side, so it takes one file; give one file a run and side";
    }
    if (input.pairing.intersect) {
        return "several runs need the same examples in every file; `on_partial_overlap: intersect` "
               "does not apply to them";
    }
    return "";
}

std::string wrong_count(const PlannedInput& input, std::size_t have, const char* side) {
    return !input.source.runs || have == input.source.runs->value
               ? ""
               : std::string("the ") + side + " has " + support::count_of(have, "run", "runs") +
                     ", and the policy wants " + std::to_string(input.source.runs->value) +
                     " (`runs` of input '" + input.source.name + "')";
}

/// Reads the runs of one side against the table whose order of rows all share.
class RunReader {
public:
    RunReader(const PlannedInput& input, const std::string& format, const Table& reference,
              LoadedInput& loaded)
        : m_input(input), m_format(format), m_reference(reference), m_loaded(loaded) {}

    support::Result<Done> read(const std::vector<Origin>& origins, std::vector<Examples>& runs) {
        for (const Origin& origin : origins) {
            auto table = sources::read_table(*origin.document, m_format, m_input.candidate_columns);
            if (!table) {
                return table.problems();
            }
            auto examples = pair(m_reference, std::move(*table), origin.name);
            if (!examples) {
                return examples.problems();
            }
            runs.push_back(std::move(*examples));
        }
        return Done{};
    }

    /// The examples of two tables; what keeps them from being compared goes to the input.
    support::Result<Examples> pair(Table baseline, Table run, const std::string& name) {
        sources::Paired paired =
            sources::pair(std::move(baseline), std::move(run), m_input.roles, m_input.pairing);
        if (!paired.problem.empty()) {
            return support::problem_in(name, paired.problem);
        }
        if (!paired.incomparable.empty()) {
            if (m_loaded.incomparable.empty()) {
                m_loaded.incomparable = support::visible(name) + ": " + paired.incomparable;
            }
        } else if (m_input.derives_classes) {
            const std::string reason =
                metrics::derive_predicted_classes(paired.examples, m_input.threshold);
            if (!reason.empty()) {
                return support::problem_in(name, reason);
            }
        }
        return std::move(paired.examples);
    }

private:
    const PlannedInput& m_input;
    const std::string& m_format;
    const Table& m_reference;
    LoadedInput& m_loaded;
};

}  // namespace

support::Result<Done> load_prediction_runs(const PlannedInput& input, const std::string& format,
                                           const Sides& sides, LoadedInput& loaded) {
    if (const std::string reason = obstacle(input); !reason.empty()) {
        return support::Diagnostic{
            input.source.where, "input '" + input.source.name + "' got several files: " + reason};
    }
    loaded.incomparable = wrong_count(input, sides.candidate.size(), "candidate");
    if (loaded.incomparable.empty() && !sides.baseline.empty()) {
        loaded.incomparable = wrong_count(input, sides.baseline.size(), "baseline");
    }
    const Origin& first = sides.baseline.empty() ? sides.candidate.front() : sides.baseline.front();
    const auto reference = sources::read_table(*first.document, format, input.candidate_columns);
    if (!reference) {
        return reference.problems();
    }
    RunReader reader(input, format, *reference, loaded);
    for (const auto& [origins, runs] : {std::pair(&sides.candidate, &loaded.candidate_runs),
                                        std::pair(&sides.baseline, &loaded.baseline_runs)}) {
        if (const auto done = reader.read(*origins, *runs); !done) {
            return done.problems();
        }
    }
    loaded.examples = loaded.candidate_runs.front();
    loaded.info.pairing = loaded.examples->pairing;
    if (sides.baseline.empty()) {
        loaded.info.pairing->baseline_rows = 0;
    }
    loaded.info.weighted = loaded.examples->weight.has_value();
    loaded.info.clustered = loaded.examples->cluster.has_value();
    return Done{};
}

}  // namespace metricgate::cli
