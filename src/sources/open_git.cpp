#include "sources/open_git.h"

#include <git2.h>

#include <algorithm>
#include <filesystem>
#include <mutex>
#include <system_error>
#include <utility>

#include "sources/git_library.h"
#include "sources/guarded_objects.h"
#include "sources/late_libgit2.inc"
#include "sources/watchdog.h"
#include "support/text.h"

namespace metricgate::sources::git {

namespace {

namespace fs = std::filesystem;

support::Diagnostic about(const std::string& directory, std::string message) {
    return {support::in_file(directory), std::move(message)};
}

/// Owner validation is one switch for the process, so it is put back before anybody else opens.
class OwnerValidation {
public:
    explicit OwnerValidation(bool trust) : m_lock(switching()), m_trust(trust) {
        if (m_trust) {
            git_libgit2_opts(GIT_OPT_GET_OWNER_VALIDATION, &m_before);
            git_libgit2_opts(GIT_OPT_SET_OWNER_VALIDATION, 0);
        }
    }
    ~OwnerValidation() {
        if (m_trust) {
            git_libgit2_opts(GIT_OPT_SET_OWNER_VALIDATION, m_before);
        }
    }
    OwnerValidation(const OwnerValidation&) = delete;
    OwnerValidation& operator=(const OwnerValidation&) = delete;
    OwnerValidation(OwnerValidation&&) = delete;
    OwnerValidation& operator=(OwnerValidation&&) = delete;

private:
    static std::mutex& switching() {
        static std::mutex mutex;
        return mutex;
    }
    std::lock_guard<std::mutex> m_lock;
    bool m_trust = false;
    int m_before = 1;
};

// The nearest folder upward that holds `.git`; empty when there is none (a bare repository).
fs::path find_work_tree(const std::string& directory) {
    std::error_code failed;
    fs::path folder = fs::canonical(directory, failed);
    while (!failed && !folder.empty()) {
        if (fs::exists(folder / ".git", failed)) {
            return folder;
        }
        if (folder == folder.root_path()) {
            break;
        }
        folder = folder.parent_path();
    }
    return {};
}

// As a shell wants it written.
std::string shell_word(const std::string& path) {
    if (path.find_first_not_of("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789"
                               "._/-+") == std::string::npos) {
        return path;
    }
    std::string word = "'";
    for (const char c : path) {
        word += c == '\'' ? std::string("'\\''") : std::string(1, c);
    }
    return word + "'";
}

support::Diagnostic explain(const std::string& directory, const fs::path& work_tree, int code) {
    const std::string reason = reason_of(code);
    const auto mentions = [&reason](const char* part) {
        return reason.find(part) != std::string::npos;
    };
    // 1.5 looks for a configuration entry and reports that, not the owner, when there is none.
    if (code == GIT_EOWNER || mentions("safe.directory") || mentions("not owned by")) {
        const std::string path = work_tree.empty() ? directory : work_tree.string();
        return about(path,
                     "the repository belongs to another user; allow it with `git config "
                     "--global --add safe.directory " +
                         shell_word(path) + "`, or pass --trust-repository");
    }
    if (mentions("objectformat")) {
        return about(directory,
                     "the repository uses SHA-256 object ids, which libgit2 cannot "
                     "read; compare files with --baseline FILE instead");
    }
    if (code == GIT_ENOTFOUND && work_tree.empty()) {
        return about("git",
                     "there is no git repository here or above; compare files with "
                     "--baseline FILE, or run inside a clone");
    }
    return about(directory, "the git repository cannot be opened: " + reason);
}

bool is_below(const fs::path& path, const fs::path& folder) {
    const auto [in_folder, rest] =
        std::mismatch(folder.begin(), folder.end(), path.begin(), path.end());
    static_cast<void>(rest);
    return in_folder == folder.end();
}

// A submodule's repository lies in its parent's and says where its work tree is.
bool names_work_tree(git_repository& repository) {
    git_config* opened = nullptr;
    if (git_repository_config_snapshot(&opened, &repository) != 0) {
        return false;
    }
    const Handle<git_config> config(opened);
    const char* value = nullptr;
    return git_config_get_string(&value, config.get(), "core.worktree") == 0;
}

// Why the `.git` that was found leads somewhere it should not; empty when it does not. Linked
// worktrees and submodules lead outside rightly, and point back.
std::string find_redirect(git_repository& repository, const fs::path& work_tree) {
    const char* workdir = git_repository_workdir(&repository);
    if (work_tree.empty() || workdir == nullptr) {
        return {};
    }
    std::error_code failed;
    const fs::path actual = fs::canonical(workdir, failed);
    if (failed || actual != work_tree) {
        return "its core.worktree points to " + support::visible(workdir);
    }
    const fs::path folder = fs::canonical(git_repository_path(&repository), failed);
    if (failed) {
        return "its folder cannot be found";
    }
    if (is_below(folder, work_tree) || git_repository_is_worktree(&repository) == 1 ||
        names_work_tree(repository)) {
        return {};
    }
    return ".git points to " + support::visible(folder.string()) + ", which does not point back";
}

}  // namespace

support::Result<Opened> open(const std::string& directory, bool trust,
                             const std::shared_ptr<Watchdog>& watchdog) {
    if (const std::string& missing = start_library(); !missing.empty()) {
        return about("git", missing);
    }
    const auto watch = watchdog->over("opening the git repository of " + directory);
    const fs::path work_tree = find_work_tree(directory);
    git_repository* opened = nullptr;
    int code = 0;
    {
        const OwnerValidation validation(trust);
        code = git_repository_open_ext(&opened, directory.c_str(), 0, nullptr);
    }
    std::shared_ptr<git_repository> repository(opened, Free());
    if (code != 0) {
        return explain(directory, work_tree, code);
    }
    if (!trust) {
        const std::string redirect = find_redirect(*repository, work_tree);
        if (!redirect.empty()) {
            return about(directory, redirect + "; pass --trust-repository if that is meant");
        }
    }
    if (const auto guarded = guard_objects(*repository, watchdog); !guarded) {
        return guarded.problems();
    }
    const char* workdir = git_repository_workdir(repository.get());
    fs::path root = workdir != nullptr ? workdir : git_repository_path(repository.get());
    if (!root.has_filename()) {
        root = root.parent_path();  // without the slash at its end
    }
    return Opened{std::move(repository), root.string()};
}

}  // namespace metricgate::sources::git
