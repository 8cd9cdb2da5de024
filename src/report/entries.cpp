#include "report/entries.h"

#include <algorithm>

#include "report/figures.h"
#include "report/phrases.h"
#include "report/rows.h"

namespace metricgate::report {
namespace {

using verdict::CheckResult;
using verdict::GateResult;
using verdict::Status;
using verdict::Verdict;

Entry run_entry(const GateResult& result) {
    Entry entry;
    entry.weight = weight_of(result.verdict);
    entry.name = "verdict";
    entry.status = verdict::name(result.verdict);
    entry.headline = "metricgate: " + verdict_word(result.verdict) + first_line_addition(result);
    const std::string note = exit_note(result);
    entry.sentence = tally(result) + (note.empty() ? "" : " " + note);
    return entry;
}

Entry row_entry(const CheckResult& row) {
    Entry entry;
    entry.weight = weight_of(row);
    entry.row = &row;
    entry.name = file_sink.name(check_label(row.rule));
    entry.status = verdict::name(row.status);
    entry.headline = entry.name + ": " + status_words(row);
    const std::string numbers = numbers_line(figures_of(row, file_sink, true), row.status);
    entry.sentence = why(row, file_sink);
    entry.sentence += (entry.sentence.empty() || numbers.empty() ? "" : "; ") + numbers;
    return entry;
}

bool comes_first(const Entry& a, const Entry& b) {
    if (a.weight != b.weight) {
        return a.weight > b.weight;
    }
    if (a.row == nullptr || b.row == nullptr) {
        return a.row == nullptr && b.row != nullptr;
    }
    return is_worse(*a.row, *b.row);
}

}  // namespace

Weight weight_of(const CheckResult& row) {
    switch (row.status) {
        case Status::regressed:
        case Status::violated:
        case Status::missing:
        case Status::incomparable:
            return row.blocks ? Weight::failure : Weight::warning;
        case Status::error:
            return row.blocks ? Weight::error : Weight::warning;
        case Status::inconclusive:
        case Status::no_baseline:
        case Status::new_metric:
            return row.blocks ? Weight::undecided : Weight::warning;
        case Status::waived:
            return Weight::waived;
        case Status::skipped:
            return Weight::skipped;
        case Status::pass:
            return Weight::pass;
    }
    return Weight::error;
}

Weight weight_of(Verdict verdict) {
    switch (verdict) {
        case Verdict::pass:
            return Weight::pass;
        case Verdict::fail:
            return Weight::failure;
        case Verdict::undecided:
            return Weight::undecided;
        case Verdict::could_not_judge:
            return Weight::error;
    }
    return Weight::error;
}

std::vector<Entry> entries_of(const GateResult& result) {
    std::vector<Entry> entries = {run_entry(result)};
    for (const CheckResult& row : result.checks) {
        entries.push_back(row_entry(row));
    }
    return entries;
}

std::vector<Entry> worst_first(const GateResult& result) {
    std::vector<Entry> entries = entries_of(result);
    std::stable_sort(entries.begin(), entries.end(), comes_first);
    return entries;
}

}  // namespace metricgate::report
