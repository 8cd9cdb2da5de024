// A table with a row a measurement, oldest first, or a log with a value a step.
#include <algorithm>
#include <array>
#include <cmath>
#include <map>
#include <optional>
#include <set>

#include "history/collect.h"
#include "history/readers.h"
#include "sources/recording.h"
#include "sources/table_reader.h"
#include "support/text.h"
#include "support/utc_time.h"

namespace metricgate::history {
namespace {

using evidence::HistoryPoint;
using support::Diagnostics;
using support::NumberKind;
using support::ParsedNumber;

constexpr std::size_t file_limit = std::size_t{1} << 30;
constexpr double most_examples = 1e15;
constexpr std::string_view error_suffix = "_stderr";
constexpr std::string_view count_suffix = "_n";
/// Columns that say when and on what a row was measured, where a table has them.
constexpr std::array<std::string_view, 4> moments = {"commit", "data_digest", "step", "time"};

ParsedNumber number_of(double value) {
    if (std::isnan(value)) {
        return {NumberKind::not_a_number, 0.0};
    }
    if (std::isinf(value)) {
        return {value > 0.0 ? NumberKind::positive_infinity : NumberKind::negative_infinity, 0.0};
    }
    return {NumberKind::finite, value};
}

bool is_number(const std::string& text) {
    return support::parse_number(text).kind != NumberKind::malformed;
}

class TableHistory {
public:
    TableHistory(const Request& request, const sources::Document& document)
        : m_request(request), m_document(document) {}

    support::Result<Histories> read() {
        const auto outline = sources::outline(m_document, m_request.format);
        if (!outline) {
            return outline.problems();
        }
        m_columns = outline->columns;
        if (const auto done = choose_metrics(*outline); !done) {
            return done.problems();
        }
        auto table = sources::read_table(m_document, m_request.format, requests());
        if (!table) {
            return table.problems();
        }
        m_table = std::move(*table);
        if (const auto done = check_keys(); !done) {
            return done.problems();
        }
        if (const auto done = check_steps(); !done) {
            return done.problems();
        }
        if (const auto done = check_times(); !done) {
            return done.problems();
        }
        if (const auto done = check_counts(); !done) {
            return done.problems();
        }
        Histories all;
        all.source = m_document.source();
        Collection points(m_request);
        for (const std::string& metric : m_metrics) {
            for (std::size_t row = 0; row < m_table.rows; ++row) {
                if (auto point = point_at(metric, row)) {
                    points.add(metric, "", std::move(*point));
                }
            }
        }
        all.histories = points.take();
        if (m_table.rows > 0) {
            const std::size_t last = m_table.rows - 1;
            all.newest = NewestState{text_at(m_request.key, last), {}};
            for (const std::string& metric : m_metrics) {
                std::size_t row = last;
                while (!cell(metric, row) && row > 0 && is_one_moment(row - 1, last)) {
                    --row;
                }
                if (cell(metric, row)) {
                    all.newest->metrics.insert(metric);
                }
            }
        }
        return all;
    }

private:
    [[nodiscard]] bool has(const std::string& column) const {
        return std::ranges::find(m_columns, column) != m_columns.end();
    }

    /// The metrics that are asked for, or every column of numbers that is nothing else.
    support::Result<support::Done> choose_metrics(const sources::Outline& outline) {
        if (m_request.key.empty()) {
            return support::Diagnostic{m_request.where,
                                       "a table of a history needs `key:`, the column that names "
                                       "its rows; it has " +
                                           support::enumerate(m_columns)};
        }
        if (!m_request.metrics.empty()) {
            m_metrics = m_request.metrics;
            return support::Done{};
        }
        for (std::size_t i = 0; i < m_columns.size(); ++i) {
            const std::string& name = m_columns[i];
            const bool told = name == m_request.key ||
                              std::ranges::find(moments, name) != moments.end() ||
                              (name.ends_with(error_suffix) && has(before(name, error_suffix))) ||
                              (name.ends_with(count_suffix) && has(before(name, count_suffix)));
            const bool numbers = std::ranges::any_of(outline.first_rows, [&](const auto& row) {
                return i < row.size() && is_number(row[i]);
            });
            if (!told && numbers) {
                m_metrics.push_back(name);
            }
        }
        return support::Done{};
    }

    static std::string before(const std::string& name, std::string_view suffix) {
        return name.substr(0, name.size() - suffix.size());
    }

    [[nodiscard]] std::vector<sources::ColumnRequest> requests() const {
        using sources::ReadAs;
        std::vector<sources::ColumnRequest> wanted = {
            {m_request.key, ReadAs::category, m_request.where}};
        for (const std::string_view name : moments) {
            const std::string column(name);
            if (has(column) && column != m_request.key) {
                wanted.push_back({column, ReadAs::category, m_request.where});
            }
        }
        for (const std::string& metric : m_metrics) {
            wanted.push_back({metric, ReadAs::number, m_request.where});
            for (const std::string_view suffix : {error_suffix, count_suffix}) {
                if (const std::string column = metric + std::string(suffix); has(column)) {
                    wanted.push_back({column, ReadAs::number, m_request.where});
                }
            }
        }
        return wanted;
    }

    [[nodiscard]] std::string text_at(const std::string& column, std::size_t row) const {
        const auto found = m_table.categories.find(column);
        return found == m_table.categories.end() ? ""
                                                 : found->second.names[found->second.codes[row]];
    }

    [[nodiscard]] std::optional<std::int64_t> whole_at(const std::string& column,
                                                       std::size_t row) const {
        const ParsedNumber number = support::parse_number(text_at(column, row));
        constexpr double largest = 9007199254740992.0;
        return number.kind == NumberKind::finite && number.value == std::trunc(number.value) &&
                       std::abs(number.value) < largest
                   ? std::optional(static_cast<std::int64_t>(number.value))
                   : std::nullopt;
    }

    /// A key names one measurement of a metric, or attempts at one commit: a row that was appended
    /// once more would else take the place of the one before it.
    [[nodiscard]] support::Result<support::Done> check_keys() {
        for (const std::string& metric : m_metrics) {
            std::map<std::string, std::size_t> rows;
            for (std::size_t row = 0; row < m_table.rows; ++row) {
                if (!cell(metric, row)) {
                    continue;
                }
                const std::string key = text_at(m_request.key, row);
                if (key.find_first_not_of(" \t") == std::string::npos) {
                    return key_problem(row, "no key in '" + support::visible(m_request.key, 60) +
                                                "'; name every measurement");
                }
                const auto [before, is_new] = rows.emplace(key, row);
                if (!is_new && !has("commit") && looks_like_commit(key)) {
                    m_commits_by_key.insert(key);
                } else if (!is_new && !are_of_one_commit(before->second, row)) {
                    return key_problem(
                        row, "the key '" + support::visible(key, 60) + "' of row " +
                                 std::to_string(before->second + 1) +
                                 ", and is no attempt at one commit with it; give each "
                                 "measurement a key of its own, or name the `commit` of both");
                }
            }
        }
        return support::Done{};
    }

    /// Seven to 40 hexadecimal digits. A few digits alone are a day or the number of a build, too.
    static bool looks_like_commit(std::string_view key) {
        const auto is_hex = [](char c) {
            return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F');
        };
        return key.size() >= 7 && key.size() <= 40 && std::ranges::all_of(key, is_hex) &&
               (key.size() == 40 || key.find_first_not_of("0123456789") != std::string_view::npos);
    }

    /// What the row says, or its key where that is a commit with several attempts.
    [[nodiscard]] std::string commit_at(std::size_t row) const {
        const std::string key = text_at(m_request.key, row);
        return m_commits_by_key.count(key) != 0 ? key : text_at("commit", row);
    }

    [[nodiscard]] bool are_of_one_commit(std::size_t a, std::size_t b) const {
        const std::string one = text_at("commit", a);
        const std::string other = text_at("commit", b);
        return !one.empty() && !other.empty() && evidence::is_same_commit(one, other);
    }

    [[nodiscard]] support::Diagnostic key_problem(std::size_t row, const std::string& what) const {
        return support::problem_in(m_document.source(),
                                   "row " + std::to_string(row + 1) + " has " + what);
    }

    /// The order of the rows is the order of time; steps that go back say that it is not.
    [[nodiscard]] support::Result<support::Done> check_steps() const {
        std::optional<std::int64_t> last;
        for (std::size_t row = 0; row < m_table.rows; ++row) {
            const auto step = whole_at("step", row);
            if (const std::string text = text_at("step", row); !step && !text.empty()) {
                return bad_row(row, "step '" + support::visible(text, 60) +
                                        "'; wanted a whole number, or nothing");
            }
            if (step && last && *step < *last) {
                return bad_row(row, "step " + std::to_string(*step) + " after step " +
                                        std::to_string(*last) +
                                        "; a history is written oldest first");
            }
            last = step ? step : last;
        }
        return support::Done{};
    }

    /// Seconds since 1970, or a time as RFC 3339 writes it.
    [[nodiscard]] std::optional<std::int64_t> time_at(std::size_t row) const {
        const auto seconds = whole_at("time", row);
        return seconds ? seconds : support::parse_time(text_at("time", row));
    }

    /// A time that cannot be read must not become the absence of one, and one that goes back says
    /// that the last row is not the newest.
    [[nodiscard]] support::Result<support::Done> check_times() const {
        std::optional<std::int64_t> last;
        for (std::size_t row = 0; row < m_table.rows; ++row) {
            const std::string text = text_at("time", row);
            const auto time = time_at(row);
            if (!text.empty() && !time) {
                return bad_row(
                    row, "the time '" + support::visible(text, 60) +
                             "'; wanted one like 2026-12-31T10:00:00Z, or seconds since 1970");
            }
            if (time && last && *time < *last) {
                return bad_row(row, "the time " + support::format_time(*time) + " after " +
                                        support::format_time(*last) +
                                        "; a history is written oldest first");
            }
            last = time ? time : last;
        }
        return support::Done{};
    }

    /// A number of examples that cannot be one must not become the absence of it.
    [[nodiscard]] support::Result<support::Done> check_counts() const {
        for (const std::string& metric : m_metrics) {
            const std::string column = metric + std::string(count_suffix);
            for (std::size_t row = 0; row < m_table.rows; ++row) {
                const auto n = cell(column, row);
                if (n && cell(metric, row) &&
                    !(*n >= 1.0 && *n < most_examples && *n == std::trunc(*n))) {
                    return bad_row(row, support::format_short(*n, 6) + " in " +
                                            support::visible(column, 60) +
                                            "; wanted a whole number of examples, or nothing");
                }
            }
        }
        return support::Done{};
    }

    [[nodiscard]] support::Diagnostic bad_row(std::size_t row, const std::string& what) const {
        return support::problem_in(
            m_document.source(),
            "row '" + support::visible(text_at(m_request.key, row), 60) + "' has " + what);
    }

    [[nodiscard]] std::optional<double> cell(const std::string& column, std::size_t row) const {
        const auto found = m_table.numbers.find(column);
        if (found == m_table.numbers.end() || evidence::is_missing(found->second.values[row])) {
            return std::nullopt;
        }
        return found->second.values[row];
    }

    [[nodiscard]] HistoryPoint moment_at(std::size_t row) const {
        HistoryPoint point;
        point.key = text_at(m_request.key, row);
        point.commit = commit_at(row);
        point.data_digest = text_at("data_digest", row);
        point.step = whole_at("step", row);
        point.time = time_at(row);
        point.where = support::in_file(m_document.source());
        return point;
    }

    /// Whether two rows hold parts of one measurement: they have one commit, else one time, else
    /// one step.
    [[nodiscard]] bool is_one_moment(std::size_t a, std::size_t b) const {
        const HistoryPoint one = moment_at(a);
        const HistoryPoint other = moment_at(b);
        if (!one.commit.empty() || !other.commit.empty()) {
            return one.commit == other.commit;
        }
        if (one.time || other.time) {
            return one.time == other.time;
        }
        return one.step && one.step == other.step;
    }

    /// Nothing for a row without a value: that metric was not measured then.
    [[nodiscard]] std::optional<HistoryPoint> point_at(const std::string& metric,
                                                       std::size_t row) const {
        const auto value = cell(metric, row);
        if (!value) {
            return std::nullopt;
        }
        HistoryPoint point = moment_at(row);
        point.value = number_of(*value);
        if (const auto error = cell(metric + std::string(error_suffix), row)) {
            point.standard_error = number_of(*error);
        }
        if (const auto n = cell(metric + std::string(count_suffix), row)) {
            point.n = static_cast<std::uint64_t>(*n);
        }
        return point;
    }

    const Request& m_request;
    const sources::Document& m_document;
    std::vector<std::string> m_columns;
    std::vector<std::string> m_metrics;
    std::set<std::string> m_commits_by_key;  ///< keys of several rows that are ids of commits
    evidence::Table m_table;
};

/// A log: every metric that has values over steps.
support::Result<Histories> read_log(const Request& request, const sources::Document& document) {
    const auto recording = sources::read_metrics(document, request.format);
    if (!recording) {
        return recording.problems();
    }
    if (recording->runs.size() != 1) {
        return support::problem_in(
            document.source(), "holds " + support::count_of(recording->runs.size(), "run", "runs") +
                                   ", and a history is read from one; give a file of one run");
    }
    const sources::Run& run = recording->runs.front();
    if (run.refused) {
        return *run.refused;
    }
    if (run.series.empty()) {
        return support::problem_in(document.source(),
                                   "records one value a metric and no values over time; give a "
                                   "table with `key:`, or a log");
    }
    Histories all;
    all.source = document.source();
    all.notes = run.notes;
    Collection points(request);
    for (const sources::Series& series : run.series) {
        if (!points.wants(series.name)) {
            continue;
        }
        for (const sources::Point& each : series.points) {
            HistoryPoint point;
            describe_moment(run.metadata, point);
            point.value = each.value;
            point.standard_error = each.standard_error;
            point.n = each.n;
            point.step = each.step;
            point.key = "step " + std::to_string(each.step);
            if (each.moment > 0) {
                const sources::Moment& moment = run.moments[each.moment - 1];
                point.time = moment.time;
                point.commit = moment.commit;
                point.data_digest =
                    moment.data_digest.empty() ? point.data_digest : moment.data_digest;
                point.key = moment.commit.empty() ? point.key : moment.commit.substr(0, 12);
            }
            point.where = series.where;
            points.add(series.name, series.unit, std::move(point));
        }
    }
    all.histories = points.take();
    return all;
}

bool names_log(const std::string& format) {
    return std::ranges::any_of(sources::metric_formats(),
                               [&](const auto& known) { return known.name == format; });
}

}  // namespace

support::Result<Histories> read_file(const Request& request) {
    const auto bytes =
        request.files->read(request.address, file_limit, request.trust, request.root);
    if (!bytes) {
        return bytes.problems();
    }
    const auto document = sources::open_document(*bytes, request.address, file_limit);
    if (!document) {
        return document.problems();
    }
    const bool is_log =
        names_log(request.format) ||
        (request.format.empty() && request.key.empty() && sources::looks_like_metrics(*document));
    auto read = is_log ? read_log(request, *document) : TableHistory(request, *document).read();
    if (read) {
        read->files.push_back(request.address);
    }
    return read;
}

}  // namespace metricgate::history
