// Gauges that both OpenMetrics and the older Prometheus text format read: for GitLab's metrics
// reports and for Prometheus' textfile collector. Numbers are rounded to six digits, because GitLab
// compares them as texts.
#include <cmath>
#include <functional>

#include "report/entries.h"
#include "report/formats.h"
#include "report/gauges.h"
#include "report/phrases.h"
#include "support/number.h"
#include "support/text.h"

namespace metricgate::report {
namespace {

using verdict::CheckResult;
using verdict::GateResult;
using verdict::Verdict;

constexpr int digits = 6;

std::string slice_of(const verdict::Rule& rule) {
    return rule.slice.empty() ? "" : file_sink.name(slice_label(rule));
}

std::string labels_of(const verdict::Rule& rule) {
    return gauge_label("check", file_sink.name(rule.id)) + "," +
           gauge_label("slice", slice_of(rule)) + "," +
           gauge_label("metric", file_sink.name(rule.metric));
}

std::string run_families(const GateResult& result) {
    std::string text = gauge_head("verdict", "1 for the verdict of the run, 0 for the others.");
    for (const Verdict verdict :
         {Verdict::pass, Verdict::fail, Verdict::undecided, Verdict::could_not_judge}) {
        text += gauge_sample("verdict", gauge_label("verdict", verdict::name(verdict)),
                             result.verdict == verdict ? "1" : "0");
    }
    text += gauge_head("exit_code", "The exit code of the run.");
    text += gauge_sample("exit_code", "", std::to_string(result.exit_code));
    text += gauge_head("checks", "How many checks and slices have each status.");
    for (const verdict::Status status : all_statuses()) {
        const auto found = result.counts.by_status.find(verdict::name(status));
        const bool none = found == result.counts.by_status.end();
        text += gauge_sample("checks", gauge_label("status", verdict::name(status)),
                             none ? "0" : std::to_string(found->second));
    }
    return text;
}

std::string status_families(const GateResult& result) {
    std::string status = gauge_head("check_status", "1 for the status that a check has.");
    std::string blocks = gauge_head("check_blocks", "1 when a check keeps the run from passing.");
    for (const CheckResult& row : result.checks) {
        const std::string labels = labels_of(row.rule);
        const std::string otherwise =
            row.instead_of ? "," + gauge_label("instead_of", verdict::name(*row.instead_of)) : "";
        status += gauge_sample(
            "check_status",
            labels + "," + gauge_label("status", verdict::name(row.status)) + otherwise, "1");
        blocks += gauge_sample("check_blocks", labels, row.blocks ? "1" : "0");
    }
    return result.checks.empty() ? "" : status + blocks;
}

using Number = std::function<std::optional<double>(const CheckResult&)>;

/// One gauge a row that has the number; nothing when none has.
std::string family(const char* name, const char* help, const GateResult& result,
                   const Number& number) {
    std::string samples;
    for (const CheckResult& row : result.checks) {
        const std::optional<double> value = row.comparison ? number(row) : std::nullopt;
        if (value && std::isfinite(*value)) {
            samples +=
                gauge_sample(name, labels_of(row.rule), support::format_short(*value, digits));
        }
    }
    return samples.empty() ? "" : gauge_head(name, help) + samples;
}

std::optional<double> defined(const metrics::Value& value) {
    return value.defined() ? std::optional(value.number()) : std::nullopt;
}

std::string number_families(const GateResult& result) {
    const auto bound = [](double stats::Interval::*member) {
        return [member](const CheckResult& row) -> std::optional<double> {
            const auto& interval = row.comparison->interval;
            return interval ? std::optional(*interval.*member) : std::nullopt;
        };
    };
    return family("baseline", "Value of the metric on the baseline.", result,
                  [](const CheckResult& row) { return defined(row.comparison->baseline); }) +
           family("candidate", "Value of the metric on the candidate.", result,
                  [](const CheckResult& row) { return defined(row.comparison->candidate); }) +
           family("change", "Candidate minus baseline, turned so that minus is worse.", result,
                  [](const CheckResult& row) { return row.comparison->delta; }) +
           family("change_lower", "Lower end of the interval of the change.", result,
                  bound(&stats::Interval::lower)) +
           family("change_upper", "Upper end of the interval of the change.", result,
                  bound(&stats::Interval::upper)) +
           family("margin", "The loss that the policy tolerates.", result,
                  [](const CheckResult& row) { return row.margin; }) +
           family("detectable_drop", "The smallest drop this data shows four times out of five.",
                  result, [](const CheckResult& row) { return row.comparison->mde; }) +
           family("size", "How many examples or runs were compared.", result,
                  [](const CheckResult& row) -> std::optional<double> {
                      const auto n = row.comparison->n;
                      return n == 0 ? std::nullopt : std::optional(static_cast<double>(n));
                  });
}

}  // namespace

std::string render_openmetrics(const GateResult& result, const Style& /*style*/) {
    return run_families(result) + status_families(result) + number_families(result) + "# EOF\n";
}

}  // namespace metricgate::report
