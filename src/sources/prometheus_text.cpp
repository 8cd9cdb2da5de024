#include "sources/prometheus_text.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <unordered_map>

#include "sources/prometheus_line.h"
#include "sources/prometheus_series.h"
#include "support/text.h"

namespace metricgate::sources {

namespace {

using support::Result;

constexpr std::size_t most_series = 1'000'000;
constexpr std::array<std::string_view, 9> kinds = {"counter", "gauge",    "histogram",
                                                   "summary", "untyped",  "unknown",
                                                   "info",    "stateset", "gaugehistogram"};
constexpr std::array<std::string_view, 4> openmetrics_kinds = {"unknown", "info", "stateset",
                                                               "gaugehistogram"};

template <class List>
bool holds(const List& list, std::string_view text) {
    return std::find(list.begin(), list.end(), text) != list.end();
}

std::string_view next_word(std::string_view& rest) {
    rest.remove_prefix(std::min(rest.find_first_not_of(" \t"), rest.size()));
    const std::string_view word = rest.substr(0, rest.find_first_of(" \t"));
    rest.remove_prefix(word.size());
    return word;
}

/// The name and kind of a `# TYPE` line; empty when the line is none.
std::pair<std::string_view, std::string_view> type_in(std::string_view line) {
    if (!line.starts_with("# TYPE ")) {
        return {};
    }
    line.remove_prefix(7);
    const std::string_view name = next_word(line);
    const std::string_view kind = next_word(line);
    return holds(kinds, kind) && next_word(line).empty() ? std::pair(name, kind)
                                                         : decltype(std::pair(name, kind)){};
}

class Reader {
public:
    Reader(std::string_view text, const std::string& source) : m_rest(text), m_source(source) {}

    Result<Recording> read() {
        while (!m_rest.empty()) {
            ++m_line;
            const std::size_t end = m_rest.find('\n');
            if (end == std::string_view::npos && !m_rest.starts_with("# EOF")) {
                return support::Diagnostic{here(),
                                           "the last line has no line end, so the file may "
                                           "be cut short; fetch it again"};
            }
            std::string_view line = m_rest.substr(0, end);
            m_rest.remove_prefix(end == std::string_view::npos ? m_rest.size() : end + 1);
            line.remove_suffix(line.ends_with('\r') ? 1 : 0);
            auto problem = m_ended ? std::optional(support::Diagnostic{
                                         here(),
                                         "there is more after # EOF; fetch one file, not "
                                         "several put together"})
                                   : take(line);
            if (problem) {
                return std::move(*problem);
            }
        }
        return finish();
    }

private:
    [[nodiscard]] support::Location here() const { return support::in_file(m_source, m_line, 1); }

    std::optional<support::Diagnostic> take(std::string_view line) {
        const bool is_empty = line.find_first_not_of(" \t") == std::string_view::npos;
        if (line == "# EOF") {
            m_ended = true;
        } else if (line.starts_with('#')) {
            take_comment(line);
        } else if (!is_empty) {
            return take_sample(line);
        }
        return std::nullopt;
    }

    void take_comment(std::string_view line) {
        const auto [name, kind] = type_in(line);
        if (!name.empty()) {
            m_context.types[std::string(name)] = kind;
            m_openmetrics |= holds(openmetrics_kinds, kind);
        } else if (line.starts_with("# UNIT ")) {
            line.remove_prefix(7);
            const std::string unit_of(next_word(line));
            m_context.units[unit_of] = next_word(line);
            m_openmetrics = true;
        }
    }

    std::optional<support::Diagnostic> take_sample(std::string_view line) {
        auto sample = read_prometheus_line(line, here());
        if (!sample.ok()) {
            return sample.problems().front();
        }
        m_openmetrics |= sample->has_exemplar || is_counter_without_suffix(sample->name);
        const std::string key = prometheus_name(sample->name, sample->labels);
        const auto [found, is_new] = m_places.emplace(key, m_series.size());
        if (is_new) {
            if (m_series.size() >= most_series) {
                return support::Diagnostic{here(),
                                           "the file holds more than " +
                                               support::count_of(most_series, "series", "series")};
            }
            m_series.push_back({sample->name, sample->labels, here(), {}, {}});
            m_timed.push_back(sample->time.has_value());
        }
        PrometheusSeries& series = m_series[found->second];
        const bool timed = sample->time.has_value();
        m_times.push_back({found->second, timed ? support::parse_number(*sample->time).value : 0});
        series.points.push_back({0, sample->value});
        if (!is_new && !(timed && m_timed[found->second])) {
            return support::Diagnostic{here(), "'" + support::visible(key) +
                                                   "' stands twice (first in line " +
                                                   std::to_string(series.where.line) + ")"};
        }
        return std::nullopt;
    }

    /// OpenMetrics leaves `_total` out of the name of a counter's TYPE, the older format does not.
    [[nodiscard]] bool is_counter_without_suffix(const std::string& name) const {
        constexpr std::string_view suffix = "_total";
        if (!name.ends_with(suffix) || m_context.types.contains(name)) {
            return false;
        }
        const auto type = m_context.types.find(name.substr(0, name.size() - suffix.size()));
        return type != m_context.types.end() && type->second == "counter";
    }

    /// Times are known once the end of the file has told the format: seconds or milliseconds.
    std::optional<support::Diagnostic> set_times() {
        const double scale = m_ended ? 1000 : 1;
        std::vector<std::size_t> next(m_series.size(), 0);
        for (const auto& [at, time] : m_times) {
            const double milliseconds = std::round(time * scale);
            const bool fits = std::abs(milliseconds) < 9e15;
            m_series[at].points[next[at]++].time =
                fits ? static_cast<std::int64_t>(milliseconds) : 0;
        }
        for (PrometheusSeries& series : m_series) {
            for (std::size_t i = 1; i < series.points.size(); ++i) {
                if (series.points[i].time <= series.points[i - 1].time) {
                    return support::Diagnostic{
                        series.where,
                        "the values of '" +
                            support::visible(prometheus_name(series.name, series.labels)) +
                            "' do not follow one another in time"};
                }
            }
        }
        return std::nullopt;
    }

    Result<Recording> finish() {
        if (m_openmetrics && !m_ended) {
            return support::problem_in(m_source,
                                       "the text is OpenMetrics and has no # EOF at its "
                                       "end: it is cut short; fetch it again");
        }
        if (m_series.empty()) {
            return support::problem_in(m_source, "there is no sample in this file");
        }
        if (auto problem = set_times()) {
            return std::move(*problem);
        }
        drop_creation_times();
        auto run = prometheus_run(std::move(m_series), m_context);
        if (!run.ok()) {
            return run.problems();
        }
        if (!m_ended) {
            run->notes.push_back(
                "text exposition has no mark at its end: had it been cut after a "
                "whole line, that could not be seen (in OpenMetrics it could)");
        }
        Recording recording;
        recording.source = m_source;
        recording.runs.push_back(std::move(run).value());
        return recording;
    }

    /// When a counter began is no metric of it.
    void drop_creation_times() {
        std::erase_if(m_series, [&](const PrometheusSeries& series) {
            constexpr std::string_view suffix = "_created";
            if (!m_ended || !series.name.ends_with(suffix)) {
                return false;
            }
            const auto type =
                m_context.types.find(series.name.substr(0, series.name.size() - suffix.size()));
            return type != m_context.types.end() &&
                   (type->second == "counter" || type->second == "histogram" ||
                    type->second == "summary");
        });
    }

    std::string_view m_rest;
    const std::string& m_source;
    std::uint32_t m_line = 0;
    bool m_ended = false;
    bool m_openmetrics = false;
    PrometheusContext m_context;
    std::vector<PrometheusSeries> m_series;
    std::vector<bool> m_timed;
    std::vector<std::pair<std::size_t, double>> m_times;  ///< of each sample, in order
    std::unordered_map<std::string, std::size_t> m_places;
};

}  // namespace

bool recognises_prometheus_text(const Document& document) {
    const auto text = document.text();
    if (!text) {
        return false;
    }
    std::string_view rest = text->substr(0, std::size_t{1} << 20);
    while (!rest.empty()) {
        const std::size_t end = std::min(rest.find('\n'), rest.size());
        std::string_view line = rest.substr(0, end);
        line.remove_suffix(line.ends_with('\r') ? 1 : 0);
        if (!type_in(line).first.empty()) {
            return true;
        }
        rest.remove_prefix(std::min(end + 1, rest.size()));
    }
    return false;
}

Result<Recording> read_prometheus_text(const Document& document) {
    const auto text = document.require_text();
    return text.ok() ? Reader(*text, document.source()).read() : text.problems();
}

}  // namespace metricgate::sources
