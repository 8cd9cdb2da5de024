#include "cli/where_to_look.h"

#include <algorithm>
#include <string>
#include <vector>

#include "cli/changed_examples.h"
#include "cli/row_names.h"
#include "support/text.h"
#include "verdict/explanation.h"

namespace metricgate::cli {
namespace {

constexpr std::size_t ids_named = 3;
constexpr std::size_t longest_id = 40;

/// As a shell wants it: names with brackets or blanks need quotes.
std::string quoted(const std::string& name) {
    const bool plain = std::ranges::all_of(name, [](char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
               c == '-' || c == '_' || c == '.';
    });
    if (plain) {
        return name;
    }
    std::string text;
    for (const char c : name) {
        text += c == '\'' ? "'\\''" : std::string(1, c);
    }
    return "'" + text + "'";
}

std::optional<WhereToLook> look_at(const Prepared& prepared, const verdict::CheckResult& row) {
    const PlannedCheck* check = check_of(prepared.plan, row);
    if (check == nullptr || !prepared.inputs[check->input]) {
        return std::nullopt;
    }
    const LoadedInput& loaded = *prepared.inputs[check->input];
    const bool both = loaded.examples && !loaded.baseline_absent;
    if (!both) {
        return std::nullopt;
    }
    verdict::Explanation changed;
    list_changed_examples(metric_of_row(*check, row.rule), prepared.plan.inputs[check->input],
                          loaded, row.rule.slice, ids_named, changed);
    if (changed.examples.empty()) {
        return std::nullopt;
    }
    std::vector<std::string> ids;
    for (const verdict::ChangedExample& example : changed.examples) {
        ids.push_back(support::visible(example.id, longest_id));
    }
    return WhereToLook{
        row.status, "`metricgate explain " + quoted(row_name(row.rule)) + "` lists the " +
                        support::count_of(changed.examples_in_all, "example", "examples") +
                        " that changed; " + (ids.size() == 1 ? "the worst is " : "the worst are ") +
                        support::enumerate(ids)};
}

}  // namespace

std::optional<WhereToLook> where_to_look(const Prepared& prepared,
                                         const verdict::GateResult& result) {
    for (const auto status : {verdict::Status::regressed, verdict::Status::violated}) {
        for (const verdict::CheckResult& row : result.checks) {
            if (row.status != status || row.rule.level != verdict::Level::block) {
                continue;
            }
            if (auto look = look_at(prepared, row)) {
                return look;
            }
        }
    }
    return std::nullopt;
}

}  // namespace metricgate::cli
