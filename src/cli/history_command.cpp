#include "cli/history_command.h"

#include <algorithm>
#include <set>
#include <string>

#include "cli/history_place.h"
#include "cli/output.h"
#include "cli/prepare.h"
#include "cli/version.h"
#include "history/newest.h"
#include "report/history.h"
#include "support/text.h"
#include "verdict/history_view.h"

namespace metricgate::cli {
namespace {

using support::Diagnostics;
using support::Result;
using verdict::HistoryView;
using verdict::PointState;

/// `stale` gets the metrics that were not recorded with the newest point of the others.
Result<HistoryView> look(const HistoryArguments& arguments, Opener& opener, const World& world,
                         std::set<std::string>& stale) {
    auto read = read_place(arguments.place, opener, world);
    if (!read) {
        return read.problems();
    }
    HistoryView view;
    view.program_version = METRICGATE_VERSION;
    view.source = arguments.place.from;
    view.address = read->source;
    view.settings = arguments.settings;
    view.notes = std::move(read->notes);
    view.list_changes = arguments.changes;
    const evidence::History* newest = history::newest_of(read->histories);
    for (const evidence::History& history : read->histories) {
        view.metrics.push_back(verdict::view_history(history, arguments.settings));
        if (!history.points.empty() &&
            !history::recorded_together(history.points.back(), newest->points.back())) {
            stale.insert(history.metric);
        }
    }
    return view;
}

/// What keeps --gate from judging: a metric whose newest point is no number, older than that of the
/// others, or without limits.
Diagnostics unjudged(const HistoryView& view, const std::set<std::string>& stale) {
    Diagnostics problems;
    if (view.metrics.empty()) {
        problems.push_back(
            support::problem_in(view.address, "holds no metric that --gate could judge"));
    }
    for (const verdict::MetricHistory& history : view.metrics) {
        const std::string name = "'" + support::visible(history.metric) + "'";
        if (history.last_left_out) {
            problems.push_back(support::problem_in(
                view.address, "the newest value of " + name + " is no finite number"));
        } else if (stale.count(history.metric) != 0) {
            problems.push_back(support::problem_in(
                view.address, name +
                                  " was not recorded with the newest point of the other metrics; "
                                  "name the metrics that --gate is to judge"));
        } else if (history.state() == PointState::no_limits ||
                   history.state() == PointState::learning) {
            problems.push_back(support::problem_in(
                view.address,
                name + " has " + std::to_string(history.measurements.size()) +
                    " measurements, which is too few for --gate: limits are taken from " +
                    std::to_string(view.settings.phase_one) +
                    " on the newest data and judge those after them"));
        }
    }
    return problems;
}

struct Answer {
    const char* word;
    int code;
};

Answer answer_of(const HistoryArguments& arguments, const HistoryView& view,
                 const Diagnostics& open) {
    if (!arguments.gate) {
        return {"shown", 0};
    }
    const bool rings = std::ranges::any_of(view.metrics, [](const auto& history) {
        return history.state() == PointState::rings && !history.last_left_out;
    });
    return rings          ? Answer{"rings", 1}
           : open.empty() ? Answer{"in_limits", 0}
                          : Answer{"could_not_judge", 2};
}

}  // namespace

int history_command(const HistoryArguments& arguments, const Streams& streams, const World& world) {
    Opener opener(world.files, {}, arguments.place.trust_repository, world.environment);
    std::set<std::string> stale;
    auto view = look(arguments, opener, world, stale);
    if (Diagnostics overwritten = overwritten_inputs(arguments.reports, opener);
        view && !overwritten.empty()) {
        view = std::move(overwritten);
    }
    Reports reports(arguments.reports, streams, opener);
    const Diagnostics problems =
        view ? write_reports(reports,
                             [&](const std::string& format, const report::Style& plain) {
                                 report::Style style = plain;
                                 style.columns = arguments.columns;
                                 style.ascii = arguments.ascii;
                                 return report::find_history_format(format)->render(*view, style);
                             })
             : view.problems();
    if (!problems.empty()) {
        // An earlier run's report would speak for this one; those of this run go with `reports`.
        print(streams.error, describe_all(problems) +
                                 describe_all(remove_reports(arguments.reports, opener)) +
                                 closing_line("could_not_judge", 2));
        return 2;
    }
    const Diagnostics open = arguments.gate ? unjudged(*view, stale) : Diagnostics{};
    const Answer answer = answer_of(arguments, *view, open);
    const bool said =
        print(streams.error, describe_all(open) + closing_line(answer.word, answer.code));
    reports.keep();
    return said || answer.code != 0 ? answer.code : 2;
}

}  // namespace metricgate::cli
