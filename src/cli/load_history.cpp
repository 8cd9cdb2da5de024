#include "cli/load_history.h"

#include <algorithm>
#include <set>

#include "cli/anchor_commits.h"
#include "cli/candidate_commit.h"
#include "cli/log_selection.h"
#include "cli/sides.h"
#include "history/collect.h"
#include "history/newest.h"
#include "sources/selection.h"
#include "sources/table_reader.h"
#include "support/text.h"
#include "support/utc_time.h"

namespace metricgate::cli {
namespace {

using evidence::History;
using evidence::HistoryPoint;
using support::Done;

constexpr const char* of_commits = "git";

class Reading {
public:
    Reading(const Plan& plan, std::size_t index, const CheckArguments& arguments,
            const std::string& policy_directory, Opener& opener)
        : m_plan(plan),
          m_index(index),
          m_input(plan.inputs[index].source),
          m_arguments(arguments),
          m_directory(policy_directory),
          m_root(
              opener.root_of(absolute_path(opener.files().working_directory(), policy_directory))),
          m_opener(opener) {}

    support::Result<LoadedInput> run() {
        m_loaded.info.name = m_input.name;
        if (m_input.paths.size() > 1) {
            return support::Diagnostic{m_input.paths[1].where,
                                       "a history is read from one place; give one path"};
        }
        if (m_input.paths.empty() && m_input.history->from.value != "store") {
            return support::Diagnostic{
                m_input.where,
                "inputs." + m_input.name + ".path: missing; name the " +
                    (m_input.history->from.value == "mlflow" ? "experiment or run that"
                                                             : "file that") +
                    " holds the values"};
        }
        if (const auto done = open_candidate(); !done) {
            return done.problems();
        }
        auto request = make_request();
        if (!request) {
            return request.problems();
        }
        auto read = history::read_histories(m_input.history->from.value, *request);
        if (!read) {
            return read.problems();
        }
        for (const std::string& file : read->files) {
            m_opener.spare(file);
        }
        m_loaded.histories = std::move(*read);
        join_old_names();
        if (const auto done = m_loaded.candidate ? join_newest(*request) : take_newest(); !done) {
            return done.problems();
        }
        if (const auto done = find_anchors(m_plan, m_index, m_loaded, m_opener); !done) {
            return done.problems();
        }
        return std::move(m_loaded);
    }

private:
    [[nodiscard]] bool is_of_commits() const { return m_input.history->from.value == of_commits; }

    [[nodiscard]] std::string resolved(const std::string& path) const {
        return m_directory.empty() ? path : m_directory + "/" + path;
    }

    /// The file that holds the newest value, where one is named.
    support::Result<Done> open_candidate() {
        const auto spec = std::ranges::find_if(m_arguments.candidates, [&](const Spec& each) {
            return each.input == m_input.name || (each.input.empty() && reads_one_input(m_plan));
        });
        const auto& named = m_input.history->candidate;
        if (spec != m_arguments.candidates.end()) {
            m_revision = spec->revision;
            return keep_candidate(m_opener.open(*spec));
        }
        if (named || is_of_commits()) {
            const std::string path = named ? named->value : m_input.paths.front().value;
            return keep_candidate(
                m_opener.open(resolved(path), support::PathTrust::policy, m_root));
        }
        return Done{};
    }

    support::Result<Done> keep_candidate(support::Result<Origin> origin) {
        if (!origin) {
            return origin.problems();
        }
        if (const auto done = unpack(*origin); !done) {
            return done.problems();
        }
        const auto selection = log_selection(m_plan, m_index, false, m_arguments);
        auto file = [&]() -> support::Result<evidence::MetricFile> {
            if (origin->recording != nullptr) {
                return sources::select(*origin->recording, selection);
            }
            const auto recording = sources::read_metrics(
                *origin->document, is_of_commits() ? m_input.format : std::string());
            return recording ? sources::select(*recording, selection) : recording.problems();
        }();
        if (!file) {
            return file.problems();
        }
        m_loaded.info.candidate = origin->info;
        m_loaded.info.candidate.metadata = file->metadata;
        m_loaded.candidate = std::move(*file);
        if (origin->recording == nullptr && !origin->document->is_folder()) {
            m_blob = origin->info.blob.empty() ? sources::blob_id(origin->bytes.view())
                                               : origin->info.blob;
        }
        return Done{};
    }

    [[nodiscard]] std::vector<std::string> wanted_metrics() const {
        std::set<std::string> names;
        for (const PlannedCheck& check : m_plan.checks) {
            const bool looks = check.input == m_index || check.history == m_index;
            if (looks && check.not_run.empty()) {
                names.insert(check.metric.name);
                // A table has one header, and a column that is not there is a mistake.
                if (m_input.history->from.value != "file") {
                    names.insert(check.source.formerly.begin(), check.source.formerly.end());
                }
            }
        }
        return {names.begin(), names.end()};
    }

    support::Result<history::Request> make_request() {
        history::Request request;
        request.metrics = wanted_metrics();
        request.key = m_input.history->key ? m_input.history->key->value : "";
        request.format = m_input.format;
        request.revision = m_revision;
        if (m_input.history->window) {
            request.window = m_input.history->window->value;
        }
        request.files = &m_opener.files();
        request.trust = support::PathTrust::policy;
        request.root = m_root;
        request.repository = [this] { return m_opener.repository(); };
        request.variable = [this](std::string_view name) { return m_opener.variable(name); };
        request.where = m_input.where;
        request.now = m_opener.now();
        if (m_input.paths.empty()) {
            return request;
        }
        request.where = m_input.paths.front().where;
        // Of MLflow it is the experiment, no place on this disk.
        const std::string& path = m_input.paths.front().value;
        request.address = m_input.history->from.value == "mlflow" ? path : resolved(path);
        if (is_of_commits()) {
            auto inside = m_opener.inside(request.address);
            if (!inside) {
                return inside.problems();
            }
            request.address = *inside;
        }
        return request;
    }

    History* history_of(const std::string& metric) {
        auto& all = m_loaded.histories->histories;
        const auto found = std::ranges::find(all, metric, &History::metric);
        return found == all.end() ? nullptr : &*found;
    }

    /// What a metric was called before a renaming comes before what it is called now.
    void join_old_names() {
        for (const PlannedCheck& check : m_plan.checks) {
            const bool looks = check.input == m_index || check.history == m_index;
            for (const std::string& name : check.source.formerly) {
                const History* old = looks ? history_of(name) : nullptr;
                if (old == nullptr || old->points.empty() || name == check.metric.name) {
                    continue;
                }
                std::vector<HistoryPoint> points = old->points;
                if (History* now = history_of(check.metric.name)) {
                    if (has_point_of(now->points, points.front())) {
                        continue;  // another check has joined them
                    }
                    points.insert(points.end(), now->points.begin(), now->points.end());
                    now->points = std::move(points);
                } else {
                    auto& all = m_loaded.histories->histories;
                    History renamed{check.metric.name, old->unit, std::move(points)};
                    const auto at =
                        std::ranges::lower_bound(all, renamed.metric, {}, &History::metric);
                    all.insert(at, std::move(renamed));
                }
            }
        }
    }

    /// Both names of one measurement, or the same points joined before.
    static bool has_point_of(const std::vector<HistoryPoint>& points, const HistoryPoint& point) {
        return std::ranges::any_of(points, [&](const HistoryPoint& each) {
            return each.key == point.key && each.commit == point.commit;
        });
    }

    /// The values of the file are the newest points; those of a commit that left the file as it is
    /// are that commit's.
    support::Result<Done> join_newest(const history::Request& request) {
        const auto unchanged = is_last_version(request);
        if (!unchanged) {
            return unchanged.problems();
        }
        if (*unchanged) {
            drop_old();
        }
        m_loaded.uncommitted = is_of_commits() && !*unchanged && m_revision.empty();
        for (const evidence::Entry& entry : m_loaded.candidate->entries) {
            HistoryPoint moment;
            moment.key = m_revision.empty() ? "candidate" : m_revision;
            const auto& metadata = m_loaded.candidate->metadata;
            history::describe_moment(metadata, moment);
            // In git every state has a commit of its own: a file that names the one it was made
            // on would be an attempt at that one, and its loss halved.
            if (const auto commit = metadata.find("commit");
                commit != metadata.end() && !is_of_commits()) {
                if (const auto done = may_be_attempt_at(commit->second, m_loaded, m_opener);
                    !done) {
                    return done.problems();
                }
                moment.commit = commit->second;
            }
            History* history = history_of(entry.name);
            if (*unchanged && history != nullptr && !history->points.empty()) {
                moment.key = history->points.back().key;
                moment.commit = history->points.back().commit;
                moment.time = history->points.back().time;
                history->points.pop_back();
            }
            if (history != nullptr && !is_of_commits()) {
                note_head(*history, moment);
            }
            m_loaded.newest.emplace(entry.name, std::move(moment));
        }
        return Done{};
    }

    /// Values of a file that was last written too long ago are no news.
    void drop_old() {
        const auto& histories = m_loaded.histories->histories;
        for (const history::Stale& each :
             history::stale_of(histories, m_loaded.histories->source, freshness())) {
            const bool dropped =
                each.too_old && std::erase_if(m_loaded.candidate->entries, [&](const auto& entry) {
                                    return entry.name == each.metric;
                                }) > 0;
            if (dropped) {
                note_stale(each);
            }
        }
    }

    /// Whether the candidate's bytes are those that the walked branch ends with.
    support::Result<bool> is_last_version(const history::Request& request) {
        if (!is_of_commits() || m_blob.empty()) {
            return false;
        }
        auto repository = m_opener.repository();
        if (!repository) {
            return repository.problems();
        }
        const auto head = (*repository)->head();
        auto tip = m_revision.empty() && head ? support::Result<sources::Commit>(*head)
                                              : (*repository)->resolve(m_revision);
        if (!tip) {
            return tip.problems();
        }
        auto last = m_opener.open_inside(request.address, *tip);
        if (!last) {
            return last.problems();
        }
        return last->has_value() && (*last)->info.blob == m_blob;
    }

    /// How old a newest point may be on the day of the run.
    [[nodiscard]] history::Freshness freshness() const {
        history::Freshness freshness;
        if (m_input.history->max_age) {
            freshness.max_age = m_input.history->max_age->value;
        }
        if (m_arguments.now) {
            freshness.today = policy::days_between({1970, 1, 1}, *m_arguments.now);
        } else if (m_opener.now()) {
            freshness.today = support::day_of(*m_opener.now());
        }
        return freshness;
    }

    void note_head(const History& past, const HistoryPoint& judged) {
        // A table in the repository cannot hold the commit that it is committed by.
        const bool wants_head = m_input.history->from.value != "file";
        if (std::string note = note_of_head(past, judged, wants_head, m_opener); !note.empty()) {
            m_loaded.histories->notes.push_back(std::move(note));
        }
    }

    void note_stale(const history::Stale& stale) {
        m_loaded.histories->notes.push_back(
            history::opening_of(stale) +
            (stale.too_old ? "."
                           : "; metrics that are recorded at other times need an input of "
                             "their own."));
        m_loaded.stale.emplace(stale.metric, stale.reason);
    }

    /// The last point of every history is the candidate. A metric that was not recorded with the
    /// newest of them, or too long ago, has none: its last value would be judged for ever.
    support::Result<Done> take_newest() {
        evidence::MetricFile file;
        file.source = m_loaded.histories->source;
        for (const history::Stale& each :
             history::stale_of(m_loaded.histories->histories, file.source, freshness(),
                               m_loaded.histories->newest)) {
            note_stale(each);
        }
        for (History& history : m_loaded.histories->histories) {
            if (history.points.empty() || m_loaded.stale.count(history.metric) != 0) {
                continue;
            }
            HistoryPoint point = std::move(history.points.back());
            history.points.pop_back();
            note_head(history, point);
            evidence::Entry entry;
            entry.name = history.metric;
            entry.unit = history.unit;
            entry.where = point.where;
            evidence::Scalar scalar;
            scalar.value = point.value;
            scalar.standard_error = point.standard_error;
            scalar.n = point.n;
            entry.evidence = scalar;
            file.metadata = point.metadata;
            m_loaded.info.candidate.description =
                file.source + ", point " + support::visible(point.key, 60);
            m_loaded.info.candidate.commit = point.commit;
            file.entries.push_back(std::move(entry));
            m_loaded.newest.emplace(history.metric, std::move(point));
        }
        if (file.entries.empty()) {
            m_loaded.info.candidate.description = file.source;
        }
        m_loaded.info.candidate.metadata = file.metadata;
        m_loaded.candidate = std::move(file);
        return Done{};
    }

    const Plan& m_plan;
    std::size_t m_index;
    const policy::Input& m_input;
    const CheckArguments& m_arguments;
    const std::string& m_directory;
    std::string m_root;
    Opener& m_opener;
    LoadedInput m_loaded;
    std::string m_revision;  ///< of a committed candidate
    std::string m_blob;      ///< of a candidate's file
};

}  // namespace

support::Result<LoadedInput> load_history(const Plan& plan, std::size_t index,
                                          const CheckArguments& arguments,
                                          const std::string& policy_directory, Opener& opener) {
    return Reading(plan, index, arguments, policy_directory, opener).run();
}

}  // namespace metricgate::cli
