// The states that a metric file had in the commits of a branch.
#include <algorithm>

#include "history/collect.h"
#include "history/readers.h"
#include "sources/selection.h"
#include "sources/table_reader.h"
#include "support/text.h"

namespace metricgate::history {
namespace {

/// Largest metric file that is read, packed or unpacked.
constexpr std::size_t file_limit = std::size_t{64} << 20;
constexpr std::size_t most_versions = 100'000;
constexpr std::size_t id_shown = 12;

support::Result<sources::Commit> newest_commit(sources::Repository& repository,
                                               const Request& request) {
    if (!request.revision.empty()) {
        return repository.resolve(request.revision);
    }
    const auto head = repository.head();
    if (!head) {
        return support::Diagnostic{request.where,
                                   "the repository has no commit yet, so that no "
                                   "history can be read from it"};
    }
    return *head;
}

support::Result<evidence::MetricFile> read_version(const sources::FileVersion& version,
                                                   const Request& request) {
    const std::string name = "git:" + version.commit.id.substr(0, id_shown) + ":" + version.path;
    const auto document = sources::open_document(version.bytes, name, file_limit);
    if (!document) {
        return document.problems();
    }
    const auto recording = sources::read_metrics(*document, request.format);
    return recording ? sources::select(*recording, {}) : recording.problems();
}

}  // namespace

support::Result<Histories> read_git(const Request& request) {
    auto repository = request.repository();
    if (!repository) {
        return repository.problems();
    }
    const auto newest = newest_commit(**repository, request);
    if (!newest) {
        return newest.problems();
    }
    sources::WalkLimits limits;
    limits.versions = static_cast<std::size_t>(
        std::min<std::uint64_t>(request.window.value_or(most_versions), most_versions));
    limits.file_bytes = file_limit;
    auto walked = (*repository)->walk(*newest, request.address, limits);
    if (!walked) {
        return walked.problems();
    }
    Histories all;
    all.source = "git:" + newest->id.substr(0, id_shown) + ":" + request.address;
    all.notes = std::move(walked->notes);
    if (walked->gone) {
        const std::string gone =
            newest->described_as + " has no " + support::visible(request.address);
        all.notes.push_back(gone + ": the newest values are of the commit before it was removed.");
        all.unread.push_back(support::problem_in(
            all.source, gone + ", and an older version says nothing of now; commit the file again, "
                               "or name where it is"));
    }
    Collection points(request);
    for (const sources::FileVersion& version : walked->versions) {
        const auto file = read_version(version, request);
        if (!file) {
            // An old mistake that nobody can mend any more must not end every later run.
            all.notes.push_back(
                "Left out of the history: " + support::describe(file.problems().front()) + ".");
            if (&version == &walked->versions.back()) {
                support::Diagnostic problem = file.problems().front();
                problem.message += "; the newest version cannot be read";
                all.unread.push_back(std::move(problem));
            }
            continue;
        }
        evidence::HistoryPoint moment;
        moment.key = version.commit.id.substr(0, id_shown);
        moment.commit = version.commit.id;
        moment.time = version.commit.time;
        describe_moment(file->metadata, moment);
        const auto named = file->metadata.find(request.key);
        if (named != file->metadata.end()) {
            moment.key = named->second;
        }
        all.newest = NewestState{moment.key, {}};
        for (const evidence::Entry& entry : file->entries) {
            all.newest->metrics.insert(entry.name);
            if (points.wants(entry.name)) {
                points.add(entry.name, entry.unit, point_of(entry, moment));
            }
        }
    }
    all.histories = points.take();
    return all;
}

}  // namespace metricgate::history
