#include "sources/watchdog.h"

#include <algorithm>
#include <utility>

#include <pthread.h>
#include <unistd.h>

#include "support/doomed_files.h"
#include "support/text.h"

namespace metricgate::sources::git {

namespace {

/// Looks a limit. A look is counted and not the time, so that a process that was stopped for a
/// while is not ended when it goes on.
constexpr int looks = 30;

}  // namespace

Watchdog::Watch::Watch(Watchdog& watchdog, std::string what, Counts counts)
    : m_watchdog(watchdog), m_what(std::move(what)), m_counts(counts) {
    m_has_clock = ::pthread_getcpuclockid(::pthread_self(), &m_clock) == 0;
    const std::lock_guard lock(m_watchdog.m_mutex);
    m_place = m_watchdog.m_watches.insert(m_watchdog.m_watches.end(), this);
}

Watchdog::Watch::~Watch() {
    const std::lock_guard lock(m_watchdog.m_mutex);
    m_watchdog.m_watches.erase(m_place);
}

Watchdog::Watchdog(std::chrono::milliseconds limit)
    : m_limit(limit), m_thread([this] {
          std::unique_lock lock(m_mutex);
          while (!m_changed.wait_for(lock, m_limit / looks, [this] { return m_done; })) {
              look();
          }
      }) {}

Watchdog::~Watchdog() {
    {
        const std::lock_guard lock(m_mutex);
        m_done = true;
    }
    m_changed.notify_one();
    m_thread.join();
}

void Watchdog::look() {
    for (Watch* watch : m_watches) {
        timespec worked{};
        if (watch->m_has_clock && ::clock_gettime(watch->m_clock, &worked) == 0 &&
            (worked.tv_sec != watch->m_worked.tv_sec ||
             worked.tv_nsec != watch->m_worked.tv_nsec)) {
            watch->m_worked = worked;
            watch->m_ticks = watch->m_counts == Counts::waiting ? 0 : watch->m_ticks;
            watch->m_works = watch->m_ticks > looks / 2;
        }
        if (++watch->m_ticks > looks) {
            end(*watch);
        }
    }
}

void Watchdog::end(const Watch& watch) const {
    // git itself, and `git fsck`, follow deltas in a circle for ever, too.
    const std::string text =
        "git: " + support::visible(watch.m_what) +
        (watch.m_counts == Counts::all_time ? " took" : " has been waiting for") + " more than " +
        support::count_of(static_cast<std::size_t>(m_limit / std::chrono::seconds(1)), "second",
                          "seconds") +
        (watch.m_works
             ? ", working all the time; look for damage with `git verify-pack "
               ".git/objects/pack/*.idx`"
             : "; look for a pipe among the files of .git and those that its config includes, or "
               "for a disk that does not answer") +
        "\nmetricgate: could_not_judge (exit 2)\n";
    support::remove_doomed_files();
    // The other thread does not come back, so nothing can be tidied up.
    static_cast<void>(!::write(STDERR_FILENO, text.data(), text.size()));
    ::_exit(2);
}

}  // namespace metricgate::sources::git
