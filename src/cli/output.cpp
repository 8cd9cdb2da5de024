#include "cli/output.h"

#include <algorithm>
#include <filesystem>
#include <ostream>

#include "report/escape.h"

namespace metricgate::cli {

bool print(std::ostream& stream, std::string_view text) {
    stream.write(text.data(), static_cast<std::streamsize>(text.size()));
    stream.flush();
    return stream.good();
}

namespace {

constexpr std::size_t largest_report = std::size_t{256} << 20;

support::Result<support::Bytes> look_at(const std::string& path, support::FileSystem& files) {
    return files.read(path, largest_report, support::PathTrust::command_line, "");
}

/// Why something that may well be a file could not be looked at, as on a failing disk; nothing
/// where nothing is, or a pipe or a device.
std::string why_unseen(const support::Result<support::Bytes>& looked) {
    const std::string why = looked ? "" : looked.problems().front().message;
    return why.starts_with("cannot be ") ? why : "";
}

/// What is there can be written to and not be replaced: a terminal, a pipe, a device.
bool is_stream(const std::string& path, support::FileSystem& files) {
    if (path == "-" || !files.exists(path) || files.is_folder(path)) {
        return path == "-";
    }
    const auto looked = look_at(path, files);
    return !looked && why_unseen(looked).empty();
}

void append(support::Diagnostics& problems, const support::Diagnostics& more) {
    problems.insert(problems.end(), more.begin(), more.end());
}

}  // namespace

bool is_stream_of_run(std::string_view path) {
    return path.empty() || path == standard_output || path == "/dev/stderr" ||
           path.starts_with("/dev/fd/") || path.starts_with("/proc/self/fd/");
}

std::string name_of_output(const std::string& path) {
    if (path.empty() || path == "-") {
        return std::string(standard_output);
    }
    std::string name = std::filesystem::path(path).lexically_normal().string();
    if (constexpr std::string_view here = "/proc/self/fd/"; name.starts_with(here)) {
        name.replace(0, here.size(), "/dev/fd/");
    }
    return name == "/dev/fd/1"   ? std::string(standard_output)
           : name == "/dev/fd/2" ? "/dev/stderr"
                                 : name;
}

Reports::Reports(const std::vector<ReportRequest>& requests, const Streams& streams, Opener& opener)
    : m_streams(streams), m_opener(opener) {
    for (const ReportRequest& request : requests) {
        const bool is_file = !request.path.empty() && !is_stream(request.path, m_opener.files());
        m_targets.push_back({request, is_file});
    }
    if (m_targets.empty()) {
        m_targets.push_back({{streams.out_is_terminal ? "text" : "markdown", ""}});
    }
}

Reports::~Reports() {
    for (const Target& target : m_targets) {
        if (!m_keeps && target.written) {
            try {
                static_cast<void>(m_opener.files().remove(target.request.path));
            } catch (...) {
                continue;  // nothing is left to tell anybody with
            }
        }
    }
}

std::string Reports::rendered(const Render& render, const Target& target) const {
    report::Style style;
    style.color = target.request.path.empty() && m_streams.color;
    return render(target.request.format, style);
}

support::Diagnostics Reports::write_files(const Render& render) {
    // All of them before the first is written: a run that ends while it renders has then told
    // nobody that all is well.
    std::vector<std::string> texts;
    for (const Target& target : m_targets) {
        texts.push_back(target.is_file ? rendered(render, target) : std::string());
    }
    support::Diagnostics problems;
    for (std::size_t i = 0; i < m_targets.size(); ++i) {
        if (m_targets[i].is_file) {
            const auto done = m_opener.files().write(m_targets[i].request.path, texts[i]);
            m_targets[i].written = done.ok();
            append(problems, done.problems());
        }
    }
    return problems;
}

support::Diagnostics Reports::write_devices(const Render& render) {
    support::Diagnostics problems;
    for (const Target& target : m_targets) {
        if (!target.is_file && !is_stream_of_run(target.request.path)) {
            append(
                problems,
                m_opener.files().write(target.request.path, rendered(render, target)).problems());
        }
    }
    return problems;
}

support::Diagnostics Reports::write_output(const Render& render) {
    support::Diagnostics problems;
    for (const Target& target : m_targets) {
        if (target.is_file || !is_stream_of_run(target.request.path)) {
            continue;
        }
        const std::string text = rendered(render, target);
        if (!target.request.path.empty()) {
            append(problems, m_opener.files().write(target.request.path, text).problems());
        } else if (!print(m_streams.out, text)) {
            problems.push_back({support::in_file("standard output"),
                                "the report could not be written (closed, or the disk is full)"});
        }
    }
    return problems;
}

support::Diagnostics Reports::rewrite_files(const Render& render) {
    support::Diagnostics problems;
    for (Target& target : m_targets) {
        if (!target.is_file) {
            continue;
        }
        const std::string& path = target.request.path;
        if (m_opener.files().write(path, rendered(render, target))) {
            target.written = true;
            continue;
        }
        // Better none than one that says what no longer holds. Of a file that was not written
        // nobody knows whether it is a report.
        const bool removed = target.written && m_opener.files().remove(path).ok();
        target.written = target.written && !removed;
        if (!removed) {
            append(problems, remove_reports({target.request}, m_opener));
        }
    }
    return problems;
}

support::Diagnostics write_reports(Reports& reports, const Render& render) {
    support::Diagnostics problems = reports.write_files(render);
    problems = problems.empty() ? reports.write_devices(render) : problems;
    return problems.empty() ? reports.write_output(render) : problems;
}

namespace {

/// Old reports, and in `unseen` what could not be looked at and may be one.
std::vector<std::string> find_old_reports(const std::vector<ReportRequest>& requests,
                                          Opener& opener, support::Diagnostics& unseen) {
    std::vector<std::string> found;
    for (const ReportRequest& request : requests) {
        // An input may begin like a report, such as a policy with a comment.
        if (request.path.empty() || request.path == "-" || opener.has_read(request.path)) {
            continue;
        }
        const auto bytes = look_at(request.path, opener.files());
        if (const std::string why = why_unseen(bytes); !why.empty()) {
            unseen.push_back({support::in_file(request.path),
                              why + "; if it is the report of an earlier run, it does not speak "
                                    "for this one"});
        }
        if (bytes && report::is_report(bytes->view(), request.format)) {
            found.push_back(request.path);
        }
    }
    return found;
}

}  // namespace

std::vector<std::string> old_reports(const std::vector<ReportRequest>& requests, Opener& opener) {
    support::Diagnostics unseen;
    return find_old_reports(requests, opener, unseen);
}

support::Diagnostics remove_reports(const std::vector<ReportRequest>& requests, Opener& opener) {
    support::Diagnostics problems;
    for (const std::string& path : find_old_reports(requests, opener, problems)) {
        // Two names may lead to one file.
        if (opener.files().exists(path)) {
            append(problems, opener.files().remove(path).problems());
        }
    }
    return problems;
}

support::Diagnostics joined(support::Diagnostics problems, const support::Diagnostics& more) {
    for (const support::Diagnostic& each : more) {
        const bool told = std::ranges::any_of(problems, [&](const support::Diagnostic& problem) {
            return support::describe(problem) == support::describe(each);
        });
        if (!told) {
            problems.push_back(each);
        }
    }
    return problems;
}

int tell(const Streams& streams, std::string_view text, const Ending& told, const Ending& untold) {
    if (!print(streams.out, text)) {
        print(streams.error,
              "standard output: could not be written (closed, or the disk is full)\n" +
                  closing_line(untold.word, untold.code));
        return untold.code;
    }
    return print(streams.error, closing_line(told.word, told.code)) || told.code != 0 ? told.code
                                                                                      : untold.code;
}

std::string closing_line(const std::string& verdict, int exit_code) {
    return report::guard_workflow_lines("metricgate: " + verdict + " (exit " +
                                        std::to_string(exit_code) + ")\n");
}

std::string describe_all(const support::Diagnostics& problems) {
    std::string text;
    for (const support::Diagnostic& problem : problems) {
        text += support::describe(problem) + "\n";
    }
    return report::guard_workflow_lines(text);
}

}  // namespace metricgate::cli
