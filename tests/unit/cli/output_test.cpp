#include "cli/output.h"

#include <map>
#include <sstream>
#include <string>

#include "cli/mistaken_arguments.h"
#include "support/catch.h"
#include "support/files.h"

using namespace metricgate;

namespace {

const std::string old_report =
    "{\n  \"schema\": \"metricgate.report/1\",\n  \"verdict\": \"pass\"\n}\n";

/// The names of the files that are left after a command line which cannot be read.
std::string left_by(const std::vector<std::string>& arguments, const std::string& content) {
    std::map<std::string, std::string> files = {{"/repo/report.json", content}};
    const auto memory = support::in_memory(files);
    CHECK(cli::remove_reports_of_mistaken(arguments, {*memory, {}}).empty());
    return files.empty() ? "" : files.begin()->first;
}

}  // namespace

TEST_CASE("a command whose output is all it leaves has ended well only when both streams took it",
          "[cli]") {
    for (const int code : {0, 1}) {
        for (const bool out_lost : {false, true}) {
            for (const bool error_lost : {false, true}) {
                CAPTURE(code, out_lost, error_lost);
                std::ostringstream out;
                std::ostringstream error;
                out.setstate(out_lost ? std::ios::badbit : std::ios::goodbit);
                error.setstate(error_lost ? std::ios::badbit : std::ios::goodbit);
                const int ended =
                    cli::tell({out, error}, "text\n", {"found", code}, {"could_not_look", 2});
                CHECK(ended == (out_lost || (error_lost && code == 0) ? 2 : code));
                if (!error_lost) {
                    CHECK(error.str() ==
                          (out_lost ? "standard output: could not be written (closed, or the disk "
                                      "is full)\nmetricgate: could_not_look (exit 2)\n"
                                    : "metricgate: found (exit " + std::to_string(code) + ")\n"));
                }
            }
        }
    }
}

TEST_CASE("a command line with mistakes leaves no earlier report where it asked for one", "[cli]") {
    using Words = std::vector<std::string>;
    for (const Words& words :
         {Words{"check", "--report", "json=report.json", "--nonsense"},
          Words{"check", "--report=json=report.json", "--nonsense"},
          Words{"chek", "--report", "nonsense=report.json"},
          Words{"check", "--threads", "many", "--report", "text=./report.json"}}) {
        CAPTURE(words);
        CHECK(left_by(words, old_report).empty());
        CHECK(left_by(words, "somebody's own").size() > 1);
    }
    for (const Words& words :
         {Words{"check", "--nonsense", "report.json"},
          Words{"check", "--reports", "json=report.json"},
          Words{"check", "--", "--report", "json=report.json"}, Words{"check", "--report"},
          Words{"check", "--report", "json"}, Words{"check", "--report", "json="}, Words{}}) {
        CAPTURE(words);
        CHECK(left_by(words, old_report) == "/repo/report.json");
    }
}

TEST_CASE("a conversion with mistakes leaves no earlier one where it was to write", "[cli]") {
    using Words = std::vector<std::string>;
    const std::string converted = "{\n  \"schema\": \"metricgate.metrics/1\"\n}\n";
    for (const Words& words : {Words{"convert", "a.csv", "-o", "report.json", "--nonsense"},
                               Words{"convert", "a.csv", "--nonsense", "-oreport.json"},
                               Words{"convert", "--output=report.json", "--nonsense"},
                               Words{"convert", "--nonsense", "--output", "./report.json"}}) {
        CAPTURE(words);
        CHECK(left_by(words, converted).empty());
        CHECK(left_by(words, "somebody's own").size() > 1);
        CHECK(left_by(words, old_report).size() > 1);
    }
    for (const Words& words :
         {Words{"convert", "report.json", "--nonsense"}, Words{"check", "-o", "report.json"},
          Words{"convert", "-o"}, Words{"convert", "--", "-o", "report.json"}}) {
        CAPTURE(words);
        CHECK(left_by(words, converted).size() > 1);
    }
}
