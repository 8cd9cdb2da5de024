#include <algorithm>
#include <array>

#include "metrics/catalog.h"
#include "report/chart_spec.h"
#include "report/html_sections.h"

namespace metricgate::report {
namespace {

using verdict::CheckResult;

struct Tone {
    const char* name;
    const char* color;
};

constexpr std::array tones = {Tone{"fails", "var(--fails)"}, Tone{"warns", "var(--warns)"},
                              Tone{"open", "var(--open)"},   Tone{"waived", "var(--waived)"},
                              Tone{"holds", "var(--holds)"}, Tone{"quiet", "var(--quiet)"}};

}  // namespace

const char* tone_of(const CheckResult& row) {
    switch (group_of(row)) {
        case Group::failing:
            return "fails";
        case Group::warning:
            return "warns";
        case Group::undecided:
            return "open";
        case Group::waived:
            return "waived";
        case Group::quiet:
            return row.status == verdict::Status::pass ? "holds" : "quiet";
    }
    return "fails";
}

std::string tone_scale(const std::vector<const CheckResult*>& rows) {
    std::vector<std::string> names;
    std::vector<std::string> colors;
    for (const Tone& tone : tones) {
        const bool used = std::ranges::any_of(rows, [&tone](const CheckResult* row) {
            return std::string_view(tone_of(*row)) == tone.name;
        });
        if (used) {
            names.emplace_back(tone.name);
            colors.emplace_back(tone.color);
        }
    }
    return "{\"domain\":" + json_strings(names) + ",\"range\":" + json_strings(colors) + "}";
}

bool is_column_row(const CheckResult& row) {
    return metrics::column_form(metrics::find(row.rule.name)) != nullptr;
}

}  // namespace metricgate::report
