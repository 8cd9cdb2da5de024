#include "stats/repeated_runs.h"

#include <cmath>
#include <vector>

#include "stats/distributions.h"
#include "stats/random.h"
#include "support/catch.h"

using namespace metricgate;
using namespace metricgate::stats;

namespace {

const std::vector<double> runs = {0.941, 0.938, 0.943, 0.940, 0.939};
const std::vector<double> differences = {-0.005, -0.004, -0.004, -0.007, -0.004};

double normal(Stream& stream) {
    return normal_quantile(stream.uniform());
}

}  // namespace

TEST_CASE("the mean over folds has the variance of Nadeau and Bengio's equation 9", "[stats]") {
    // NumPy 2.4.6, SciPy 1.17.1: se = sqrt(d.var(ddof=1) * (1/5 + 0.25)),
    // stats.t.interval(0.9, 4, loc=d.mean(), scale=se), stats.t.cdf(d.mean() / se, 4).
    const MeanEstimate estimate = corrected_mean(differences, 0.25);
    CHECK_THAT(estimate.mean, WithinAbs(-0.0048, 1e-12));
    CHECK_THAT(estimate.standard_error, WithinAbs(0.0008746427842267844, 1e-12));
    CHECK_THAT(estimate.interval(0.95).lower, WithinAbs(-0.00666460440873758, 1e-10));
    CHECK_THAT(estimate.interval(0.95).upper, WithinAbs(-0.002935395591262252, 1e-10));
    CHECK_THAT(estimate.p_not_negative(), WithinAbs(0.0026852209903063386, 1e-10));
}

TEST_CASE("a single run is judged by the prediction interval of the others", "[stats]") {
    // statsmodels 0.15.0: OLS(runs, ones).fit().get_prediction(1).conf_int(obs=True, alpha=0.1),
    // taken from 0.931.
    const MeanEstimate estimate = single_run(0.931, 1.0, runs, 1.0);
    CHECK_THAT(estimate.interval(0.95).lower, WithinAbs(-0.013692079918973699, 1e-12));
    CHECK_THAT(estimate.interval(0.95).upper, WithinAbs(-0.004707920081025829, 1e-12));
    // The other way round: the mean of the runs less the single one.
    const MeanEstimate reversed = single_run(0.931, -1.0, runs, -1.0);
    CHECK_THAT(reversed.mean, WithinAbs(-estimate.mean, 1e-15));
    CHECK(reversed.standard_error == estimate.standard_error);
}

TEST_CASE("one run says nothing of its own spread", "[stats]") {
    CHECK(std::isinf(corrected_mean(std::vector<double>{0.1}, 0.25).standard_error));
    CHECK(std::isinf(single_run(0.1, 1.0, std::vector<double>{0.2}, 1.0).standard_error));
    CHECK(single_run(0.1, 1.0, std::vector<double>{0.2, 0.2}, 1.0).standard_error == 0.0);
}

TEST_CASE("the prediction interval covers a run that is like the others", "[stats]") {
    // 4,000 trials a size at 90 %, within three standard deviations of the binomial (1.4 points).
    for (const std::size_t size : {3U, 5U, 10U}) {
        Stream stream(20261125 + size);
        int missed = 0;
        for (int trial = 0; trial < 4000; ++trial) {
            std::vector<double> others(size);
            for (double& value : others) {
                value = normal(stream);
            }
            const Interval interval = single_run(normal(stream), 1.0, others, 1.0).interval(0.95);
            missed += interval.lower > 0.0 || interval.upper < 0.0 ? 1 : 0;
        }
        CAPTURE(size, missed);
        CHECK(std::abs(missed - 400) <= 57);
    }
}
