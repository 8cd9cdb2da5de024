#include "git_sandbox.h"

#include <sys/wait.h>

#include <array>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <utility>

#include "support/catch.h"

// libgit2 1.5 leaks the match data of its regular expressions when it opens a repository with
// extensions, and a list when a merge base fails. The leak sanitizer asks for this by name.
// NOLINTNEXTLINE(bugprone-reserved-identifier,cert-dcl37-c,cert-dcl51-cpp)
extern "C" const char* __lsan_default_suppressions();
// NOLINTNEXTLINE(bugprone-reserved-identifier,cert-dcl37-c,cert-dcl51-cpp)
extern "C" const char* __lsan_default_suppressions() {
    return "leak:libgit2\nleak:libpcre2\n";
}

namespace metricgate::test {

namespace {

namespace fs = std::filesystem;

std::string make_folder() {
    std::string name = (fs::temp_directory_path() / "metricgate-git-XXXXXX").string();
    REQUIRE(mkdtemp(name.data()) != nullptr);
    return fs::canonical(name).string();
}

/// libgit2 remembers where the user's configuration lies when it starts, so HOME is set before
/// any test runs.
class EmptyHome {
public:
    EmptyHome() {
        std::string name = (fs::temp_directory_path() / "metricgate-home-XXXXXX").string();
        if (mkdtemp(name.data()) != nullptr) {
            m_path = name;
            setenv("HOME", m_path.c_str(), 1);
            unsetenv("XDG_CONFIG_HOME");
        }
    }
    ~EmptyHome() {
        std::error_code ignored;
        fs::remove_all(m_path, ignored);
    }
    EmptyHome(const EmptyHome&) = delete;
    EmptyHome& operator=(const EmptyHome&) = delete;

private:
    std::string m_path;
};

const EmptyHome empty_home;

}  // namespace

GitSandbox::GitSandbox() : m_path(make_folder()) {}

GitSandbox::~GitSandbox() {
    std::error_code ignored;
    fs::remove_all(m_path, ignored);
}

std::string GitSandbox::run(const std::string& folder, const std::string& command) {
    const std::string date = std::to_string(1700000000 + 60 * m_commits) + " +0000";
    const std::string line = "cd '" + path(folder) + "' && env -i PATH=\"$PATH\" HOME='" + m_path +
                             "' LC_ALL=C GIT_CONFIG_NOSYSTEM=1 GIT_ALLOW_PROTOCOL=file "
                             "GIT_AUTHOR_NAME=t GIT_AUTHOR_EMAIL=t@example.org "
                             "GIT_COMMITTER_NAME=t GIT_COMMITTER_EMAIL=t@example.org "
                             "GIT_AUTHOR_DATE='" +
                             date + "' GIT_COMMITTER_DATE='" + date + "' " + command + " 2>&1";
    INFO("command: " << line);
    FILE* pipe = popen(line.c_str(), "r");
    REQUIRE(pipe != nullptr);
    std::string output;
    std::array<char, 4096> buffer{};
    for (std::size_t got = 0; (got = fread(buffer.data(), 1, buffer.size(), pipe)) > 0;) {
        output.append(buffer.data(), got);
    }
    const int status = pclose(pipe);
    INFO("output: " << output);
    REQUIRE(WIFEXITED(status));
    REQUIRE(WEXITSTATUS(status) == 0);
    while (!output.empty() && output.back() == '\n') {
        output.pop_back();
    }
    return output;
}

void GitSandbox::write(const std::string& name, const std::string& content) {
    fs::create_directories(fs::path(path(name)).parent_path());
    std::ofstream(path(name), std::ios::binary) << content;
}

void GitSandbox::init(const std::string& repository) {
    fs::create_directories(path(repository));
    git(repository, "init -q -b main");
}

std::string GitSandbox::commit(const std::string& repository, const std::string& file,
                               const std::string& content) {
    ++m_commits;
    write(repository + "/" + file, content);
    git(repository, "add -A");
    git(repository, "commit -q -m 'commit " + std::to_string(m_commits) + "'");
    return git(repository, "rev-parse HEAD");
}

void GitSandbox::make_pull_request() {
    init("origin");
    commit("origin", "predictions.csv", "first\n");
    git("origin", "branch topic");
    commit("origin", "predictions.csv", "second\n");
    git("origin", "checkout -q topic");
    commit("origin", "model.txt", "topic\n");
    git("origin", "checkout -q --detach main");
    ++m_commits;
    git("origin", "merge -q --no-ff -m merge topic");
}

std::unique_ptr<sources::Repository> GitSandbox::open(const std::string& repository, bool trust) {
    auto opened = sources::open_repository(path(repository), trust);
    INFO(message_of(opened));
    REQUIRE(opened.ok());
    return std::move(*opened);
}

}  // namespace metricgate::test
