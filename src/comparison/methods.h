#pragma once

#include <string>

#include "comparison/comparison.h"

/// The methods for paired examples behind the catalog: each says when it applies ("" or why not)
/// and fills a comparison whose two values, n and notes are there already and whose sides differ.
namespace metricgate::comparison {

std::string tango_applies(const metrics::Metric& metric, const evidence::Examples& examples);
void run_tango(const metrics::Metric& metric, const evidence::Examples& examples,
               const evidence::Rows& rows, const Margin& margin, const Options& options,
               Comparison& out);

std::string delong_applies(const metrics::Metric& metric, const evidence::Examples& examples);
void run_delong(const metrics::Metric& metric, const evidence::Examples& examples,
                const evidence::Rows& rows, const Margin& margin, const Options& options,
                Comparison& out);

std::string mean_t_applies(const metrics::Metric& metric, const evidence::Examples& examples);
void run_mean_t(const metrics::Metric& metric, const evidence::Examples& examples,
                const evidence::Rows& rows, const Margin& margin, const Options& options,
                Comparison& out);

std::string count_bootstrap_applies(const metrics::Metric& metric,
                                    const evidence::Examples& examples);
void run_count_bootstrap(const metrics::Metric& metric, const evidence::Examples& examples,
                         const evidence::Rows& rows, const Margin& margin, const Options& options,
                         Comparison& out);

std::string order_statistics_applies(const metrics::Metric& metric,
                                     const evidence::Examples& examples);
void run_order_statistics(const metrics::Metric& metric, const evidence::Examples& examples,
                          const evidence::Rows& rows, const Margin& margin, const Options& options,
                          Comparison& out);

std::string weighted_bootstrap_applies(const metrics::Metric& metric,
                                       const evidence::Examples& examples);
void run_weighted_bootstrap(const metrics::Metric& metric, const evidence::Examples& examples,
                            const evidence::Rows& rows, const Margin& margin,
                            const Options& options, Comparison& out);

std::string log_ratio_applies(const metrics::Metric& metric, const evidence::Examples& examples);
void run_log_ratio(const metrics::Metric& metric, const evidence::Examples& examples,
                   const evidence::Rows& rows, const Margin& margin, const Options& options,
                   Comparison& out);

std::string flips_applies(const metrics::Metric& metric, const evidence::Examples& examples);
void run_flips(const metrics::Metric& metric, const evidence::Examples& examples,
               const evidence::Rows& rows, const Margin& margin, const Options& options,
               Comparison& out);

/// Recorded numbers: both values are in `out` already.
void run_z(const metrics::Metric& metric, double baseline_standard_error,
           double candidate_standard_error, const Margin& margin, const Options& options,
           Comparison& out);
void run_newcombe(const metrics::Metric& metric, std::uint64_t baseline_n,
                  std::uint64_t candidate_n, const Margin& margin, const Options& options,
                  Comparison& out);
void run_tolerance(const metrics::Metric& metric, const Margin& margin, Comparison& out);

/// Repeated runs: both values are in `out` before a method runs.
std::string welch_applies(const metrics::Metric& metric, const evidence::Samples& baseline,
                          const evidence::Samples& candidate, const Options& options);
void run_welch(const metrics::Metric& metric, const evidence::Samples& baseline,
               const evidence::Samples& candidate, const Margin& margin, const Options& options,
               Comparison& out);
std::string paired_runs_apply(const metrics::Metric& metric, const evidence::Samples& baseline,
                              const evidence::Samples& candidate, const Options& options);
std::string corrected_t_applies(const metrics::Metric& metric, const evidence::Samples& baseline,
                                const evidence::Samples& candidate, const Options& options);
void run_paired_runs(const metrics::Metric& metric, const evidence::Samples& baseline,
                     const evidence::Samples& candidate, const Margin& margin,
                     const Options& options, Comparison& out);
std::string log_ratio_of_runs_applies(const metrics::Metric& metric,
                                      const evidence::Samples& baseline,
                                      const evidence::Samples& candidate, const Options& options);
void run_log_ratio_of_runs(const metrics::Metric& metric, const evidence::Samples& baseline,
                           const evidence::Samples& candidate, const Margin& margin,
                           const Options& options, Comparison& out);
std::string sample_quantiles_apply(const metrics::Metric& metric, const evidence::Samples& baseline,
                                   const evidence::Samples& candidate, const Options& options);
void run_sample_quantiles(const metrics::Metric& metric, const evidence::Samples& baseline,
                          const evidence::Samples& candidate, const Margin& margin,
                          const Options& options, Comparison& out);

}  // namespace metricgate::comparison
