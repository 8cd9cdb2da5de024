#pragma once

#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "cli/arguments.h"
#include "cli/origin.h"
#include "cli/run.h"
#include "report/catalog.h"
#include "support/result.h"

namespace metricgate::cli {

/// Writes all of `text` and flushes; false when the stream did not take it.
bool print(std::ostream& stream, std::string_view text);

/// Standard output (also ""), or a descriptor of this process by another name.
bool is_stream_of_run(std::string_view path);

inline constexpr std::string_view standard_output = "/dev/stdout";

/// One name for each output, however a command line spells it: `standard_output` also for "" and
/// "-". Links are not followed.
std::string name_of_output(const std::string& path);

/// The text of a report in the named format.
using Render = std::function<std::string(const std::string& format, const report::Style& style)>;

/// The reports that a run was asked for (none: text on a terminal, else Markdown). Files are
/// replaced in one step, after all of them are rendered, and are removed again unless `keep` is
/// called: a run that ends otherwise, such as for want of memory, leaves no report that speaks for
/// it.
class Reports {
public:
    Reports(const std::vector<ReportRequest>& requests, const Streams& streams, Opener& opener);
    ~Reports();
    Reports(const Reports&) = delete;
    Reports& operator=(const Reports&) = delete;
    Reports(Reports&&) = delete;
    Reports& operator=(Reports&&) = delete;

    /// Writes the files. What could not be written.
    support::Diagnostics write_files(const Render& render);
    /// Writes what goes to named pipes and devices, which cannot be taken back: when it is known
    /// that the files stand.
    support::Diagnostics write_devices(const Render& render);
    /// Writes what goes to the standard output, or to /dev/stdout and the like: last, as people
    /// read it.
    support::Diagnostics write_output(const Render& render);
    /// Writes the files again, where a result changed after they were written; one that cannot be
    /// written now, and what an earlier run left where none could be written, is removed. What
    /// could not be removed.
    support::Diagnostics rewrite_files(const Render& render);
    /// What was written stays.
    void keep() noexcept { m_keeps = true; }

private:
    struct Target {
        ReportRequest request;
        bool is_file = false;
        bool written = false;
    };
    [[nodiscard]] std::string rendered(const Render& render, const Target& target) const;

    const Streams& m_streams;
    Opener& m_opener;
    std::vector<Target> m_targets;
    bool m_keeps = false;
};

/// Writes all reports, files first, then devices, then the standard output, each where those before
/// could be written. What could not be written.
support::Diagnostics write_reports(Reports& reports, const Render& render);

/// What an earlier run left where this one was asked to write: files that start as a report of ours
/// does and that this run has not read, and nothing else.
std::vector<std::string> old_reports(const std::vector<ReportRequest>& requests, Opener& opener);

/// Removes these, where this run came to no result. Returns what could not be removed.
support::Diagnostics remove_reports(const std::vector<ReportRequest>& requests, Opener& opener);

/// `problems`, and of `more` what they do not say yet: one link may forbid both to write a report
/// and to remove an earlier one, and two inputs may lack the same revision.
support::Diagnostics joined(support::Diagnostics problems, const support::Diagnostics& more);

/// The last line of standard error: "metricgate: fail (exit 1)".
std::string closing_line(const std::string& verdict, int exit_code);

/// How a run ends: the word of its last line and its exit code.
struct Ending {
    std::string word;
    int code = 0;
};

/// Ends a command whose output is all that it leaves: `text` on standard output, its last line on
/// standard error. Where either is lost it has not ended as `told`; a code that is not 0 stays when
/// only the last line is lost.
int tell(const Streams& streams, std::string_view text, const Ending& told, const Ending& untold);

/// One line a problem, for standard error; none of them commands a CI runner that shows it.
std::string describe_all(const support::Diagnostics& problems);

}  // namespace metricgate::cli
