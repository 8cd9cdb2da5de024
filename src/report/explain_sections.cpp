#include "report/explain_sections.h"

#include <algorithm>
#include <cmath>

#include "report/figures.h"
#include "report/phrases.h"
#include "report/provenance.h"
#include "support/number.h"

namespace metricgate::report {
namespace {

using verdict::CheckResult;
using verdict::Explanation;
using verdict::NamedText;

constexpr int digits = 6;

class Section {
public:
    explicit Section(std::string heading) { m_section.heading = std::move(heading); }
    Section& add(std::string about, std::string text) {
        if (!text.empty()) {
            m_section.lines.push_back({std::move(about), std::move(text)});
        }
        return *this;
    }
    Section& add(std::string about, const std::optional<double>& number) {
        return add(std::move(about), number && std::isfinite(*number)
                                         ? support::format_short(*number, digits)
                                         : std::string());
    }
    void into(std::vector<ExplainedSection>& sections) && {
        if (!m_section.lines.empty()) {
            sections.push_back(std::move(m_section));
        }
    }

private:
    ExplainedSection m_section;
};

/// "succeed_on_both" -> "succeed on both"
std::string in_words(std::string name) {
    std::ranges::replace(name, '_', ' ');
    return name;
}

std::string interval_text(const stats::Interval& interval) {
    return "[" + support::format_short(interval.lower, digits) + ", " +
           support::format_short(interval.upper, digits) + "], the " +
           interval_name(interval.confidence);
}

std::string value_text(const metrics::Value& value) {
    if (value.defined()) {
        return support::format_short(value.number(), digits);
    }
    return has_none_by_nature(value) ? "" : "undefined: " + value.reason();
}

void add_metric(const Explanation& explanation, const Sink& sink,
                std::vector<ExplainedSection>& sections) {
    const verdict::Rule& rule = explanation.row.rule;
    Section section("Metric");
    section.add("name", sink.name(rule.metric))
        .add("summary", sink.prose(explanation.summary))
        .add("definition", sink.prose(explanation.definition))
        .add("direction", rule.higher_is_better ? "higher is better" : "lower is better")
        .add("unit", rule.unit.empty() ? "" : sink.name(rule.unit))
        .add("needs", sink.prose(explanation.needs));
    std::move(section).into(sections);
}

void add_method(const Explanation& explanation, const Sink& sink,
                std::vector<ExplainedSection>& sections) {
    const auto& comparison = explanation.row.comparison;
    if (!comparison || comparison->method.empty()) {
        return;
    }
    Section section("Method");
    section.add("name", sink.name(comparison->method))
        .add("summary", sink.prose(explanation.method_summary))
        .add("reference", sink.prose(explanation.method_reference))
        .add("chosen because", sink.prose(explanation.chosen));
    for (const NamedText& other : explanation.passed_over) {
        section.add("not " + other.name, sink.prose(other.text));
    }
    std::move(section).into(sections);
}

void add_numbers(const Explanation& explanation, const Sink& sink,
                 std::vector<ExplainedSection>& sections) {
    Section section("Numbers that went in");
    for (const NamedText& recorded : explanation.recorded) {
        section.add(sink.prose(recorded.name), sink.prose(recorded.text));
    }
    const auto& comparison = explanation.row.comparison;
    if (comparison) {
        if (comparison->n != 0) {
            section.add("size", counted(comparison->n, comparison->n_unit));
        }
        for (const comparison::Fact& fact : comparison->facts) {
            section.add(in_words(fact.name), support::format_short(fact.value, 9));
        }
    }
    std::move(section).into(sections);
}

void add_result(const Explanation& explanation, std::vector<ExplainedSection>& sections) {
    const CheckResult& row = explanation.row;
    if (!row.comparison) {
        return;
    }
    const comparison::Comparison& c = *row.comparison;
    Section section("Result, a minus is worse");
    section.add("baseline", value_text(c.baseline)).add("candidate", value_text(c.candidate));
    section.add("change", c.delta);
    section.add("interval of the change", c.interval ? interval_text(*c.interval) : "");
    section.add("candidate's own interval",
                c.candidate_interval ? interval_text(*c.candidate_interval) : "");
    section.add("standard error of the change", c.standard_error);
    section.add("tolerated loss", row.margin);
    section.add("p of no loss", c.p_no_loss);
    section.add("p after correction for several checks", row.adjusted_p);
    section.add("smallest drop this data can show", c.mde);
    if (c.n_needed) {
        section.add("needed for the margin", counted(*c.n_needed, c.n_unit));
    }
    std::move(section).into(sections);
}

void add_decision(const Explanation& explanation, const Sink& sink,
                  std::vector<ExplainedSection>& sections) {
    Section section("Decision, step by step");
    for (const verdict::DecisionStep& step : explanation.steps) {
        section.add(step.question, sink.prose(step.finding));
    }
    section.add("Answer",
                status_words(explanation.row) + ": " + sink.prose(explanation.row.reason));
    for (const comparison::Note& note : explanation.row.notes) {
        section.add("Note", sink.prose(note.text));
    }
    std::move(section).into(sections);
}

}  // namespace

std::vector<ExplainedSection> explained_sections(const Explanation& explanation, const Sink& sink) {
    std::vector<ExplainedSection> sections;
    add_metric(explanation, sink, sections);
    add_method(explanation, sink, sections);
    add_numbers(explanation, sink, sections);
    add_result(explanation, sections);
    add_decision(explanation, sink, sections);
    return sections;
}

std::string examples_heading(const Explanation& explanation) {
    if (explanation.examples_are.empty()) {
        return "";
    }
    if (explanation.examples_in_all == 0) {
        return "No " + explanation.examples_are;
    }
    return grouped(explanation.examples.size()) + " of " + grouped(explanation.examples_in_all) +
           " " + explanation.examples_are + ", worst first";
}

}  // namespace metricgate::report
