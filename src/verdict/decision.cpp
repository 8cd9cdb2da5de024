#include "verdict/decision.h"
#include "verdict/judge.h"

#include <algorithm>

#include "support/number.h"
#include "support/text.h"
#include "verdict/limits.h"
#include "verdict/waivers.h"

namespace metricgate::verdict {
namespace {

using comparison::Comparison;
using support::format_short;

constexpr int digits = 5;

std::string figure(double value) {
    return format_short(value, digits);
}

const char* yes_or_no(bool answer) {
    return answer ? "yes" : "no";
}

class Steps {
public:
    explicit Steps(const CheckResult& row) : m_row(row), m_comparison(*row.comparison) {}

    std::vector<DecisionStep> take() {
        if (m_comparison.noise) {
            ask_for_drift();
            return std::move(m_steps);
        }
        if (m_row.rule.chart) {
            if (ask_for_values() && ask_for_limits() && ask_for_history()) {
                ask_for_chart();
            }
            return std::move(m_steps);
        }
        if (m_row.rule.budget) {
            if (ask_for_values() && m_comparison.path && ask_for_same_data()) {
                ask_for_budget();
            }
            return std::move(m_steps);
        }
        if (ask_for_values() && ask_for_limits() && ask_for_gain() && ask_for_support()) {
            decide();
        }
        return std::move(m_steps);
    }

private:
    void add(std::string question, std::string finding) {
        m_steps.push_back({std::move(question), std::move(finding)});
    }

    /// A distance between distributions is held against its limit and against chance.
    void ask_for_drift() {
        if (!ask_for_values() || !m_comparison.candidate.defined() || !m_row.rule.maximum) {
            return;
        }
        if (m_comparison.insufficient) {
            ask_for_support();
            return;
        }
        const double size = m_comparison.candidate.number();
        const double level = m_comparison.noise->level;
        const double limit = m_row.rule.maximum->value;
        add("Is the drift beyond its limit?",
            figure(size) + " against at most " + figure(limit) + ": " +
                yes_or_no(m_row.leans == "worse" || m_row.status == Status::violated));
        add("Is it beyond what chance alone reaches?", figure(size) + " against the noise level " +
                                                           figure(level) + ": " +
                                                           yes_or_no(size > level));
        if (m_row.status != Status::violated) {
            add("Does the limit lie above the noise level?",
                figure(limit) + " against " + figure(level) + ": " + yes_or_no(level <= limit));
        }
    }

    bool ask_for_history() {
        const auto& lack = m_comparison.insufficient;
        const bool has_limits = !lack || m_comparison.baseline.defined();
        add("Are there points enough for limits?",
            !has_limits ? "no: " + std::to_string(lack->have) + " " + lack->of + ", " +
                              std::to_string(lack->need) + " are needed"
                        : "yes: " + std::to_string(m_comparison.n) + " points in control");
        return has_limits;
    }

    void ask_for_chart() {
        if (!m_comparison.chart) {
            return;
        }
        const comparison::Chart& chart = *m_comparison.chart;
        const std::string measured = figure(chart.statistic) + " against " + figure(chart.lower) +
                                     " to " + figure(chart.upper);
        add("Does the newest point ring?",
            measured + ": " +
                (chart.broken.empty() ? "no" : "yes, " + support::enumerate(chart.broken)));
        add("How often does this chart ring by chance?",
            "once in about " + format_short(chart.run_length.points, 4) + " points" +
                (chart.run_length.at_least ? " or more" : "") + " (" + chart.run_length.source +
                ")");
        if (const auto& lack = m_comparison.insufficient; lack && chart.broken.empty()) {
            add("Is there enough data at the newest point?",
                "no: " + std::to_string(lack->have) + " " + lack->of + ", " +
                    std::to_string(lack->need) + " are needed");
        }
    }

    bool ask_for_same_data() {
        const std::string& other = m_comparison.path->other_data;
        if (!other.empty()) {
            add("Are both ends of the same data?", "no: " + other);
        }
        return other.empty();
    }

    void ask_for_budget() {
        const comparison::Path& path = *m_comparison.path;
        add("What led here from the anchor?",
            path_text(path) + ", " + figure(path.net) + " in all");
        add("Do the losses stay within the budget?",
            figure(m_row.rule.budget->net ? std::max(0.0, -path.net) : path.losses) + " against " +
                figure(m_row.margin.value_or(0.0)) + ": " +
                yes_or_no(m_row.status == Status::pass));
    }

    /// Each `ask` says whether the next question is still open.
    bool ask_for_values() {
        const bool known = m_comparison.problem.empty();
        add("Could both sides be compared?", known ? "yes" : "no: " + m_comparison.problem);
        return known;
    }

    bool ask_for_limits() {
        const bool any = m_row.rule.minimum || m_row.rule.maximum;
        const bool has_value = m_comparison.candidate.defined() || !m_comparison.insufficient;
        if (!any || !has_value) {
            return true;  // too little data for a value: that is asked next
        }
        const auto value = [&](const Limit& limit) {
            const auto& own = m_comparison.candidate_interval;
            switch (limit.by) {
                case Bound::point:
                    return m_comparison.candidate.defined()
                               ? figure(m_comparison.candidate.number())
                               : std::string("none");
                case Bound::lower:
                    return own ? figure(own->lower) + " (lower end)" : std::string("none");
                case Bound::upper:
                    return own ? figure(own->upper) + " (upper end)" : std::string("none");
            }
            return std::string("none");
        };
        std::string text;
        if (m_row.rule.minimum) {
            text = value(*m_row.rule.minimum) + " against at least " +
                   figure(m_row.rule.minimum->value);
        }
        if (m_row.rule.maximum) {
            text += (text.empty() ? "" : ", ") + value(*m_row.rule.maximum) + " against at most " +
                    figure(m_row.rule.maximum->value);
        }
        // Not from the status: a row is violated for other reasons, too.
        const LimitAnswer limits = judge_limits(m_row.rule, m_comparison);
        add("Does the candidate keep the limits?",
            text + ": " + (limits.problem.empty() ? yes_or_no(!limits.broken) : limits.problem));
        return limits.problem.empty() && !limits.broken;
    }

    bool ask_for_gain() {
        if (!m_row.rule.max_gain || !m_comparison.delta) {
            return true;
        }
        const bool believable = *m_comparison.delta <= *m_row.rule.max_gain;
        add("Is the gain believable?", "the change " + figure(*m_comparison.delta) +
                                           " against max_gain " + figure(*m_row.rule.max_gain) +
                                           ": " + yes_or_no(believable));
        return believable;
    }

    bool ask_for_support() {
        if (claims_loss(m_row.rule, m_comparison)) {
            const auto& lack = m_comparison.insufficient;
            add("Is there enough data?",
                lack ? "not for a pass: " + std::to_string(lack->have) + " " + lack->of + ", " +
                           std::to_string(lack->need) + " are needed; a loss that is shown stands"
                : m_comparison.degenerate ? "not for a pass; a loss that is shown stands"
                                          : "yes");
            return true;
        }
        if (m_comparison.insufficient) {
            const auto& lack = *m_comparison.insufficient;
            add("Is there enough data?", "no: " + std::to_string(lack.have) + " " + lack.of + ", " +
                                             std::to_string(lack.need) + " are needed");
            return false;
        }
        add("Is there enough data?", "yes");
        if (m_comparison.identical) {
            add("Do both sides hold the same evidence?", "yes, so nothing was lost");
            return m_row.rule.require == Require::improvement;
        }
        if (m_comparison.degenerate) {
            std::string why = "no";
            for (const comparison::Note& note : m_comparison.notes) {
                if (note.code == "degenerate" || note.code == "monte_carlo" ||
                    note.code == "undefined_replicates") {
                    why = "no: " + note.text;
                }
            }
            add("Can this evidence decide?", why);
            return false;
        }
        return m_row.rule.margin.absolute || m_row.rule.margin.relative ||
               m_row.rule.require != Require::nothing;
    }

    void decide() {
        if (!m_comparison.delta) {
            return;
        }
        if (!m_comparison.uncertainty_known || !m_comparison.interval) {
            decide_by_tolerance();
            return;
        }
        const auto& interval = *m_comparison.interval;
        if (m_row.rule.require == Require::improvement) {
            add("Is the improvement shown?", "the lower end " + figure(interval.lower) +
                                                 " against 0: " + yes_or_no(interval.lower > 0.0));
            if (interval.lower > 0.0) {
                return;
            }
        } else if (m_comparison.margin) {
            const bool ruled_out = m_comparison.margin->lower > 0.0;
            add("Is a loss beyond the margin ruled out?",
                lower_end() + ": " + yes_or_no(ruled_out));
            ask_for_equivalence();
            if (ruled_out) {
                return;
            }
        }
        const bool real = interval.upper < 0.0;
        add("Is the loss real, beyond noise?",
            "the upper end " + figure(interval.upper) + " against 0: " + yes_or_no(real));
        if (!m_comparison.margin || m_row.rule.require == Require::improvement) {
            ask_for_correction();
            return;
        }
        const bool reaches = m_comparison.margin->estimate <= 0.0;
        add("Does the loss reach the margin?",
            "the change " + figure(*m_comparison.delta) + " against " +
                figure(-m_comparison.margin->margin) + ": " + yes_or_no(reaches));
        if (!real || !reaches) {
            return;
        }
        const bool beyond = m_comparison.margin->upper < 0.0;
        add("Is it beyond the margin, beyond noise (confirmed)?",
            "the upper end of the change and the margin together is " +
                figure(m_comparison.margin->upper) + ": " + yes_or_no(beyond));
        ask_for_correction();
    }

    [[nodiscard]] std::string lower_end() const {
        const auto& margin = *m_comparison.margin;
        const std::string tolerated = "the margin " + figure(margin.margin);
        if (m_row.rule.margin.relative) {
            return "the lower end of the change and " + tolerated + " together, " +
                   figure(margin.lower) + ", against 0";
        }
        return "the lower end " + figure(m_comparison.interval->lower) + " against " +
               figure(-margin.margin);
    }

    /// Equivalence is judged on the side of gains, too.
    void ask_for_equivalence() {
        const auto& gain = m_comparison.against_gain;
        if (m_row.rule.require == Require::equivalence && gain) {
            add("Is a gain beyond the margin ruled out?",
                "the upper end of the change less the margin, " + figure(gain->upper) +
                    ", against 0: " + yes_or_no(gain->upper < 0.0));
        }
    }

    void decide_by_tolerance() {
        if (m_row.rule.require == Require::improvement) {
            add("Is it improved?", "the change " + figure(*m_comparison.delta) +
                                       " against 0: " + yes_or_no(*m_comparison.delta > 0.0));
        } else if (m_comparison.margin) {
            add("Does the change stay within the margin? No uncertainty is known.",
                "the change " + figure(*m_comparison.delta) + " against " +
                    figure(-m_comparison.margin->margin) + ": " +
                    yes_or_no(m_comparison.margin->estimate >= 0.0));
            if (m_row.rule.require == Require::equivalence && m_comparison.against_gain) {
                add("Does a gain stay within it, too?",
                    yes_or_no(m_comparison.against_gain->estimate <= 0.0));
            }
        }
    }

    void ask_for_correction() {
        if (!m_row.adjusted_p || !m_comparison.p_no_loss) {
            return;
        }
        const double level = 1.0 - m_row.rule.confidence;
        add("Does the claim survive the correction for several checks?",
            "p " + format_short(*m_comparison.p_no_loss, 2) + ", corrected " +
                format_short(*m_row.adjusted_p, 2) + ", against " + format_short(level, 2) + ": " +
                yes_or_no(*m_row.adjusted_p <= level));
    }

    const CheckResult& m_row;
    const Comparison& m_comparison;
    std::vector<DecisionStep> m_steps;
};

}  // namespace

std::vector<DecisionStep> decision_steps(const CheckResult& row) {
    if (row.instead_of && row.waiver) {
        CheckResult judged = row;
        judged.status = *row.instead_of;
        judged.instead_of.reset();
        auto steps = decision_steps(judged);
        steps.push_back({"Does a waiver excuse it?",
                         "yes: " + row.waiver->owner + " accepts " + covered_loss(*row.waiver) +
                             " until " + row.waiver->expires + ": " + row.waiver->reason});
        return steps;
    }
    if (!row.comparison) {
        return {{"Could it be judged?", "no: " + row.reason}};
    }
    return Steps(row).take();
}

}  // namespace metricgate::verdict
