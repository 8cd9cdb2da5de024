#include "cli/find_evidence.h"

#include <algorithm>
#include <array>
#include <filesystem>
#include <string_view>
#include <tuple>

#include "cli/default_gate.h"
#include "metrics/catalog.h"
#include "sources/selection.h"
#include "sources/table_reader.h"

namespace metricgate::cli {
namespace {

constexpr std::array<std::string_view, 8> endings = {".csv",    ".tsv",     ".jsonl", ".csv.gz",
                                                     ".tsv.gz", ".csv.zst", ".json",  ".yaml"};
constexpr std::array<std::string_view, 6> baseline_words = {"baseline", "base",      "main",
                                                            "prod",     "reference", "old"};
/// A file of this many bytes is opened once for its first rows; more would take long for a guess.
constexpr std::size_t largest = std::size_t{256} << 20;
constexpr std::size_t most_opened = 200;

bool may_be_evidence(const std::string& path) {
    const std::string name = std::filesystem::path(path).filename().string();
    const bool hidden = path.front() == '.' || path.find("/.") != std::string::npos;
    return !hidden && std::ranges::any_of(endings, [&](std::string_view ending) {
        return name.size() > ending.size() && name.ends_with(ending);
    });
}

bool has_known_metric(const sources::Document& document) {
    const auto recording = sources::read_metrics(document, "");
    const auto file = recording ? sources::select(*recording, {})
                                : support::Result<evidence::MetricFile>(recording.problems());
    return file && std::ranges::any_of(file->entries, [](const evidence::Entry& entry) {
               return metrics::find(entry.name) != nullptr && !entry.flaw;
           });
}

/// 2: a table of examples that a shipped gate fits, 1: a metric file, 0: neither.
int worth(const std::string& path, Opener& opener) {
    const auto bytes = opener.files().read(path, largest, support::PathTrust::command_line, "");
    if (!bytes) {
        return 0;
    }
    const auto document = sources::open_document(*bytes, path, largest);
    if (!document) {
        return 0;
    }
    if (sources::looks_like_metrics(*document)) {
        return has_known_metric(*document) ? 1 : 0;
    }
    CheckArguments arguments;
    arguments.candidates.push_back({"", "", path});
    return default_gate(arguments, opener) ? 2 : 0;
}

bool is_of_baseline(const std::string& path) {
    for (const auto& part : std::filesystem::path(path).parent_path()) {
        const std::string name = part.string();
        if (std::ranges::find(baseline_words, name) != baseline_words.end()) {
            return true;
        }
    }
    return false;
}

std::string name_of(const std::string& path) {
    return std::filesystem::path(path).filename().string();
}

}  // namespace

std::optional<FoundEvidence> find_evidence(const std::vector<std::string>& files, Opener& opener) {
    struct Candidate {
        std::string path;
        int worth = 0;
        std::ptrdiff_t depth = 0;
    };
    std::vector<Candidate> candidates;
    std::size_t opened = 0;
    for (const std::string& path : files) {
        if (!may_be_evidence(path) || opened == most_opened) {
            continue;
        }
        ++opened;
        const int value = worth(path, opener);
        if (value > 0) {
            candidates.push_back({path, value, std::ranges::count(path, '/')});
        }
    }
    std::ranges::stable_sort(candidates, [](const Candidate& a, const Candidate& b) {
        const bool a_base = is_of_baseline(a.path);
        const bool b_base = is_of_baseline(b.path);
        return std::tuple(-a.worth, a_base, a.depth, a.path) <
               std::tuple(-b.worth, b_base, b.depth, b.path);
    });
    if (candidates.empty()) {
        return std::nullopt;
    }
    FoundEvidence found;
    found.candidate = candidates.front().path;
    for (const Candidate& other : candidates) {
        if (other.path == found.candidate) {
            continue;
        }
        const bool other_side =
            is_of_baseline(other.path) && name_of(other.path) == name_of(found.candidate);
        if (other_side && found.baseline.empty()) {
            found.baseline = other.path;
        } else {
            found.passed.push_back(other.path);
        }
    }
    return found;
}

}  // namespace metricgate::cli
