#pragma once

#include <cstddef>
#include <memory>
#include <string>

#include "sources/repository.h"

namespace metricgate::test {

/// A temporary folder in which the git program makes repositories, with fixed names and dates and
/// nobody's configuration. Everything is removed at the end.
class GitSandbox {
public:
    GitSandbox();
    ~GitSandbox();
    GitSandbox(const GitSandbox&) = delete;
    GitSandbox& operator=(const GitSandbox&) = delete;

    [[nodiscard]] const std::string& path() const { return m_path; }
    [[nodiscard]] std::string path(const std::string& name) const { return m_path + "/" + name; }

    /// Runs a shell command in a folder of the sandbox; its output without the last line's end.
    /// Fails the test when the command does.
    std::string run(const std::string& folder, const std::string& command);
    /// `git ...` in a repository.
    std::string git(const std::string& repository, const std::string& arguments) {
        return run(repository, "git " + arguments);
    }
    void write(const std::string& name, const std::string& content);
    /// An empty repository whose branch is main.
    void init(const std::string& repository);
    /// Writes a file, commits it, and returns the commit's id.
    std::string commit(const std::string& repository, const std::string& file,
                       const std::string& content);
    /// A repository `origin` with two commits on main, a branch `topic` with one more, and HEAD
    /// detached at their merge as a CI makes it: first parent main, second topic.
    void make_pull_request();

    std::unique_ptr<sources::Repository> open(const std::string& repository, bool trust = false);

private:
    std::string m_path;
    int m_commits = 0;
};

/// The first problem's message of a failed result, or "".
template <class T>
std::string message_of(const support::Result<T>& result) {
    return result.ok() ? std::string() : support::describe(result.problems().front());
}

/// The id of the commit that was found; what went wrong otherwise.
inline std::string id_of(const support::Result<sources::Commit>& result) {
    return result.ok() ? result->id : message_of(result);
}

inline bool contains(const std::string& text, const std::string& part) {
    return text.find(part) != std::string::npos;
}

}  // namespace metricgate::test
