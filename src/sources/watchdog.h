#pragma once

#include <condition_variable>
#include <mutex>
#include <string>
#include <thread>

namespace metricgate::sources::git {

/// While it lives, a call into libgit2 may take thirty seconds; then the process ends with exit 2,
/// saying what it waited for. libgit2 opens whatever a repository's configuration includes, waits
/// for ever where that is a pipe, and cannot be told to stop.
class Watchdog {
public:
    /// `waiting_for`: "opening the git repository /repo".
    explicit Watchdog(const std::string& waiting_for);
    ~Watchdog();
    Watchdog(const Watchdog&) = delete;
    Watchdog& operator=(const Watchdog&) = delete;
    Watchdog(Watchdog&&) = delete;
    Watchdog& operator=(Watchdog&&) = delete;

private:
    std::string m_text;
    bool m_done = false;
    std::mutex m_mutex;
    std::condition_variable m_changed;
    std::thread m_thread;
};

}  // namespace metricgate::sources::git
