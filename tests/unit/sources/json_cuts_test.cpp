#include "cut_everywhere.h"
#include "recorded_run.h"

using namespace recorded;

TEST_CASE("no beginning of a benchmark's JSON file is read", "[sources]") {
    const std::vector<std::pair<std::string, std::string>> files = {
        {"google_benchmark", "google_benchmark_aggregates.json"},
        {"pytest_benchmark", "pytest_benchmark_rounds.json"},
        {"pyperf", "pyperf.json"},
        {"hyperfine", "hyperfine.json"},
        {"k6_summary", "k6_summary_export.json"},
    };
    for (const auto& [name, file] : files) {
        INFO(file);
        std::string whole = data("benchmark_tools/" + file);
        whole.resize(whole.find_last_not_of(" \r\n") + 1);
        REQUIRE(read(name, whole).ok());
        CHECK(reading::accepted_cuts(whole, [format_name = name](const std::string& text) {
                  return read(format_name, text).ok();
              }).empty());
    }
}
