#include <algorithm>

#include "sources/experiment_formats.h"
#include "sources/json_parts.h"
#include "sources/run_builder.h"
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

/// Runs that are there and say nothing: an older one must not stand in for them in silence.
std::vector<Run> runs_without_summary(const Document& document, const Recording& recording) {
    std::vector<Run> runs;
    for (const std::string& name : document.folder().names()) {
        const std::size_t file = name.rfind('/');
        if (!name.ends_with(".wandb") || file == std::string::npos ||
            name.starts_with("latest-run/")) {
            continue;
        }
        const std::size_t slash = name.rfind('/', file - 1);
        Run run;
        run.id = name.substr(slash == std::string::npos ? 0 : slash + 1,
                             slash == std::string::npos ? file : file - slash - 1);
        const bool known = std::any_of(recording.runs.begin(), recording.runs.end(),
                                       [&](const Run& one) { return one.id == run.id; });
        if (!known) {
            run.refused = support::problem_in(
                document.source(), "run '" + support::visible(run.id) +
                                       "' has no files/wandb-summary.json: it is offline or "
                                       "crashed; name its .wandb file, which is read by itself, "
                                       "run `wandb sync`, or name another run");
            runs.push_back(std::move(run));
        }
    }
    return runs;
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
    for (Run& unread : runs_without_summary(document, recording)) {
        recording.runs.push_back(std::move(unread));
    }
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
