// What `init` and `doctor` do with folders, and how they end when a disk fails them.
#include "cli/folders.h"

#include <map>
#include <sstream>

#include "cli/run.h"
#include "support/catch.h"
#include "unit/cli/failing_disk.h"

using namespace metricgate;
using Words = std::vector<std::string>;
using Files = std::map<std::string, std::string>;

namespace {

/// The folders of files in memory.
class Listed : public cli::Folders {
public:
    explicit Listed(const Files& files) : m_files(files) {}
    std::vector<std::string> list() override {
        const std::string here = "/repo/";
        std::vector<std::string> names;
        for (const auto& [path, content] : m_files) {
            names.push_back(path.substr(here.size()));
        }
        return names;
    }
    void make_room_for(const std::string& path) override { rooms.push_back(path); }
    void make_executable(const std::string& path) override { executables.push_back(path); }

    Words rooms, executables;

private:
    const Files& m_files;
};

struct Ending {
    int code = -1;
    std::string out, error;
    Words executables;
};

Ending run(const Words& words, Files& files, const std::string& full = "",
           std::optional<policy::Date> today = policy::Date{2026, 5, 1}, bool terminal = false) {
    test::Disk disk(files);
    disk.unwritable = full;
    Listed folders(disk.files);
    std::ostringstream out;
    std::ostringstream error;
    Ending ending;
    // On a terminal, whose line of progress goes away again.
    ending.code = cli::run(words, {out, error, false, terminal}, {disk, {}, today, &folders});
    ending.out = out.str();
    ending.error = error.str();
    ending.executables = folders.executables;
    files = disk.files;
    return ending;
}

Files evaluated() {
    return {{"/repo/metrics.json", "{\"accuracy\": 0.9, \"f1\": 0.8}\n"},
            {"/repo/old.json", "{\"accuracy\": 0.9, \"f1\": 0.8}\n"}};
}

const Words init = {"init", "metrics.json", "--ci", "github"};

}  // namespace

TEST_CASE("init writes the policy, the CI's file and a hook that runs", "[cli]") {
    Files files = evaluated();
    const Ending ending = run(init, files);
    INFO(ending.error);
    CHECK(ending.code == 0);
    CHECK(files.count("/repo/.metricgate.yaml") == 1);
    CHECK(files.count("/repo/.github/workflows/metricgate.yml") == 1);
    CHECK(ending.executables == Words{".githooks/pre-push"});
    CHECK(ending.out.find("Replace OWNER in .github/workflows/metricgate.yml") !=
          std::string::npos);
    const std::string before = files.at("/repo/.metricgate.yaml");
    files["/repo/.metricgate.yaml"] = "mine";
    const Ending again = run(init, files);
    CHECK(again.code == 2);
    CHECK(again.error.find(".metricgate.yaml: is there already; --force replaces it, and nothing "
                           "was written\n") != std::string::npos);
    CHECK(again.error.ends_with("metricgate: nothing_written (exit 2)\n"));
    CHECK(files.at("/repo/.metricgate.yaml") == "mine");
    Words forced = init;
    forced.emplace_back("--force");
    CHECK(run(forced, files).code == 0);
    CHECK(files.at("/repo/.metricgate.yaml") == before);
}

TEST_CASE("init that is stopped half way does not say that nothing was written", "[cli]") {
    Files files = evaluated();
    Ending ending = run(init, files, ".githooks/pre-push");
    CHECK(ending.code == 2);
    CHECK(ending.error ==
          ".githooks/pre-push: cannot be written: No space left on device\nmetricgate: "
          "not_all_written (exit "
          "2)\n");
    CHECK(files.count("/repo/.metricgate.yaml") == 1);
    CHECK(ending.executables.empty());
    files = evaluated();
    ending = run(init, files, ".metricgate.yaml");
    CHECK(ending.error ==
          ".metricgate.yaml: cannot be written: No space left on device\nmetricgate: "
          "nothing_written (exit 2)\n");
    CHECK(files == evaluated());
}

TEST_CASE("init takes the CI that it is told, or none, and a baseline that is named", "[cli]") {
    Files files = evaluated();
    CHECK(run({"init", "metrics.json", "--baseline", "old.json", "--ci", "none"}, files).code == 0);
    CHECK(files.count("/repo/.github/workflows/metricgate.yml") == 0);
    CHECK(files.at("/repo/.githooks/pre-push").find("--baseline 'old.json'") != std::string::npos);
    files = evaluated();
    CHECK(run({"init", "metrics.json", "--ci", "gitlab"}, files).code == 0);
    CHECK(files.count("/repo/.gitlab-ci.yml") == 1);
}

TEST_CASE("init names the evidence that it found and did not take", "[cli]") {
    Files files = {{"/repo/a.json", "{\"accuracy\": 0.9}\n"},
                   {"/repo/b.json", "{\"accuracy\": 0.9}\n"}};
    Ending ending = run({"init", "--ci", "none"}, files);
    INFO(ending.error);
    CHECK(ending.code == 0);
    CHECK(ending.out.find("Also there, not used: b.json. `metricgate init CANDIDATE` names "
                          "another.\n") != std::string::npos);
    files = {{"/repo/a.json", "{\"accuracy\": 0.9}\n"},
             {"/repo/b.json", "{\"accuracy\": 0.9}\n"},
             {"/repo/c.json", "{\"accuracy\": 0.9}\n"}};
    ending = run({"init", "--ci", "none"}, files);
    CHECK(ending.out.find("Also there, not used: b.json and 1 more.") != std::string::npos);
}

TEST_CASE("init tells on a terminal what it is at, and takes that line back", "[cli]") {
    Files files = evaluated();
    const Ending ending = run(init, files, "", std::nullopt, true);
    CHECK(ending.code == 0);
    CHECK(ending.error.find("looking at 2 files") != std::string::npos);
    CHECK(ending.error.find("trying a policy on metrics.json") != std::string::npos);
    CHECK(ending.error.ends_with("\r\x1b[Kmetricgate: written (exit 0)\n"));
}

TEST_CASE("init refuses names that a shell or YAML would read, and what holds no evidence",
          "[cli]") {
    for (const char* name : {"a'b.json", "a\"b.json", "a$b.json", "a\\b.json", "a{b.json",
                             "a#b.json", "a:b.json", "a\x1f.json", "a\x7f.json"}) {
        CAPTURE(name);
        Files files = evaluated();
        const Ending ending = run({"init", std::string("./") + name}, files);
        CHECK(ending.code == 2);
        CHECK(ending.error.find("has characters that a shell or YAML reads; rename it") !=
              std::string::npos);
        CHECK(files == evaluated());
    }
    Files empty = {{"/repo/README.md", "# nothing\n"}};
    CHECK(run({"init"}, empty).error.find("init: found no evaluation file here") !=
          std::string::npos);
}

TEST_CASE("without folders nothing can be looked at", "[cli]") {
    Files files = evaluated();
    const auto memory = support::in_memory(files);
    for (const char* command : {"init", "doctor"}) {
        std::ostringstream out;
        std::ostringstream error;
        CHECK(cli::run({command}, {out, error}, {*memory, {}}) == 2);
        CHECK(error.str().find(std::string(command) + ": folders cannot be looked at here") !=
              std::string::npos);
    }
}

namespace {

const std::string gate =
    "version: 1\ninputs: {run: {kind: metrics}}\nchecks:\n"
    "  - {id: accuracy, metric: accuracy, margin: {abs: 0.01}}\n";

/// What doctor says of a repository whose policy is `gate` and `more`.
Ending examined(const std::string& more, Files others = {},
                std::optional<policy::Date> today = policy::Date{2026, 5, 1}) {
    Files files = evaluated();
    files.merge(others);
    files["/repo/.metricgate.yaml"] = gate + more;
    return run({"doctor", "metrics.json", "--baseline", "old.json"}, files, "", today);
}

}  // namespace

TEST_CASE("doctor tells of waivers that no longer count, where the day is known", "[cli]") {
    const std::string waivers =
        "waivers:\n  - {check: accuracy, reason: r, owner: '@o', expires: 2026-04-01}\n";
    const std::string lapsed =
        ".metricgate.yaml:6:5: the waiver of accuracy lapsed after 2026-04-01; remove it, or have "
        "@o decide anew\n";
    CHECK(examined(waivers).out.find(lapsed) != std::string::npos);
    CHECK(examined(waivers, {}, std::nullopt).out.find(lapsed) == std::string::npos);
    CHECK(examined("waivers:\n  - {check: accuracy, reason: r, owner: '@o', expires: 2027-04-01}\n")
              .out.find("ends more than 90 days ahead and does not count; bring `expires` "
                        "nearer\n") != std::string::npos);
    CHECK(examined("waivers:\n  - {check: accuracy, reason: r, owner: '@o', expires: 2026-06-01}\n")
              .out.find("the waiver of accuracy") == std::string::npos);
}

TEST_CASE("doctor tells who may change the gate", "[cli]") {
    CHECK(examined("").out.find("there is no CODEOWNERS file") != std::string::npos);
    const std::string nobody =
        "CODEOWNERS: nobody owns .metricgate.yaml, so anyone may change the gate; add the line "
        "`/.metricgate.yaml @OWNER`\n";
    CHECK(examined("", {{"/repo/CODEOWNERS", "/src @team\n"}}).out.find(nobody) !=
          std::string::npos);
    const Ending owned = examined("", {{"/repo/CODEOWNERS", "* @team\n"}});
    CHECK(owned.out.find("CODEOWNERS") == std::string::npos);
    CHECK(owned.code == 1);  // no CI runs the gate
    CHECK(owned.out.find("no CI file runs `metricgate check`") != std::string::npos);
}

TEST_CASE("doctor tells of a policy that cannot be read, or whose names are none", "[cli]") {
    CHECK(examined("seed: x\n").code == 2);
    CHECK(examined("seed: x\n").error.ends_with("metricgate: could_not_look (exit 2)\n"));
    CHECK(examined("  - {id: b, metric: acuracy_of, min: 0.5, input: nowhere}\n").code == 2);
}

TEST_CASE("doctor tells of evidence that is gone, and of a shallow clone", "[cli]") {
    Files files = evaluated();
    files["/repo/.metricgate.yaml"] = gate;
    files["/repo/.git/shallow"] = "0";
    files.erase("/repo/old.json");
    const Ending ending = run({"doctor", "metrics.json", "--baseline", "old.json"}, files);
    CHECK(ending.code == 1);
    CHECK(ending.out.find(".git/shallow: this clone is shallow") != std::string::npos);
    CHECK(ending.out.find("the evidence cannot be judged: ") != std::string::npos);
}

TEST_CASE("doctor looks at the policy and the baseline that it is told", "[cli]") {
    Files files = evaluated();
    files["/repo/gates/own.yaml"] =
        "version: 1\ninputs: {run: {kind: metrics}, spare: {kind: metrics, path: gone.json}}\n"
        "checks:\n  - {id: accuracy, metric: accuracy, margin: {abs: 0.01}, input: run}\n";
    files["/repo/CODEOWNERS"] = "/src @team\n";
    const Ending own =
        run({"doctor", "metrics.json", "--baseline", "old.json", "-p", "gates/own.yaml"}, files);
    INFO(own.error << own.out);
    CHECK(own.code == 1);
    CHECK(own.out.find("nobody owns gates/own.yaml") != std::string::npos);
    CHECK(own.out.find("cannot be judged") == std::string::npos);
    for (const char* option : {"--baseline-rev", "--baseline-merge-base"}) {
        const Ending asked =
            run({"doctor", "metrics.json", option, "main", "-p", "gates/own.yaml"}, files);
        CHECK(asked.code == 1);
        CHECK(asked.out.find("the evidence cannot be judged: ") != std::string::npos);
    }
}

TEST_CASE("doctor passes over a CI file that it cannot read, and says that none runs the gate",
          "[cli]") {
    const std::string workflow = "jobs: {gate: {steps: [{run: metricgate check new.json}]}}\n";
    const std::string none = "no CI file runs `metricgate check`";
    CHECK(examined("", {{"/repo/.github/workflows/a.yml", workflow}}).out.find(none) ==
          std::string::npos);
    CHECK(examined("", {{"/repo/.github/workflows/a.yml",
                         workflow + "#" + std::string(std::size_t{1} << 20, 'x') + "\n"}})
              .out.find(none) != std::string::npos);
}
