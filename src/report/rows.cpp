#include "report/rows.h"

#include <algorithm>
#include <limits>
#include <utility>

namespace metricgate::report {
namespace {

using verdict::CheckResult;
using verdict::Level;
using verdict::Status;

/// Smaller is worse: which rows stay when there is no room for all.
int rank(const CheckResult& row) {
    switch (row.status) {
        case Status::regressed:
            return row.confirmed ? 0 : 2;
        case Status::violated:
            return 1;
        case Status::missing:
            return 3;
        case Status::incomparable:
            return 4;
        case Status::error:
            return 5;
        case Status::inconclusive:
            return has_note(row, "regressed_before_correction") ? 6 : row.leans == "worse" ? 7 : 8;
        case Status::no_baseline:
            return 9;
        case Status::new_metric:
            return 10;
        case Status::waived:
            return 11;
        case Status::skipped:
            return 12;
        case Status::pass:
            return 13;
    }
    return 0;
}

/// The change in margins; rows without one keep their order, after the others of their rank.
double change_in_margins(const CheckResult& row) {
    const bool known = row.comparison && row.comparison->delta && row.margin && *row.margin > 0.0;
    return known ? *row.comparison->delta / *row.margin : std::numeric_limits<double>::max();
}

}  // namespace

Group group_of(const CheckResult& row) {
    switch (row.status) {
        case Status::regressed:
        case Status::violated:
        case Status::missing:
        case Status::incomparable:
        case Status::error:
            return row.rule.level == Level::block ? Group::failing : Group::warning;
        case Status::inconclusive:
        case Status::no_baseline:
        case Status::new_metric:
            return Group::undecided;
        case Status::waived:
            return Group::waived;
        case Status::pass:
        case Status::skipped:
            return Group::quiet;
    }
    return Group::failing;
}

bool is_worse(const CheckResult& a, const CheckResult& b) {
    return std::pair(rank(a), change_in_margins(a)) < std::pair(rank(b), change_in_margins(b));
}

std::vector<const CheckResult*> worst_rows(const verdict::GateResult& result) {
    std::vector<const CheckResult*> rows;
    for (const CheckResult& row : result.checks) {
        rows.push_back(&row);
    }
    std::stable_sort(rows.begin(), rows.end(),
                     [](const CheckResult* a, const CheckResult* b) { return is_worse(*a, *b); });
    return rows;
}

Listing list_rows(const verdict::GateResult& result, Group group, std::size_t limit) {
    Listing listing;
    for (const CheckResult& row : result.checks) {
        if (group_of(row) == group) {
            listing.shown.push_back(&row);
        }
    }
    auto& rows = listing.shown;
    if (rows.size() > limit) {
        std::stable_sort(rows.begin(), rows.end(), [](const CheckResult* a, const CheckResult* b) {
            return is_worse(*a, *b);
        });
        listing.left_out = rows.size() - limit;
        rows.resize(limit);
    } else if (group == Group::undecided) {
        std::stable_sort(rows.begin(), rows.end(), [](const CheckResult* a, const CheckResult* b) {
            return rank(*a) < rank(*b);
        });
    }
    return listing;
}

std::vector<const CheckResult*> rows_by_urgency(const verdict::GateResult& result) {
    std::vector<const CheckResult*> rows;
    for (const Group group :
         {Group::failing, Group::warning, Group::undecided, Group::waived, Group::quiet}) {
        const Listing listing = list_rows(result, group, result.checks.size());
        rows.insert(rows.end(), listing.shown.begin(), listing.shown.end());
    }
    return rows;
}

bool has_note(const CheckResult& row, const char* code) {
    return std::any_of(row.notes.begin(), row.notes.end(),
                       [code](const comparison::Note& note) { return note.code == code; });
}

double shared_confidence(const verdict::GateResult& result) {
    double shared = 0.0;
    for (const CheckResult& row : result.checks) {
        if (!row.comparison || !row.comparison->interval) {
            continue;
        }
        const double confidence = row.comparison->interval->confidence;
        if (shared != 0.0 && shared != confidence) {
            return 0.0;
        }
        shared = confidence;
    }
    return shared;
}

}  // namespace metricgate::report
