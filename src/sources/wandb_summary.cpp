#include <algorithm>
#include <optional>

#include "sources/experiment_formats.h"
#include "sources/json_parts.h"
#include "sources/run_builder.h"
#include "sources/wandb_offline.h"
#include "support/text.h"

namespace metricgate::sources {

namespace {

using support::Node;

constexpr std::string_view summary_file = "files/wandb-summary.json";

bool is_summary(const Node* json) {
    return map_in(json, "_wandb") != nullptr ||
           (part(json, "_runtime", Node::Kind::number) != nullptr &&
            part(json, "_timestamp", Node::Kind::number) != nullptr);
}

/// A run folder of W&B, or a folder of them.
bool recognises(const Document& document) {
    if (!document.is_folder()) {
        return is_summary(document.json());
    }
    const auto& names = document.folder().names();
    return std::any_of(names.begin(), names.end(), [](const std::string& name) {
        return name.ends_with(summary_file) || name.ends_with(".wandb");
    });
}

/// "NaN" and "Infinity" are text in W&B's JSON.
Node with_numbers(Node leaf) {
    if (leaf.kind == Node::Kind::text) {
        const support::ParsedNumber number = support::parse_number(leaf.text);
        switch (number.kind) {
            case support::NumberKind::not_a_number:
            case support::NumberKind::positive_infinity:
            case support::NumberKind::negative_infinity:
                leaf.kind = Node::Kind::number;
                leaf.number = number;
                break;
            case support::NumberKind::finite:
            case support::NumberKind::malformed:
            case support::NumberKind::out_of_range:
                break;
        }
    }
    return leaf;
}

void take_summary(const Node& json, RunBuilder& builder) {
    std::vector<std::pair<std::string, const Node*>> open = {{"", &json}};
    while (!open.empty()) {
        const auto [above, node] = std::move(open.back());
        open.pop_back();
        for (const support::Member& member : node->members) {
            if (above.empty() && member.key.starts_with('_')) {
                continue;  // _step, _runtime, _timestamp, _wandb
            }
            const std::string name = above + member.key;
            const Node* media = text_in(&member.value, "_type");
            if (media != nullptr) {
                builder.flaw(name, member.value.where,
                             "a W&B object of type '" + support::visible(media->text) +
                                 "', wanted a number");
            } else if (member.value.kind == Node::Kind::map && !member.value.members.empty()) {
                open.emplace_back(name + ".", &member.value);
            } else {
                builder.value(name, with_numbers(member.value));
            }
        }
    }
    take_condition(builder.run.metadata, "_step", &json, "_step");
}

support::Result<const Node*> not_a_summary(const Document& document) {
    return not_this(document, "a W&B summary",
                    "wandb-summary.json with `_runtime` and `_timestamp`");
}

support::Result<Run> read_summary(const Document& document, std::string id) {
    const auto json = document.require_json();
    if (!json.ok()) {
        return json.problems();
    }
    if ((*json)->kind != Node::Kind::map) {
        return not_a_summary(document).problems();
    }
    RunBuilder builder;
    take_summary(**json, builder);
    builder.run.id = std::move(id);
    return builder.take();
}

/// "run-20260101_120000-abcd1234" out of the path of a summary; empty at the top of the folder.
std::string run_id(std::string_view path) {
    path.remove_suffix(summary_file.size());
    if (path.ends_with('/')) {
        path.remove_suffix(1);
    }
    const std::size_t slash = path.rfind('/');
    return std::string(slash == std::string_view::npos ? path : path.substr(slash + 1));
}

/// The folder of a run that holds this log, as `run_id` has it; nothing where it is none, or is the
/// link to the latest.
std::optional<std::string> run_of_log(std::string_view path) {
    if (!path.ends_with(".wandb") || path.starts_with("latest-run/")) {
        return std::nullopt;
    }
    const std::size_t file = path.rfind('/');
    if (file == std::string_view::npos) {
        return "";
    }
    const std::string_view folder = path.substr(0, file);
    return std::string(folder.substr(folder.rfind('/') + 1));  // npos + 1 is 0
}

/// Why the run of a log may not be judged: it failed, did not end, or its log is damaged.
std::optional<support::Diagnostic> refusal_by_log(const Document& document,
                                                  const std::string& name) {
    const auto bytes = document.folder().read(name);
    if (!bytes.ok()) {
        return bytes.problems().front();
    }
    const auto run = read_wandb_log(bytes->view(), document.source() + "/" + name);
    return run.ok() ? run->refused : run.problems().front();
}

/// A summary does not say how its run ended; the log beside it does. A run with a log alone is
/// there and says nothing: an older one must not stand in for it in silence.
void add_logs(const Document& document, std::vector<Run>& runs) {
    for (const std::string& name : document.folder().names()) {
        const std::optional<std::string> id = run_of_log(name);
        if (!id) {
            continue;
        }
        const auto known =
            std::find_if(runs.begin(), runs.end(), [&](const Run& one) { return one.id == *id; });
        if (known != runs.end()) {
            if (!known->refused) {
                known->refused = refusal_by_log(document, name);
            }
            continue;
        }
        Run run;
        run.id = *id;
        run.refused = support::problem_in(
            document.source(), "run '" + support::visible(run.id) +
                                   "' has no files/wandb-summary.json: it is offline or "
                                   "crashed; name its .wandb file, which is read by itself, "
                                   "run `wandb sync`, or name another run");
        runs.push_back(std::move(run));
    }
}

support::Result<Recording> read_folder(const Document& document) {
    Recording recording{document.source(), {}};
    for (const std::string& name : document.folder().names()) {
        if (!name.ends_with(summary_file) || name.starts_with("latest-run/")) {
            continue;
        }
        auto bytes = document.folder().read(name);
        if (!bytes.ok()) {
            return bytes.problems();
        }
        auto run = read_summary(Document(*bytes, document.source() + "/" + name), run_id(name));
        if (!run.ok()) {
            return run.problems();
        }
        const std::size_t dash = run->id.rfind('-');
        run->name = dash == std::string::npos ? "" : run->id.substr(dash + 1);
        recording.runs.push_back(std::move(*run));
    }
    if (recording.runs.empty()) {
        return support::problem_in(document.source(),
                                   "the W&B run has no files/wandb-summary.json, as offline runs "
                                   "have none: name its .wandb file, which is read by itself, "
                                   "or run `wandb sync`");
    }
    add_logs(document, recording.runs);
    std::sort(recording.runs.begin(), recording.runs.end(),
              [](const Run& a, const Run& b) { return a.id < b.id; });
    for (std::size_t i = 1; i < recording.runs.size(); ++i) {
        if (recording.runs[i].id == recording.runs[i - 1].id) {
            return support::problem_in(document.source(),
                                       "two runs are called '" +
                                           support::visible(recording.runs[i].id) +
                                           "'; name one folder of runs");
        }
    }
    return recording;
}

support::Result<Recording> read(const Document& document) {
    if (document.is_folder()) {
        return read_folder(document);
    }
    auto run = read_summary(document, "");
    if (!run.ok()) {
        return run.problems();
    }
    return Recording{document.source(), {std::move(*run)}};
}

}  // namespace

MetricFormat wandb_summary() {
    return {"wandb_summary",
            "Weights & Biases, wandb-summary.json or a folder of runs",
            {},
            recognises,
            read};
}

}  // namespace metricgate::sources
