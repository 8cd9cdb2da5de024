#include <algorithm>

#include "sources/experiment_formats.h"
#include "sources/json_parts.h"
#include "sources/run_builder.h"
#include "support/text.h"

namespace metricgate::sources {

namespace {

using support::Node;

constexpr const char* pipeline = "dvc.yaml";

bool recognises(const Document& document) {
    return document.is_folder() && document.folder().contains(pipeline);
}

/// `path` below `folder`, without `.` and `..`; nothing when it leaves the project.
std::optional<std::string> joined(const std::string& folder, const std::string& path) {
    std::vector<std::string> parts;
    const std::string whole = path.starts_with('/') ? "../" : folder + "/" + path;
    for (std::size_t at = 0; at <= whole.size();) {
        const std::size_t end = std::min(whole.find('/', at), whole.size());
        const std::string part = whole.substr(at, end - at);
        at = end + 1;
        if (part == "..") {
            if (parts.empty()) {
                return std::nullopt;
            }
            parts.pop_back();
        } else if (!part.empty() && part != ".") {
            parts.push_back(part);
        }
    }
    std::string result;
    for (const std::string& part : parts) {
        result += (result.empty() ? "" : "/") + part;
    }
    return result;
}

struct Listed {
    std::string path;
    support::Location where;
};

support::Result<support::Done> list_path(const std::string& text, const support::Location& where,
                                         const std::string& folder, std::vector<Listed>& files) {
    if ((folder + text).find("${") != std::string::npos) {
        return support::Diagnostic{where, "the metrics file '" + support::visible(text) +
                                              "' has a name with a variable, which only DVC fills "
                                              "in; name the file itself as the source"};
    }
    const auto path = joined(folder, text);
    if (!path) {
        return support::Diagnostic{
            where, "the metrics file '" + support::visible(text) + "' lies outside the project"};
    }
    if (std::none_of(files.begin(), files.end(),
                     [&](const Listed& file) { return file.path == *path; })) {
        files.push_back({*path, where});
    }
    return support::Done{};
}

/// `metrics:` of the file or of a stage: paths, or maps from a path to how it is cached.
support::Result<support::Done> list_metrics(const Node* metrics, const std::string& folder,
                                            std::vector<Listed>& files) {
    if (metrics == nullptr || metrics->kind != Node::Kind::list) {
        return support::Done{};
    }
    if (metrics->items.size() > 1000) {
        return support::Diagnostic{metrics->where, "more than 1,000 metrics files"};
    }
    for (const Node& item : metrics->items) {
        const bool map = item.kind == Node::Kind::map && item.members.size() == 1;
        if (!map && item.kind != Node::Kind::text) {
            return support::Diagnostic{item.where, "found " + support::describe_found(item) +
                                                       ", wanted the path of a metrics file"};
        }
        const auto listed =
            list_path(map ? item.members.front().key : item.text, item.where, folder, files);
        if (!listed.ok()) {
            return listed.problems();
        }
    }
    return support::Done{};
}

support::Result<std::vector<Listed>> listed_files(const Node& yaml) {
    std::vector<Listed> files;
    if (const auto top = list_metrics(list_in(&yaml, "metrics"), "", files); !top.ok()) {
        return top.problems();
    }
    if (const Node* stages = map_in(&yaml, "stages"); stages != nullptr) {
        if (stages->members.size() > 1000) {
            return support::Diagnostic{stages->where, "more than 1,000 stages"};
        }
        for (const support::Member& stage : stages->members) {
            const Node* body = map_in(&stage.value, "do");  // of foreach and matrix
            body = body == nullptr ? &stage.value : body;
            const auto listed =
                list_metrics(list_in(body, "metrics"), text_of(text_in(body, "wdir")), files);
            if (!listed.ok()) {
                return listed.problems();
            }
        }
    }
    return files;
}

support::Result<Node> parse_file(const support::Bytes& bytes, const std::string& path,
                                 const std::string& source) {
    const auto text = support::as_text(bytes.view(), source);
    if (!text.ok()) {
        return text.problems();
    }
    if (path.ends_with(".json")) {
        return support::parse_json(*text, source);
    }
    if (path.ends_with(".yaml") || path.ends_with(".yml")) {
        // A number at the end of a cut file would be read as if it were whole.
        return text->ends_with('\n') ? support::parse_yaml(*text, source)
                                     : support::Result<Node>(support::problem_in(
                                           source,
                                           "the last line has no line end, so the file may be cut "
                                           "short; write it again"));
    }
    return support::problem_in(source,
                               "metrics files in JSON and YAML are read, and this is "
                               "another kind; write it as JSON");
}

support::Result<support::Done> take_file(const Document& document, const Listed& file, bool only,
                                         RunBuilder& builder) {
    const std::string source = document.source() + "/" + file.path;
    if (!document.folder().contains(file.path)) {
        return support::Diagnostic{file.where, "the metrics file '" + support::visible(file.path) +
                                                   "' is not there; run `dvc pull` or `dvc repro`"};
    }
    const auto bytes = document.folder().read(file.path);
    if (!bytes.ok()) {
        return bytes.problems();
    }
    const auto tree = parse_file(*bytes, file.path, source);
    if (!tree.ok()) {
        return tree.problems();
    }
    if (tree->kind != Node::Kind::map) {
        return support::Diagnostic{
            tree->where, "found " + support::describe_found(*tree) + ", wanted metrics by name"};
    }
    builder.values_below(only ? "" : file.path + ":", *tree);
    return support::Done{};
}

support::Result<Recording> read(const Document& document) {
    if (!recognises(document)) {
        return not_this(document, "a DVC project", "a folder with dvc.yaml");
    }
    const auto bytes = document.folder().read(pipeline);
    if (!bytes.ok()) {
        return bytes.problems();
    }
    const std::string source = document.source() + "/" + pipeline;
    const auto yaml = parse_file(*bytes, pipeline, source);
    if (!yaml.ok()) {
        return yaml.problems();
    }
    const auto files = listed_files(*yaml);
    if (!files.ok()) {
        return files.problems();
    }
    if (files->empty()) {
        return support::problem_in(source,
                                   "no metrics file is listed; wanted `metrics:`, at the top "
                                   "or in a stage");
    }
    RunBuilder builder;
    for (const Listed& file : *files) {
        const auto taken = take_file(document, file, files->size() == 1, builder);
        if (!taken.ok()) {
            return taken.problems();
        }
    }
    return Recording{document.source(), {builder.take()}};
}

}  // namespace

MetricFormat dvc() {
    return {"dvc", "DVC project, the metrics files that dvc.yaml lists", {}, recognises, read};
}

}  // namespace metricgate::sources
