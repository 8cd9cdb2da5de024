#include <array>

#include "policy/read_sections.h"

namespace metricgate::policy {

namespace {

constexpr std::array<Choice<Level>, 4> levels = {
    {{"block", Level::block}, {"warn", Level::warn}, {"info", Level::info}, {"off", Level::off}}};
constexpr std::array<Choice<OnInconclusive>, 2> on_inconclusive_choices = {
    {{"warn", OnInconclusive::warn}, {"block", OnInconclusive::block}}};
constexpr std::array<Choice<OnNoBaseline>, 2> on_no_baseline_choices = {
    {{"pass", OnNoBaseline::pass}, {"block", OnNoBaseline::block}}};

const std::vector<std::string> keys = {"confidence", "min_examples", "level", "on_inconclusive",
                                       "on_no_baseline"};

}  // namespace

void read_shared_settings(const SettingsReader& settings, Defaults& defaults) {
    const NumberRange confidence = {.lowest = 0.5,
                                    .highest = 0.9999,
                                    .wanted = "a number from 0.5 to 0.9999",
                                    .hint = "it is a share: write 0.95 for 95 percent"};
    if (const auto value = settings.number("confidence", confidence)) {
        defaults.confidence = value->value;
    }
    if (const auto value = settings.count("min_examples")) {
        defaults.min_examples = value->value;
    }
    settings.choose<Level>("level", levels, defaults.level);
    settings.choose<OnInconclusive>("on_inconclusive", on_inconclusive_choices,
                                    defaults.on_inconclusive);
    settings.choose<OnNoBaseline>("on_no_baseline", on_no_baseline_choices,
                                  defaults.on_no_baseline);
}

Defaults read_defaults(const support::Node& map, support::Diagnostics& problems) {
    Defaults defaults;
    read_shared_settings(SettingsReader(map, "defaults", keys, problems), defaults);
    return defaults;
}

}  // namespace metricgate::policy
