#pragma once

#include <fstream>
#include <iterator>
#include <string>

#include "evidence/metric_file.h"
#include "reading.h"
#include "sources/document.h"
#include "sources/pairing.h"
#include "sources/recording.h"
#include "support/paths.h"

namespace reading {

/// A file of tests/data/llm_tools.
inline std::string llm_file(const std::string& name) {
    std::ifstream stream(metricgate::test::data_folder() + "/data/llm_tools/" + name,
                         std::ios::binary);
    REQUIRE(stream.good());
    return {std::istreambuf_iterator<char>(stream), std::istreambuf_iterator<char>()};
}

inline metricgate::sources::Document document(std::string content,
                                              const std::string& name = "log.json") {
    return {metricgate::support::Bytes::of(std::move(content)), name};
}

/// The one run of a recording.
inline metricgate::sources::Run run_of(
    const metricgate::support::Result<metricgate::sources::Recording>& recording) {
    REQUIRE(problems_of(recording) == "");
    REQUIRE(recording->runs.size() == 1);
    return recording->runs.front();
}

inline const metricgate::evidence::Entry& entry(const metricgate::sources::Run& run,
                                                const std::string& name) {
    for (const auto& each : run.entries) {
        if (each.name == name) {
            return each;
        }
    }
    FAIL("there is no entry '" + name + "'");
    throw 0;
}

inline const metricgate::evidence::Scalar& scalar(const metricgate::sources::Run& run,
                                                  const std::string& name) {
    return std::get<metricgate::evidence::Scalar>(entry(run, name).evidence);
}

inline Texts names_of(const metricgate::sources::Run& run) {
    Texts names;
    for (const auto& each : run.entries) {
        names.push_back(each.name);
    }
    return names;
}

/// What pairing two tables by their `id` says against comparing them.
inline std::string incomparable(metricgate::evidence::Table baseline,
                                metricgate::evidence::Table candidate) {
    metricgate::sources::Roles roles;
    roles.id = "id";
    const auto paired =
        metricgate::sources::pair(std::move(baseline), std::move(candidate), roles, {});
    CHECK(paired.problem == "");
    return paired.incomparable;
}

/// `text` with `from` replaced by `to` wherever it stands; at least once.
inline std::string replaced(std::string text, const std::string& from, const std::string& to) {
    std::size_t at = text.find(from);
    REQUIRE(at != std::string::npos);
    for (; at != std::string::npos; at = text.find(from, at + to.size())) {
        text.replace(at, from.size(), to);
    }
    return text;
}

}  // namespace reading
