#pragma once

#include <array>
#include <map>
#include <string>
#include <vector>

#include "evidence/examples.h"
#include "evidence/table.h"
#include "support/result.h"

namespace metricgate::sources {

/// Which column plays which role, per side (by evidence::Side); empty: not bound.
struct Roles {
    using PerSide = std::array<std::string, 2>;
    std::string id;
    PerSide label;  ///< usually the same column on both sides; both are read and must agree
    bool label_as_class = false;
    bool label_as_number = false;
    PerSide predicted_class;
    PerSide predicted_number;
    PerSide score;
    std::map<std::string, PerSide> class_scores;  ///< class label -> column
    std::map<std::string, PerSide> values;        ///< role -> column
    PerSide weight;
    PerSide cluster;
    PerSide query;
    PerSide naive_error;
    std::vector<std::string> slices;  ///< columns
};

struct PairingRules {
    bool by_position = false;
    bool intersect = false;    ///< accept unmatched ids
    double min_overlap = 0.0;  ///< paired / larger side, when intersecting
    std::string positive;  ///< canonical label of the positive class; empty: 1, true or yes among
                           ///< two classes
};

/// Joined examples, or why the populations differ.
struct Paired {
    evidence::Examples examples;
    std::string incomparable;  ///< a sentence with counts; empty when the sides may be compared
    std::string problem;  ///< why the input cannot be used at all (a weight below zero, a class
                          ///< without its score); empty when it can
};

/// Why the rules do not accept what was found of both sides, or "". `hint` is said beside the ids
/// that only one side has.
std::string overlap_problem(const evidence::Pairing& pairing, const PairingRules& rules,
                            const std::string& hint = "");

/// Joins two tables by id (or position). Duplicate ids were refused by the reader. Unmatched ids,
/// labels (or weights, clusters, slice values) that differ for one id make the pair `incomparable`,
/// with counts and the first five ids in byte order; with `intersect` unmatched ids are dropped and
/// counted. Rows keep the baseline's order. A shared column (label, weight, cluster, slice) that
/// only one side has is taken from that side. The tables are consumed, so that a million rows are
/// not held twice.
Paired pair(evidence::Table baseline, evidence::Table candidate, const Roles& roles,
            const PairingRules& rules);

/// Baseline and candidate are columns of one file: rows are paired as they stand.
Paired pair_one_file(evidence::Table table, const Roles& roles, const PairingRules& rules);

/// The candidate alone, for limits on a first run: the baseline side of the examples is left empty.
Paired candidate_only(evidence::Table candidate, const Roles& roles, const PairingRules& rules);

}  // namespace metricgate::sources
