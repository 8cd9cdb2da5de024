#include <array>
#include <span>

#include "policy/names_and_paths.h"
#include "policy/read_sections.h"
#include "support/text.h"

namespace metricgate::policy {

namespace {

using support::Diagnostics;
using support::Node;

constexpr std::array<Choice<InputKind>, 4> kinds = {{{"predictions", InputKind::predictions},
                                                     {"metrics", InputKind::metrics},
                                                     {"samples", InputKind::samples},
                                                     {"history", InputKind::history}}};
constexpr std::array<Choice<PairBy>, 3> pair_by_choices = {
    {{"id", PairBy::id}, {"position", PairBy::position}, {"none", PairBy::none}}};
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
                                       "on_missing_value",
                                       "runs",
                                       "run_id",
                                       "fold_test_share",
                                       "select",
                                       "allow_different",
                                       "from",
                                       "key",
                                       "window",
                                       "max_age",
                                       "candidate"};
/// Settings that say how examples are read.
constexpr std::array<std::string_view, 4> of_examples = {"class_scores", "positive", "threshold",
                                                         "on_missing_value"};
/// Settings of logs and benchmark files.
constexpr std::array<std::string_view, 2> of_logs = {"select", "allow_different"};
/// Settings of values over time, and those that say how two sides are compared.
constexpr std::array<std::string_view, 5> of_histories = {"from", "key", "window", "max_age",
                                                          "candidate"};
constexpr std::array<std::string_view, 7> of_two_sides = {
    "columns", "runs", "run_id", "fold_test_share", "pair_by", "on_partial_overlap", "min_overlap"};
/// Settings of runs that are recorded as numbers.
constexpr std::array<std::string_view, 2> of_recorded_runs = {"run_id", "fold_test_share"};

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
}

void refuse_settings(const SettingsReader& settings, std::span<const std::string_view> refused,
                     const std::string& kind, Diagnostics& problems) {
    for (const std::string_view key : refused) {
        if (const Node* node = settings.find(key)) {
            problems.push_back({node->where, settings.name_of(key) + ": it needs kind: " + kind +
                                                 "; remove it, or change the kind"});
        }
    }
}

void read_run_count(const SettingsReader& settings, Input& input, Diagnostics& problems) {
    input.runs = settings.count("runs");
    if (input.runs && input.runs->value == 0) {
        problems.push_back({input.runs->where, settings.name_of("runs") +
                                                   ": found 0, wanted how many runs each side "
                                                   "must have"});
    }
}

void refuse_without_pairing(const SettingsReader& settings, std::string_view key,
                            const std::string& wanted, Diagnostics& problems) {
    if (const Node* node = settings.find(key)) {
        problems.push_back({node->where, settings.name_of(key) + ": it means something only with " +
                                             wanted + "; add that, or remove it"});
    }
}

/// How the recorded runs of both sides find each other, and whether they are folds.
void read_run_pairing(const SettingsReader& settings, Input& input, Diagnostics& problems) {
    input.pair_by = PairBy::none;
    settings.choose<PairBy>("pair_by", pair_by_choices, input.pair_by);
    input.run_id = settings.word("run_id");
    input.fold_test_share =
        settings.number("fold_test_share", {.lowest = 0.0,
                                            .highest = 0.9,
                                            .without_lowest = true,
                                            .wanted = "a number above 0, at most 0.9",
                                            .hint = "it is the share of the examples that a fold "
                                                    "tests on: 0.1 for ten folds"});
    if (input.pair_by == PairBy::id) {
        settings.require("run_id",
                         "name the metadata key, recorded list or column that tells the runs "
                         "apart, such as run_id: seed");
    } else {
        refuse_without_pairing(settings, "run_id", "pair_by: id", problems);
        refuse_without_pairing(settings, "on_partial_overlap", "pair_by: id", problems);
    }
    if (input.pair_by == PairBy::none) {
        refuse_without_pairing(settings, "fold_test_share", "pair_by: id or position", problems);
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
    const Node* overlap = settings.find("on_partial_overlap");
    if (input.pair_by == PairBy::none && overlap != nullptr) {
        problems.push_back(
            {overlap->where, settings.name_of("on_partial_overlap") +
                                 ": it is about pairs, and pair_by: none makes none; remove it"});
    }
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
    if (input.kind == InputKind::history) {
        for (const auto& refused : {std::span<const std::string_view>(of_examples),
                                    std::span<const std::string_view>(of_two_sides)}) {
            refuse_settings(settings, refused, "predictions, metrics or samples", problems);
        }
        refuse_settings(settings, of_logs, "metrics", problems);
        input.pair_by = PairBy::none;
        input.history = read_history_source(settings, problems);
        return input;
    }
    refuse_settings(settings, of_histories, "history", problems);
    read_columns(settings, input, problems);
    read_run_count(settings, input, problems);
    if (input.kind != InputKind::metrics) {
        refuse_settings(settings, of_logs, "metrics", problems);
    } else if (const Node* select = settings.find("select")) {
        input.select = read_selection(*select, settings.name_of("select"), problems);
    }
    input.allow_different = settings.words("allow_different");
    if (input.kind != InputKind::predictions) {
        refuse_settings(settings, of_examples, "predictions", problems);
        read_run_pairing(settings, input, problems);
        read_overlap(settings, input, problems);
        return input;
    }
    refuse_settings(settings, of_recorded_runs, "metrics or samples", problems);
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
