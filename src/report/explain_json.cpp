#include <optional>

#include "report/escape.h"
#include "report/explain_formats.h"
#include "report/json_values.h"

namespace metricgate::report {
namespace {

using verdict::Explanation;

Json value(const metrics::Value& found) {
    return found.defined() ? number(found.number()) : Json(nullptr);
}

Json pairs(const std::vector<verdict::NamedText>& texts) {
    Json list = Json::array();
    for (const verdict::NamedText& each : texts) {
        list.push_back({{"name", each.name}, {"text", each.text}});
    }
    return list;
}

Json facts(const comparison::Comparison& comparison) {
    Json list = Json::array();
    for (const comparison::Fact& fact : comparison.facts) {
        list.push_back({{"name", fact.name}, {"value", number(fact.value)}});
    }
    return list;
}

Json metric(const Explanation& explanation) {
    const verdict::Rule& rule = explanation.row.rule;
    return {{"name", rule.name},
            {"title", rule.metric},
            {"summary", explanation.summary},
            {"definition", text_or_null(explanation.definition)},
            {"direction", rule.higher_is_better ? "higher" : "lower"},
            {"unit", rule.unit},
            {"needs", explanation.needs}};
}

Json method(const Explanation& explanation) {
    const auto& comparison = explanation.row.comparison;
    if (!comparison || comparison->method.empty()) {
        return nullptr;
    }
    return {{"name", comparison->method},
            {"summary", explanation.method_summary},
            {"reference", explanation.method_reference},
            {"chosen", explanation.chosen},
            {"passed_over", pairs(explanation.passed_over)}};
}

Json result(const verdict::CheckResult& row) {
    if (!row.comparison) {
        return nullptr;
    }
    const comparison::Comparison& c = *row.comparison;
    return {{"baseline", value(c.baseline)},
            {"candidate", value(c.candidate)},
            {"delta", number(c.delta)},
            {"interval", interval(c.interval)},
            {"candidate_interval", interval(c.candidate_interval)},
            {"standard_error", number(c.standard_error)},
            {"margin", number(row.margin)},
            {"p_no_loss", number(c.p_no_loss)},
            {"adjusted_p", number(row.adjusted_p)},
            {"n", c.n != 0 ? Json(c.n) : Json(nullptr)},
            {"n_unit", c.n != 0 ? Json(c.n_unit) : Json(nullptr)},
            {"mde", number(c.mde)},
            {"n_needed", c.n_needed ? Json(*c.n_needed) : Json(nullptr)},
            {"facts", facts(c)}};
}

Json examples(const Explanation& explanation) {
    Json list = Json::array();
    for (const verdict::ChangedExample& example : explanation.examples) {
        list.push_back({{"id", example.id},
                        {"label", example.label},
                        {"before", example.before},
                        {"after", example.after},
                        {"harm", number(example.harm)}});
    }
    return list;
}

}  // namespace

std::string render_explanation_json(const Explanation& explanation, const Style& /*style*/) {
    const verdict::CheckResult& row = explanation.row;
    Json slice = Json::object();
    for (const auto& [column, value] : row.rule.slice) {
        slice[column] = value;
    }
    Json steps = Json::array();
    for (const verdict::DecisionStep& step : explanation.steps) {
        steps.push_back({{"question", step.question}, {"finding", step.finding}});
    }
    Json notes = Json::array();
    for (const comparison::Note& note : row.notes) {
        notes.push_back({{"code", note.code}, {"text", note.text}});
    }
    const Json report = {{"schema", "metricgate.explanation/1"},
                         {"program_version", explanation.program_version},
                         {"id", row.rule.id},
                         {"slice", slice},
                         {"level", verdict::name(row.rule.level)},
                         {"status", verdict::name(row.status)},
                         {"confirmed", row.confirmed},
                         {"reason", row.reason},
                         {"policy", explanation.policy.source},
                         {"seed", explanation.seed},
                         {"metric", metric(explanation)},
                         {"method", method(explanation)},
                         {"recorded", pairs(explanation.recorded)},
                         {"result", result(row)},
                         {"steps", steps},
                         {"notes", notes},
                         {"examples_are", text_or_null(explanation.examples_are)},
                         {"harm_is", text_or_null(explanation.harm_is)},
                         {"examples_in_all", explanation.examples_in_all},
                         {"examples", examples(explanation)}};
    return guard_json(report.dump(2, ' ', true, Json::error_handler_t::replace)) + "\n";
}

const std::vector<ExplainFormat>& explain_formats() {
    static const std::vector<ExplainFormat> formats = {
        {"text", render_explanation_text, "metricgate explain: "},
        {"markdown", render_explanation_markdown, "# metricgate explain: "},
        {"json", render_explanation_json, "{\n  \"schema\": \"metricgate.explanation/"}};
    return formats;
}

}  // namespace metricgate::report
