#include <array>

#include "policy/names_and_paths.h"
#include "policy/read_sections.h"
#include "support/text.h"

namespace metricgate::policy {

namespace {

using support::Diagnostics;
using support::Node;

constexpr std::array<Choice<InputKind>, 3> kinds = {{{"predictions", InputKind::predictions},
                                                     {"metrics", InputKind::metrics},
                                                     {"samples", InputKind::samples}}};
constexpr std::array<Choice<PairBy>, 2> pair_by_choices = {
    {{"id", PairBy::id}, {"position", PairBy::position}}};
constexpr std::array<Choice<OnPartialOverlap>, 2> on_partial_overlap_choices = {
    {{"refuse", OnPartialOverlap::refuse}, {"intersect", OnPartialOverlap::intersect}}};
constexpr std::array<Choice<OnMissingValue>, 2> on_missing_value_choices = {
    {{"refuse", OnMissingValue::refuse}, {"drop", OnMissingValue::drop}}};

const std::vector<std::string> keys = {"kind",
                                       "path",
                                       "format",
                                       "columns",
                                       "class_scores",
                                       "positive",
                                       "threshold",
                                       "pair_by",
                                       "on_partial_overlap",
                                       "min_overlap",
                                       "on_missing_value"};
/// Settings that say how examples are read and paired.
constexpr std::array<std::string_view, 7> of_examples = {
    "class_scores",       "positive",    "threshold",       "pair_by",
    "on_partial_overlap", "min_overlap", "on_missing_value"};

void read_paths(const SettingsReader& settings, Input& input, Diagnostics& problems) {
    input.paths = settings.words("path");
    for (const Located<std::string>& path : input.paths) {
        const std::string problem = path_problem(path.value);
        if (!problem.empty()) {
            problems.push_back({path.where, settings.name_of("path") + ": found '" +
                                                support::visible(path.value, 60) + "', " +
                                                problem});
        }
    }
    if (input.kind == InputKind::predictions && input.paths.size() > 1) {
        problems.push_back({input.paths[1].where,
                            settings.name_of("path") +
                                ": found several files, wanted one for kind: predictions; several "
                                "runs are kind: samples or metrics"});
    }
}

void refuse_settings_of_examples(const SettingsReader& settings, Diagnostics& problems) {
    for (const std::string_view key : of_examples) {
        if (const Node* node = settings.find(key)) {
            problems.push_back({node->where, settings.name_of(key) +
                                                 ": it needs kind: predictions; remove it, or "
                                                 "change the kind"});
        }
    }
}

void read_overlap(const SettingsReader& settings, Input& input, Diagnostics& problems) {
    settings.choose<OnPartialOverlap>("on_partial_overlap", on_partial_overlap_choices,
                                      input.on_partial_overlap);
    input.min_overlap =
        settings.number("min_overlap", {.lowest = 0.0,
                                        .highest = 1.0,
                                        .without_lowest = true,
                                        .wanted = "a number above 0, at most 1",
                                        .hint = "it is a share: write 0.9 for 90 percent"});
    const bool drops = input.on_partial_overlap == OnPartialOverlap::intersect ||
                       input.on_missing_value == OnMissingValue::drop;
    // Without a floor a candidate could leave out whatever it gets wrong.
    if (drops && settings.find("min_overlap") == nullptr) {
        problems.push_back({input.where, settings.name_of("min_overlap") +
                                             ": missing; a policy that leaves pairs out must say "
                                             "how many have to remain, such as min_overlap: 0.95"});
    }
    if (input.min_overlap && !drops) {
        problems.push_back({input.min_overlap->where,
                            settings.name_of("min_overlap") +
                                ": it means something only with on_partial_overlap: intersect or "
                                "on_missing_value: drop; add one, or remove it"});
    }
}

Input read_input(const support::Member& member, Diagnostics& problems) {
    Input input;
    input.name = member.key;
    input.where = member.where;
    const std::string shown = support::visible(member.key, 100);
    const std::string problem = name_problem(member.key);
    if (!problem.empty()) {
        problems.push_back({member.where, "inputs: found the name '" + shown + "', " + problem});
    }
    const SettingsReader settings(member.value, "inputs." + shown, keys, problems);
    if (!settings.usable()) {
        return input;
    }
    settings.choose<InputKind>("kind", kinds, input.kind);
    read_paths(settings, input, problems);
    if (const auto format = settings.text("format")) {
        input.format = format->value;
    }
    read_columns(settings, input, problems);
    if (input.kind != InputKind::predictions) {
        refuse_settings_of_examples(settings, problems);
        input.pair_by = PairBy::none;
        return input;
    }
    read_class_scores(settings, input, problems);
    input.positive = settings.word("positive");
    input.threshold = settings.number("threshold");
    settings.choose<PairBy>("pair_by", pair_by_choices, input.pair_by);
    settings.choose<OnMissingValue>("on_missing_value", on_missing_value_choices,
                                    input.on_missing_value);
    read_overlap(settings, input, problems);
    return input;
}

}  // namespace

std::vector<Input> read_inputs(const Node& map, Diagnostics& problems) {
    std::vector<Input> inputs;
    for (const support::Member& member : map.members) {
        inputs.push_back(read_input(member, problems));
    }
    return inputs;
}

}  // namespace metricgate::policy
