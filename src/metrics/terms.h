#pragma once

#include <cstddef>
#include <memory>
#include <span>
#include <string>

#include "evidence/examples.h"
#include "metrics/metric.h"

namespace metricgate::metrics {

/// The per-example terms of a moments metric, a block at a time and as often as they are wanted:
/// large data are streamed instead of being kept as terms. Metric and examples must outlive it.
class TermReader {
public:
    TermReader(const Metric& metric, const evidence::Examples& examples, evidence::Side side,
               const evidence::Rows& rows);
    TermReader(const TermReader&) = delete;
    TermReader& operator=(const TermReader&) = delete;
    ~TermReader();

    /// 0 when there are no terms at all, see `problem`.
    [[nodiscard]] std::size_t per_example() const noexcept {
        return m_form != nullptr ? m_terms : 0;
    }
    /// The terms of the rows at the positions from `first` on, row-major, as many as fit. Where an
    /// example has none they are 0, and `problem` tells.
    void read(std::size_t first, std::span<double> terms);
    /// Why there are no terms, or what the examples read so far lack; empty: nothing.
    [[nodiscard]] std::string problem() const;

private:
    struct State;
    const MomentsForm* m_form = nullptr;
    std::size_t m_terms = 0;
    std::unique_ptr<State> m_state;
    std::string m_problem;
};

/// Rows read at a time.
inline constexpr std::size_t term_block = 1024;

}  // namespace metricgate::metrics
