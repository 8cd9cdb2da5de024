// Which part of a log is judged: `select` of an input.

#include "policy/read_sections.h"
#include "support/text.h"

namespace metricgate::policy {

namespace {

const std::vector<std::string> keys = {"run", "metrics", "step", "allow_unfinished"};
const std::vector<std::string> sides = {"candidate", "baseline"};

std::optional<ColumnBinding> read_run(const support::Node& node, const std::string& name,
                                      support::Diagnostics& problems) {
    ColumnBinding run;
    run.role = "run";
    run.where = node.where;
    if (node.kind != support::Node::Kind::map) {
        auto both = read_word(node, name, problems);
        if (!both) {
            return std::nullopt;
        }
        run.both = std::move(*both);
        return run;
    }
    const SettingsReader settings(node, name, sides, problems);
    run.per_side = true;
    for (const auto& [key, target] :
         {std::pair("candidate", &run.candidate), std::pair("baseline", &run.baseline)}) {
        settings.require(key, "name a run for each side");
        if (const auto word = settings.word(key)) {
            *target = word->value;
        }
    }
    return run;
}

}  // namespace

LogSelection read_selection(const support::Node& node, const std::string& name,
                            support::Diagnostics& problems) {
    const SettingsReader settings(node, name, keys, problems);
    LogSelection selection;
    selection.metrics = settings.words("metrics");
    selection.step = settings.word("step");
    if (const support::Node* run = settings.find("run")) {
        selection.run = read_run(*run, settings.name_of("run"), problems);
    }
    if (const support::Node* unfinished = settings.find("allow_unfinished")) {
        if (unfinished->kind == support::Node::Kind::boolean) {
            selection.allow_unfinished = unfinished->boolean;
        } else {
            problems.push_back(
                refuse(*unfinished, settings.name_of("allow_unfinished"), "true or false"));
        }
    }
    return selection;
}

}  // namespace metricgate::policy
