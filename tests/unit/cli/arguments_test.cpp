#include "cli/arguments.h"

#include "support/catch.h"

using namespace metricgate;
using cli::parse_arguments;
using cli::parse_spec;

namespace {

std::string first_problem(const std::vector<std::string>& arguments) {
    const auto result = parse_arguments(arguments);
    return result ? "" : support::describe(result.problems().front());
}

}  // namespace

TEST_CASE("check reads its candidate, policy and reports", "[cli]") {
    const auto parsed =
        parse_arguments({"check", "new.csv", "--baseline", "old.csv", "-p", "gate.yaml", "--report",
                         "markdown=r.md", "--report", "json", "--strict"});
    REQUIRE(parsed);
    CHECK(parsed->command == cli::Command::check);
    CHECK(parsed->check.candidates == std::vector<cli::Spec>{{"", "", "new.csv"}});
    CHECK(parsed->check.baselines == std::vector<cli::Spec>{{"", "", "old.csv"}});
    CHECK(parsed->check.policy == "gate.yaml");
    REQUIRE(parsed->check.reports.size() == 2);
    CHECK(parsed->check.reports[0].format == "markdown");
    CHECK(parsed->check.reports[0].path == "r.md");
    CHECK(parsed->check.reports[1].path.empty());
    CHECK(parsed->check.strict);
}

TEST_CASE("a spec names an input, a revision and a path", "[cli]") {
    CHECK(*parse_spec("eval=git:main:a/b.csv") == cli::Spec{"eval", "main", "a/b.csv"});
    CHECK(*parse_spec("./a=b.csv") == cli::Spec{"", "", "./a=b.csv"});
    CHECK(*parse_spec("-") == cli::Spec{"", "", "-"});
    CHECK_FALSE(parse_spec(""));
    CHECK_FALSE(parse_spec("eval="));
    CHECK_FALSE(parse_spec("git:main"));
    CHECK_FALSE(parse_spec("git::a.csv"));
    CHECK_FALSE(parse_spec("git:main:"));
    CHECK_FALSE(parse_spec("https://example.org/metrics.json"));
}

TEST_CASE("numbers on the command line go through the one parser", "[cli]") {
    for (const char* bad :
         {"0", "-1", "1.5", "nan", "inf", "1e400", "010", "0x2", " 2", "2 ", "257"}) {
        CAPTURE(bad);
        CHECK_FALSE(parse_arguments({"check", "a", "--threads", bad}));
    }
    CHECK(parse_arguments({"check", "a", "--threads", "2"})->check.threads == 2);
}

TEST_CASE("every mistake of the command line ends in a sentence, not in a code of the parser",
          "[cli]") {
    CHECK(first_problem({"check", "--strct"}).find("--strct") != std::string::npos);
    CHECK(first_problem({"check", "-p", "a", "-p", "b"}).find("command line") == 0);
    CHECK(first_problem({}).find("no command was given") != std::string::npos);
    CHECK(first_problem({"chek"}).find("command line") == 0);
    CHECK(first_problem({"check", "a", "--report", "markdwn"}).find("did you mean 'markdown'") !=
          std::string::npos);
    CHECK(first_problem({"check", "a", "--report", "json="}).find("missing") != std::string::npos);
    CHECK(first_problem({"check", "a", "--metadata", "stage"}).find("KEY=VALUE") !=
          std::string::npos);
}

TEST_CASE("the baseline is given in one way, and one report goes to standard output", "[cli]") {
    CHECK_FALSE(parse_arguments({"check", "a", "--baseline", "b", "--baseline-rev", "main"}));
    CHECK_FALSE(
        parse_arguments({"check", "a", "--baseline-rev", "x", "--baseline-merge-base", "main"}));
    CHECK_FALSE(parse_arguments({"check", "a", "--report", "text", "--report", "json"}));
    CHECK_FALSE(parse_arguments({"check", "a", "--report", "text=r", "--report", "json=r"}));
    for (const char* name :
         {"text", "text=-", "text=/dev/stdout", "text=/dev/fd/1", "text=/proc/self/fd/1"}) {
        CAPTURE(name);
        for (const char* other : {"json", "json=-", "json=/dev/stdout", "json=/dev/fd/1"}) {
            CHECK(first_problem({"check", "a", "--report", name, "--report", other})
                      .ends_with("only one report can go to standard output; write FORMAT=FILE "
                                 "for others"));
        }
        CHECK(parse_arguments({"check", "a", "--report", name, "--report", "json=/dev/fd/2"}));
        CHECK(parse_arguments({"check", "a", "--report", name, "--report", "json=./-"}));
    }
    CHECK_FALSE(parse_arguments(
        {"check", "a", "--report", "text=/dev/stderr", "--report", "json=/proc/self/fd/2"}));
}

TEST_CASE("all mistakes of one command line are reported together", "[cli]") {
    const auto result =
        parse_arguments({"check", "a", "--threads", "x", "--report", "nope", "--metadata", "k"});
    REQUIRE_FALSE(result);
    CHECK(result.problems().size() == 3);
}

TEST_CASE("help and version are answers, not mistakes", "[cli]") {
    CHECK(parse_arguments({"--help"})->command == cli::Command::help);
    CHECK(parse_arguments({"check", "--help"})->help.find("--baseline-rev") != std::string::npos);
    CHECK(parse_arguments({"--version"})->command == cli::Command::version);
}
