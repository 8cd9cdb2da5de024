#include <algorithm>
#include <cctype>

#include "report/formats.h"

namespace metricgate::report {
namespace {

std::string line(std::string name, const std::string& value) {
    std::transform(name.begin(), name.end(), name.begin(), [](char c) {
        return static_cast<char>(std::toupper(static_cast<unsigned char>(c)));
    });
    return "METRICGATE_" + name + "=" + value + "\n";
}

}  // namespace

/// Every name is there in every run, zeros too, so that a script that asks for one never meets an
/// unset variable. No text of an input is written: a value is a word of ours or a number.
std::string render_dotenv(const verdict::GateResult& result, const Style& /*style*/) {
    using verdict::Status;
    std::string text = line("verdict", verdict::name(result.verdict)) +
                       line("exit_code", std::to_string(result.exit_code)) +
                       line("declared", std::to_string(result.counts.declared)) +
                       line("evaluated", std::to_string(result.counts.evaluated));
    for (int status = 0; status <= static_cast<int>(Status::error); ++status) {
        const char* name = verdict::name(static_cast<Status>(status));
        const auto count = result.counts.by_status.find(name);
        text +=
            line(name, std::to_string(count == result.counts.by_status.end() ? 0 : count->second));
    }
    return text;
}

}  // namespace metricgate::report
