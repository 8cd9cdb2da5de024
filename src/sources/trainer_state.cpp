#include <algorithm>
#include <array>

#include "sources/experiment_formats.h"
#include "sources/json_parts.h"
#include "sources/run_builder.h"
#include "sources/whole_number.h"
#include "support/text.h"

namespace metricgate::sources {

namespace {

using support::Node;

/// What the Trainer writes beside `log_history`, `global_step` and `best_model_checkpoint`.
constexpr std::array<std::string_view, 17> further_keys = {"best_global_step",
                                                           "best_metric",
                                                           "epoch",
                                                           "eval_steps",
                                                           "is_hyper_param_search",
                                                           "is_local_process_zero",
                                                           "is_world_process_zero",
                                                           "logging_steps",
                                                           "max_steps",
                                                           "num_input_tokens_seen",
                                                           "num_train_epochs",
                                                           "save_steps",
                                                           "stateful_callbacks",
                                                           "total_flos",
                                                           "train_batch_size",
                                                           "trial_name",
                                                           "trial_params"};

/// A metric file of one's own may have a log in it, and a metric that would be passed over here.
bool holds_nothing_else(const Node& state) {
    return std::ranges::all_of(state.members, [](const support::Member& member) {
        return member.key == "log_history" || member.key == "global_step" ||
               std::ranges::find(further_keys, member.key) != further_keys.end();
    });
}

bool recognises(const Document& document) {
    return list_in(document.json(), "log_history") != nullptr &&
           part(document.json(), "global_step", Node::Kind::number) != nullptr &&
           (document.json()->find("best_model_checkpoint") != nullptr ||
            holds_nothing_else(*document.json()));
}

support::Result<Recording> read(const Document& document) {
    const auto json = document.require_json();
    if (!json.ok()) {
        return json.problems();
    }
    const Node* history = list_in(*json, "log_history");
    if (history == nullptr) {
        return not_this(document, "a trainer_state.json", "an object with a list `log_history`");
    }
    RunBuilder builder;
    for (const Node& row : history->items) {
        const Node* at = row.kind == Node::Kind::map ? row.find("step") : nullptr;
        const auto step = whole_number(at);
        if (!step) {
            return support::Diagnostic{at != nullptr ? at->where : row.where,
                                       "found " +
                                           support::describe_found(at != nullptr ? *at : row) +
                                           ", wanted a row of log_history with a whole `step`"};
        }
        for (const support::Member& member : row.members) {
            if (member.key != "step" && member.key != "epoch") {
                builder.point(member.key, member.value, *step);
            }
        }
    }
    if (const Node* best = (*json)->find("best_metric");
        best != nullptr && best->kind != Node::Kind::null) {
        builder.value("best_metric", *best);
    }
    take_condition(builder.run.metadata, "best_global_step", *json, "best_global_step");
    const auto last = whole_number((*json)->find("global_step"));
    const auto wanted = whole_number((*json)->find("max_steps"));
    if (last && wanted && *wanted > 0 && *last < *wanted) {
        builder.run.notes.push_back("Training is at step " + std::to_string(*last) + " of " +
                                    std::to_string(*wanted) + ".");
    }
    return Recording{document.source(), {builder.take()}};
}

}  // namespace

MetricFormat trainer_state() {
    return {"trainer_state", "Hugging Face Trainer, trainer_state.json", {}, recognises, read};
}

}  // namespace metricgate::sources
