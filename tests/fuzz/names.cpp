#include "fuzz/names.h"

#include <nlohmann/json.hpp>

#include "fuzz/frames.h"
#include "support/sample_results.h"

namespace metricgate::fuzz {

std::vector<Seed> hostile_names() {
    std::vector<Seed> found;
    for (const std::string& name : tests::hostile_names()) {
        found.push_back({name, name, 16});
    }
    for (const Frame& file : files_below("tests/data/hostile/third_party/blns")) {
        const auto strings = nlohmann::json::parse(file.content, nullptr, false);
        for (const auto& each : strings.is_array() ? strings : nlohmann::json::array()) {
            if (each.is_string()) {
                found.push_back({"naughty string", each.get<std::string>(), 0});
            }
        }
    }
    return found;
}

}  // namespace metricgate::fuzz
