// The small languages of the command line and of policies: revisions, SPECs, addresses of trackers,
// step rules, days, globs.
#include <algorithm>

#include "cli/arguments.h"
#include "fuzz/problems.h"
#include "fuzz/target.h"
#include "policy/policy.h"
#include "sources/mlflow_address.h"
#include "sources/prometheus_address.h"
#include "sources/revision.h"
#include "sources/selection.h"
#include "support/text.h"

namespace metricgate::fuzz {

namespace {

void check_revision(const std::string& text) {
    const auto revision = sources::parse_revision(text);
    check_problems(revision);
    if (!revision.ok()) {
        return;
    }
    const std::string& base = revision->base;
    require(!base.empty() && base.front() != '-', "a revision has a base, which is no option",
            text);
    require(base.find("..") == std::string::npos && base.find("@{") == std::string::npos &&
                base.find_first_of(" :^~?*[\\\x7f") == std::string::npos &&
                std::none_of(base.begin(), base.end(),
                             [](char c) { return static_cast<unsigned char>(c) < 0x20; }),
            "a base is a name and nothing that git interprets", text);
    require(!revision->is_full_id || base.size() == 40, "a whole id has 40 digits", text);
}

void check_spec(const std::string& text) {
    const auto spec = cli::parse_spec(text);
    check_problems(spec);
    require(!spec.ok() || !spec->path.empty(), "a SPEC has a path", text);
}

void check_day(const std::string& text) {
    const auto day = policy::parse_date(text);
    if (day) {
        require(policy::to_text(*day) == text, "a day is written as it was read", text);
        require(policy::later(policy::later(*day, 400), -400) == *day, "days can be counted", text);
    }
}

}  // namespace

std::vector<Seed> seeds() {
    std::vector<Seed> found;
    for (const char* text :
         {"HEAD~2^1", "refs/remotes/origin/main", "0123456789abcdef0123456789abcdef01234567",
          "eval=git:main:eval/predictions.csv", "mlflow:models/classifier@champion", "2026-12-31",
          "experiments/NAME?filter=tags.stage = 'prod' and tags.owner != 'a'", "runs/abc",
          "models/NAME/12", "[range=1h30m,step=500ms,at=1700000000]rate(x[5m])", "step=12",
          "mean=5", "best", "*/accuracy?", "HEAD@{1 year ago}", ":/text", "--upload-pack=x"}) {
        found.push_back({text, text});
    }
    return found;
}

}  // namespace metricgate::fuzz

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    using namespace metricgate;
    const std::string text(fuzz::text_of(data, size));
    fuzz::check_revision(text);
    fuzz::check_spec(text);
    fuzz::check_day(text);
    const auto address = sources::parse_mlflow_address(text);
    fuzz::check_problems(address);
    if (address.ok() && !address->filter.empty()) {
        fuzz::require(!sources::mlflow_filter(address->filter).empty(), "a filter is said", text);
    }
    const auto query = sources::parse_prometheus_address(text);
    fuzz::check_problems(query);
    fuzz::require(!query.ok() || (query->range_seconds >= 0 && query->step_seconds >= 0),
                  "times are no less than 0", text);
    const auto rule = sources::parse_step_rule(text);
    fuzz::require(!rule || rule->take != sources::StepRule::Take::mean_of_last || rule->count > 0,
                  "a mean is of something", text);
    const std::size_t half = size / 2;
    static_cast<void>(support::matches_glob(text.substr(0, half), text.substr(half)));
    fuzz::require(support::matches_glob("*", text), "the star matches all", text);
    return 0;
}
