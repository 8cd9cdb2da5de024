#include <set>

#include "cli/changed_examples.h"
#include "cli/gallery_parts.h"
#include "cli/row_names.h"
#include "report/phrases.h"
#include "report/rows.h"

namespace metricgate::cli {
namespace {

constexpr std::size_t most_lists = 6;
constexpr std::size_t most_rows = 24;  ///< looked through for lists that differ
constexpr std::size_t most_examples = 20;

}  // namespace

void gather_changes(const Prepared& prepared, const verdict::GateResult& result,
                    report::Gallery& out) {
    // Accuracy and F1 would list the same examples.
    std::set<std::string> seen;
    std::size_t looked_at = 0;
    for (const verdict::CheckResult* row : report::rows_by_urgency(result)) {
        const PlannedCheck* check = row->comparison ? check_of(prepared.plan, *row) : nullptr;
        if (check == nullptr || !prepared.inputs[check->input]) {
            continue;
        }
        if (out.changes.size() == most_lists || looked_at++ == most_rows) {
            break;
        }
        verdict::Explanation found;
        list_changed_examples(metric_of_row(*check, row->rule), prepared.plan.inputs[check->input],
                              *prepared.inputs[check->input], row->rule.slice, most_examples,
                              found);
        std::string key = row->rule.input + "\n" + found.examples_are;
        for (const auto& [column, value] : row->rule.slice) {
            key += "\n" + column + "=" + value;
        }
        if (found.examples.empty() || !seen.insert(key).second) {
            continue;
        }
        out.changes.push_back({report::check_label(row->rule), found.examples_are, found.harm_is,
                               std::move(found.examples), found.examples_in_all});
    }
}

}  // namespace metricgate::cli
