#include "cli/output.h"

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
    support::Diagnostics problems;
    for (const ReportRequest& request : wanted) {
        report::Style style;
        style.color = request.path.empty() && streams.color;
        const std::string text = render(request.format, style);
        if (request.path.empty()) {
            if (!print(streams.out, text)) {
                problems.push_back(
                    {support::in_file("standard output"),
                     "the report could not be written (closed, or the disk is full)"});
            }
            continue;
        }
        const auto written = files.write(request.path, text);
        problems.insert(problems.end(), written.problems().begin(), written.problems().end());
    }
    return problems;
}

void rewrite_reports(const Render& render, const std::vector<ReportRequest>& requests,
                     support::FileSystem& files) {
    for (const ReportRequest& request : requests) {
        if (!request.path.empty()) {
            // What could not be written before is reported already.
            static_cast<void>(files.write(request.path, render(request.format, {})));
        }
    }
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
