#include "cli/output.h"

#include <algorithm>
#include <ostream>

namespace metricgate::cli {

bool print(std::ostream& stream, std::string_view text) {
    stream.write(text.data(), static_cast<std::streamsize>(text.size()));
    stream.flush();
    return stream.good();
}

support::Diagnostics write_reports(const Render& render, const std::vector<ReportRequest>& requests,
                                   const Streams& streams, support::FileSystem& files) {
    std::vector<ReportRequest> wanted = requests;
    if (wanted.empty()) {
        wanted.push_back({streams.out_is_terminal ? "text" : "markdown", ""});
    }
    // All of them before the first is written: a run that ends while it renders, such as for want
    // of memory, has then told nobody that all is well.
    std::vector<std::string> texts;
    for (const ReportRequest& request : wanted) {
        report::Style style;
        style.color = request.path.empty() && streams.color;
        texts.push_back(render(request.format, style));
    }
    support::Diagnostics problems;
    std::size_t done = 0;
    try {
        for (; done < wanted.size(); ++done) {
            const ReportRequest& request = wanted[done];
            if (!request.path.empty()) {
                const auto written = files.write(request.path, texts[done]);
                problems.insert(problems.end(), written.problems().begin(),
                                written.problems().end());
            } else if (!print(streams.out, texts[done])) {
                problems.push_back(
                    {support::in_file("standard output"),
                     "the report could not be written (closed, or the disk is full)"});
            }
        }
    } catch (...) {
        for (std::size_t i = 0; i < done; ++i) {
            static_cast<void>(files.remove(wanted[i].path));
        }
        throw;
    }
    return problems;
}

support::Diagnostics rewrite_reports(const Render& render,
                                     const std::vector<ReportRequest>& requests,
                                     const support::Diagnostics& unwritten, Opener& opener) {
    support::FileSystem& files = opener.files();
    support::Diagnostics problems;
    for (const ReportRequest& request : requests) {
        if (request.path.empty() || files.write(request.path, render(request.format, {}))) {
            continue;  // what could not be written before is reported already
        }
        const bool was_written =
            std::none_of(unwritten.begin(), unwritten.end(), [&](const auto& problem) {
                return problem.where.file && *problem.where.file == request.path;
            });
        // Better none than one that says what no longer holds. Of a file that was not written
        // nobody knows whether it is a report.
        if (!was_written || !files.remove(request.path)) {
            const auto left = remove_reports({request}, opener);
            problems.insert(problems.end(), left.begin(), left.end());
        }
    }
    return problems;
}

support::Diagnostics remove_reports(const std::vector<ReportRequest>& requests, Opener& opener) {
    support::FileSystem& files = opener.files();
    constexpr std::size_t largest_report = std::size_t{256} << 20;
    support::Diagnostics problems;
    for (const ReportRequest& request : requests) {
        // An input may begin like a report, such as a policy with a comment.
        if (request.path.empty() || request.path == "-" || opener.has_read(request.path)) {
            continue;
        }
        const auto bytes =
            files.read(request.path, largest_report, support::PathTrust::command_line, "");
        if (!bytes || !report::is_report(bytes->view())) {
            continue;
        }
        const auto removed = files.remove(request.path);
        problems.insert(problems.end(), removed.problems().begin(), removed.problems().end());
    }
    return problems;
}

std::string closing_line(const std::string& verdict, int exit_code) {
    return "metricgate: " + verdict + " (exit " + std::to_string(exit_code) + ")\n";
}

std::string describe_all(const support::Diagnostics& problems) {
    std::string text;
    for (const support::Diagnostic& problem : problems) {
        text += support::describe(problem) + "\n";
    }
    return text;
}

}  // namespace metricgate::cli
