// Reports where a disk does not do what is asked: none may say that all is well when the run does
// not.
#include <map>
#include <sstream>

#include "cli/run.h"
#include "support/catch.h"
#include "unit/cli/failing_disk.h"

using namespace metricgate;
using Words = std::vector<std::string>;
using test::Disk;

namespace {

const std::string policy =
    "version: 1\ninputs: {run: {kind: metrics}}\nchecks:\n"
    "  - {id: accuracy, metric: accuracy, margin: {abs: 0.01}}\n";

Disk disk_with(double candidate) {
    return Disk({{"/repo/.metricgate.yaml", policy},
                 {"/repo/base.json", R"({"accuracy": {"value": 0.9, "n": 20000}})"},
                 {"/repo/new.json",
                  R"({"accuracy": {"value": )" + std::to_string(candidate) + R"(, "n": 20001}})"}});
}

struct Ending {
    int code = -1;
    std::string out, error;
};

Ending run(const Words& arguments, Disk& disk, bool out_lost = false, bool error_lost = false) {
    std::ostringstream out;
    std::ostringstream error;
    out.setstate(out_lost ? std::ios::badbit : std::ios::goodbit);
    error.setstate(error_lost ? std::ios::badbit : std::ios::goodbit);
    Ending ending;
    ending.code = cli::run(arguments, {out, error}, {disk, {}});
    ending.out = out.str();
    ending.error = error.str();
    return ending;
}

Words check(const Words& more) {
    Words words = {"check", "new.json", "--baseline", "base.json"};
    words.insert(words.end(), more.begin(), more.end());
    return words;
}

const Words two_reports = {"--report", "json=a.json", "--report", "text=b.txt"};

bool says(const std::string& report, const std::string& verdict, int code) {
    return report.find("\"verdict\": \"" + verdict + "\"") != std::string::npos &&
           report.find("\"exit_code\": " + std::to_string(code)) != std::string::npos;
}

}  // namespace

TEST_CASE("a pass of which one report could not be written is none, in the others neither",
          "[cli]") {
    Disk disk = disk_with(0.9);
    disk.unwritable = "b.txt";
    const Ending ending = run(check(two_reports), disk);
    CHECK(ending.code == 2);
    CHECK(says(disk.at("a.json"), "could_not_judge", 2));
    CHECK(ending.error ==
          "b.txt: cannot be written: No space left on device\n"
          "metricgate: could_not_judge (exit 2)\n");
}

TEST_CASE("a fail stays one, whatever cannot be written", "[cli]") {
    Disk disk = disk_with(0.7);
    disk.unwritable = "b.txt";
    CHECK(run(check(two_reports), disk).code == 1);
    CHECK(says(disk.at("a.json"), "fail", 1));
    CHECK(run(check(two_reports), disk, true, true).code == 1);
    // One that --no-fail excuses does not.
    Words excused = two_reports;
    excused.emplace_back("--no-fail");
    const Ending ending = run(check(excused), disk);
    CHECK(ending.code == 2);
    CHECK(says(disk.at("a.json"), "could_not_judge", 2));
}

TEST_CASE("a run that cannot judge has nothing to take back", "[cli]") {
    Disk disk = disk_with(0.9);
    disk.files["/repo/new.json"] = R"({"accuracy": {"value": NaN, "n": 20001}})";
    disk.unwritable = "b.txt";
    const Ending ending = run(check(two_reports), disk);
    CHECK(ending.code == 2);
    CHECK(says(disk.at("a.json"), "could_not_judge", 2));
    CHECK(ending.error.find("b.txt: cannot be written") ==
          ending.error.rfind("b.txt: cannot be written"));
}

TEST_CASE("a pass whose printed report or last line is lost is none in the files", "[cli]") {
    for (const bool out_lost : {true, false}) {
        Disk disk = disk_with(0.9);
        const Ending ending =
            run(check({"--report", "json=a.json", "--report", "text"}), disk, out_lost, !out_lost);
        CHECK(ending.code == 2);
        CHECK(says(disk.at("a.json"), "could_not_judge", 2));
        CHECK(ending.error ==
              (out_lost
                   ? "standard output: the report could not be written (closed, or the disk is "
                     "full)\nmetricgate: could_not_judge (exit 2)\n"
                   : ""));
    }
}

TEST_CASE("a report that cannot be taken back is removed, or named", "[cli]") {
    for (const bool removable : {true, false}) {
        Disk disk = disk_with(0.9);
        disk.unwritable = "a.json";
        disk.writes_before = 1;
        disk.unremovable = removable ? "" : "a.json";
        const Ending ending =
            run(check({"--report", "json=a.json", "--report", "text"}), disk, true);
        CHECK(ending.code == 2);
        CHECK(disk.at("a.json").empty() == removable);
        const bool named =
            ending.error.find("a.json: cannot be removed: Read-only file system\n") !=
            std::string::npos;
        CHECK(named != removable);
    }
}

TEST_CASE("without a result the report of an earlier run goes away, or is named", "[cli]") {
    const auto lost = [](Disk& disk) {
        disk.files["/repo/a.json"] = "{\n  \"schema\": \"metricgate.report/1\",\n";
        disk.files.erase("/repo/new.json");
        const Ending ending = run(check({"--report", "json=a.json", "--report", "text"}), disk);
        CHECK(ending.code == 2);
        return ending.error;
    };
    Disk good = disk_with(0.9);
    lost(good);
    CHECK(good.at("a.json").empty());
    Disk fixed = disk_with(0.9);
    fixed.unremovable = "a.json";
    CHECK(lost(fixed).find("a.json: cannot be removed") != std::string::npos);
    Disk failing = disk_with(0.9);
    failing.unreadable = "a.json";
    CHECK(lost(failing).find("a.json: cannot be read: Input/output error; if it is the report of "
                             "an earlier run, it does not speak for this one\n") !=
          std::string::npos);
}

TEST_CASE("no report replaces what the run has read", "[cli]") {
    for (const Words& words :
         {check({"--report", "json=base.json"}),
          Words{"power", "new.json", "--baseline", "base.json", "--report", "json=base.json"},
          Words{"selftest", "new.json", "--baseline", "base.json", "--report", "json=base.json"},
          Words{"explain", "accuracy", "new.json", "--baseline", "base.json", "--report",
                "json=base.json"},
          Words{"convert", "base.json", "-o", "base.json"}}) {
        CAPTURE(words);
        Disk disk = disk_with(0.9);
        const std::string before = disk.at("base.json");
        const Ending ending = run(words, disk);
        CHECK(ending.code == 2);
        CHECK(disk.at("base.json") == before);
        CHECK(ending.error.find("name another") != std::string::npos);
    }
}

TEST_CASE("of two reports either both stand or none, whichever command writes them", "[cli]") {
    for (const Words& words :
         {Words{"power", "new.json", "--baseline", "base.json"},
          Words{"selftest", "new.json", "--baseline", "base.json"},
          Words{"explain", "accuracy", "new.json", "--baseline", "base.json"}}) {
        CAPTURE(words);
        Words both = words;
        both.insert(both.end(), two_reports.begin(), two_reports.end());
        Disk full = disk_with(0.9);
        full.unwritable = "b.txt";
        const Ending ending = run(both, full);
        CHECK(ending.code == 2);
        CHECK(full.at("a.json").empty());
        CHECK(ending.error.starts_with("b.txt: cannot be written: No space left on device\n"));
        CHECK(ending.error.find("(exit 2)\n") != std::string::npos);
        Disk good = disk_with(0.9);
        CHECK(run(both, good).code == 0);
        CHECK_FALSE(good.at("a.json").empty());
        CHECK_FALSE(good.at("b.txt").empty());
        // No result: what an earlier run left goes away.
        good.files.erase("/repo/new.json");
        CHECK(run(both, good).code == 2);
        CHECK(good.at("a.json").empty());
        // A disk that throws when the report is taken back ends the run as a bug, not the process.
        Disk broken = disk_with(0.9);
        broken.unwritable = "b.txt";
        broken.throws_on_removal = true;
        CHECK(run(both, broken).code == 70);
    }
}

TEST_CASE("a converted file that cannot be written is said, and one that can ends well", "[cli]") {
    Disk disk = disk_with(0.9);
    CHECK(run({"convert", "base.json", "-o", "out.json"}, disk).code == 0);
    CHECK(disk.at("out.json").find("accuracy") != std::string::npos);
    disk.unwritable = "out.json";
    const Ending ending = run({"convert", "base.json", "-o", "out.json"}, disk);
    CHECK(ending.code == 2);
    CHECK(ending.error ==
          "out.json: cannot be written: No space left on device\nmetricgate: not_converted (exit "
          "2)\n");
}
