#pragma once

#include <nlohmann/json.hpp>
#include <set>
#include <string>
#include <vector>

#include "stats/interval.h"

namespace metricgate::stats::reference {

/// One case of tests/reference: its inputs, and its expected keys, each of which must be asked for.
class Case {
public:
    Case(std::string file, nlohmann::json content);

    [[nodiscard]] const std::string& op() const { return m_op; }
    [[nodiscard]] const std::string& id() const { return m_id; }

    /// An input, from `data` or `params`.
    [[nodiscard]] bool has(const std::string& key) const;
    [[nodiscard]] double number(const std::string& key) const;
    [[nodiscard]] std::uint64_t count(const std::string& key) const;
    /// A list of one element is written as a bare number.
    [[nodiscard]] std::vector<double> numbers(const std::string& key) const;

    /// Compares within the case's tolerance and remembers that `key` was looked at.
    void expect(const std::string& key, double actual);
    void expect(const std::string& key, const Interval& actual);
    void expect(const std::string& key, const std::vector<double>& actual);

    /// The same for a Monte Carlo run of B replicates: within 4 mc_sd sqrt(20000/B + 1/8), as
    /// bootstrap_ci.json prescribes; where the reference runs agreed to the digit, within `step`.
    void expect_simulated(const std::string& key, const std::vector<double>& actual, double step,
                          double replicates);
    /// The reference has no number for `key` either: the value is undefined, or was not computed.
    void expect_none(const std::string& key);

    /// Expected keys that were not compared.
    [[nodiscard]] std::vector<std::string> unseen() const;

private:
    [[nodiscard]] const nlohmann::json& input(const std::string& key) const;

    std::string m_file;
    std::string m_op;
    std::string m_id;
    nlohmann::json m_content;
    double m_tolerance = 0.0;
    std::set<std::string> m_seen;
};

/// Every case of every file.
std::vector<Case> all_cases();

/// Each checks one operation.
void check_auc_delong(Case& c);
void check_paired_delong(Case& c);
void check_paired_proportions(Case& c);
void check_two_proportions(Case& c);
void check_proportion(Case& c);
void check_paired_t(Case& c);
void check_welch(Case& c);
void check_clustered_mean(Case& c);
void check_quantile(Case& c);
void check_p_adjust(Case& c);
void check_signed_rank(Case& c);
void check_mann_whitney(Case& c);
void check_correlation(Case& c);
void check_poisson(Case& c);
void check_bootstrap(Case& c);
void check_power_paired_one_sided(Case& c);
void check_power_paired_accuracy(Case& c);
void check_drift_categorical(Case& c);
void check_drift_numeric(Case& c);
void check_weighted_wasserstein(Case& c);
void check_individuals(Case& c);
void check_ewma(Case& c);
void check_cusum(Case& c);
void check_run_rules(Case& c);
void check_cusum_run_length(Case& c);
void check_ewma_run_length(Case& c);

}  // namespace metricgate::stats::reference
