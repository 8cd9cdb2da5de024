#include "sources/prometheus_series.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>
#include <set>
#include <utility>

#include "sources/prometheus_buckets.h"
#include "support/text.h"

namespace metricgate::sources {

namespace {

using support::NumberKind;
using support::Result;

constexpr std::size_t most_notes = 20;

struct Quantile {
    std::string_view name;
    double q;
};
constexpr std::array<Quantile, 4> quantiles = {
    {{"p50", 0.5}, {"p90", 0.9}, {"p95", 0.95}, {"p99", 0.99}}};

using Key = std::pair<std::string, PrometheusLabels>;

support::ParsedNumber finite(double value) {
    return {NumberKind::finite, value};
}

std::optional<std::string> without(std::string_view name, std::string_view suffix) {
    return name.size() > suffix.size() && name.ends_with(suffix)
               ? std::optional(std::string(name.substr(0, name.size() - suffix.size())))
               : std::nullopt;
}

double seconds_of(const PrometheusSeries& series) {
    return static_cast<double>(series.points.back().time - series.points.front().time) / 1000.0;
}

std::optional<std::uint64_t> as_count(double value) {
    constexpr double exact = 9007199254740992.0;
    return value >= 0 && value <= exact && value == std::floor(value)
               ? std::optional(static_cast<std::uint64_t>(value))
               : std::nullopt;
}

/// Sentences for the report, of which only the first are kept.
class Notes {
public:
    explicit Notes(std::vector<std::string>& notes) : m_notes(notes) {}
    void add(std::string note) {
        if (++m_count <= most_notes) {
            m_notes.push_back(std::move(note));
        }
    }
    void close(const std::string& about) {
        if (m_count > most_notes) {
            m_notes.push_back("and so for " + std::to_string(m_count - most_notes) + " more " +
                              about);
        }
    }

private:
    std::vector<std::string>& m_notes;
    std::size_t m_count = 0;
};

class Builder {
public:
    explicit Builder(const PrometheusContext& context) : m_context(context) {}

    Result<Run> build(std::vector<PrometheusSeries> all) {
        drop_ended(all);
        find_histograms(all);
        Notes gaps(m_run.notes);
        for (const PrometheusSeries& series : all) {
            if (m_bucket_series.contains(&series)) {
                continue;
            }
            add_plain(series, gaps);
        }
        gaps.close("series");
        add_histograms();
        if (m_counters > 0) {
            m_run.notes.push_back(
                support::count_of(m_counters, "counter is a total", "counters are totals") +
                " since the start of a process: compare rates instead");
        }
        return finish();
    }

private:
    /// A series that ended before the range has no value now: it is missing, neither 0 nor what it
    /// was last.
    void drop_ended(std::vector<PrometheusSeries>& all) {
        if (!m_context.is_range) {
            return;
        }
        m_start = m_context.start;
        m_end = m_context.end;
        m_step = m_context.step;
        for (const PrometheusSeries& series : all) {
            for (std::size_t i = 0; i < series.points.size(); ++i) {
                const std::int64_t time = series.points[i].time;
                const std::int64_t before = i == 0 ? time : series.points[i - 1].time;
                if (!m_context.start) {
                    m_start = std::min(m_start.value_or(time), time);
                }
                if (!m_context.end) {
                    m_end = std::max(m_end.value_or(time), time);
                }
                if (!m_context.step && time > before) {
                    m_step = std::min(m_step.value_or(time - before), time - before);
                }
            }
        }
        Notes ended(m_run.notes);
        const std::int64_t tolerance = m_step.value_or(1) - 1;
        std::erase_if(all, [&](const PrometheusSeries& series) {
            const bool over =
                !series.points.empty() && series.points.back().time + tolerance < m_end.value_or(0);
            if (over) {
                ended.add("'" + support::visible(prometheus_name(series.name, series.labels)) +
                          "' ends before the end of the range: it has no value, and is missing");
            }
            return over;
        });
        ended.close("series");
    }

    void find_histograms(const std::vector<PrometheusSeries>& all) {
        for (const PrometheusSeries& series : all) {
            const auto base = without(series.name, "_bucket");
            const auto le = series.labels.find("le");
            if (!base || le == series.labels.end()) {
                continue;
            }
            PrometheusLabels rest = series.labels;
            rest.erase("le");
            const auto bound = prometheus_value(le->second);
            PrometheusHistogram& histogram = m_histograms[{*base, std::move(rest)}];
            histogram.where = series.where;
            m_bucket_series.insert(&series);
            using Limits = std::numeric_limits<double>;
            const double value = bound.kind == NumberKind::finite ? bound.value
                                 : bound.kind == NumberKind::positive_infinity
                                     ? Limits::infinity()
                                     : Limits::quiet_NaN();
            histogram.buckets.emplace_back(value, &series);
        }
        for (const PrometheusSeries& series : all) {
            for (const auto& [suffix, member] :
                 {std::pair("_sum", &PrometheusHistogram::sum),
                  std::pair("_count", &PrometheusHistogram::count)}) {
                const auto base = without(series.name, suffix);
                const auto found =
                    base ? m_histograms.find({*base, series.labels}) : m_histograms.end();
                if (found != m_histograms.end()) {
                    found->second.*member = &series;
                }
                if (base && suffix == std::string_view("_count") && gain_of(series) == 0.0) {
                    m_unobserved.insert({*base, series.labels});
                }
            }
        }
    }

    void add_plain(const PrometheusSeries& series, Notes& gaps) {
        const std::string name = prometheus_name(series.name, series.labels);
        if (series.flaw) {
            add_flaw(name, *series.flaw);
            return;
        }
        const std::string family = family_of(series.name);
        const auto unit = m_context.units.find(family);
        const std::string unit_text = unit == m_context.units.end() ? "" : unit->second;
        if (is_unobserved_quantile(series)) {
            add_flaw(name, {series.where, "the summary of '" + support::visible(name) +
                                              "' has no observation, so its quantile is no value"});
            return;
        }
        const bool over_time = m_context.is_range || series.points.size() > 1;
        if (!over_time) {
            evidence::Entry entry;
            entry.name = name;
            entry.where = series.where;
            entry.unit = unit_text;
            entry.evidence = evidence::Scalar{series.points.front().value, {}, {}, {}, {}};
            m_run.entries.push_back(std::move(entry));
            m_counters += is_counter(series.name) ? std::size_t{1} : std::size_t{0};
            return;
        }
        Series values;
        values.name = name;
        values.where = series.where;
        values.unit = unit_text;
        for (const PrometheusPoint& point : series.points) {
            values.points.push_back({point.time, point.value, std::nullopt, std::nullopt});
        }
        m_run.series.push_back(std::move(values));
        note_gaps(series, name, gaps);
        if (is_counter(series.name)) {
            add_rate(series, "rate(" + name + ")");
        }
    }

    void note_gaps(const PrometheusSeries& series, const std::string& name, Notes& gaps) const {
        if (!m_context.is_range || !m_step || *m_step <= 0 || !m_start || !m_end) {
            return;
        }
        const auto expected = static_cast<std::size_t>((*m_end - *m_start) / *m_step) + 1;
        if (series.points.size() < expected) {
            gaps.add("'" + support::visible(name) + "' has no value at " +
                     std::to_string(expected - series.points.size()) + " of " +
                     std::to_string(expected) + " times: these are gaps, and are not filled");
        }
    }

    void add_rate(const PrometheusSeries& series, std::string name) {
        const auto gain = gain_of(series);
        if (series.points.size() < 2 || !gain) {
            add_flaw(name, {series.where, "the rate of '" + support::visible(series.name) +
                                              "' needs two finite values at two times"});
            return;
        }
        evidence::Scalar rate;
        rate.value = finite(*gain / seconds_of(series));
        rate.events = as_count(*gain);
        if (rate.events) {
            rate.exposure = seconds_of(series);
        }
        evidence::Entry entry;
        entry.name = std::move(name);
        entry.where = series.where;
        entry.evidence = rate;
        entry.unit = "1/s";
        m_run.entries.push_back(std::move(entry));
    }

    void add_histograms() {
        Notes notes(m_run.notes);
        for (auto& [key, histogram] : m_histograms) {
            add_histogram(prometheus_name(key.first, key.second), family_of(key.first), histogram,
                          notes);
        }
        notes.close("histograms");
    }

    void add_histogram(const std::string& name, const std::string& family,
                       PrometheusHistogram& histogram, Notes& notes) {
        std::sort(histogram.buckets.begin(), histogram.buckets.end(),
                  [](const auto& a, const auto& b) {
                      return std::isnan(b.first) ? !std::isnan(a.first) : a.first < b.first;
                  });
        std::vector<HistogramBucket> buckets;
        std::string bounds;
        const auto flaw = read_buckets(histogram, buckets, bounds);
        const auto unit = m_context.units.find(family);
        evidence::Entry entry;
        entry.where = histogram.where;
        entry.unit = unit == m_context.units.end() ? "" : unit->second;
        entry.conditions["buckets"] = bounds.size() <= 160 ? bounds : prometheus_digest(bounds);
        std::string told;
        for (const auto& [label, q] : quantiles) {
            entry.name = name + "." + std::string(label);
            entry.flaw.reset();
            entry.evidence = evidence::Scalar{};
            const auto quantile = flaw ? std::nullopt : bucket_quantile(q, buckets);
            if (quantile) {
                entry.evidence = evidence::Scalar{
                    finite(quantile->value), {}, as_count(buckets.back().count), {}, {}};
                told += (told.empty() ? " " : ", ") + std::string(label) + " lies between " +
                        support::format_short(quantile->low) + " and " +
                        support::format_short(quantile->high);
            } else {
                entry.flaw = support::Diagnostic{
                    histogram.where,
                    "'" + support::visible(name) + "' " +
                        flaw.value_or("has its " + std::string(label) +
                                      " outside the finite buckets, where it cannot be told; give "
                                      "it buckets that reach further")};
            }
            m_run.entries.push_back(entry);
        }
        if (!told.empty()) {
            notes.add("'" + support::visible(name) + "' is read from buckets:" + told);
        }
        add_mean(name, histogram, buckets, flaw.has_value(), entry);
    }

    void add_mean(const std::string& name, const PrometheusHistogram& histogram,
                  const std::vector<HistogramBucket>& buckets, bool flawed, evidence::Entry entry) {
        const auto sum = histogram.sum == nullptr ? std::nullopt : gain_of(*histogram.sum);
        if (flawed || !sum) {
            return;
        }
        entry.name = name + ".mean";
        entry.flaw.reset();
        entry.conditions.clear();
        const double count = buckets.back().count;
        entry.evidence = evidence::Scalar{finite(*sum / count), {}, as_count(count), {}, {}};
        m_run.entries.push_back(std::move(entry));
    }

    [[nodiscard]] bool is_unobserved_quantile(const PrometheusSeries& series) const {
        PrometheusLabels rest = series.labels;
        return rest.erase("quantile") > 0 && m_unobserved.contains({series.name, rest});
    }

    /// By its type where one is stated, else by its name.
    [[nodiscard]] bool is_counter(const std::string& name) const {
        const auto type = m_context.types.find(family_of(name));
        if (type != m_context.types.end()) {
            return type->second == "counter";
        }
        return without(name, "_total") || without(name, "_count");
    }

    /// The name that types and units are stated for: OpenMetrics leaves `_total` out there.
    [[nodiscard]] std::string family_of(const std::string& name) const {
        if (m_context.types.contains(name) || m_context.units.contains(name)) {
            return name;
        }
        for (const std::string_view suffix : {"_total", "_count", "_sum", "_bucket"}) {
            if (const auto base = without(name, suffix);
                base && (m_context.types.contains(*base) || m_context.units.contains(*base))) {
                return *base;
            }
        }
        return name;
    }

    void add_flaw(const std::string& name, support::Diagnostic flaw) {
        evidence::Entry entry;
        entry.name = name;
        entry.where = flaw.where;
        entry.flaw = std::move(flaw);
        m_run.entries.push_back(std::move(entry));
    }

    Result<Run> finish() {
        std::sort(m_run.entries.begin(), m_run.entries.end(),
                  [](const auto& a, const auto& b) { return a.name < b.name; });
        std::sort(m_run.series.begin(), m_run.series.end(),
                  [](const auto& a, const auto& b) { return a.name < b.name; });
        std::vector<std::pair<std::string, support::Location>> names;
        for (const evidence::Entry& entry : m_run.entries) {
            names.emplace_back(entry.name, entry.where);
        }
        for (const Series& series : m_run.series) {
            names.emplace_back(series.name, series.where);
        }
        std::sort(names.begin(), names.end(),
                  [](const auto& a, const auto& b) { return a.first < b.first; });
        for (std::size_t i = 1; i < names.size(); ++i) {
            if (names[i].first == names[i - 1].first) {
                return support::Diagnostic{names[i].second, "'" + support::visible(names[i].first) +
                                                                "' stands twice; name one of them"};
            }
        }
        return std::move(m_run);
    }

    const PrometheusContext& m_context;
    Run m_run;
    std::map<Key, PrometheusHistogram> m_histograms;
    std::set<const PrometheusSeries*> m_bucket_series;
    std::set<Key> m_unobserved;  ///< summaries and histograms without an observation
    std::optional<std::int64_t> m_start;
    std::optional<std::int64_t> m_end;
    std::optional<std::int64_t> m_step;
    std::size_t m_counters = 0;
};

}  // namespace

Result<Run> prometheus_run(std::vector<PrometheusSeries> series, const PrometheusContext& context) {
    return Builder(context).build(std::move(series));
}

}  // namespace metricgate::sources
