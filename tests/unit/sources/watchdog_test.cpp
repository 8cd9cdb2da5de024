#include "sources/watchdog.h"

#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <chrono>
#include <filesystem>
#include <fstream>
#include <functional>
#include <iterator>
#include <string>
#include <thread>

#include "git_sandbox.h"
#include "sources/repository.h"
#include "support/catch.h"
#include "support/doomed_files.h"
#include "support/paths.h"

using namespace metricgate;
using namespace std::chrono_literals;
using sources::git::Watchdog;
using test::GitSandbox;

namespace {

constexpr std::chrono::milliseconds limit = 300ms;

struct Ended {
    int code = -1;      ///< -2: it had to be killed
    std::string error;  ///< what it said
};

/// Runs `work` in a process of its own, which exits 0 when it comes back.
Ended in_process(const std::function<void()>& work) {
    std::array<int, 2> ends{};
    REQUIRE(pipe(ends.data()) == 0);
    const pid_t child = fork();
    REQUIRE(child >= 0);
    if (child == 0) {
        ::dup2(ends[1], STDERR_FILENO);
        ::alarm(20);
        work();
        ::_exit(0);
    }
    ::close(ends[1]);
    Ended ended;
    std::array<char, 1024> buffer{};
    for (ssize_t got = 0; (got = ::read(ends[0], buffer.data(), buffer.size())) > 0;) {
        ended.error.append(buffer.data(), static_cast<std::size_t>(got));
    }
    ::close(ends[0]);
    int status = 0;
    REQUIRE(::waitpid(child, &status, 0) == child);
    ended.code = WIFEXITED(status) ? WEXITSTATUS(status) : -2;
    return ended;
}

/// What a run says that waited for `what`.
std::string told(const std::string& what, bool whole) {
    return "git: " + what + (whole ? " took" : " has been waiting for") +
           " more than 0 seconds; look for a pipe among the files of .git and those that its "
           "config includes, or for a disk that does not answer\n"
           "metricgate: could_not_judge (exit 2)\n";
}

/// What a run says that worked on `what`.
std::string told_of_work(const std::string& what) {
    return "git: " + what +
           " took more than 0 seconds, working all the time; look for damage with "
           "`git verify-pack .git/objects/pack/*.idx`\nmetricgate: could_not_judge (exit 2)\n";
}

void make_pipe(const std::string& path) {
    std::filesystem::create_directories(std::filesystem::path(path).parent_path());
    std::filesystem::remove(path);
    REQUIRE(mkfifo(path.c_str(), 0600) == 0);
}

/// A pack of one object, which is a delta of itself, in the files `pack`.pack and .idx: version 2
/// of both, as git's gitformat-pack(5) has them. libgit2 compares the checksum at the end of the
/// two.
void pack_circle(GitSandbox& sandbox, const std::string& pack, const std::string& id) {
    std::string raw;
    for (std::size_t i = 0; i < id.size(); i += 2) {
        raw += static_cast<char>(std::stoi(id.substr(i, 2), nullptr, 16));
    }
    const auto number = [](unsigned value) {
        return std::string(2, '\0') + static_cast<char>(value / 256) +
               static_cast<char>(value % 256);
    };
    const std::string checksum(20, 'c');
    // Deflated without compression: from 9 bytes make 9, by copying all of them.
    const std::string delta("\x09\x09\x90\x09", 4);
    const std::string deflated =
        std::string("\x78\x01\x01\x04\x00\xfb\xff", 7) + delta + std::string("\x01\x6c\x00\xac", 4);
    sandbox.write(pack + ".pack",
                  "PACK" + number(2) + number(1) + "\x74" + raw + deflated + checksum);
    std::string index = "\377tOc" + number(2);
    for (int first = 0; first < 256; ++first) {
        index += number(static_cast<unsigned char>(raw.front()) <= first ? 1 : 0);
    }
    sandbox.write(pack + ".idx", index + raw + number(0) + number(12) + checksum + checksum);
}

void work_for(std::chrono::milliseconds time) {
    const auto end = std::chrono::steady_clock::now() + time;
    while (std::chrono::steady_clock::now() < end) {
    }
}

}  // namespace

TEST_CASE("the program waits for thirty seconds, which nothing outside of it can change",
          "[sources]") {
    std::ifstream file(test::project_folder() + "/src/sources/repository.h");
    const std::string header(std::istreambuf_iterator<char>(file), {});
    CHECK(test::contains(header, "patience = std::chrono::seconds(30)"));
    std::ifstream caller(test::project_folder() + "/src/cli/origin.cpp");
    const std::string origin(std::istreambuf_iterator<char>(caller), {});
    CHECK(test::contains(origin, "open_repository(m_files.working_directory(), m_trust);"));
}

TEST_CASE("a call that does not return ends the process with 2", "[sources]") {
    const auto ended = in_process([] {
        Watchdog watchdog(limit);
        const auto watch = watchdog.over("a thing\n");
        std::this_thread::sleep_for(10s);
    });
    CHECK(ended.code == 2);
    CHECK(ended.error == told("a thing\\x0a", true));
}

TEST_CASE("a call that works may take long where only waiting counts", "[sources]") {
    const auto busy = [](Watchdog::Counts counts, std::chrono::milliseconds time) {
        return in_process([counts, time] {
            Watchdog watchdog(limit);
            const auto watch = watchdog.over("work", counts);
            work_for(time);
        });
    };
    CHECK(busy(Watchdog::Counts::waiting, limit * 4).code == 0);
    // Longer: looks are counted, and on a busy machine they are late.
    const auto ended = busy(Watchdog::Counts::all_time, limit * 50);
    CHECK(ended.code == 2);
    CHECK(ended.error == told_of_work("work"));
    const auto waiting = in_process([] {
        Watchdog watchdog(limit);
        const auto watch = watchdog.over("work", Watchdog::Counts::waiting);
        work_for(limit / 3);
        std::this_thread::sleep_for(10s);
    });
    CHECK(waiting.code == 2);
    CHECK(waiting.error == told("work", false));
}

TEST_CASE("a call that came back is not watched any more, another one still is", "[sources]") {
    const auto ended = in_process([] {
        Watchdog watchdog(limit);
        const auto outer = watchdog.over("outer", Watchdog::Counts::waiting);
        { const auto inner = watchdog.over("inner"); }
        work_for(limit * 2);
        ::_exit(7);
    });
    CHECK(ended.code == 7);
    const auto idle = in_process([] {
        Watchdog watchdog(limit);
        { const auto watch = watchdog.over("done"); }
        std::this_thread::sleep_for(limit * 3);
    });
    CHECK(idle.code == 0);
}

TEST_CASE("a report of an earlier run does not survive a run that waited in vain", "[sources]") {
    GitSandbox sandbox;
    sandbox.write("old.json", "pass");
    sandbox.write("input.json", "pass");
    const auto ended = in_process([&sandbox] {
        support::doom_files({sandbox.path("old.json"), sandbox.path("input.json")});
        support::pardon_file(sandbox.path("./input.json"));
        Watchdog watchdog(limit);
        const auto watch = watchdog.over("a thing");
        std::this_thread::sleep_for(10s);
    });
    CHECK(ended.code == 2);
    CHECK_FALSE(std::filesystem::exists(sandbox.path("old.json")));
    CHECK(std::filesystem::exists(sandbox.path("input.json")));
}

TEST_CASE("every way into a repository is watched", "[sources]") {
    GitSandbox sandbox;
    sandbox.init("r");
    sandbox.commit("r", "f", "1");
    sandbox.git("r", "branch topic");
    const std::string head = sandbox.commit("r", "folder/f", "2");
    const std::string git = sandbox.path("r/.git");
    const auto open = [&sandbox] {
        auto opened = sources::open_repository(sandbox.path("r"), false, limit);
        if (!opened) {
            ::_exit(9);
        }
        return std::move(*opened);
    };

    SECTION("opening, where the configuration includes a pipe") {
        make_pipe(sandbox.path("pipe"));
        sandbox.git("r", "config include.path " + sandbox.path("nothing"));
        std::filesystem::rename(sandbox.path("pipe"), sandbox.path("nothing"));
        const auto ended = in_process(open);
        CHECK(ended.code == 2);
        CHECK(ended.error == told("opening the git repository of " + sandbox.path("r"), true));
    }
    SECTION("looking up a name and HEAD, where a reference is a pipe") {
        make_pipe(git + "/refs/heads/topic");
        const auto named = in_process([&] { static_cast<void>(open()->resolve("topic")); });
        CHECK(named.code == 2);
        CHECK(named.error == told("looking up topic", false));
        make_pipe(git + "/refs/heads/main");
        const auto ended = in_process([&] { static_cast<void>(open()->head()); });
        CHECK(ended.code == 2);
        CHECK(ended.error == told("looking up HEAD", true));
    }
    SECTION("the base, where what tells of history is a pipe") {
        make_pipe(git + "/objects/info/commit-graph");
        const auto base = in_process([&] { static_cast<void>(open()->merge_base("topic")); });
        CHECK(base.code == 2);
        CHECK(base.error == told("looking for the merge base with topic", false));
        sandbox.git("r", "symbolic-ref HEAD refs/heads/topic");
        const auto automatic =
            in_process([&] { static_cast<void>(open()->automatic_baseline({})); });
        CHECK(automatic.code == 2);
        CHECK(automatic.error == told("looking for the automatic baseline", false));
    }
    SECTION("reading, where the index of a pack is a pipe") {
        const std::string pack = git + "/objects/pack/pack-" + std::string(40, 'a');
        const std::string blob = sandbox.git("r", "rev-parse HEAD:f");
        const std::string tree = sandbox.git("r", "rev-parse HEAD:folder");
        const auto take_away = [&](sources::Repository& repository) {
            auto commit = *repository.head();
            static_cast<void>(repository.read(commit, "absent", 10));
            for (const std::string& id : {blob, tree}) {
                std::filesystem::remove(git + "/objects/" + id.substr(0, 2) + "/" + id.substr(2));
            }
            sandbox.write("r/.git/objects/pack/pack-" + std::string(40, 'a') + ".pack", "PACK");
            make_pipe(pack + ".idx");
            return commit;
        };
        const auto file = in_process([&] {
            const auto repository = open();
            static_cast<void>(repository->read(take_away(*repository), "f", 10));
        });
        CHECK(file.code == 2);
        CHECK(file.error == told("reading f of commit " + head.substr(0, 12), false));
        std::filesystem::remove(pack + ".idx");
        sandbox.git("r", "hash-object -w f");
        sandbox.git("r", "write-tree --prefix=folder/");
        const auto folder = in_process([&] {
            const auto repository = open();
            static_cast<void>(
                repository->read_folder(take_away(*repository), "folder", {10, 10, 10}));
        });
        CHECK(folder.code == 2);
        CHECK(folder.error == told("reading folder of commit " + head.substr(0, 12), false));
    }
}

TEST_CASE("deltas of a pack that go in a circle end the run, though it never waits", "[sources]") {
    GitSandbox sandbox;
    sandbox.init("r");
    const std::string first = sandbox.commit("r", "f", "1");
    sandbox.commit("r", "f", "2");
    const auto what = GENERATE(as<std::string>(), "main~1:f", "main~1^{tree}", "main~1");
    const std::string id = sandbox.git("r", "rev-parse " + what);
    const std::string loose = ".git/objects/" + id.substr(0, 2) + "/" + id.substr(2);
    REQUIRE(std::filesystem::remove(sandbox.path("r/" + loose)));
    pack_circle(sandbox, "r/.git/objects/pack/pack-" + std::string(40, 'a'), id);
    const auto ended = in_process([&sandbox] {
        auto repository = sources::open_repository(sandbox.path("r"), false, limit);
        if (!repository) {
            ::_exit(9);
        }
        const auto commit = (*repository)->resolve("main~1");
        if (!commit) {
            ::_exit(8);
        }
        static_cast<void>((*repository)->read(*commit, "f", 10));
    });
    CHECK(ended.code == 2);
    CHECK(ended.error ==
          told_of_work("following the deltas of object " + id.substr(0, 12) + " in its pack"));
}
