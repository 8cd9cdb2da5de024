#pragma once

#include <fstream>
#include <iterator>
#include <string>
#include <string_view>

#include "reading.h"
#include "sources/recording.h"
#include "support/paths.h"

namespace reading {

using metricgate::sources::Document;
using metricgate::sources::Recording;
using metricgate::sources::Run;
using metricgate::support::Result;

/// A file of tests/data.
inline std::string data_file(const std::string& name) {
    std::ifstream file(metricgate::test::data_folder() + "/data/" + name, std::ios::binary);
    REQUIRE(file.good());
    return {std::istreambuf_iterator<char>(file), std::istreambuf_iterator<char>()};
}

inline Document document(std::string_view content) {
    return document(content, "file");
}

/// A number as tests compare it.
inline std::string shown(const metricgate::support::ParsedNumber& number) {
    using metricgate::support::NumberKind;
    switch (number.kind) {
        case NumberKind::finite:
            return metricgate::support::format_exact(number.value);
        case NumberKind::not_a_number:
            return "nan";
        case NumberKind::positive_infinity:
            return "inf";
        case NumberKind::negative_infinity:
            return "-inf";
        case NumberKind::malformed:
            return "malformed";
        case NumberKind::out_of_range:
            return "out of range";
    }
    return "";
}

/// The run of that id or name; the only one for an empty text.
inline const Run& run_called(const Result<Recording>& recording, std::string_view name) {
    REQUIRE(problems_of(recording) == "");
    for (const Run& run : recording->runs) {
        if (run.id == name || run.name == name || name.empty()) {
            return run;
        }
    }
    FAIL("no run " << name);
    return recording->runs.front();
}

/// "1:0.5 2:0.7": steps and values; "none" when there is no such series.
inline std::string points_of(const Run& run, std::string_view name) {
    for (const auto& series : run.series) {
        if (series.name == name) {
            std::string text;
            for (const auto& point : series.points) {
                text += (text.empty() ? "" : " ") + std::to_string(point.step) + ":" +
                        shown(point.value);
            }
            return text;
        }
    }
    return "none";
}

/// The value of an entry, or "flaw: " and what is wrong with it; "none" when there is no such
/// entry.
inline std::string value_of_entry(const Run& run, std::string_view name) {
    for (const auto& entry : run.entries) {
        if (entry.name == name) {
            return entry.flaw ? "flaw: " + describe(*entry.flaw)
                              : shown(std::get<metricgate::evidence::Scalar>(entry.evidence).value);
        }
    }
    return "none";
}

inline const metricgate::evidence::Entry& entry_called(const Run& run, std::string_view name) {
    for (const auto& entry : run.entries) {
        if (entry.name == name) {
            return entry;
        }
    }
    FAIL("no entry " << name);
    return run.entries.front();
}

inline std::string notes_of(const Run& run) {
    std::string text;
    for (const std::string& note : run.notes) {
        text += note + "\n";
    }
    return text;
}

}  // namespace reading
