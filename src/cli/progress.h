#pragma once

#include <functional>
#include <string>

#include "cli/run.h"

namespace metricgate::cli {

/// Told what a run is doing right now; empty: nobody listens.
using Progress = std::function<void(const std::string&)>;

/// The line of standard error that says what is being done. Only on a terminal, so that logs and
/// tests never see it; each word replaces the last, and nothing of it stays.
class ProgressLine {
public:
    explicit ProgressLine(const Streams& streams) : m_streams(streams) {}
    ~ProgressLine() { clear(); }
    ProgressLine(const ProgressLine&) = delete;
    ProgressLine& operator=(const ProgressLine&) = delete;

    void show(const std::string& text);
    void clear();

    /// Nothing when standard error is no terminal.
    Progress listener();

private:
    const Streams& m_streams;
    bool m_shown = false;
};

}  // namespace metricgate::cli
