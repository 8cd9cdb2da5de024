// A store of JSON lines: what is read whole is written again as the same, and a cut file never is.
#include <cmath>

#include "fuzz/target.h"
#include "history/jsonl_line.h"

namespace metricgate::fuzz {

namespace {

constexpr std::string_view full =
    R"({"schema":"metricgate.history/1","metric":"val/acc","value":0.95,"stderr":0.01,"n":1200,)"
    R"("unit":"ratio","step":3,"time":"2026-03-01T12:00:00Z",)"
    R"("commit":"0123456789abcdef0123456789abcdef01234567","data_digest":"d",)"
    R"("metadata":{"run":"a\"b","model_version":"v7"},"call":2})";
constexpr std::string_view least =
    R"({"schema":"metricgate.history/1","metric":"a","value":-1e-300,"time":"2026-03-01","call":1})";

void check_line(const history::StoredLine& line) {
    require(std::isfinite(line.point.value.value), "a stored value is finite", line.metric);
    require(line.point.time.has_value() && line.call > 0, "a point has a time and a call",
            line.metric);
    history::NewPoint again{line.metric, line.unit, line.point};
    const std::string text = history::line_of(again, line.call);
    const auto read = history::read_lines(text, "again");
    require(read.ok() && read->size() == 1, "a written line is read", text);
    require(read->front().metric == line.metric && read->front().call == line.call &&
                read->front().point.value.value == line.point.value.value &&
                read->front().point.time == line.point.time &&
                read->front().point.step == line.point.step &&
                read->front().point.metadata == line.point.metadata,
            "a written line reads back as the same", text);
}

}  // namespace

std::vector<Seed> seeds() {
    return {{"full", std::string(full) + "\n"},
            {"least", std::string(least) + "\n"},
            {"two lines", std::string(full) + "\n" + std::string(least) + "\r\n"},
            {"doubled", std::string(full) + "\n" + std::string(full) + "\n"},
            {"a conflict", "<<<<<<< ours\n" + std::string(full) + "\n=======\n"},
            {"cut", std::string(full) + "\n" + std::string(least.substr(0, 50))}};
}

}  // namespace metricgate::fuzz

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    using namespace metricgate;
    const std::string_view text = fuzz::text_of(data, size);
    const auto lines = history::read_lines(text, "fuzzed");
    if (lines.ok()) {
        fuzz::require(text.empty() || text.ends_with('\n'), "a cut file is refused", text);
        for (const history::StoredLine& line : *lines) {
            fuzz::check_line(line);
        }
    }
    return 0;
}
