#include "sources/unread_parts.h"

#include <string_view>

namespace metricgate::sources {

namespace {

using support::JsonSkip;
using Path = std::vector<std::string_view>;

/// Keys of a sample of inspect_ai; `inspect_samples.cpp` reads the others.
const std::vector<Path>& parts_of_sample() {
    static const std::vector<Path> parts = {
        {"messages"},      {"output"},    {"events"},
        {"events_data"},   {"timelines"}, {"store"},
        {"attachments"},   {"choices"},   {"model_usage"},
        {"role_usage"},    {"files"},     {"setup"},
        {"error_retries"}, {"sandbox"},   {"scores", "*", "!value"}};
    return parts;
}

std::vector<JsonSkip> skips_of_logs() {
    std::vector<JsonSkip> skips = {// inspect_ai
                                   {{"plan"}},
                                   {{"stats", "model_usage"}},
                                   {{"reductions"}},
                                   // lm-evaluation-harness: a list of samples by task
                                   {{"samples", "*"}},
                                   {{"configs"}},
                                   // promptfoo
                                   {{"results", "results", "[]", "response", "!cached"}},
                                   {{"results", "results", "[]", "gradingResult"}},
                                   {{"results", "results", "[]", "tokenUsage"}},
                                   {{"results", "results", "[]", "metadata"}},
                                   {{"results", "results", "[]", "prompt", "!label"}},
                                   {{"results", "results", "[]", "testCase", "options"}},
                                   {{"results", "prompts"}},
                                   {{"results", "table"}},
                                   {{"config", "tests"}},
                                   {{"config", "prompts"}},
                                   {{"config", "scenarios"}},
                                   {{"traces"}},
                                   // Evidently: points of plots and raw data
                                   {{"metrics", "[]", "value"}, true},
                                   {{"metrics", "[]", "result"}, true},
                                   // AlpacaEval
                                   {{"[]", "output_1"}},
                                   {{"[]", "output_2"}},
                                   {{"[]", "raw_completion"}}};
    for (const Path& part : parts_of_sample()) {
        Path path = {"samples", "[]"};
        path.insert(path.end(), part.begin(), part.end());
        skips.push_back({std::move(path)});
    }
    return skips;
}

}  // namespace

const std::vector<JsonSkip>& unread_of_logs() {
    static const std::vector<JsonSkip> skips = skips_of_logs();
    return skips;
}

const std::vector<JsonSkip>& unread_of_sample() {
    static const std::vector<JsonSkip> skips = [] {
        std::vector<JsonSkip> made;
        for (const Path& part : parts_of_sample()) {
            made.push_back({part});
        }
        return made;
    }();
    return skips;
}

support::Result<const support::Node*> log_json(const Document& document) {
    const support::Node* root = document.json();
    return root != nullptr ? support::Result<const support::Node*>(root) : document.require_json();
}

}  // namespace metricgate::sources
