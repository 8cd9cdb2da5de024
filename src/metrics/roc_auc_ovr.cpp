#include <string>
#include <vector>

#include "metrics/definitions.h"
#include "metrics/reduce.h"
#include "stats/delong.h"

namespace metricgate::metrics {
namespace {

using evidence::Examples;
using evidence::Rows;

/// Which rows are of a class, and how many.
struct Membership {
    std::vector<std::uint8_t> of_class;
    std::size_t inside = 0;
};

Membership members_of(const Examples& examples, const Rows& rows, std::uint32_t code) {
    Membership members;
    members.of_class.reserve(rows.size());
    for (std::size_t at = 0; at < rows.size(); ++at) {
        const bool inside = examples.label->codes[rows[at]] == code;
        members.of_class.push_back(inside ? 1U : 0U);
        members.inside += inside ? 1U : 0U;
    }
    return members;
}

/// Adds to each row its part in one class's area: the area plus what the row moves it by, as the
/// structural components of DeLong et al. 1988 say, so that their mean is the area and the variance
/// of their mean that of the area. Returns the area.
double add_area(const std::vector<double>& scores, const Membership& members,
                std::vector<double>& parts) {
    const std::vector<std::uint32_t> placements = stats::placements(scores, members.of_class);
    const auto all = static_cast<double>(scores.size());
    const auto inside = static_cast<double>(members.inside);
    const double outside = all - inside;
    double twice = 0.0;  // whole numbers
    for (std::size_t at = 0; at < scores.size(); ++at) {
        twice += members.of_class[at] != 0U ? static_cast<double>(placements[at]) : 0.0;
    }
    const double area = twice / (2.0 * inside * outside);
    for (std::size_t at = 0; at < scores.size(); ++at) {
        const bool own = members.of_class[at] != 0U;
        const double place = static_cast<double>(placements[at]) / (2.0 * (own ? outside : inside));
        parts[at] += area + (place - area) * all / (own ? inside : outside);
    }
    return area;
}

/// The rarest class, or the problem that one has no examples.
void find_rarest(const Examples& examples, const std::vector<Membership>& classes,
                 Reduced& reduced) {
    for (std::size_t code = 0; code < classes.size(); ++code) {
        if (reduced.rarest_class.empty() || classes[code].inside < reduced.of_rarest) {
            reduced.rarest_class = examples.classes[code];
            reduced.of_rarest = classes[code].inside;
        }
    }
    if (reduced.of_rarest == 0) {
        reduced.problem = "class '" + reduced.rarest_class +
                          "' has a score but no example, so it has no area under the curve";
    }
}

Reduced parts_of_areas(const Metric& metric, const Examples& examples, const Rows& rows) {
    Reduced reduced;
    reduced.metric = of_values(metric, "mean");
    if (examples.weight) {
        reduced.problem =
            "areas of several classes are not offered with weights; leave the weight "
            "out";
        return reduced;
    }
    reduced.examples = one_a_row(examples, rows);
    std::vector<Membership> classes;
    for (std::uint32_t code = 0; code < examples.classes.size(); ++code) {
        classes.push_back(members_of(examples, rows, code));
    }
    find_rarest(examples, classes, reduced);
    for (std::size_t side = 0; side < examples.sides.size() && reduced.problem.empty(); ++side) {
        const auto& scores = examples.sides[side].class_scores;
        if (scores.empty()) {
            continue;
        }
        evidence::NumberColumn parts;
        parts.values.assign(rows.size(), 0.0);
        std::vector<double> listed(rows.size());
        bool perfect = true;
        for (std::size_t code = 0; code < scores.size(); ++code) {
            for (std::size_t at = 0; at < rows.size(); ++at) {
                listed[at] = scores[code].values[rows[at]];
            }
            const double area = add_area(listed, classes[code], parts.values);
            perfect = perfect && (area == 1.0 || area == 0.0);
        }
        for (double& part : parts.values) {
            part /= static_cast<double>(scores.size());
        }
        if (perfect) {
            reduced.degenerate =
                "All areas of one side are exactly 0 or 1, which says nothing "
                "about their uncertainty.";
        }
        reduced.examples.sides[side].values[metric.name] = std::move(parts);
    }
    return reduced;
}

}  // namespace

Definition roc_auc_ovr() {
    Definition definition;
    definition.name = "roc_auc_ovr";
    definition.summary = "mean over classes of the area under the ROC curve, one against the rest";
    definition.formula =
        "mean over classes of P(score of the class's own example > score of another) + P(equal) / "
        "2, from class scores; every class counts alike (macro); undefined when a class has no "
        "example; unweighted";
    definition.needs = label_class | class_scores;
    definition.form = ReducedForm{parts_of_areas};
    return definition;
}

}  // namespace metricgate::metrics
