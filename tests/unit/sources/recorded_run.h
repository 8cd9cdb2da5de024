#pragma once

#include <algorithm>
#include <fstream>
#include <iterator>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "reading.h"
#include "sources/document.h"
#include "sources/recording.h"
#include "sources/table_reader.h"
#include "support/paths.h"

/// For tests of formats of logs: bytes in, what was recorded out.
namespace recorded {

using metricgate::evidence::Conditions;
using metricgate::evidence::Entry;
using metricgate::evidence::Samples;
using metricgate::evidence::Scalar;
using metricgate::sources::Document;
using metricgate::sources::MetricFormat;
using metricgate::sources::Recording;
using metricgate::sources::Run;
using metricgate::sources::Series;
using metricgate::support::NumberKind;
using metricgate::support::Result;
using reading::has;
using reading::problems_of;
using reading::Texts;
using Numbers = std::vector<double>;

inline std::string data(const std::string& path) {
    std::ifstream file(metricgate::test::data_folder() + "/data/" + path, std::ios::binary);
    REQUIRE(file);
    return {std::istreambuf_iterator<char>(file), {}};
}

inline Document document(std::string_view text) {
    return {reading::bytes(text), "log"};
}

inline Document folder(std::map<std::string, std::string> files) {
    return {metricgate::sources::tree_of(std::move(files)), "log"};
}

inline const MetricFormat& format(std::string_view name) {
    for (const MetricFormat& known : metricgate::sources::metric_formats()) {
        if (known.name == name) {
            return known;
        }
    }
    FAIL("no format is called " << name);
    return metricgate::sources::metric_formats().front();
}

/// The names of the formats that call a document their own.
inline Texts recognised(const Document& document) {
    Texts names;
    for (const MetricFormat& known : metricgate::sources::metric_formats()) {
        if (known.recognises != nullptr && known.recognises(document)) {
            names.push_back(std::string(known.name));
        }
    }
    return names;
}

inline Result<Recording> read(std::string_view name, const Document& document) {
    return format(name).read(document);
}

inline Result<Recording> read(std::string_view name, std::string_view text) {
    return read(name, document(text));
}

/// The one run of a document that a format recognises and reads.
inline Run run(std::string_view name, const Document& document) {
    CHECK(recognised(document) == Texts{std::string(name)});
    const auto recording = read(name, document);
    REQUIRE(problems_of(recording) == "");
    REQUIRE(recording->runs.size() == 1);
    return recording->runs.front();
}

inline Run run(std::string_view name, std::string_view text) {
    return run(name, document(text));
}

inline Texts names(const Run& run) {
    Texts result;
    for (const Entry& entry : run.entries) {
        result.push_back(entry.name);
    }
    return result;
}

inline const Entry& entry(const Run& run, std::string_view name) {
    const auto found = std::find_if(run.entries.begin(), run.entries.end(),
                                    [&](const Entry& one) { return one.name == name; });
    INFO(name);
    REQUIRE(found != run.entries.end());
    return *found;
}

inline const Scalar& scalar(const Run& run, std::string_view name) {
    return std::get<Scalar>(entry(run, name).evidence);
}

inline double value(const Run& run, std::string_view name) {
    const Entry& found = entry(run, name);
    REQUIRE_FALSE(found.flaw);
    REQUIRE(scalar(run, name).value.kind == NumberKind::finite);
    return scalar(run, name).value.value;
}

inline Numbers samples(const Run& run, std::string_view name) {
    const Entry& found = entry(run, name);
    REQUIRE_FALSE(found.flaw);
    return std::get<Samples>(found.evidence).values;
}

/// What a check that uses an entry has to say; empty when nothing.
inline std::string flaw(const Run& run, std::string_view name) {
    const Entry& found = entry(run, name);
    return found.flaw ? metricgate::support::describe(*found.flaw) : "";
}

inline const Series& series(const Run& run, std::string_view name) {
    const auto found = std::find_if(run.series.begin(), run.series.end(),
                                    [&](const Series& one) { return one.name == name; });
    INFO(name);
    REQUIRE(found != run.series.end());
    return *found;
}

inline std::vector<std::pair<std::int64_t, double>> points(const Run& run, std::string_view name) {
    std::vector<std::pair<std::int64_t, double>> result;
    for (const auto& point : series(run, name).points) {
        result.emplace_back(point.step, point.value.value);
    }
    return result;
}

inline std::string refusal(const Run& run) {
    return run.refused ? metricgate::support::describe(*run.refused) : "";
}

/// `text` with the first `from` replaced.
inline std::string with(std::string text, std::string_view from, std::string_view to) {
    const std::size_t at = text.find(from);
    REQUIRE(at != std::string::npos);
    return text.replace(at, from.size(), to);
}

}  // namespace recorded
