#include "comparison/columns.h"

#include <cmath>

namespace metricgate::comparison {

std::vector<double> gather(const evidence::NumberColumn& column, const evidence::Rows& rows) {
    std::vector<double> values(rows.size());
    for (std::size_t i = 0; i < rows.size(); ++i) {
        values[i] = column.values[rows[i]];
    }
    return values;
}

std::vector<double> weights_of(const evidence::Examples& examples, const evidence::Rows& rows) {
    return examples.weight ? gather(*examples.weight, rows) : std::vector<double>{};
}

std::vector<std::uint32_t> clusters_of(const evidence::Examples& examples,
                                       const evidence::Rows& rows) {
    std::vector<std::uint32_t> codes;
    if (examples.cluster) {
        codes.resize(rows.size());
        for (std::size_t i = 0; i < rows.size(); ++i) {
            codes[i] = examples.cluster->codes[rows[i]];
        }
    }
    return codes;
}

std::size_t occupied_clusters(const evidence::Examples& examples, const evidence::Rows& rows) {
    if (!examples.cluster) {
        return 0;
    }
    std::vector<bool> seen(examples.cluster->names.size(), false);
    std::size_t count = 0;
    for (std::size_t i = 0; i < rows.size(); ++i) {
        const std::uint32_t code = examples.cluster->codes[rows[i]];
        if (code < seen.size() && !seen[code]) {
            seen[code] = true;
            ++count;
        }
    }
    return count;
}

std::size_t count_that_count(const metrics::Metric& metric, const evidence::Examples& examples,
                             const evidence::Rows& rows) {
    const auto* form = std::get_if<metrics::OutcomesForm>(&metric.definition->form);
    if (form == nullptr || form->counts == nullptr || !examples.label) {
        return rows.size();
    }
    std::size_t count = 0;
    for (std::size_t i = 0; i < rows.size(); ++i) {
        count += form->counts(examples.label->codes[rows[i]], metric.parameters) ? 1U : 0U;
    }
    return count;
}

evidence::Rows rows_that_count(const metrics::Metric& metric, const evidence::Examples& examples,
                               const evidence::Rows& rows) {
    const auto* form = std::get_if<metrics::OutcomesForm>(&metric.definition->form);
    if (form == nullptr || form->counts == nullptr || !examples.label) {
        return rows;
    }
    const std::size_t count = count_that_count(metric, examples, rows);
    if (count == rows.size()) {
        return rows;
    }
    std::vector<std::uint32_t> kept;
    kept.reserve(count);
    for (std::size_t i = 0; i < rows.size(); ++i) {
        if (form->counts(examples.label->codes[rows[i]], metric.parameters)) {
            kept.push_back(static_cast<std::uint32_t>(rows[i]));
        }
    }
    return evidence::Rows(std::move(kept));
}

evidence::Rows rows_that_weigh(const evidence::Examples& examples, const evidence::Rows& rows) {
    if (!examples.weight) {
        return rows;
    }
    const std::vector<double>& weights = examples.weight->values;
    std::size_t count = 0;
    for (std::size_t i = 0; i < rows.size(); ++i) {
        count += weights[rows[i]] > 0.0 ? 1U : 0U;
    }
    if (count == rows.size()) {
        return rows;
    }
    std::vector<std::uint32_t> kept;
    kept.reserve(count);
    for (std::size_t i = 0; i < rows.size(); ++i) {
        if (weights[rows[i]] > 0.0) {
            kept.push_back(static_cast<std::uint32_t>(rows[i]));
        }
    }
    return evidence::Rows(std::move(kept));
}

std::vector<double> outcomes_of(const metrics::Metric& metric, const evidence::Examples& examples,
                                evidence::Side side, const evidence::Rows& rows) {
    const auto& form = std::get<metrics::OutcomesForm>(metric.definition->form);
    const auto& predicted = *examples.side(side).predicted_class;
    std::vector<double> outcomes(rows.size());
    for (std::size_t i = 0; i < rows.size(); ++i) {
        const std::size_t row = rows[i];
        const bool success =
            form.success(examples.label->codes[row], predicted.codes[row], metric.parameters);
        outcomes[i] = success ? 1.0 : 0.0;
    }
    return outcomes;
}

std::string weights_problem(const evidence::Examples& examples, const evidence::Rows& rows) {
    if (!examples.weight) {
        return {};
    }
    bool positive = false;
    for (std::size_t i = 0; i < rows.size(); ++i) {
        const double weight = examples.weight->values[rows[i]];
        if (!(std::isfinite(weight) && weight >= 0.0)) {
            return "a weight is negative or not a finite number; weights are numbers of 0 or more";
        }
        positive = positive || weight > 0.0;
    }
    return positive ? std::string{} : "all weights are 0; at least one must be larger";
}

stats::MeanEstimate mean_estimate(std::span<const double> values, std::span<const double> weights,
                                  std::span<const std::uint32_t> clusters,
                                  std::size_t cluster_count) {
    if (!clusters.empty()) {
        return stats::bias_reduced_clustered_mean(values, weights, clusters, cluster_count);
    }
    return weights.empty() ? stats::paired_mean(values) : stats::weighted_mean(values, weights);
}

}  // namespace metricgate::comparison
