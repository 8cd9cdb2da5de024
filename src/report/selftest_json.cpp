#include <optional>

#include "report/escape.h"
#include "report/json_values.h"
#include "report/selftest_formats.h"
#include "report/selftest_renderers.h"

namespace metricgate::report {
namespace {

Json status(const std::optional<verdict::Status>& found) {
    return found ? Json(verdict::name(*found)) : Json(nullptr);
}

Json faults(const std::vector<verdict::FaultAnswer>& answers) {
    Json list = Json::array();
    for (const verdict::FaultAnswer& answer : answers) {
        list.push_back({{"fault", answer.fault},
                        {"what", answer.what},
                        {"outcome", verdict::name(answer.outcome)},
                        {"status", status(answer.status)}});
    }
    return list;
}

Json row(const verdict::SelftestRow& row) {
    Json slice = Json::object();
    for (const auto& [column, value] : row.rule.slice) {
        slice[column] = value;
    }
    return {{"id", row.rule.id},
            {"metric", row.rule.name},
            {"title", row.rule.metric},
            {"slice", slice},
            {"input", row.rule.input},
            {"level", verdict::name(row.rule.level)},
            {"ability", verdict::name(row.ability)},
            {"damage", text_or_null(row.damage)},
            {"change", number(row.change)},
            {"value", number(row.value)},
            {"margin", number(row.margin)},
            {"status", status(row.status)},
            {"mde", number(row.mde)},
            {"reason", row.reason},
            {"faults", faults(row.faults)}};
}

}  // namespace

std::string render_selftest_json(const verdict::SelftestResult& result, const Style& /*style*/) {
    Json rows = Json::array();
    for (const verdict::SelftestRow& each : result.rows) {
        rows.push_back(row(each));
    }
    const Json report = {{"schema", "metricgate.selftest/1"},
                         {"program_version", result.program_version},
                         {"exit_code", result.exit_code},
                         {"policy", result.policy.source},
                         {"seed", result.seed},
                         {"checks", rows},
                         {"warnings", Json(result.warnings)}};
    return guard_json(report.dump(2, ' ', true, Json::error_handler_t::replace)) + "\n";
}

const std::vector<SelftestFormat>& selftest_formats() {
    static const std::vector<SelftestFormat> formats = {
        {"text", render_selftest_text, "metricgate selftest: "},
        {"markdown", render_selftest_markdown, "# metricgate selftest: "},
        {"json", render_selftest_json, "{\n  \"schema\": \"metricgate.selftest/"}};
    return formats;
}

}  // namespace metricgate::report
