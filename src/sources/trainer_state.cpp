#include "sources/experiment_formats.h"
#include "sources/json_parts.h"
#include "sources/run_builder.h"
#include "sources/whole_number.h"
#include "support/text.h"

namespace metricgate::sources {

namespace {

using support::Node;

bool recognises(const Document& document) {
    return list_in(document.json(), "log_history") != nullptr &&
           part(document.json(), "global_step", Node::Kind::number) != nullptr &&
           document.json()->find("best_model_checkpoint") != nullptr;
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
