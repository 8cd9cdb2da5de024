#include <cmath>
#include <utility>

#include "metrics/evaluate.h"
#include "metrics/used_columns.h"

namespace metricgate::metrics {
namespace {

using evidence::CategoryColumn;
using evidence::Examples;
using evidence::NumberColumn;

std::uint32_t add_class(Examples& examples, std::string name) {
    examples.classes.push_back(std::move(name));
    return static_cast<std::uint32_t>(examples.classes.size() - 1);
}

/// The class of examples whose score is missing or not finite; added behind the others, so that no
/// code changes.
std::uint32_t empty_class(Examples& examples) {
    const auto code = missing_class(examples);
    return code ? *code : add_class(examples, "");
}

void add_flaw(const evidence::Flaw& from, evidence::Flaw& to) {
    const std::size_t count = from.count + to.count;
    if (to.count == 0) {
        to = from;
    }
    to.count = count;
}

/// The flaws of the scores are flaws of what is derived from them.
void inherit_flaws(const NumberColumn& scores, CategoryColumn& derived) {
    add_flaw(scores.missing, derived.missing);
    add_flaw(scores.non_finite, derived.non_finite);
}

struct TwoClasses {
    std::uint32_t positive = 0;
    std::uint32_t negative = 0;
};

/// The code of the class that is not the positive one; it gets a name when only the positive class
/// occurs. Returns why there is none, or "".
std::string find_two_classes(Examples& examples, TwoClasses& found) {
    if (!examples.positive || *examples.positive >= examples.classes.size()) {
        return "a threshold needs to know the positive class; name it with `positive:` beside the "
               "columns";
    }
    found.positive = *examples.positive;
    std::size_t others = 0;
    for (std::size_t code = 0; code < examples.classes.size(); ++code) {
        if (code != found.positive && !examples.classes[code].empty()) {
            found.negative = static_cast<std::uint32_t>(code);
            ++others;
        }
    }
    if (others > 1) {
        return "a threshold cuts a score into two classes, but there are " +
               std::to_string(others + 1) + "; give a `prediction:` column or `class_scores:`";
    }
    if (others == 0) {
        found.negative = add_class(examples, "not " + examples.classes[found.positive]);
    }
    return {};
}

CategoryColumn cut(Examples& examples, const NumberColumn& scores, double threshold,
                   const TwoClasses& classes) {
    CategoryColumn derived;
    derived.is_derived = true;
    derived.codes.reserve(scores.values.size());
    for (const double score : scores.values) {
        derived.codes.push_back(!std::isfinite(score) ? empty_class(examples)
                                : score >= threshold  ? classes.positive
                                                      : classes.negative);
    }
    inherit_flaws(scores, derived);
    return derived;
}

CategoryColumn choose_largest(Examples& examples, const std::vector<NumberColumn>& scores) {
    CategoryColumn derived;
    derived.is_derived = true;
    derived.codes.reserve(examples.rows);
    for (std::size_t row = 0; row < examples.rows; ++row) {
        std::size_t best = 0;
        bool finite = true;
        for (std::size_t which = 0; which < scores.size(); ++which) {
            finite = finite && std::isfinite(scores[which].values[row]);
            if (scores[which].values[row] > scores[best].values[row]) {
                best = which;
            }
        }
        derived.codes.push_back(finite ? static_cast<std::uint32_t>(best) : empty_class(examples));
    }
    for (const NumberColumn& column : scores) {
        inherit_flaws(column, derived);
    }
    return derived;
}

}  // namespace

std::string derive_predicted_classes(Examples& examples, double threshold) {
    for (evidence::SideColumns& side : examples.sides) {
        // On a first run the baseline holds nothing at all.
        const bool is_absent = &side == &examples.sides[0] && examples.pairing.baseline_rows == 0 &&
                               !side.score && side.class_scores.empty();
        if (side.predicted_class || (is_absent && examples.pairing.candidate_rows > 0)) {
            continue;
        }
        if (!side.class_scores.empty()) {
            if (side.class_scores.size() > examples.classes.size()) {
                return "there are more class scores than classes";
            }
            side.predicted_class = choose_largest(examples, side.class_scores);
        } else if (side.score) {
            if (!std::isfinite(threshold)) {
                return "the threshold is not a finite number";
            }
            TwoClasses classes;
            if (std::string reason = find_two_classes(examples, classes); !reason.empty()) {
                return reason;
            }
            side.predicted_class = cut(examples, *side.score, threshold, classes);
        } else {
            return "there is neither a predicted class nor a score to derive it from";
        }
    }
    return {};
}

}  // namespace metricgate::metrics
