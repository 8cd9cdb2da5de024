// TensorBoard's event files: which files make a run.

#include "sources/tensorboard.h"

#include <algorithm>
#include <map>
#include <utility>

#include "sources/tensorboard_run.h"
#include "sources/tfrecord.h"
#include "support/text.h"

namespace metricgate::sources {

namespace {

constexpr std::string_view mark_of_name = "tfevents";

std::string_view last_part(std::string_view path) {
    return path.substr(path.rfind('/') + 1);  // npos + 1 is 0
}

std::string_view folder_of(std::string_view path) {
    const std::size_t slash = path.rfind('/');
    return slash == std::string_view::npos ? std::string_view(".") : path.substr(0, slash);
}

/// TensorBoard's own rule for what an event file is.
bool is_event_file(std::string_view path) {
    return last_part(path).find(mark_of_name) != std::string_view::npos;
}

bool begins_with_version(std::string_view bytes) {
    TfRecords records(bytes);
    Event event;
    return records.next() == TfRecords::Next::record && read_event(records.record(), event) &&
           event.file_version.starts_with("brain.Event:");
}

/// The path of an event file without the name of the host, which stands behind the time in it.
std::string shown(const std::string& path) {
    const std::size_t time = path.rfind(mark_of_name) + mark_of_name.size() + 1;
    const std::size_t end =
        time < path.size() ? path.find_first_not_of("0123456789", time) : std::string::npos;
    return end == std::string::npos ? path : path.substr(0, end) + ".*";
}

/// The run that a run lies below, or "." for the top; nothing above that.
std::string_view above(std::string_view id) {
    return id == "." ? std::string_view() : folder_of(id);
}

/// A session of the hparams plugin is about the runs below its folder, too, such as Keras's `train`
/// and `validation`, up to the next session.
void refuse_below(const std::map<std::string, TensorboardRun>& files, std::vector<Run>& runs) {
    for (Run& run : runs) {
        std::string_view id = run.id;
        auto session = files.find(std::string(id));
        while (!id.empty() && (session == files.end() || !session->second.has_session())) {
            id = above(id);
            session = files.find(std::string(id));
        }
        const auto of_session =
            std::find_if(runs.begin(), runs.end(), [&](const Run& one) { return one.id == id; });
        if (of_session != runs.end() && of_session->refused) {
            run.refused = of_session->refused;
        }
    }
}

support::Result<Recording> read_file(const Document& document) {
    TensorboardRun run(document.source());
    if (auto problem = run.add(document.bytes().view(), document.source())) {
        return *problem;
    }
    Recording recording;
    recording.source = document.source();
    recording.runs.push_back(run.finish(""));
    return recording;
}

}  // namespace

bool recognises_tensorboard(const Document& document) {
    if (!document.is_folder()) {
        return begins_with_version(document.bytes().view());
    }
    const std::vector<std::string>& names = document.folder().names();
    return std::any_of(names.begin(), names.end(), [&](const std::string& name) {
        if (!is_event_file(name)) {
            return false;
        }
        const auto bytes = document.folder().read(name);
        return bytes.ok() && begins_with_version(bytes->view());
    });
}

support::Result<Recording> read_tensorboard(const Document& document) {
    if (!document.is_folder()) {
        return read_file(document);
    }
    std::map<std::string, TensorboardRun> runs;
    for (const std::string& name : document.folder().names()) {
        if (!is_event_file(name)) {
            continue;
        }
        const auto bytes = document.folder().read(name);
        if (!bytes.ok()) {
            return bytes.problems();
        }
        const std::string id(folder_of(name));
        TensorboardRun& run = runs.try_emplace(id, document.source()).first->second;
        if (auto problem = run.add(bytes->view(), document.source() + "/" + shown(name))) {
            return *problem;
        }
    }
    Recording recording;
    recording.source = document.source();
    for (auto& [id, run] : runs) {
        recording.runs.push_back(run.finish(id));
    }
    refuse_below(runs, recording.runs);
    if (recording.runs.empty()) {
        return support::problem_in(
            document.source(),
            "the folder holds no event file of TensorBoard (a name with 'tfevents' in it)");
    }
    return recording;
}

}  // namespace metricgate::sources
