#include "metrics/rank_groups.h"

#include <cmath>

#include "stats/exact_sum.h"

namespace metricgate::metrics {
namespace {

/// Below this, sums of whole numbers are exact in any order.
constexpr double largest_exact = 4503599627370496.0;

double exact_mass(const Ranked& ranked, std::size_t begin, std::size_t end, bool positive) {
    stats::ExactSum sum;
    for (std::size_t at = begin; at < end; ++at) {
        if ((ranked.positive[at] != 0) == positive) {
            sum.add(ranked.weight[at]);
        }
    }
    return sum.value();
}

}  // namespace

RankGroup group_at(const Ranked& ranked, std::size_t begin) {
    RankGroup group;
    bool whole_numbers = true;
    std::size_t at = begin;
    for (bool ended = false; !ended && at < ranked.positive.size(); ++at) {
        const double weight = ranked.weight.empty() ? 1.0 : ranked.weight[at];
        whole_numbers = whole_numbers && std::trunc(weight) == weight;
        (ranked.positive[at] != 0 ? group.positive : group.negative) += weight;
        ended = ranked.ends_tie[at] != 0;
    }
    group.end = at;
    // One or two terms, and whole numbers, add up to the same in any order.
    const bool exact = whole_numbers && group.positive + group.negative < largest_exact;
    if (!exact && group.end - begin > 2) {
        group.positive = exact_mass(ranked, begin, group.end, true);
        group.negative = exact_mass(ranked, begin, group.end, false);
    }
    return group;
}

RankGroup total_of(const Ranked& ranked) {
    RankGroup total;
    while (total.end < ranked.positive.size()) {
        const RankGroup group = group_at(ranked, total.end);
        total.positive += group.positive;
        total.negative += group.negative;
        total.end = group.end;
    }
    return total;
}

const char* lacks_a_class(const RankGroup& total) {
    if (total.positive > 0.0 && total.negative > 0.0) {
        return nullptr;
    }
    if (total.positive > 0.0) {
        return "all labels are of the positive class; both classes are needed";
    }
    return total.negative > 0.0 ? "no label is of the positive class; both classes are needed"
                                : "no examples";
}

Value area_under_roc(const Ranked& ranked) {
    // Counted from the best rank down: a negative loses to every positive above it and half of
    // those it is tied with. Twice the area is a whole number when weights are.
    double twice_area = 0.0;
    RankGroup seen;
    while (seen.end < ranked.positive.size()) {
        const RankGroup group = group_at(ranked, seen.end);
        twice_area += group.negative * (2.0 * seen.positive + group.positive);
        seen.positive += group.positive;
        seen.negative += group.negative;
        seen.end = group.end;
    }
    if (const char* reason = lacks_a_class(seen)) {
        return Value::undefined(reason);
    }
    return Value::of(twice_area / (2.0 * seen.positive * seen.negative));
}

}  // namespace metricgate::metrics
