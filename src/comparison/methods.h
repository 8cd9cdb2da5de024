#pragma once

#include <string>

#include "comparison/comparison.h"
#include "comparison/different_examples.h"

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

std::string bonett_price_applies(const metrics::Metric& metric, const evidence::Examples& examples);
void run_bonett_price(const metrics::Metric& metric, const evidence::Examples& examples,
                      const evidence::Rows& rows, const Margin& margin, const Options& options,
                      Comparison& out);

std::string newcombe_paired_applies(const metrics::Metric& metric,
                                    const evidence::Examples& examples);
void run_newcombe_paired(const metrics::Metric& metric, const evidence::Examples& examples,
                         const evidence::Rows& rows, const Margin& margin, const Options& options,
                         Comparison& out);

std::string wilcoxon_applies(const metrics::Metric& metric, const evidence::Examples& examples);
void run_wilcoxon(const metrics::Metric& metric, const evidence::Examples& examples,
                  const evidence::Rows& rows, const Margin& margin, const Options& options,
                  Comparison& out);

std::string basic_bootstrap_applies(const metrics::Metric& metric,
                                    const evidence::Examples& examples);
void run_basic_bootstrap(const metrics::Metric& metric, const evidence::Examples& examples,
                         const evidence::Rows& rows, const Margin& margin, const Options& options,
                         Comparison& out);

std::string bca_bootstrap_applies(const metrics::Metric& metric,
                                  const evidence::Examples& examples);
void run_bca_bootstrap(const metrics::Metric& metric, const evidence::Examples& examples,
                       const evidence::Rows& rows, const Margin& margin, const Options& options,
                       Comparison& out);

std::string studentized_bootstrap_applies(const metrics::Metric& metric,
                                          const evidence::Examples& examples);
void run_studentized_bootstrap(const metrics::Metric& metric, const evidence::Examples& examples,
                               const evidence::Rows& rows, const Margin& margin,
                               const Options& options, Comparison& out);

std::string mcnemar_applies(const metrics::Metric& metric, const evidence::Examples& examples);
void run_mcnemar_exact(const metrics::Metric& metric, const evidence::Examples& examples,
                       const evidence::Rows& rows, const Margin& margin, const Options& options,
                       Comparison& out);
void run_mcnemar_mid_p(const metrics::Metric& metric, const evidence::Examples& examples,
                       const evidence::Rows& rows, const Margin& margin, const Options& options,
                       Comparison& out);

/// Predictions on different examples.
std::string welch_applies_to_different(const OneSide& baseline, const OneSide& candidate);
void run_welch_different(const OneSide& baseline, const OneSide& candidate, const Margin& margin,
                         const Options& options, Comparison& out);
std::string delong_unpaired_applies(const OneSide& baseline, const OneSide& candidate);
void run_delong_unpaired(const OneSide& baseline, const OneSide& candidate, const Margin& margin,
                         const Options& options, Comparison& out);
std::string shares_apply(const OneSide& baseline, const OneSide& candidate);
void run_newcombe_different(const OneSide& baseline, const OneSide& candidate, const Margin& margin,
                            const Options& options, Comparison& out);
void run_miettinen_nurminen_different(const OneSide& baseline, const OneSide& candidate,
                                      const Margin& margin, const Options& options,
                                      Comparison& out);
std::string mover_applies(const OneSide& baseline, const OneSide& candidate);
void run_mover(const OneSide& baseline, const OneSide& candidate, const Margin& margin,
               const Options& options, Comparison& out);

/// Recorded numbers.
std::string z_applies(const metrics::Metric& metric, const evidence::Scalar& baseline,
                      const evidence::Scalar& candidate);
void run_z(const metrics::Metric& metric, const evidence::Scalar& baseline,
           const evidence::Scalar& candidate, const Margin& margin, const Options& options,
           Comparison& out);
std::string newcombe_applies(const metrics::Metric& metric, const evidence::Scalar& baseline,
                             const evidence::Scalar& candidate);
void run_newcombe(const metrics::Metric& metric, const evidence::Scalar& baseline,
                  const evidence::Scalar& candidate, const Margin& margin, const Options& options,
                  Comparison& out);
std::string miettinen_nurminen_applies(const metrics::Metric& metric,
                                       const evidence::Scalar& baseline,
                                       const evidence::Scalar& candidate);
void run_miettinen_nurminen(const metrics::Metric& metric, const evidence::Scalar& baseline,
                            const evidence::Scalar& candidate, const Margin& margin,
                            const Options& options, Comparison& out);
std::string poisson_applies(const metrics::Metric& metric, const evidence::Scalar& baseline,
                            const evidence::Scalar& candidate);
void run_poisson(const metrics::Metric& metric, const evidence::Scalar& baseline,
                 const evidence::Scalar& candidate, const Margin& margin, const Options& options,
                 Comparison& out);
std::string tolerance_applies(const metrics::Metric& metric, const evidence::Scalar& baseline,
                              const evidence::Scalar& candidate);
void run_tolerance(const metrics::Metric& metric, const evidence::Scalar& baseline,
                   const evidence::Scalar& candidate, const Margin& margin, const Options& options,
                   Comparison& out);

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
std::string mann_whitney_applies(const metrics::Metric& metric, const evidence::Samples& baseline,
                                 const evidence::Samples& candidate, const Options& options);
void run_mann_whitney(const metrics::Metric& metric, const evidence::Samples& baseline,
                      const evidence::Samples& candidate, const Margin& margin,
                      const Options& options, Comparison& out);
std::string sample_quantiles_apply(const metrics::Metric& metric, const evidence::Samples& baseline,
                                   const evidence::Samples& candidate, const Options& options);
void run_sample_quantiles(const metrics::Metric& metric, const evidence::Samples& baseline,
                          const evidence::Samples& candidate, const Margin& margin,
                          const Options& options, Comparison& out);

}  // namespace metricgate::comparison
