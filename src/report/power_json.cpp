#include <optional>

#include "report/escape.h"
#include "report/json_values.h"
#include "report/power.h"

namespace metricgate::report {
namespace {

Json chances(const std::optional<stats::VerdictChances>& chances,
             const std::optional<double>& regressed_in_run) {
    if (!chances) {
        return nullptr;
    }
    return {{"pass", number(chances->pass)},
            {"inconclusive", number(chances->inconclusive)},
            {"regressed", number(chances->regressed)},
            {"confirmed", number(chances->confirmed)},
            {"regressed_in_run", number(regressed_in_run)}};
}

Json drops(const verdict::RowPower& row) {
    Json list = Json::array();
    for (const verdict::DropPower& drop : row.drops) {
        list.push_back({{"multiple", number(drop.multiple)},
                        {"drop", number(drop.drop)},
                        {"chances", chances(drop.chances, drop.blocked_in_run)}});
    }
    return list;
}

const char* bound_name(verdict::Bound bound) {
    switch (bound) {
        case verdict::Bound::point:
            return "point";
        case verdict::Bound::lower:
            return "lower";
        case verdict::Bound::upper:
            return "upper";
    }
    return "point";
}

Json limits(const verdict::RowPower& row) {
    Json list = Json::array();
    for (const verdict::LimitPower& limit : row.limits) {
        list.push_back({{"kind", limit.minimum ? "min" : "max"},
                        {"value", number(limit.limit.value)},
                        {"using", bound_name(limit.limit.by)},
                        {"of", limit.of_baseline ? "baseline" : "candidate"},
                        {"distance", number(limit.distance)},
                        {"unchanged_breaks", number(limit.broken)}});
    }
    return list;
}

Json check(const verdict::RowPower& row) {
    Json slice = Json::object();
    for (const auto& [column, value] : row.rule.slice) {
        slice[column] = value;
    }
    return {{"id", row.rule.id},
            {"metric", row.rule.name},
            {"title", row.rule.metric},
            {"slice", slice},
            {"input", row.rule.input},
            {"unit", row.rule.unit},
            {"direction", row.rule.higher_is_better ? "higher" : "lower"},
            {"level", verdict::name(row.rule.level)},
            {"status", verdict::name(row.status)},
            {"reason", row.reason},
            {"method", text_or_null(row.method)},
            {"basis", text_or_null(row.basis)},
            {"unknown", text_or_null(row.unknown)},
            {"margin", number(row.margin)},
            {"smallest_shown", number(row.smallest_shown)},
            {"smallest_blocked", number(row.smallest_blocked)},
            {"n", row.n != 0 ? Json(row.n) : Json(nullptr)},
            {"n_unit", row.n != 0 ? Json(row.n_unit) : Json(nullptr)},
            {"n_needed", row.n_needed ? Json(*row.n_needed) : Json(nullptr)},
            {"unchanged", chances(row.unchanged, row.unchanged_blocked_in_run)},
            {"drops", drops(row)},
            {"limits", limits(row)},
            {"cannot_fail", row.cannot_fail},
            {"warnings", notes(row.warnings)}};
}

Json whole(const verdict::PowerResult& result) {
    if (!result.policy_power) {
        return nullptr;
    }
    const verdict::PolicyPower& power = *result.policy_power;
    Json list = Json::array();
    for (const verdict::PolicyDrop& drop : power.drops) {
        const bool any = drop.hardest.has_value();
        list.push_back({{"multiple", number(drop.multiple)},
                        {"blocked_when_all_drop", number(drop.blocked)},
                        {"hardest", any ? Json(verdict::label(result.rows[*drop.hardest].rule))
                                        : Json(nullptr)},
                        {"hardest_blocked", any ? number(drop.hardest_blocked) : Json(nullptr)}});
    }
    return {{"rows", power.rows},
            {"unknown", Json(power.unknown)},
            {"simulations", power.simulations},
            {"multiplicity", verdict::name(power.correction)},
            {"blocked_unchanged", number(power.blocked_unchanged)},
            {"passed_unchanged", number(power.passed_unchanged)},
            {"drops", list}};
}

}  // namespace

std::string render_power_json(const verdict::PowerResult& result, const Style& /*style*/) {
    Json checks = Json::array();
    for (const verdict::RowPower& row : result.rows) {
        checks.push_back(check(row));
    }
    Json inputs = Json::array();
    for (const verdict::InputInfo& input : result.inputs) {
        inputs.push_back(
            {{"name", input.name},
             {"candidate", input.candidate.description},
             {"baseline", input.baseline ? Json(input.baseline->description) : Json(nullptr)},
             {"paired", input.pairing ? Json(input.pairing->paired) : Json(nullptr)}});
    }
    const Json report = {{"schema", "metricgate.power/1"},
                         {"program_version", result.program_version},
                         {"answer", verdict::name(result.answer)},
                         {"exit_code", verdict::exit_code(result.answer)},
                         {"not_compared", result.not_compared},
                         {"policy",
                          {{"path", result.policy.source},
                           {"digest", text_or_null(result.policy.digest)},
                           {"revision", text_or_null(result.policy.revision)}}},
                         {"inputs", inputs},
                         {"whole_policy", whole(result)},
                         {"checks", checks},
                         {"warnings", notes(result.warnings)},
                         {"seed", result.seed}};
    // ASCII only, as in the report of `check`.
    return guard_json(report.dump(2, ' ', true, Json::error_handler_t::replace)) + "\n";
}

}  // namespace metricgate::report
