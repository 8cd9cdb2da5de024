#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <set>
#include <thread>

#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <unistd.h>

#include "support/catch.h"
#include "support/files.h"

using namespace metricgate::support;
namespace fs = std::filesystem;

namespace {

constexpr std::size_t any_size = std::size_t{1} << 30;

/// A folder that goes away with the test.
class Folder {
public:
    Folder() {
        std::string name = (fs::temp_directory_path() / "metricgate-test-XXXXXX").string();
        REQUIRE(::mkdtemp(name.data()) != nullptr);
        m_path = fs::canonical(name);
    }
    ~Folder() { fs::remove_all(m_path); }
    Folder(const Folder&) = delete;
    Folder& operator=(const Folder&) = delete;

    std::string operator/(const std::string& name) const { return (m_path / name).string(); }
    std::string path() const { return m_path.string(); }
    std::string put(const std::string& name, const std::string& content) const {
        std::ofstream(m_path / name, std::ios::binary) << content;
        return *this / name;
    }
    std::set<std::string> names() const {
        std::set<std::string> all;
        for (const auto& entry : fs::directory_iterator(m_path)) {
            all.insert(entry.path().filename().string());
        }
        return all;
    }

private:
    fs::path m_path;
};

Result<Bytes> read(const std::string& path, std::size_t limit = any_size) {
    return disk()->read(path, limit, PathTrust::command_line, "");
}

std::string why(const Result<Bytes>& result) {
    return result.ok() ? "was read" : result.problems().front().message;
}

std::string content(const std::string& path) {
    std::ifstream file(path, std::ios::binary);
    return {std::istreambuf_iterator<char>(file), {}};
}

}  // namespace

TEST_CASE("a file is read whole, small or mapped", "[support]") {
    const Folder folder;
    for (const std::size_t size :
         {std::size_t{0}, std::size_t{1}, std::size_t{4096}, (std::size_t{1} << 20) - 1,
          std::size_t{1} << 20, (std::size_t{3} << 20) + 17}) {
        std::string text(size, 'x');
        if (size > 0) {
            text.back() = '\0';
        }
        const auto bytes = read(folder.put("file", text));
        REQUIRE(bytes.ok());
        REQUIRE(bytes->view() == text);
    }
}

TEST_CASE("bytes outlive the reading and the file", "[support]") {
    const Folder folder;
    const std::string text(std::size_t{2} << 20, 'y');
    const Bytes copy = *read(folder.put("file", text));
    fs::remove(folder / "file");
    REQUIRE(copy.view() == text);
}

TEST_CASE("the limit counts bytes and includes its own size", "[support]") {
    const Folder folder;
    const std::string path = folder.put("file", "12345");
    REQUIRE(read(path, 5).ok());
    REQUIRE(why(read(path, 4)).find("larger than the limit of 4 bytes") != std::string::npos);
    REQUIRE(read(folder.put("empty", ""), 0).ok());
}

TEST_CASE("what is no regular file is refused by name, without waiting", "[support]") {
    const Folder folder;
    REQUIRE(why(read(folder / "nothing")) == "does not exist; check the path");
    REQUIRE(why(read(folder.put("file", "x") + "/below")) == "does not exist; check the path");
    REQUIRE(why(read(folder.path())).find("directory") != std::string::npos);
    REQUIRE(::mkfifo((folder / "fifo").c_str(), 0600) == 0);
    REQUIRE(why(read(folder / "fifo")).find("pipe") != std::string::npos);
    fs::create_symlink("fifo", folder / "link");
    REQUIRE(why(read(folder / "link")).find("pipe") != std::string::npos);
    REQUIRE(why(read("/dev/zero")).find("device") != std::string::npos);
    REQUIRE(why(read("")) == "the path is empty");
    REQUIRE(why(read(folder / std::string("file\0more", 9))) == "the path has a NUL byte");
    fs::create_symlink("loop", folder / "loop");
    REQUIRE(why(read(folder / "loop")).find("cannot be opened") != std::string::npos);
}

TEST_CASE("a socket is refused", "[support]") {
    const Folder folder;
    const int socket = ::socket(AF_UNIX, SOCK_STREAM, 0);
    REQUIRE(socket >= 0);
    sockaddr_un address{};
    address.sun_family = AF_UNIX;
    const std::string path = folder / "socket";
    path.copy(address.sun_path, sizeof address.sun_path - 1);
    REQUIRE(::bind(socket, reinterpret_cast<sockaddr*>(&address), sizeof address) == 0);
    REQUIRE(why(read(path)).find("socket") != std::string::npos);
    ::close(socket);
}

TEST_CASE("a path from a policy must stay inside the repository", "[support]") {
    const Folder folder;
    const Folder elsewhere;
    const std::string outside = elsewhere.put("secret", "s");
    fs::create_directory(folder / "data");
    folder.put("data/file", "inside");
    fs::create_symlink(outside, folder / "leaving");
    fs::create_symlink("data/file", folder / "staying");
    fs::create_directory(folder.path() + "-twin");
    std::ofstream(folder.path() + "-twin/file") << "x";
    const auto policy = [&](const std::string& path) {
        return disk()->read(path, any_size, PathTrust::policy, folder.path());
    };
    REQUIRE(policy(folder / "data/file").ok());
    REQUIRE(policy(folder / "data/../data/./file").ok());
    REQUIRE(policy(folder / "staying")->view() == "inside");
    for (const std::string& path : {outside, folder / "leaving", folder / "../../../../etc/passwd",
                                    std::string("/etc/passwd"), folder.path() + "-twin/file"}) {
        CAPTURE(path);
        REQUIRE(why(policy(path)).find("resolves outside the repository") != std::string::npos);
    }
    REQUIRE(why(policy(folder / "nothing")) == "does not exist; check the path");
    REQUIRE(why(policy("-")).find("standard input") != std::string::npos);
    REQUIRE(disk()->read(outside, any_size, PathTrust::policy, "").ok());
    REQUIRE(read(folder / "leaving").ok());
    fs::remove_all(folder.path() + "-twin");
}

TEST_CASE("writing makes or replaces a file and leaves nothing beside it", "[support]") {
    const Folder folder;
    const std::string path = folder / "report.json";
    REQUIRE(disk()->write(path, "first").ok());
    REQUIRE(content(path) == "first");
    ::chmod(path.c_str(), 0640);
    REQUIRE(disk()->write(path, "").ok());
    REQUIRE(content(path).empty());
    const std::string large(std::size_t{5} << 20, 'z');
    REQUIRE(disk()->write(path, large).ok());
    REQUIRE(content(path) == large);
    REQUIRE((fs::status(path).permissions() & fs::perms::all) == fs::perms(0640));
    REQUIRE(folder.names() == std::set<std::string>{"report.json"});
}

TEST_CASE("a name of the longest length can be written", "[support]") {
    const Folder folder;
    REQUIRE(disk()->write(folder / std::string(255, 'n'), "x").ok());
}

TEST_CASE("writing through a symbolic link replaces what it leads to", "[support]") {
    const Folder folder;
    folder.put("target", "old");
    fs::create_symlink("target", folder / "link");
    REQUIRE(disk()->write(folder / "link", "new").ok());
    REQUIRE(fs::is_symlink(folder / "link"));
    REQUIRE(content(folder / "target") == "new");
    fs::create_symlink("nowhere", folder / "dangling");
    REQUIRE_FALSE(disk()->write(folder / "dangling", "x").ok());
}

TEST_CASE("what a symbolic link leads to is emptied and not removed", "[support]") {
    const Folder folder;
    folder.put("file", "old");
    folder.put("target", "old");
    fs::create_symlink("target", folder / "link");
    fs::create_symlink("nowhere", folder / "dangling");
    fs::create_directory_symlink(folder.path(), folder / "folder");
    REQUIRE(disk()->remove(folder / "file").ok());
    REQUIRE(disk()->remove(folder / "link").ok());
    REQUIRE_FALSE(disk()->remove(folder / "dangling").ok());
    REQUIRE_FALSE(disk()->remove(folder / "folder").ok());
    REQUIRE(folder.names() == std::set<std::string>{"dangling", "folder", "link", "target"});
    REQUIRE(content(folder / "target").empty());
    REQUIRE(disk()->write(folder / "link", "new").ok());
    REQUIRE(content(folder / "target") == "new");
}

TEST_CASE("a write that cannot succeed says so and changes nothing", "[support]") {
    const Folder folder;
    const auto failure = [](const std::string& path) {
        const auto result = disk()->write(path, "x");
        return result.ok() ? std::string("was written") : result.problems().front().message;
    };
    REQUIRE(failure(folder.path()).find("directory") != std::string::npos);
    REQUIRE(failure(folder / "no/such/folder").find("No such file") != std::string::npos);
    REQUIRE(failure(folder.put("file", "old") + "/below").find("Not a directory") !=
            std::string::npos);
    REQUIRE(content(folder / "file") == "old");
    REQUIRE_FALSE(disk()->write("", "x").ok());
    REQUIRE(::mkfifo((folder / "fifo").c_str(), 0600) == 0);
    REQUIRE(failure(folder / "fifo").find("nobody reads") != std::string::npos);
    REQUIRE(folder.names() == std::set<std::string>{"fifo", "file"});
}

TEST_CASE("devices are written to directly and checked", "[support]") {
    REQUIRE(disk()->write("/dev/null", "x").ok());
    if (fs::exists("/dev/full")) {
        const auto result = disk()->write("/dev/full", "x");
        REQUIRE_FALSE(result.ok());
        REQUIRE(result.problems().front().message.find("No space left") != std::string::npos);
    }
}

TEST_CASE("what a killed run left behind is cleared away, and nothing else", "[support]") {
    const Folder folder;
    folder.put(".metricgate-1-0.tmp", "half");
    folder.put(".metricgate-notes.tmp", "mine");
    folder.put(".metricgate.yaml", "mine");
    REQUIRE(disk()->write(folder / "report", "x").ok());
    REQUIRE(folder.names() ==
            std::set<std::string>{".metricgate-notes.tmp", ".metricgate.yaml", "report"});
}

TEST_CASE("many writers of one path leave one whole content", "[support]") {
    const Folder folder;
    const std::string path = folder / "report";
    std::vector<std::thread> writers;
    std::vector<int> succeeded(8, 0);
    for (std::size_t i = 0; i < succeeded.size(); ++i) {
        writers.emplace_back([&, i] {
            for (int round = 0; round < 10; ++round) {
                succeeded[i] +=
                    disk()->write(path, std::string(10000, static_cast<char>('a' + i))).ok() ? 1
                                                                                             : 0;
            }
        });
    }
    for (std::thread& writer : writers) {
        writer.join();
    }
    REQUIRE(succeeded == std::vector<int>(8, 10));
    const std::string text = content(path);
    REQUIRE(text.size() == 10000);
    REQUIRE(text == std::string(10000, text.front()));
    REQUIRE(folder.names() == std::set<std::string>{"report"});
}

TEST_CASE("two names of one file have one identity", "[support]") {
    const Folder folder;
    const std::string path = folder.put("file", "x");
    fs::create_symlink("file", folder / "link");
    fs::create_hard_link(path, folder / "hard");
    folder.put("copy", "x");
    const auto files = disk();
    REQUIRE(files->identify(path).known);
    REQUIRE(files->identify(path) == files->identify(folder / "link"));
    REQUIRE(files->identify(path) == files->identify(folder / "hard"));
    REQUIRE_FALSE(files->identify(path) == files->identify(folder / "copy"));
    REQUIRE(files->identify(folder.path()).known);
    REQUIRE_FALSE(files->identify(folder.path()) == files->identify(path));
    REQUIRE_FALSE(files->identify(folder / "nothing").known);
}

TEST_CASE("a folder is listed with what lies below it, and without links", "[support]") {
    const Folder folder;
    folder.put("b", "x");
    fs::create_directories(folder / "a/deep");
    folder.put("a/deep/file", "x");
    fs::create_symlink(folder / "b", folder / "link");
    fs::create_directory_symlink(folder / "a", folder / "twin");
    const auto files = disk();
    REQUIRE(files->is_folder(folder.path()));
    REQUIRE_FALSE(files->is_folder(folder / "b"));
    const auto names = files->list(folder.path(), 10, PathTrust::command_line, "");
    REQUIRE(names.ok());
    REQUIRE(*names == std::vector<std::string>{"a/deep/file", "b"});
    REQUIRE_FALSE(files->list(folder.path(), 1, PathTrust::command_line, "").ok());
    REQUIRE_FALSE(files->list(folder / "nothing", 10, PathTrust::command_line, "").ok());
    REQUIRE_FALSE(files->list(folder / "a", 10, PathTrust::policy, folder / "a/deep").ok());
    REQUIRE(files->list(folder / "a/deep", 10, PathTrust::policy, folder.path()).ok());
}

TEST_CASE("a link to nothing exists, so that nothing takes its place", "[support]") {
    const Folder folder;
    fs::create_symlink("nowhere", folder / "dangling");
    REQUIRE(disk()->exists(folder / "dangling"));
    REQUIRE(disk()->exists(folder.path()));
    REQUIRE_FALSE(disk()->exists(folder / "nothing"));
    REQUIRE_FALSE(disk()->exists(""));
    REQUIRE(disk()->working_directory() == fs::current_path().string());
}
