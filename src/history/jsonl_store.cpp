#include "history/jsonl_store.h"

#include <algorithm>
#include <filesystem>
#include <map>
#include <set>
#include <tuple>

#include "history/jsonl_line.h"
#include "support/folder_lock.h"
#include "support/text.h"

namespace metricgate::history {

namespace {

using evidence::HistoryPoint;
using support::Result;

constexpr std::size_t largest_store = std::size_t{1} << 30;

/// Metric, commit, run and attempt: what steps go forward in.
using Course = std::tuple<std::string, std::string, std::string, std::string>;

Course course_of(const std::string& metric, const HistoryPoint& point) {
    return {metric, point.commit, fact_of(point, run_key), fact_of(point, attempt_key)};
}

/// What makes a copy the same as a point that is there.
using Copy = std::tuple<Course, std::int64_t, double, std::optional<std::int64_t>>;

Copy copy_of(const std::string& metric, const HistoryPoint& point) {
    return {course_of(metric, point), point.time.value_or(0), point.value.value, point.step};
}

/// False for files in memory, which nobody else sees.
bool is_on_disk(const std::string& path, support::FileSystem& files) {
    const std::string folder = std::filesystem::path(path).parent_path().string();
    return files.identify(folder.empty() ? "." : folder).known;
}

/// The lines that are there and those that one call adds.
class Addition {
public:
    explicit Addition(const std::vector<StoredLine>& held, const std::string& source)
        : m_source(source) {
        for (const StoredLine& line : held) {
            note(line.metric, line.unit, line.point);
            m_call = std::max(m_call, line.call);
        }
        ++m_call;
    }

    std::optional<support::Diagnostic> add(const NewPoint& added) {
        if (added.is_copy && m_copies.contains(copy_of(added.metric, added.point))) {
            ++appended.known;
            return std::nullopt;
        }
        const std::string& unit = m_units[added.metric];
        if (!unit.empty() && !added.unit.empty() && unit != added.unit) {
            return other_unit(added, unit, m_source);
        }
        const auto last = m_steps.find(course_of(added.metric, added.point));
        if (added.point.step && last != m_steps.end() && last->second > *added.point.step) {
            return backward_step(added, last->second, m_source);
        }
        note(added.metric, added.unit, added.point);
        text += line_of(added, m_call);
        ++appended.added;
        return std::nullopt;
    }

    std::string text;
    Appended appended;

private:
    void note(const std::string& metric, const std::string& unit, const HistoryPoint& point) {
        m_copies.insert(copy_of(metric, point));
        if (!unit.empty()) {
            m_units[metric] = unit;
        }
        if (point.step) {
            const auto [at, is_new] = m_steps.emplace(course_of(metric, point), *point.step);
            at->second = std::max(at->second, *point.step);
        }
    }

    const std::string& m_source;
    std::uint64_t m_call = 0;
    std::map<std::string, std::string> m_units;
    std::map<Course, std::int64_t> m_steps;
    std::set<Copy> m_copies;
};

class JsonlStore final : public Store {
public:
    JsonlStore(std::string path, support::FileSystem& files, support::PathTrust trust,
               std::string root)
        : m_path(std::move(path)), m_files(files), m_trust(trust), m_root(std::move(root)) {}

    Result<Appended> append(const std::vector<NewPoint>& points) override {
        if (auto problems = check_points(points); !problems.empty()) {
            return problems;
        }
        std::unique_ptr<support::FolderLock> lock;
        if (is_on_disk(m_path, m_files)) {
            auto taken = support::lock_folder_of(m_path);
            if (!taken.ok()) {
                return taken.problems();
            }
            lock = std::move(taken).value();
        }
        std::string text;
        std::vector<StoredLine> held;
        if (m_files.exists(m_path)) {
            const auto bytes = content();
            if (!bytes.ok()) {
                return bytes.problems();
            }
            auto lines = read_lines(bytes->view(), m_path);
            if (!lines.ok()) {
                return lines.problems();
            }
            held = std::move(lines).value();
            text = bytes->view();
        }
        Addition addition(held, m_path);
        for (const NewPoint& point : points) {
            if (auto problem = addition.add(point)) {
                return *std::move(problem);
            }
        }
        if (addition.appended.added > 0) {
            if (const auto written = m_files.write(m_path, text + addition.text); !written.ok()) {
                return written.problems();
            }
        }
        return addition.appended;
    }

    [[nodiscard]] Result<std::vector<evidence::History>> read(const Query& query) const override {
        auto all = histories();
        if (!all.ok()) {
            return all;
        }
        std::vector<std::string> names;
        for (const evidence::History& history : *all) {
            names.push_back(history.metric);
        }
        if (auto absent = absent_metrics(query.metrics, names, m_path); !absent.empty()) {
            return absent;
        }
        std::erase_if(*all, [&](const evidence::History& history) {
            return !query.metrics.empty() &&
                   std::ranges::find(query.metrics, history.metric) == query.metrics.end();
        });
        for (evidence::History& history : *all) {
            if (query.window && history.points.size() > *query.window) {
                history.points.erase(
                    history.points.begin(),
                    history.points.end() - static_cast<std::ptrdiff_t>(*query.window));
            }
        }
        return all;
    }

    [[nodiscard]] Result<std::vector<std::string>> metrics() const override {
        const auto all = histories();
        if (!all.ok()) {
            return all.problems();
        }
        std::vector<std::string> names;
        for (const evidence::History& history : *all) {
            names.push_back(history.metric);
        }
        return names;
    }

    [[nodiscard]] std::vector<std::string> files() const override { return {m_path}; }

private:
    [[nodiscard]] Result<support::Bytes> content() const {
        return m_files.read(m_path, largest_store, m_trust, m_root);
    }

    [[nodiscard]] Result<std::vector<evidence::History>> histories() const {
        const auto bytes = content();
        if (!bytes.ok()) {
            return bytes.problems();
        }
        auto lines = read_lines(bytes->view(), m_path);
        if (!lines.ok()) {
            return lines.problems();
        }
        if (lines->empty()) {
            return support::problem_in(m_path, "is empty; nothing was logged to it");
        }
        // Branches that were merged bring their lines in any order.
        std::ranges::stable_sort(*lines, {}, [](const StoredLine& line) {
            return std::tuple(line.point.time.value_or(0), line.call);
        });
        std::map<std::string, evidence::History> by_metric;
        for (StoredLine& line : *lines) {
            evidence::History& history = by_metric[line.metric];
            if (!line.unit.empty() && !history.unit.empty() && line.unit != history.unit) {
                return support::Diagnostic{line.point.where,
                                           "'" + support::visible(line.metric) + "' is in '" +
                                               support::visible(line.unit) + "' here and in '" +
                                               support::visible(history.unit) +
                                               "' before; give one of them another name"};
            }
            history.metric = line.metric;
            history.unit = history.unit.empty() ? line.unit : history.unit;
            history.points.push_back(std::move(line.point));
        }
        std::vector<evidence::History> all;
        for (auto& [name, history] : by_metric) {
            all.push_back(std::move(history));
        }
        return all;
    }

    std::string m_path;
    support::FileSystem& m_files;
    support::PathTrust m_trust;
    std::string m_root;
};

}  // namespace

std::unique_ptr<Store> jsonl_store(const std::string& path, support::FileSystem& files,
                                   support::PathTrust trust, const std::string& root) {
    return std::make_unique<JsonlStore>(path, files, trust, root);
}

}  // namespace metricgate::history
