#include "metrics/per_query.h"

#include <algorithm>
#include <map>
#include <vector>

#include "support/text.h"

namespace metricgate::metrics {
namespace {

using evidence::Examples;
using evidence::Rows;
using evidence::Side;

/// The rows of each query, by name.
using Lists = std::map<std::string_view, std::vector<std::size_t>>;

Lists lists_of(const Examples& examples, const Rows& rows) {
    std::vector<std::vector<std::size_t>> by_code(examples.query->names.size());
    for (std::size_t at = 0; at < rows.size(); ++at) {
        by_code[examples.query->codes[rows[at]]].push_back(rows[at]);
    }
    Lists lists;
    for (std::size_t code = 0; code < by_code.size(); ++code) {
        if (!by_code[code].empty()) {
            lists.emplace(examples.query->names[code], std::move(by_code[code]));
        }
    }
    return lists;
}

/// "query 'q7'", the first of them by name, and how many there are.
class Named {
public:
    void add(std::string_view name, std::string reason) {
        if (m_count++ == 0) {
            m_name = name;
            m_reason = std::move(reason);
        }
    }
    [[nodiscard]] std::string describe() const {
        if (m_count == 0) {
            return {};
        }
        const std::string name = "'" + support::visible(m_name) + "'";
        return m_reason + "; " +
               (m_count == 1 ? "query " + name
                             : std::to_string(m_count) + " queries, such as " + name);
    }

private:
    std::size_t m_count = 0;
    std::string m_name;
    std::string m_reason;
};

/// What a query has of a column that belongs to queries; `differs` when its results disagree.
template <class Column>
auto shared_entry(const Column& column, const std::vector<std::size_t>& rows, bool& differs) {
    const auto first = column[rows.front()];
    differs = std::ranges::any_of(rows, [&](std::size_t row) { return column[row] != first; });
    return first;
}

void add_units(const Examples& examples, const Lists& lists, Reduced& reduced) {
    Named torn;
    evidence::IdColumn ids;
    evidence::NumberColumn weights;
    evidence::CategoryColumn clusters;
    for (const auto& [name, rows] : lists) {
        ids.push_back(name);
        bool differs = false;
        if (examples.weight) {
            weights.values.push_back(shared_entry(examples.weight->values, rows, differs));
            if (differs) {
                torn.add(name,
                         "the results of a query must have one weight, as a ranking counts "
                         "as a whole");
            }
        }
        if (examples.cluster) {
            clusters.codes.push_back(shared_entry(examples.cluster->codes, rows, differs));
            if (differs) {
                torn.add(name,
                         "the results of a query must lie in one cluster, as a ranking "
                         "counts as a whole");
            }
        }
    }
    reduced.problem = torn.describe();
    reduced.examples.ids = std::move(ids);
    if (examples.weight) {
        reduced.examples.weight = std::move(weights);
    }
    if (examples.cluster) {
        clusters.names = examples.cluster->names;
        reduced.examples.cluster = std::move(clusters);
    }
}

/// Puts the results of one query in order.
class Ranker {
public:
    Ranker(const Examples& examples, const evidence::NumberColumn& score)
        : m_grade(examples.target->values), m_score(score.values) {}

    [[nodiscard]] RankedQuery rank(std::vector<std::size_t> rows) {
        std::ranges::sort(rows, [this](std::size_t a, std::size_t b) {
            return m_score[a] != m_score[b] ? m_score[a] > m_score[b] : m_grade[a] > m_grade[b];
        });
        m_grades.clear();
        m_ends.clear();
        for (std::size_t at = 0; at < rows.size(); ++at) {
            m_grades.push_back(m_grade[rows[at]]);
            const bool last = at + 1 == rows.size();
            m_ends.push_back(last || m_score[rows[at]] != m_score[rows[at + 1]] ? 1U : 0U);
        }
        return {m_grades, m_ends};
    }

private:
    const std::vector<double>& m_grade;
    const std::vector<double>& m_score;
    std::vector<double> m_grades;
    std::vector<std::uint8_t> m_ends;
};

/// Why the grades of a list cannot be used, or null.
const char* refuse_grades(const Examples& examples, const std::vector<std::size_t>& rows) {
    const bool negative = std::ranges::any_of(
        rows, [&](std::size_t row) { return !(examples.target->values[row] >= 0.0); });
    return negative ? "relevance (the label) must not be below 0" : nullptr;
}

std::string add_values(const Metric& metric, const Examples& examples, Side side,
                       const Lists& lists, QueryValue value, Reduced& reduced) {
    const auto& score = examples.side(side).score;
    if (!score) {
        return {};
    }
    Named undefined;
    std::size_t substituted = 0;
    Ranker ranker(examples, *score);
    evidence::NumberColumn column;
    for (const auto& [name, rows] : lists) {
        if (const char* refusal = refuse_grades(examples, rows)) {
            undefined.add(name, refusal);
            continue;
        }
        Value one = value(ranker.rank(rows), metric.parameters);
        if (!one.defined() && metric.parameters.when_undefined) {
            one = Value::of(*metric.parameters.when_undefined);
            ++substituted;
        }
        if (!one.defined()) {
            undefined.add(name, one.reason());
        }
        column.values.push_back(one.number());
    }
    reduced.examples.sides[static_cast<std::size_t>(side)].values[metric.name] = std::move(column);
    reduced.substituted = std::max(reduced.substituted, substituted);
    return undefined.describe();
}

}  // namespace

Reduced per_query(const Metric& metric, const Examples& examples, const Rows& rows,
                  QueryValue value) {
    const Lists lists = lists_of(examples, rows);
    Reduced reduced;
    reduced.unit = "queries";
    reduced.metric = of_values(metric, "mean");
    reduced.examples.baseline_source = examples.baseline_source;
    reduced.examples.candidate_source = examples.candidate_source;
    reduced.examples.rows = lists.size();
    reduced.examples.pairing = examples.pairing;
    add_units(examples, lists, reduced);
    for (const Side side : {Side::candidate, Side::baseline}) {
        const std::string problem = add_values(metric, examples, side, lists, value, reduced);
        if (reduced.problem.empty()) {
            reduced.problem = problem;
        }
    }
    return reduced;
}

std::size_t end_of_tie(const RankedQuery& query, std::size_t begin) {
    std::size_t end = begin;
    while (query.ends_tie[end] == 0U) {
        ++end;
    }
    return end + 1;
}

}  // namespace metricgate::metrics
