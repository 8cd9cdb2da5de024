#pragma once

#include <time.h>

#include <chrono>
#include <condition_variable>
#include <list>
#include <memory>
#include <mutex>
#include <string>
#include <thread>

namespace metricgate::sources::git {

/// Ends the process with exit 2, saying what was waited for, when a call into libgit2 does not
/// return. libgit2 opens whatever a repository's configuration includes, and whatever stands where
/// an object or a reference belongs; it waits for ever where that is a pipe, works for ever where
/// deltas go in a circle, and cannot be told to stop. Reports that an earlier run left go away
/// first (support::remove_doomed_files).
class Watchdog {
public:
    /// What counts against the limit: all the time of a call, for what is quick in every
    /// repository; or the time in which its thread gets no work done, for what takes as long as
    /// there are bytes or commits to read.
    enum class Counts { all_time, waiting };

    /// One call that is being watched, made in the thread that calls.
    class Watch {
    public:
        ~Watch();
        Watch(const Watch&) = delete;
        Watch& operator=(const Watch&) = delete;
        Watch(Watch&&) = delete;
        Watch& operator=(Watch&&) = delete;

    private:
        friend class Watchdog;
        Watch(Watchdog& watchdog, std::string what, Counts counts);

        Watchdog& m_watchdog;
        std::string m_what;
        Counts m_counts;
        clockid_t m_clock{};  ///< of the processor time of the thread
        timespec m_worked{};  ///< how much it had when it was looked at last
        bool m_has_clock = false;
        bool m_works = false;  ///< later than at its beginning
        int m_ticks = 0;       ///< for how many looks it has been waiting
        std::list<Watch*>::iterator m_place;
    };

    explicit Watchdog(std::chrono::milliseconds limit);
    ~Watchdog();
    Watchdog(const Watchdog&) = delete;
    Watchdog& operator=(const Watchdog&) = delete;
    Watchdog(Watchdog&&) = delete;
    Watchdog& operator=(Watchdog&&) = delete;

    /// `what`: "opening the git repository /repo". Watches until the answer goes out of scope; from
    /// any thread, and within another one.
    [[nodiscard]] Watch over(std::string what, Counts counts = Counts::all_time) {
        return {*this, std::move(what), counts};
    }

private:
    void look();
    [[noreturn]] void end(const Watch& watch) const;

    std::chrono::milliseconds m_limit;
    bool m_done = false;
    std::mutex m_mutex;
    std::condition_variable m_changed;
    std::list<Watch*> m_watches;
    std::thread m_thread;
};

}  // namespace metricgate::sources::git
