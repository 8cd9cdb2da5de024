#include "sources/committed_file.h"

#include <utility>

#include "sources/commit_objects.h"

namespace metricgate::sources::git {

support::Result<std::optional<CommittedFile>> read_committed(
    const std::shared_ptr<git_repository>& repository, const Commit& commit,
    const std::string& path, std::size_t limit) {
    const CommitObjects objects(repository, commit, path);
    const auto found = objects.find();
    if (!found) {
        return found.problems();
    }
    if (!found->has_value()) {
        return std::optional<CommittedFile>{};
    }
    if ((*found)->kind == EntryKind::folder) {
        return objects.about("'" + path + "' is a directory in that commit, not a file");
    }
    auto bytes = objects.read_blob((*found)->id, limit);
    if (!bytes) {
        return bytes.problems();
    }
    return std::optional(CommittedFile{std::move(*bytes), (*found)->id, commit});
}

}  // namespace metricgate::sources::git
