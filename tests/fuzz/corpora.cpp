#include "fuzz/corpora.h"

#include <algorithm>
#include <set>
#include <utility>

#include "fuzz/frames.h"

namespace metricgate::fuzz {

namespace {

constexpr std::size_t longest = std::size_t{64} << 10;

}  // namespace

std::vector<Seed> files_ending(const std::vector<std::string>& folders,
                               const std::vector<std::string>& endings, std::size_t cuts) {
    std::vector<Seed> found;
    std::set<std::string> known;
    for (const std::string& folder : folders) {
        for (const Frame& file : files_below("tests/" + folder)) {
            const bool wanted =
                std::any_of(endings.begin(), endings.end(),
                            [&](const std::string& ending) { return file.name.ends_with(ending); });
            std::string content = file.content.substr(0, longest);
            if (wanted && known.insert(content).second) {
                found.push_back({folder + "/" + file.name, std::move(content), cuts});
            }
        }
    }
    return found;
}

std::vector<Seed> hostile_files() {
    return files_ending({"data/hostile/third_party"}, {""}, 0);
}

}  // namespace metricgate::fuzz
