#include "cli/history_command.h"

#include <algorithm>
#include <string>

#include "cli/history_place.h"
#include "cli/version.h"
#include "history/newest.h"
#include "report/history.h"
#include "support/text.h"
#include "support/utc_time.h"
#include "verdict/history_view.h"

namespace metricgate::cli {
namespace {

using support::Diagnostics;
using support::Result;
using verdict::HistoryView;
using verdict::PointState;

struct Looked {
    HistoryView view;
    std::vector<history::Stale> stale;
};

/// Which last values say nothing of now, and why.
void note_stale(const std::vector<history::Stale>& stale, std::vector<std::string>& notes) {
    constexpr std::size_t most_named = 5;
    for (std::size_t i = 0; i < std::min(stale.size(), most_named); ++i) {
        notes.push_back(history::opening_of(stale[i]) + ".");
    }
    if (stale.size() > most_named) {
        notes.push_back(
            "The last values of " +
            support::count_of(stale.size() - most_named, "other metric", "other metrics") +
            " are of an earlier time, or too old, as well.");
    }
}

Result<Looked> look(const HistoryArguments& arguments, Opener& opener, const World& world) {
    auto read = read_place(arguments.place, opener, world);
    if (!read) {
        return read.problems();
    }
    if (arguments.gate && !read->unread.empty()) {
        return read->unread;
    }
    Looked looked;
    HistoryView& view = looked.view;
    view.program_version = METRICGATE_VERSION;
    view.source = arguments.place.from;
    view.address = read->source;
    view.settings = arguments.settings;
    view.notes = std::move(read->notes);
    view.list_changes = arguments.changes;
    for (const evidence::History& history : read->histories) {
        view.metrics.push_back(verdict::view_history(history, arguments.settings));
    }
    looked.stale = history::stale_of(
        read->histories, view.address,
        {arguments.max_age, world.now ? std::optional(support::day_of(*world.now)) : std::nullopt},
        read->newest);
    note_stale(looked.stale, view.notes);
    return looked;
}

/// What keeps --gate from judging: a metric that says nothing of now, or whose newest measurement
/// has no answer.
Diagnostics unjudged(const HistoryArguments& arguments, const Looked& looked) {
    Diagnostics problems;
    const HistoryView& view = looked.view;
    if (view.metrics.empty()) {
        problems.push_back(
            support::problem_in(view.address, "holds no metric that --gate could judge"));
    }
    for (const verdict::MetricHistory& history : view.metrics) {
        const auto stale = std::ranges::find(looked.stale, history.metric, &history::Stale::metric);
        if (stale != looked.stale.end()) {
            problems.push_back(support::problem_in(
                view.address,
                stale->reason + (stale->too_old || !arguments.place.metrics.empty()
                                     ? "; record it again"
                                     : "; name the metrics that --gate is to judge")));
        } else if (!history.unjudged.empty()) {
            problems.push_back(support::problem_in(
                view.address, "--gate cannot judge '" + support::visible(history.metric) +
                                  "': " + history.unjudged));
        }
    }
    return problems;
}

ShownEnding ending_of(const HistoryArguments& arguments, const Looked& looked) {
    if (!arguments.gate) {
        return {{}, {"shown", 0}};
    }
    const bool rings = std::ranges::any_of(looked.view.metrics, [](const auto& history) {
        return history.state() == PointState::rings && !history.last_left_out;
    });
    Diagnostics open = unjudged(arguments, looked);
    Ending ending = rings          ? Ending{"rings", 1}
                    : open.empty() ? Ending{"in_limits", 0}
                                   : Ending{"could_not_judge", 2};
    return {std::move(open), std::move(ending)};
}

}  // namespace

int history_command(const HistoryArguments& arguments, const Streams& streams, const World& world) {
    Opener opener(world.files, {}, arguments.place.trust_repository, world.environment, world.now);
    const auto looked = look(arguments, opener, world);
    const auto render = [&](const std::string& format, const report::Style& plain) {
        report::Style style = plain;
        style.columns = arguments.columns;
        style.ascii = arguments.ascii;
        return report::find_history_format(format)->render(looked->view, style);
    };
    return show(
        looked ? Diagnostics{} : looked.problems(), arguments.reports, render,
        [&] { return ending_of(arguments, *looked); }, opener, streams);
}

}  // namespace metricgate::cli
