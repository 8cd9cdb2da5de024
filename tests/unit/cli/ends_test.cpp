// How each command ends: with its code, with 2 where an answer could not be told, with 70 on a bug.
#include <new>
#include <sstream>
#include <stdexcept>

#include "cli/run.h"
#include "sources/late_library.h"
#include "support/catch.h"
#include "unit/history/scratch.h"

using namespace metricgate;
using Words = std::vector<std::string>;

namespace {

const std::string untold = "standard output: could not be written (closed, or the disk is full)\n";

/// A repository in which every command has something to do.
class Place {
public:
    Place() {
        put(".metricgate.yaml",
            "version: 1\ninputs: {run: {kind: metrics}}\nchecks:\n"
            "  - {id: accuracy, metric: accuracy, margin: {abs: 0.01}, min: 0.5}\n"
            "waivers: [{check: accuracy, reason: r, owner: o, expires: 2026-05-20}]\n");
        put("base.json", R"({"accuracy": {"value": 0.9, "n": 20000}})");
        put("new.json", R"({"accuracy": {"value": 0.9, "n": 20001}})");
        put("worse.json", R"({"accuracy": {"value": 0.7, "n": 20001}})");
        std::string history = "commit,accuracy\n";
        for (int i = 0; i < 30; ++i) {
            history += std::to_string(i) + (i % 2 == 0 ? ",0.89\n" : ",0.91\n");
        }
        put("history.csv", history);
        put("rings.csv", history + "30,0.2\n");
        put("short.csv", "commit,accuracy\n1,0.9\n");
    }
    std::string operator/(const std::string& name) const { return m_scratch / name; }
    void put(const std::string& name, const std::string& text) const { m_scratch.put(name, text); }

    /// The command's end where standard output or standard error take nothing.
    int run(const Words& arguments, bool out_lost = false, bool error_lost = false) {
        std::ostringstream out;
        std::ostringstream error;
        out.setstate(out_lost ? std::ios::badbit : std::ios::goodbit);
        error.setstate(error_lost ? std::ios::badbit : std::ios::goodbit);
        const auto files = support::disk();
        const int code =
            cli::run(arguments, {out, error},
                     {*files, {}, policy::Date{2026, 5, 1}, nullptr, false, 1'777'777'777});
        m_error = error.str();
        m_out = out.str();
        return code;
    }
    [[nodiscard]] const std::string& error() const { return m_error; }
    [[nodiscard]] const std::string& out() const { return m_out; }

private:
    test::Scratch m_scratch;
    std::string m_out;
    std::string m_error;
};

/// Files of which every look ends in an exception.
template <class Exception>
class Broken : public support::FileSystem {
public:
    explicit Broken(Exception exception) : m_exception(std::move(exception)) {}
    support::Result<support::Bytes> read(const std::string& /*path*/, std::size_t /*limit*/,
                                         support::PathTrust /*trust*/,
                                         const std::string& /*root*/) override {
        throw m_exception;
    }
    support::Result<support::Done> write(const std::string& /*path*/,
                                         std::string_view /*bytes*/) override {
        throw m_exception;
    }
    support::Result<support::Done> remove(const std::string& /*path*/) override {
        throw m_exception;
    }
    support::Result<std::vector<std::string>> list(const std::string& /*path*/,
                                                   std::size_t /*most*/,
                                                   support::PathTrust /*trust*/,
                                                   const std::string& /*root*/) override {
        throw m_exception;
    }
    bool is_folder(const std::string& /*path*/) override { throw m_exception; }
    support::FileIdentity identify(const std::string& /*path*/) override { throw m_exception; }
    bool exists(const std::string& /*path*/) override { throw m_exception; }
    std::string working_directory() override { throw m_exception; }

private:
    Exception m_exception;
};

template <class Exception>
std::string said_of(const Exception& exception, int code = 70) {
    Broken<Exception> files(exception);
    std::ostringstream out;
    std::ostringstream error;
    CHECK(cli::run({"check", "new.json", "-p", "gate.yaml"}, {out, error}, {files, {}}) == code);
    CHECK(out.str().empty());
    return error.str();
}

}  // namespace

TEST_CASE("a bug, and want of memory, end with 70 and are said", "[cli]") {
    const std::string ending = "\nmetricgate: could_not_judge (exit 70)\n";
    CHECK(said_of(std::bad_alloc()) == "metricgate: out of memory" + ending);
    CHECK(said_of(std::runtime_error("no such thing")) ==
          "metricgate: internal error: no such thing; please report it" + ending);
    CHECK(said_of(7) == "metricgate: internal error: unknown exception; please report it" + ending);
}

TEST_CASE("a library that is missing is no bug, and ends with 2", "[cli]") {
    CHECK(said_of(sources::MissingLibrary("libgit2.so.1.5 cannot be loaded"), 2) ==
          "metricgate: libgit2.so.1.5 cannot be loaded\nmetricgate: could_not_judge (exit 2)\n");
}

TEST_CASE("a bug that cannot even be said ends with 70", "[cli]") {
    Broken<int> files(7);
    std::ostringstream out;
    std::ostringstream error;
    error.setstate(std::ios::badbit);
    // The state is bad already, so that whoever writes gets an exception.
    try {
        error.exceptions(std::ios::badbit);
    } catch (const std::ios::failure&) {
    }
    CHECK(cli::run({"check", "new.json", "-p", "gate.yaml"}, {out, error}, {files, {}}) == 70);
}

TEST_CASE("no command says that all is well when nobody hears it", "[cli]") {
    struct Command {
        Words words;
        int code;           ///< as it ends
        int without_out;    ///< where standard output takes nothing
        int without_error;  ///< where standard error takes nothing
    };
    Place here;
    const std::string gate = here / ".metricgate.yaml";
    const Words sides = {here / "new.json", "--baseline", here / "base.json", "-p", gate};
    const auto with = [&](Words words) {
        words.insert(words.end(), sides.begin(), sides.end());
        return words;
    };
    const std::vector<Command> commands = {
        {with({"check"}), 0, 2, 2},
        {{"check", here / "worse.json", "--baseline", here / "base.json", "-p", gate, "--now",
          "2027-01-01"},
         1,
         1,
         1},
        {with({"power"}), 0, 2, 2},
        {with({"selftest"}), 0, 2, 2},
        {with({"explain", "accuracy"}), 0, 2, 2},
        {{"validate", gate}, 0, 2, 0},
        {{"waivers", gate}, 0, 2, 0},
        {{"waivers", gate, "--expiring-in", "30"}, 1, 2, 1},
        {{"list", "metrics"}, 0, 2, 0},
        {{"--help"}, 0, 2, 0},
        {{"--version"}, 0, 2, 0},
        {{"convert", here / "new.json"}, 0, 2, 0},
        {{"history", "--from", "file", "--key", "commit", "--path", here / "history.csv"}, 0, 2, 2},
        {{"history", "--from", "file", "--key", "commit", "--path", here / "history.csv", "--gate"},
         0,
         2,
         2},
        {{"history", "--from", "file", "--key", "commit", "--path", here / "rings.csv", "--gate"},
         1,
         2,
         1},
        {{"calibrate", "--from", "file", "--key", "commit", "--path", here / "history.csv"},
         0,
         2,
         2},
        {{"calibrate", "--from", "file", "--key", "commit", "--path", here / "short.csv"}, 1, 2, 1},
        {{"init"}, 2, 2, 2},
        {{"doctor"}, 2, 2, 2}};
    for (const Command& command : commands) {
        CAPTURE(command.words);
        const int code = here.run(command.words);
        INFO(here.error() << here.out());
        CHECK(code == command.code);
        CHECK(here.run(command.words, true) == command.without_out);
        CHECK_FALSE(here.error().empty());
        CHECK(here.run(command.words, false, true) == command.without_error);
    }
}

TEST_CASE("what is recorded stays so where it cannot be told, and ends with 2", "[cli]") {
    Place here;
    const Words log = {"log",      "accuracy=0.9", "--store", here / "store.jsonl",
                       "--commit", "none",         "--json"};
    CHECK(here.run(log) == 0);
    CHECK(here.error().find("recorded 1 value in ") != std::string::npos);
    CHECK(here.run(log, true) == 2);
    CHECK(here.error().starts_with(untold));
    CHECK(here.error().find(", and not all told (exit 2)\n") != std::string::npos);
    CHECK(here.run(log, false, true) == 2);
}

TEST_CASE("a text report is coloured on a terminal, where nobody refuses it", "[cli]") {
    Place here;
    const auto coloured = [&](const Words& more, std::map<std::string, std::string> environment,
                              bool terminal) {
        Words words = {"check", here / "new.json",         "--baseline", here / "base.json",
                       "-p",    here / ".metricgate.yaml", "--report",   "text"};
        words.insert(words.end(), more.begin(), more.end());
        std::ostringstream out;
        std::ostringstream error;
        const auto files = support::disk();
        CHECK(cli::run(words, {out, error, terminal}, {*files, std::move(environment)}) == 0);
        return out.str().find("\x1b[") != std::string::npos;
    };
    CHECK(coloured({}, {}, true));
    CHECK_FALSE(coloured({}, {}, false));
    CHECK(coloured({"--color", "always"}, {{"NO_COLOR", "1"}}, false));
    CHECK_FALSE(coloured({"--color", "never"}, {}, true));
    CHECK_FALSE(coloured({}, {{"NO_COLOR", "1"}}, true));
    CHECK(coloured({}, {{"NO_COLOR", ""}}, true));
    CHECK_FALSE(coloured({}, {{"TERM", "dumb"}}, true));
    CHECK(coloured({}, {{"TERM", "xterm"}}, true));
}
