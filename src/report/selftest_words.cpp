#include "report/selftest_words.h"

#include <algorithm>
#include <cmath>

#include "report/figures.h"
#include "support/number.h"
#include "support/text.h"

namespace metricgate::report {
namespace {

using support::format_short;
using verdict::Ability;
using verdict::FaultAnswer;
using verdict::SelftestResult;
using verdict::SelftestRow;

constexpr int digits = 4;

std::size_t count(const SelftestResult& result, Ability ability) {
    return static_cast<std::size_t>(std::ranges::count_if(
        result.rows, [ability](const SelftestRow& row) { return row.ability == ability; }));
}

/// "1.2 times the margin of 0.01", as far as there is one.
std::string in_margins(const SelftestRow& row) {
    if (!row.margin || !row.change) {
        return "";
    }
    const std::string margin = "the margin of " + format_short(*row.margin, digits);
    const double multiple = *row.margin > 0.0 ? -*row.change / *row.margin : 0.0;
    if (!(multiple > 0.0) || !std::isfinite(multiple)) {
        return "; " + margin;
    }
    return ", " + format_short(multiple, 2) + " times " + margin;
}

std::string where_it_turned(const SelftestRow& row) {
    if (row.change) {
        return "red at a change of " + format_short(*row.change, digits) + in_margins(row);
    }
    return row.value ? "red at " + format_short(*row.value, digits) : "red";
}

}  // namespace

std::string selftest_headline(const SelftestResult& result) {
    const std::size_t red = count(result, Ability::goes_red);
    const std::size_t dead = count(result, Ability::cannot_go_red);
    const std::size_t untested = count(result, Ability::untested);
    const std::size_t skipped = count(result, Ability::skipped);
    const auto missing = std::ranges::count_if(result.rows, &SelftestRow::misses_a_fault);
    std::string text = grouped(red) + " of " +
                       support::count_of(red + dead + untested, "check", "checks") + " can go red";
    text += dead != 0 ? "; " + grouped(dead) + " cannot" : "";
    text += untested != 0 ? "; " + grouped(untested) + " could not be tested" : "";
    text += missing != 0
                ? "; " + grouped(static_cast<std::uint64_t>(missing)) + " let broken evidence pass"
                : "";
    text += skipped != 0 ? "; " + grouped(skipped) + " skipped" : "";
    return text + ".";
}

std::string ability_words(const SelftestRow& row) {
    switch (row.ability) {
        case Ability::goes_red:
            return row.misses_a_fault() ? "MISSES A FAULT" : "goes red";
        case Ability::cannot_go_red:
            return "CANNOT GO RED";
        case Ability::untested:
            return "UNTESTED";
        case Ability::skipped:
            return "skipped";
    }
    return "UNTESTED";
}

std::string selftest_finding(const SelftestRow& row, const Sink& sink) {
    switch (row.ability) {
        case Ability::goes_red:
            if (row.damage.empty()) {
                return sink.prose(row.reason);
            }
            return sink.prose(row.damage) + ": " + where_it_turned(row) + " (" +
                   verdict::name(row.status.value_or(verdict::Status::error)) + ")";
        case Ability::cannot_go_red: {
            std::string text = sink.prose(row.damage.empty() ? "no damage" : row.damage) + ": " +
                               sink.prose(row.reason);
            if (row.margin) {
                text += "; margin " + format_short(*row.margin, digits);
            }
            if (row.mde) {
                text += "; the smallest drop this data can show is " + format_short(*row.mde, 2);
            }
            return text;
        }
        case Ability::untested:
        case Ability::skipped:
            return sink.prose(row.reason);
    }
    return sink.prose(row.reason);
}

std::string fault_words(const FaultAnswer& answer) {
    const std::string status =
        answer.status ? " (" + std::string(verdict::name(*answer.status)) + ")" : "";
    switch (answer.outcome) {
        case FaultAnswer::Outcome::caught:
            return "caught" + status;
        case FaultAnswer::Outcome::not_caught:
            return "NOT CAUGHT" + status;
        case FaultAnswer::Outcome::does_not_apply:
            return "does not apply";
    }
    return "NOT CAUGHT";
}

const char* selftest_explained() {
    return "A copy of the candidate that equals the baseline was damaged step by step in memory; "
           "the first step that turned a check red is shown. A change with a minus is worse.";
}

std::string selftest_next_step(const SelftestResult& result) {
    const std::size_t dead = count(result, Ability::cannot_go_red);
    const bool misses = std::ranges::any_of(result.rows, &SelftestRow::misses_a_fault);
    if (count(result, Ability::goes_red) + dead == 0) {
        return "Nothing was tested. Mend what the rows name, then run the self-test again.";
    }
    if (dead != 0) {
        return "A check that cannot go red guards nothing: tighten its margin or limit, or give "
               "it more data.";
    }
    if (misses) {
        return "Tighten what the policy accepts of incomplete evidence, such as min_overlap.";
    }
    if (count(result, Ability::untested) != 0) {
        return "Mend what could not be tested: it blocks or decides nothing as it is.";
    }
    return "";
}

}  // namespace metricgate::report
