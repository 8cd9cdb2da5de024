#include "sources/committed_file.h"

#include <utility>

namespace metricgate::sources::git {

support::Result<std::optional<CommittedFile>> read_committed(const CommitObjects& objects,
                                                             std::size_t limit) {
    const auto found = objects.find();
    if (!found) {
        return found.problems();
    }
    if (!found->has_value()) {
        return std::optional<CommittedFile>{};
    }
    if ((*found)->kind == EntryKind::folder) {
        return objects.about("'" + objects.path() + "' is a directory in that commit, not a file");
    }
    auto bytes = objects.read_blob((*found)->id, limit);
    if (!bytes) {
        return bytes.problems();
    }
    return std::optional(CommittedFile{std::move(*bytes), (*found)->id, objects.commit()});
}

}  // namespace metricgate::sources::git
