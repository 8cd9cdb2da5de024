#include "comparison/term_means.h"

#include <algorithm>
#include <array>
#include <cmath>

#include "comparison/rounding.h"
#include "metrics/terms.h"

namespace metricgate::comparison {
namespace {

using evidence::Examples;
using evidence::Rows;
using evidence::Side;
using metrics::Metric;
using metrics::term_block;
using metrics::TermReader;

/// Where differences lie and how large what they come from is.
class Spread {
public:
    void add(double baseline, double candidate) {
        const double difference = candidate - baseline;
        m_lowest = m_any ? std::min(m_lowest, difference) : difference;
        m_highest = m_any ? std::max(m_highest, difference) : difference;
        m_largest = std::max({m_largest, std::abs(baseline), std::abs(candidate)});
        m_any = true;
    }
    [[nodiscard]] bool constant() const { return is_one_number(m_lowest, m_highest, m_largest); }

private:
    double m_lowest = 0.0;
    double m_highest = 0.0;
    double m_largest = 0.0;
    bool m_any = false;
};

/// The terms of both sides, block by block.
class Pairs {
public:
    Pairs(const Metric& metric, const Examples& examples, const Rows& rows)
        : m_rows(rows.size()),
          m_baseline(metric, examples, Side::baseline, rows),
          m_candidate(metric, examples, Side::candidate, rows) {}

    [[nodiscard]] std::string problem() const {
        const std::string of_baseline = m_baseline.problem();
        return !of_baseline.empty() ? of_baseline : m_candidate.problem();
    }

    /// take(baseline terms, candidate terms)
    template <class Take>
    void visit(const Take& take) {
        std::array<double, term_block> baseline;
        std::array<double, term_block> candidate;
        for (std::size_t first = 0; first < m_rows; first += term_block) {
            const std::size_t count = std::min(term_block, m_rows - first);
            const std::span<double> left = std::span(baseline).first(count);
            const std::span<double> right = std::span(candidate).first(count);
            m_baseline.read(first, left);
            m_candidate.read(first, right);
            take(std::span<const double>(left), std::span<const double>(right));
        }
    }

private:
    std::size_t m_rows;
    TermReader m_baseline;
    TermReader m_candidate;
};

using Block = std::array<double, term_block>;

/// candidate - factor * baseline
std::span<const double> contrast_of(std::span<const double> baseline,
                                    std::span<const double> candidate, double factor, Block& out) {
    for (std::size_t i = 0; i < baseline.size(); ++i) {
        out[i] = candidate[i] - factor * baseline[i];
    }
    return std::span<const double>(out).first(baseline.size());
}

}  // namespace

TermMeans term_means(const Metric& metric, const Examples& examples, const Rows& rows) {
    Pairs pairs(metric, examples, rows);
    TermMeans result;
    result.problem = pairs.problem();
    if (!result.problem.empty()) {
        return result;
    }
    Spread spread;
    Block differences;
    stats::StreamedColumns columns;
    columns.columns = 2;
    columns.rows = rows.size();
    columns.visit = [&](const stats::StreamedColumns::Take& take) {
        pairs.visit([&](std::span<const double> baseline, std::span<const double> candidate) {
            for (std::size_t i = 0; i < baseline.size(); ++i) {
                spread.add(baseline[i], candidate[i]);
            }
            take(0, contrast_of(baseline, candidate, 1.0, differences));
            take(1, baseline);
        });
    };
    const std::vector<stats::MeanEstimate> means = stats::paired_means(columns);
    result.difference = means[0];
    result.baseline = means[1];
    result.constant = spread.constant();
    result.problem = pairs.problem();
    return result;
}

stats::MeanEstimate term_contrast(const Metric& metric, const Examples& examples, const Rows& rows,
                                  double factor) {
    Pairs pairs(metric, examples, rows);
    Block contrast;
    stats::StreamedColumns columns;
    columns.rows = rows.size();
    columns.visit = [&](const stats::StreamedColumns::Take& take) {
        pairs.visit([&](std::span<const double> baseline, std::span<const double> candidate) {
            take(0, contrast_of(baseline, candidate, factor, contrast));
        });
    };
    return stats::paired_means(columns).front();
}

stats::MeanEstimate term_mean(const Metric& metric, const Examples& examples, Side side,
                              const Rows& rows, std::string& problem) {
    TermReader reader(metric, examples, side, rows);
    problem = reader.problem();
    if (!problem.empty()) {
        return {};
    }
    Block block;
    stats::StreamedColumns columns;
    columns.rows = rows.size();
    columns.visit = [&](const stats::StreamedColumns::Take& take) {
        for (std::size_t first = 0; first < rows.size(); first += term_block) {
            const std::size_t count = std::min(term_block, rows.size() - first);
            const std::span<double> terms = std::span(block).first(count);
            reader.read(first, terms);
            take(0, terms);
        }
    };
    const stats::MeanEstimate mean = stats::paired_means(columns).front();
    problem = reader.problem();
    return mean;
}

}  // namespace metricgate::comparison
