#include "sources/pairing.h"

#include <algorithm>
#include <cstdint>
#include <utility>

#include "sources/column_supply.h"
#include "sources/fill_examples.h"
#include "sources/id_match.h"
#include "support/number.h"
#include "support/text.h"

namespace metricgate::sources {

namespace {

using evidence::Examples;
using evidence::Table;

std::string rows_text(std::size_t count) {
    return support::count_of(count, "example", "examples");
}

void append_sentence(std::string& text, const std::string& sentence) {
    text += (text.empty() ? "" : "; ") + sentence;
}

std::string plain(std::size_t count) {
    std::string text = support::count_of(count, "", "");
    text.pop_back();  // the blank before a unit
    return text;
}

// Ids that only one side has: what a person needs to see of them.
std::string describe_unmatched(const evidence::Pairing& pairing, const std::string& hint) {
    std::string text;
    if (pairing.only_baseline > 0) {
        append_sentence(
            text, plain(pairing.only_baseline) + " of the baseline's " +
                      rows_text(pairing.baseline_rows) +
                      (pairing.only_baseline == 1 ? " is" : " are") + " not in the candidate (" +
                      quoted_ids(pairing.first_only_baseline, pairing.only_baseline) + ")");
    }
    if (pairing.only_candidate > 0) {
        append_sentence(
            text, plain(pairing.only_candidate) + " of the candidate's " +
                      rows_text(pairing.candidate_rows) +
                      (pairing.only_candidate == 1 ? " is" : " are") + " not in the baseline (" +
                      quoted_ids(pairing.first_only_candidate, pairing.only_candidate) + ")");
    }
    if (!hint.empty()) {
        append_sentence(text, hint);
    }
    return text;
}

bool too_many(const Table& table, Paired& paired) {
    if (table.rows < UINT32_MAX) {
        return false;
    }
    paired.problem = support::visible(table.source) + " holds more than 4,294,967,294 examples";
    return true;
}

// Decides which rows belong together. False: nothing to fill, `paired` says why.
bool match_rows(Paired& paired, Table& baseline, Table& candidate, const PairingRules& rules,
                IdMatch& match) {
    Examples& examples = paired.examples;
    evidence::Pairing& pairing = examples.pairing;
    if (rules.by_position) {
        pairing.by_position = true;
        match.paired = std::min(baseline.rows, candidate.rows);
    } else {
        if (!baseline.ids || !candidate.ids || baseline.ids->size() != baseline.rows ||
            candidate.ids->size() != candidate.rows) {
            paired.problem = "no id column was read; bind `id`, or say `pair_by: position`";
            return false;
        }
        match = match_ids(*baseline.ids, *candidate.ids);
        if (!match.repeated.empty()) {
            paired.problem =
                "the id '" + support::visible(match.repeated) + "' stands in several rows";
            return false;
        }
        pairing.only_baseline = match.only_baseline;
        pairing.only_candidate = match.only_candidate;
        pairing.first_only_baseline = std::move(match.first_only_baseline);
        pairing.first_only_candidate = std::move(match.first_only_candidate);
    }
    pairing.paired = match.paired;
    paired.incomparable = overlap_problem(pairing, rules, match.hint);
    return paired.incomparable.empty();
}

}  // namespace

std::string overlap_problem(const evidence::Pairing& pairing, const PairingRules& rules,
                            const std::string& hint) {
    if (rules.by_position) {
        if (pairing.baseline_rows != pairing.candidate_rows) {
            return "paired by position, both sides need equally many rows; the baseline has " +
                   rows_text(pairing.baseline_rows) + ", the candidate " +
                   rows_text(pairing.candidate_rows);
        }
        return pairing.paired == 0 ? "no example is on both sides" : "";
    }
    const std::string unmatched = describe_unmatched(pairing, hint);
    if (pairing.paired == 0) {
        std::string problem = "no example is on both sides";
        if (!unmatched.empty()) {
            append_sentence(problem, unmatched);
        }
        return problem;
    }
    if (unmatched.empty()) {
        return "";
    }
    if (!rules.intersect) {
        return unmatched +
               "; evaluate both models on the same examples, or say "
               "`on_partial_overlap: intersect` to compare the common ones";
    }
    const std::size_t larger = std::max(pairing.baseline_rows, pairing.candidate_rows);
    const double overlap = static_cast<double>(pairing.paired) / static_cast<double>(larger);
    if (overlap >= rules.min_overlap) {
        return "";
    }
    return plain(pairing.paired) + " of " + rows_text(larger) + " are on both sides, a share of " +
           support::format_short(overlap) + "; at least " +
           support::format_short(rules.min_overlap) + " is wanted; " + unmatched;
}

Paired pair(Table baseline, Table candidate, const Roles& roles, const PairingRules& rules) {
    Paired paired;
    if (too_many(baseline, paired) || too_many(candidate, paired)) {
        return paired;
    }
    Examples& examples = paired.examples;
    examples.baseline_source = baseline.source;
    examples.candidate_source = candidate.source;
    examples.pairing.baseline_rows = baseline.rows;
    examples.pairing.candidate_rows = candidate.rows;
    IdMatch match;
    if (!match_rows(paired, baseline, candidate, rules, match)) {
        return paired;
    }
    examples.rows = match.paired;
    if (!rules.by_position) {
        examples.ids = std::move(baseline.ids);
        if (match.baseline_rows) {
            examples.id_rows = *match.baseline_rows;
        }
    }
    baseline.ids.reset();
    candidate.ids.reset();
    const bool dropped_baseline = match.paired < baseline.rows;
    const bool dropped_candidate = match.paired < candidate.rows;
    ColumnSupply from_baseline(std::move(baseline), std::move(match.baseline_rows),
                               dropped_baseline);
    ColumnSupply from_candidate(std::move(candidate), std::move(match.candidate_rows),
                                dropped_candidate);
    fill_examples(paired, roles, rules, &from_baseline, &from_candidate);
    return paired;
}

Paired pair_one_file(Table table, const Roles& roles, const PairingRules& rules) {
    Paired paired;
    if (too_many(table, paired)) {
        return paired;
    }
    Examples& examples = paired.examples;
    examples.baseline_source = table.source;
    examples.candidate_source = table.source;
    examples.rows = table.rows;
    examples.pairing.baseline_rows = table.rows;
    examples.pairing.candidate_rows = table.rows;
    examples.pairing.paired = table.rows;
    examples.pairing.one_file = true;
    if (table.rows == 0) {
        paired.incomparable = "no example is on both sides";
        return paired;
    }
    examples.ids = std::move(table.ids);
    table.ids.reset();
    ColumnSupply supply(std::move(table), std::nullopt, false);
    fill_examples(paired, roles, rules, &supply, &supply);
    return paired;
}

Paired candidate_only(Table candidate, const Roles& roles, const PairingRules& rules) {
    Paired paired;
    if (too_many(candidate, paired)) {
        return paired;
    }
    Examples& examples = paired.examples;
    examples.candidate_source = candidate.source;
    examples.rows = candidate.rows;
    examples.pairing.candidate_rows = candidate.rows;
    examples.pairing.by_position = rules.by_position;
    if (candidate.rows == 0) {
        paired.problem = support::visible(candidate.source) + " holds no examples";
        return paired;
    }
    if (!rules.by_position) {
        examples.ids = std::move(candidate.ids);
    }
    candidate.ids.reset();
    ColumnSupply supply(std::move(candidate), std::nullopt, false);
    fill_examples(paired, roles, rules, nullptr, &supply);
    return paired;
}

}  // namespace metricgate::sources
