#pragma once

#include <span>
#include <vector>

namespace metricgate::stats {

/// Adjusted p-values in the order given: a claim at level a is one whose adjusted p is at most a.
/// All want p in [0, 1]; what is none claims nothing and counts as 1. No p-values, no result.

/// Holm's step-down method (Scandinavian Journal of Statistics 6, 1979): the chance of any false
/// claim is at most a, whatever depends on what.
std::vector<double> holm(std::span<const double> p);

/// Hochberg's step-up method (Biometrika 75, 1988): the same for independent or positively
/// dependent tests, never weaker than Holm's.
std::vector<double> hochberg(std::span<const double> p);

/// Benjamini and Hochberg (JRSS B 57, 1995): the expected share of false claims among the claims is
/// at most a, for independent or positively dependent tests.
std::vector<double> benjamini_hochberg(std::span<const double> p);

/// Benjamini and Yekutieli (Annals of Statistics 29, 2001): the same under any dependence, dearer
/// by 1 + 1/2 + ... + 1/n.
std::vector<double> benjamini_yekutieli(std::span<const double> p);

}  // namespace metricgate::stats
