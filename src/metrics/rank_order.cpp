#include "metrics/evaluate.h"
#include "stats/ordering.h"

namespace metricgate::metrics {
namespace {

/// Without `with_order` and `with_scores` those columns, most of the memory, stay empty.
RankOrder ranked(const evidence::Examples& examples, evidence::Side side,
                 const evidence::Rows& rows, bool with_order, bool with_scores) {
    RankOrder ranks;
    const auto& score = examples.side(side).score;
    if (!score || rows.size() == 0) {
        return ranks;
    }
    std::vector<double> listed;
    if (!rows.is_all()) {
        listed.reserve(rows.size());
        for (std::size_t at = 0; at < rows.size(); ++at) {
            listed.push_back(score->values[rows[at]]);
        }
    }
    ranks.order.reserve(with_order ? rows.size() : 0);
    ranks.score.reserve(with_scores ? rows.size() : 0);
    ranks.ends_tie.reserve(rows.size());
    ranks.positive.reserve(rows.size());
    const bool knows_positive = examples.label && examples.positive;
    stats::visit_by_value(rows.is_all() ? std::span<const double>(score->values).first(rows.size())
                                        : std::span<const double>(listed),
                          stats::ByValue::descending, [&](std::span<const std::uint32_t> tied) {
                              if (with_order) {
                                  ranks.order.insert(ranks.order.end(), tied.begin(), tied.end());
                              }
                              for (const std::uint32_t position : tied) {
                                  const bool positive =
                                      knows_positive &&
                                      examples.label->codes[rows[position]] == *examples.positive;
                                  ranks.positive.push_back(positive ? 1U : 0U);
                                  ranks.ends_tie.push_back(0U);
                                  if (with_scores) {
                                      ranks.score.push_back(score->values[rows[position]]);
                                  }
                              }
                              ranks.ends_tie.back() = 1U;
                          });
    return ranks;
}

}  // namespace

RankOrder rank_order(const evidence::Examples& examples, evidence::Side side,
                     const evidence::Rows& rows, bool with_scores) {
    return ranked(examples, side, rows, true, with_scores);
}

RankOrder ranked_labels(const evidence::Examples& examples, evidence::Side side,
                        const evidence::Rows& rows, bool with_scores) {
    return ranked(examples, side, rows, false, with_scores);
}

}  // namespace metricgate::metrics
