// What `doctor` reads of a stranger's repository: CI files and CODEOWNERS.
#include "cli/ci_command.h"
#include "cli/ci_lines.h"
#include "cli/code_owners.h"
#include "fuzz/frames.h"
#include "fuzz/target.h"

namespace metricgate::fuzz {

namespace {

void check_ci_file(const std::string& text) {
    for (const cli::CiLine& line : cli::ci_lines(".gitlab-ci.yml", text)) {
        require(line.number > 0, "a line has a number", text);
        const std::size_t end = cli::end_of_program(line.text);
        if (end != std::string::npos) {
            require(end <= line.text.size(), "a program ends on its line", text);
            static_cast<void>(cli::exit_code_behind(line.text, end));
            static_cast<void>(cli::variable_behind(line.text, end));
        }
    }
    static_cast<void>(cli::ci_lines("Jenkinsfile", text));
}

}  // namespace

std::vector<Seed> seeds() {
    std::vector<Seed> found;
    for (const char* folder : {"ci-templates", "tests/cases/doctor"}) {
        for (const Frame& file : files_below(folder)) {
            if (file.name.ends_with("yml") || file.name.ends_with("CODEOWNERS") ||
                file.name.ends_with("Jenkinsfile")) {
                found.push_back({folder + ("/" + file.name), file.content, 32});
            }
        }
    }
    return found;
}

}  // namespace metricgate::fuzz

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    using namespace metricgate;
    const std::string text(fuzz::text_of(data, size));
    fuzz::check_ci_file(text);
    static_cast<void>(cli::has_owner(text, "policies/.metricgate.yaml"));
    return 0;
}
