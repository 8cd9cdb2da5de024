// The whole gate in memory. An input is the files of a golden case: `args` with the command line, a
// policy, evidence. Whatever a stranger puts into them, the run ends with a code of ours, and only
// a run that judged may end well.
#include <map>
#include <sstream>

#include <nlohmann/json.hpp>

#include "cli/run.h"
#include "fuzz/corpora.h"
#include "fuzz/frames.h"
#include "fuzz/gate_runs.h"
#include "fuzz/target.h"

namespace metricgate::fuzz {

namespace {

using Json = nlohmann::json;
using Files = std::map<std::string, std::string>;

constexpr const char* report_path = "fuzz-report.json";

/// Words between blanks; quotes hold some together.
std::vector<std::string> words_of(std::string_view line) {
    std::vector<std::string> words;
    bool open = false;
    char quote = '\0';
    for (const char byte : line.substr(0, line.find(" #"))) {
        if (byte == quote) {
            quote = '\0';
        } else if (quote == '\0' && (byte == '\'' || byte == '"')) {
            quote = byte;
            open = open || (words.emplace_back(), true);
        } else if (quote == '\0' && (byte == ' ' || byte == '\n')) {
            open = false;
        } else {
            open = open || (words.emplace_back(), true);
            words.back() += byte;
        }
    }
    return words;
}

/// Commands that look at the machine, addresses of servers and commits, and threads are for other
/// tests.
bool stays_in_memory(const std::vector<std::string>& arguments) {
    const std::string command = arguments.empty() ? "" : arguments.front();
    const bool known = command == "check" || command == "validate" || command == "explain" ||
                       command == "convert" || command == "waivers" || command == "power";
    return known && std::none_of(arguments.begin(), arguments.end(), [](const std::string& word) {
               return word.find("mlflow:") != std::string::npos ||
                      word.find("prometheus:") != std::string::npos ||
                      word.find("git:") != std::string::npos || word.starts_with("--t") ||
                      word.starts_with("--baseline-") || word.starts_with("--policy-");
           });
}

/// A row that passed has what it was judged by.
void check_row(const Json& row) {
    const std::string status = row.at("status");
    require(row.at("evaluated").get<bool>() || !row.at("reason").get<std::string>().empty(),
            "a row is evaluated or explained", row.dump());
    if (status == "pass") {
        require(row.at("candidate").is_number(), "what passes has a value", row.dump());
        const Json& rule = row.at("rule");
        const bool compared = !rule.at("margin").is_null() || !rule.at("max_gain").is_null();
        require(!compared || row.at("baseline").is_number() || row.at("delta").is_number(),
                "what passes a comparison was compared", row.dump());
    }
}

void check_pass(const Json& report) {
    const Json& counts = report.at("counts");
    require(counts.at("declared").get<std::size_t>() > 0, "a check is declared");
    require(counts.at("declared") == counts.at("evaluated"), "all checks are judged or explained");
    require(!report.at("checks").empty(), "a row is there");
    require(report.at("verdict") == "pass", "exit 0 is the code of a pass", report.dump());
    bool decided = false;
    for (const Json& row : report.at("checks")) {
        check_row(row);
        decided = decided || (row.at("level") == "block" &&
                              (row.at("status") == "pass" || row.at("status") == "waived" ||
                               row.at("status") == "no_baseline"));
    }
    require(decided, "a blocking check decided", report.dump());
}

void check_report(const Files& files, int code) {
    const auto written = files.find(std::string("/repo/") + report_path);
    require(written != files.end() || code != 0, "a pass has its report");
    if (written == files.end()) {
        return;
    }
    const Json report = Json::parse(written->second, nullptr, false);
    // JSON has no word for what is not finite, so that such a number would be no JSON, or null,
    // which a row that passes must not have.
    require(!report.is_discarded(), "a report is JSON", written->second);
    if (code == 0) {
        check_pass(report);
    }
}

}  // namespace

bool is_evaluation(std::string_view input) {
    for (const Frame& frame : frames_of(input)) {
        if (frame.name == "args") {
            const auto arguments = words_of(frame.content);
            return stays_in_memory(arguments) && arguments.front() == "check";
        }
    }
    return false;
}

std::vector<Seed> seeds() {
    std::vector<Seed> found;
    for (const char* folder : {"tests/cases", "tests/gates"}) {
        std::map<std::string, std::vector<Frame>> cases;
        for (Frame& file : files_below(folder)) {
            const std::size_t first = file.name.find('/');
            const std::size_t second = file.name.find('/', first + 1);
            const bool nested = std::string_view(folder) == "tests/cases";
            const std::size_t end = nested ? second : first;
            if (end != std::string::npos) {
                cases[file.name.substr(0, end)].push_back(
                    {file.name.substr(end + 1), std::move(file.content)});
            }
        }
        for (const auto& [name, files] : cases) {
            std::string input = framed(files);
            if (input.size() <= (std::size_t{64} << 10)) {
                found.push_back({folder + ("/" + name), std::move(input), 2});
            }
        }
    }
    // Files that only look like evidence or like a policy.
    for (const Seed& hostile : hostile_files()) {
        const std::string name = hostile.name.substr(hostile.name.rfind('/') + 1);
        const std::string policy =
            "version: 1\nchecks:\n- {id: a, metric: accuracy, margin: {abs: 0.01}}\n";
        found.push_back({"candidate: " + hostile.name,
                         framed({{"args", "check " + name + " --baseline b.json -p p.yaml"},
                                 {name, hostile.bytes},
                                 {"b.json", "{\"accuracy\": 0.9}"},
                                 {"p.yaml", policy}}),
                         0});
        found.push_back({"policy: " + hostile.name,
                         framed({{"args", "check a.json --baseline b.json -p p.yaml"},
                                 {"a.json", "{\"accuracy\": 0.9}"},
                                 {"b.json", "{\"accuracy\": 0.9}"},
                                 {"p.yaml", hostile.bytes}}),
                         0});
    }
    return found;
}

}  // namespace metricgate::fuzz

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    using namespace metricgate;
    fuzz::Files files;
    for (fuzz::Frame& frame : fuzz::frames_of(fuzz::text_of(data, size))) {
        files[frame.name] = std::move(frame.content);
    }
    std::vector<std::string> arguments = fuzz::words_of(files["args"]);
    if (!fuzz::stays_in_memory(arguments)) {
        return 0;
    }
    const bool judges = arguments.front() == "check";
    if (judges) {
        arguments.insert(arguments.end(), {"--report", std::string("json=") + fuzz::report_path});
    }
    const auto memory = support::in_memory(files);
    std::ostringstream out;
    std::ostringstream error;
    const int code =
        cli::run(arguments, {out, error},
                 {*memory, {}, policy::Date{.year = 2026, .month = 7, .day = 1}, nullptr});
    fuzz::require(code == 0 || code == 1 || code == 2 || code == 3, "the code is one of a verdict",
                  error.str());
    const bool excused =
        std::find(arguments.begin(), arguments.end(), "--no-fail") != arguments.end() ||
        std::find(arguments.begin(), arguments.end(), "--help") != arguments.end();
    fuzz::require(!error.str().empty() || !judges || excused, "the run says how it ended");
    if (judges && !excused) {
        fuzz::check_report(files, code);
    }
    return 0;
}
