#include "cli/log_target.h"

#include <algorithm>

#include "cli/arguments.h"
#include "cli/output_place.h"
#include "history/mlflow_target.h"
#include "report/escape.h"
#include "report/escape_html.h"
#include "sources/mlflow_tracker.h"
#include "support/text.h"
#include "support/utc_time.h"

namespace metricgate::cli {

using support::Result;

namespace {

constexpr std::string_view mlflow = "mlflow:";

Result<history::Appended> append_to_server(const std::string& address,
                                           const std::vector<history::NewPoint>& points,
                                           const World& world) {
    sources::TrackerEnvironment environment;
    environment.files = &world.files;
    environment.variable = [&](std::string_view name) -> std::optional<std::string> {
        const auto found = world.environment.find(std::string(name));
        return found == world.environment.end() ? std::nullopt : std::optional(found->second);
    };
    const auto connection = sources::connect_to_mlflow(environment);
    return connection.ok() ? history::append_to_mlflow(address, points, connection->server,
                                                       connection->transport)
                           : connection.problems();
}

}  // namespace

Result<LogOutcome> append_to(const std::string& store, const std::vector<history::NewPoint>& points,
                             Opener& opener, const World& world) {
    if (store.starts_with(mlflow)) {
        const auto appended = append_to_server(store, points, world);
        return appended.ok() ? Result<LogOutcome>(LogOutcome{store, *appended, "", 0})
                             : appended.problems();
    }
    const auto target = history::open_store(store, opener.files());
    if (std::ranges::any_of(target->files(),
                            [&](const std::string& file) { return opener.has_read(file); })) {
        return usage_problem("--store " + store +
                             ": is what the values are read from, or belongs to it; name another");
    }
    // SQLite opens its files by itself, where a link leads it, and those beside the database's own
    // place.
    const std::string place = output_place(store, opener.files()).path;
    for (const std::string& file : target->files()) {
        for (const std::string& name :
             {file, place.empty() ? file : place + file.substr(store.size())}) {
            if (std::string refusal = output_place(name, opener.files()).refusal;
                !refusal.empty()) {
                return support::problem_in(name, std::move(refusal));
            }
        }
    }
    const auto appended = target->append(points);
    return appended.ok() ? Result<LogOutcome>(LogOutcome{store, *appended, "", 0})
                         : appended.problems();
}

std::string sentence_of(const LogOutcome& outcome) {
    return "recorded " + support::count_of(outcome.appended.added, "value", "values") + " in " +
           support::visible(outcome.store) +
           (outcome.appended.known > 0
                ? ", " + support::count_of(outcome.appended.known, "was", "were") + " there already"
                : "");
}

std::string json_of(const LogOutcome& outcome) {
    using report::json_string;
    std::string text =
        "{\"schema\": \"metricgate.log/1\", \"store\": " + json_string(outcome.store) +
        ", \"added\": " + std::to_string(outcome.appended.added) +
        ", \"known\": " + std::to_string(outcome.appended.known) +
        ", \"time\": " + json_string(support::format_time(outcome.time));
    text += outcome.commit.empty() ? "" : ", \"commit\": " + json_string(outcome.commit);
    return report::guard_json(text + "}\n");
}

}  // namespace metricgate::cli
