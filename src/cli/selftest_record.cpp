#include "cli/selftest_record.h"

#include "support/number.h"

namespace metricgate::cli {

using verdict::CheckResult;
using verdict::SelftestRow;
using verdict::Status;

bool turned_red(Status status) {
    return status == Status::regressed || status == Status::violated;
}

void record(const CheckResult& row, SelftestRow& into) {
    into.status = row.status;
    into.reason = row.reason;
    if (row.comparison) {
        into.change = row.comparison->delta;
        into.value = row.comparison->candidate.defined()
                         ? std::optional(row.comparison->candidate.number())
                         : std::nullopt;
    }
    if (row.margin) {
        into.margin = row.margin;
    }
}

std::string why_green(const CheckResult& worst) {
    const auto& c = worst.comparison;
    const std::string at =
        c && c->candidate.defined()
            ? " with the candidate at " + support::format_short(c->candidate.number(), 4)
            : "";
    std::string text;
    if (worst.status == Status::pass) {
        text = "passes even" + at + ": " + worst.reason;
    } else {
        text = std::string("stays ") + verdict::name(worst.status) + " even" + at + ": " +
               worst.reason;
    }
    if (c && c->degenerate) {
        for (const comparison::Note& note : c->notes) {
            if (note.code == "degenerate") {
                text += "; " + note.text;
                text.pop_back();  // its full stop
            }
        }
    }
    return text;
}

}  // namespace metricgate::cli
