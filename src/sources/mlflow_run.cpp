#include "sources/mlflow_run.h"

#include <algorithm>
#include <array>
#include <limits>
#include <set>
#include <tuple>

#include "support/text.h"

namespace metricgate::sources {

using support::NumberKind;

namespace {

/// MLflow's order: what comes last is the current value. A NaN counts as the 0 that SQL stores hold
/// for it, and comes after a real 0.
auto order_of(const MlflowPoint& point) {
    constexpr double infinity = std::numeric_limits<double>::infinity();
    double value = 0;
    int rank = 0;
    switch (point.value.kind) {
        case NumberKind::finite:
            value = point.value.value;
            break;
        case NumberKind::positive_infinity:
            value = infinity;
            break;
        case NumberKind::negative_infinity:
            value = -infinity;
            break;
        case NumberKind::not_a_number:
            rank = 1;
            break;
        case NumberKind::malformed:
        case NumberKind::out_of_range:
            rank = 2;
            break;
    }
    return std::tuple(point.step, point.timestamp, value, rank);
}

bool agree(const MlflowPoint& a, const MlflowPoint& b) {
    const auto [step, timestamp, value, rank] = order_of(a);
    const auto [other_step, other_timestamp, other_value, other_rank] = order_of(b);
    return step == other_step && timestamp == other_timestamp && value == other_value;
}

/// MLflow's own tags name users, paths and addresses; these say something of the model.
bool is_telling(const std::string& tag) {
    static constexpr std::array<std::string_view, 3> kept = {
        "mlflow.source.git.branch", "mlflow.source.git.commit", "mlflow.source.type"};
    return !tag.starts_with("mlflow.") || std::find(kept.begin(), kept.end(), tag) != kept.end();
}

/// Databases and file stores hold bytes; what is no text is made visible.
std::string as_shown(const std::string& bytes) {
    return support::find_invalid_utf8(bytes) == std::string::npos ? bytes
                                                                  : support::visible(bytes, 0);
}

void add_flaw(Run& run, const std::string& name, support::Diagnostic flaw) {
    evidence::Entry entry;
    entry.name = as_shown(name);
    entry.where = flaw.where;
    entry.flaw = std::move(flaw);
    run.entries.push_back(std::move(entry));
}

/// What the metric was measured on, as a condition that both sides must share.
void add_digests(const std::vector<MlflowPoint>& points, Series& series, Run& run) {
    std::set<std::string> digests;
    for (const MlflowPoint& point : points) {
        if (!point.digest.empty()) {
            digests.insert(point.digest);
        }
    }
    if (digests.empty()) {
        return;
    }
    const std::vector<std::string> sorted(digests.begin(), digests.end());
    series.conditions["dataset_digest"] = as_shown(support::enumerate(sorted));
    if (sorted.size() > 1) {
        run.notes.push_back("'" + support::visible(series.name) + "' was logged for " +
                            std::to_string(sorted.size()) +
                            " data sets; it compares with a metric of the same ones");
    }
}

}  // namespace

evidence::Metadata metadata_of(const MlflowRun& run) {
    evidence::Metadata metadata;
    const auto set = [&](const std::string& key, const std::string& value) {
        if (!value.empty()) {
            metadata[as_shown(key)] = as_shown(value);
        }
    };
    set("run_id", run.id);
    set("run_name", run.name);
    set("run_status", run.status);
    set("experiment_id", run.experiment_id);
    set("experiment", run.experiment);
    for (const auto& [key, value] : run.registry) {
        set(key, value);
    }
    for (const auto& [key, value] : run.params) {
        set("params." + key, value);
    }
    for (const auto& [key, value] : run.tags) {
        if (is_telling(key)) {
            set("tags." + key, value);
        }
    }
    for (const auto& [key, value] : run.datasets) {
        set("datasets." + key, value);
    }
    return metadata;
}

std::optional<support::Diagnostic> refusal_of(const MlflowRun& run) {
    const std::string called = "run " + support::visible(run.id) +
                               (run.name.empty() ? "" : " (" + support::visible(run.name) + ")");
    if (run.lifecycle == "deleted") {
        return support::Diagnostic{run.where, called + " was deleted; restore it, or name another"};
    }
    if (run.status == "FINISHED") {
        return std::nullopt;
    }
    if (run.status == "RUNNING" || run.status == "SCHEDULED") {
        return support::Diagnostic{
            run.where, called + " is " + run.status +
                           ", so its metrics may not be complete; wait for its end, or end it"};
    }
    if (run.status == "FAILED" || run.status == "KILLED") {
        return support::Diagnostic{
            run.where, called + " ended as " + run.status + "; run it again, or name another"};
    }
    return support::Diagnostic{run.where, called + " has the status '" +
                                              support::visible(run.status) +
                                              "', wanted FINISHED; this is no status of MLflow"};
}

std::string commit_of(const MlflowRun& run) {
    const auto tag = run.tags.find("mlflow.source.git.commit");
    const bool full =
        tag != run.tags.end() && (tag->second.size() == 40 || tag->second.size() == 64) &&
        std::ranges::all_of(
            tag->second, [](char c) { return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f'); });
    return full ? tag->second : "";
}

std::string data_digest_of(const MlflowRun& run) {
    std::string text;
    for (const auto& [name, digest] : run.datasets) {
        text +=
            (text.empty() ? "" : ", ") + (run.datasets.size() == 1 ? digest : name + " " + digest);
    }
    return as_shown(text);
}

bool comes_before(const MlflowPoint& a, const MlflowPoint& b) {
    return order_of(a) < order_of(b);
}

support::ParsedNumber mlflow_value(double stored, bool is_nan) {
    constexpr double largest = std::numeric_limits<double>::max();
    if (is_nan || stored != stored) {
        return {NumberKind::not_a_number, 0};
    }
    if (stored >= largest) {
        return {NumberKind::positive_infinity, 0};
    }
    if (stored <= -largest) {
        return {NumberKind::negative_infinity, 0};
    }
    return {NumberKind::finite, stored};
}

Run run_of(MlflowRun stored) {
    Run run;
    run.id = as_shown(stored.id);
    run.name = as_shown(stored.name);
    run.metadata = metadata_of(stored);
    run.refused = refusal_of(stored);
    const std::string commit = commit_of(stored);
    const std::string digest = data_digest_of(stored);
    constexpr std::int64_t a_second = 1000;
    for (const auto& [name, flaw] : stored.flaws) {
        add_flaw(run, name, flaw);
        stored.metrics.erase(name);
        stored.latest.erase(name);
    }
    for (const auto& [name, latest] : stored.latest) {
        if (stored.metrics[name].empty()) {
            add_flaw(run, name,
                     {stored.where, "the store has a latest value of '" + support::visible(name) +
                                        "' and no history of it; log it again"});
            stored.metrics.erase(name);
        }
    }
    for (auto& [name, points] : stored.metrics) {
        if (points.empty()) {
            continue;
        }
        std::stable_sort(points.begin(), points.end(),
                         [](const auto& a, const auto& b) { return order_of(a) < order_of(b); });
        const auto latest = stored.latest.find(name);
        if (latest != stored.latest.end() && !agree(latest->second, points.back())) {
            add_flaw(run, name,
                     {stored.where, "the history of '" + support::visible(name) +
                                        "' ends otherwise than the latest value that the store "
                                        "gives; it was written to meanwhile, or changed by hand"});
            continue;
        }
        Series series;
        series.name = as_shown(name);
        series.where = stored.where;
        add_digests(points, series, run);
        series.points.reserve(points.size());
        for (const MlflowPoint& point : points) {
            Moment moment{point.timestamp / a_second, commit,
                          point.digest.empty() ? digest : as_shown(point.digest)};
            series.points.push_back(
                {point.step, point.value, std::nullopt, std::nullopt, add_moment(run, moment)});
        }
        run.series.push_back(std::move(series));
    }
    std::sort(run.entries.begin(), run.entries.end(),
              [](const auto& a, const auto& b) { return a.name < b.name; });
    return run;
}

Recording recording_of(std::vector<MlflowRun> runs, const std::string& source) {
    Recording recording;
    recording.source = source;
    std::sort(runs.begin(), runs.end(), [](const auto& a, const auto& b) { return a.id < b.id; });
    for (MlflowRun& run : runs) {
        recording.runs.push_back(run_of(std::move(run)));
    }
    return recording;
}

std::string_view mlflow_status(std::int64_t number) {
    static constexpr std::array<std::string_view, 5> names = {"RUNNING", "SCHEDULED", "FINISHED",
                                                              "FAILED", "KILLED"};
    return number >= 1 && number <= 5 ? names[static_cast<std::size_t>(number - 1)] : "";
}

bool is_mlflow_id(std::string_view text) {
    return text.size() == 32 && std::all_of(text.begin(), text.end(), [](char c) {
               return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f');
           });
}

}  // namespace metricgate::sources
