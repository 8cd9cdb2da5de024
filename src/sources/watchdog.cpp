#include "sources/watchdog.h"

#include <chrono>

#include <unistd.h>

#include "support/text.h"

namespace metricgate::sources::git {

namespace {

constexpr std::chrono::seconds limit{30};

}  // namespace

Watchdog::Watchdog(const std::string& waiting_for)
    : m_text("git: " + support::visible(waiting_for) + " took more than " +
             std::to_string(limit.count()) +
             " seconds; look for a pipe among the files of .git and those that its config "
             "includes, or for a disk that does not answer\n"
             "metricgate: could_not_judge (exit 2)\n"),
      m_thread([this] {
          std::unique_lock lock(m_mutex);
          if (!m_changed.wait_for(lock, limit, [this] { return m_done; })) {
              // The other thread waits in the kernel, so nothing can be tidied up.
              static_cast<void>(!::write(STDERR_FILENO, m_text.data(), m_text.size()));
              ::_exit(2);
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

}  // namespace metricgate::sources::git
