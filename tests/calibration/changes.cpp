#include "calibration/changes.h"

#include <cmath>
#include <vector>

#include "calibration/evidence.h"
#include "support/number.h"

namespace metricgate::calibration {
namespace {

double centred(double lognormal, double sigma) {
    return lognormal - std::exp(0.5 * sigma * sigma);
}

/// The median of the average of two lognormal(sigma) numbers, by integration with scipy 1.17.
double pseudo_median(double sigma) {
    return sigma == 1.0 ? 1.2215829410984431 : 1.0593702722207805;
}

}  // namespace

Change normal_changes() {
    return {"normal changes", [](Random& random) { return random.normal(); }};
}

Change lognormal_changes(double sigma, Tail tail) {
    const double sign = tail == Tail::losses ? 1.0 : -1.0;
    return {"lognormal(" + support::format_short(sigma) +
                (tail == Tail::losses ? ") changes for the worse" : ") changes for the better"),
            [=](Random& random) { return sign * centred(random.lognormal(sigma), sigma); },
            sign * centred(pseudo_median(sigma), sigma)};
}

Change lognormal_losses() {
    return {"lognormal(1) losses on both sides", [](Random& random) {
                const double one = random.lognormal(1.0);
                return one - random.lognormal(1.0);
            }};
}

Change rare_changes(double changing) {
    return {support::format_short(10.0 * changing) +
                " in 10 examples changes, lognormal(1) for the worse",
            [=](Random& random) {
                const double change = random.chance(changing) ? random.lognormal(1.0) : 0.0;
                return change - changing * std::exp(0.5);
            }};
}

evidence::Examples draw_losses(Random& random, std::size_t n, const Change& change, double loss) {
    std::vector<double> baseline(n);
    std::vector<double> candidate(n);
    for (std::size_t i = 0; i < n; ++i) {
        baseline[i] = 5.0;
        candidate[i] = 5.0 + loss + change.draw(random);
    }
    return with_values(std::move(baseline), std::move(candidate));
}

}  // namespace metricgate::calibration
