#include "sources/git_library.h"

#include <git2.h>
#include <git2/sys/odb_backend.h>

#include <array>
#include <cstddef>
#include <new>

#include "sources/git_memory.h"
#include "sources/late_libgit2.inc"
#include "sources/late_libgit2_backend.inc"
#include "support/text.h"

namespace metricgate::sources::git {

void Free::operator()(git_blob* held) const noexcept {
    git_blob_free(held);
}

void Free::operator()(git_commit* held) const noexcept {
    git_commit_free(held);
}

void Free::operator()(git_config* held) const noexcept {
    git_config_free(held);
}

void Free::operator()(git_object* held) const noexcept {
    git_object_free(held);
}

void Free::operator()(git_odb* held) const noexcept {
    git_odb_free(held);
}

void Free::operator()(git_reference* held) const noexcept {
    git_reference_free(held);
}

void Free::operator()(git_repository* held) const noexcept {
    git_repository_free(held);
}

void Free::operator()(git_tree* held) const noexcept {
    git_tree_free(held);
}

void Free::operator()(git_tree_entry* held) const noexcept {
    git_tree_entry_free(held);
}

const std::string& start_library() {
    // Never shut down: handles may outlive any scope that could do it.
    static const std::string problem = [] {
        static constexpr std::array functions{METRICGATE_LIBGIT2(
            METRICGATE_LATE_ENTRY) METRICGATE_LIBGIT2_BACKEND(METRICGATE_LATE_ENTRY)};
        std::string missing = load_late("libgit2.so." LIBGIT2_SOVERSION, functions);
        if (!missing.empty()) {
            return missing;
        }
        // The libraries of its own that it starts (OpenSSL 3, libssh2) do not end well, either,
        // where there is less memory than they start with (under 4 MiB, most of it certificates).
        constexpr std::size_t enough = std::size_t{8} << 20;
        ::operator delete(::operator new(enough));
        int code = git_libgit2_opts(GIT_OPT_SET_ALLOCATOR, memory_or_end());
        if (code < 0) {
            return "libgit2 cannot be started, as it refuses the allocator: " + reason_of(code);
        }
        if (code = git_libgit2_init(); code < 0) {
            return "libgit2 cannot be started: " + reason_of(code);
        }
        git_error_clear();
        return missing;
    }();
    return problem;
}

std::string reason_of(int code) {
    const git_error* last = git_error_last();
    if (last != nullptr && last->klass != GIT_ERROR_NONE && last->message != nullptr) {
        return support::visible(last->message);
    }
    return "libgit2 returned " + std::to_string(code) + " without a message";
}

}  // namespace metricgate::sources::git
