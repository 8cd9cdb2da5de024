// How often charts ring, on an evaluation set of 2,000 examples of which 160 are answered by
// chance, right or wrong alike, by every training: two unchanged models then differ on 4 % of the
// examples, and a merge moves the accuracy by 0.45 points of noise. A decline of 0.3 points a merge
// breaks six more examples each time.
#include <algorithm>
#include <array>
#include <bit>
#include <cstdint>
#include <cstdio>
#include <string>
#include <vector>

#include "comparison/read_chart.h"
#include "metrics/metric.h"
#include "stats/random.h"
#include "support/catch.h"

using namespace metricgate;
using comparison::ChartOptions;
using comparison::ChartType;
using stats::RunRule;

namespace {

constexpr double examples = 2000.0;
constexpr double always_right = 1820.0;
constexpr std::size_t limit_points = 20;

metrics::Metric accuracy() {
    metrics::Metric metric;
    metric.name = metric.title = "share_right";
    metric.direction = metrics::Direction::higher_is_better;
    return metric;
}

class Models {
public:
    explicit Models(std::uint64_t seed) : m_stream(seed) {}
    double accuracy_after(double lost) {
        int lucky = 0;
        for (const std::uint64_t mask : masks) {
            lucky += std::popcount(m_stream.next() & mask);
        }
        return (always_right - lost + lucky) / examples;
    }

private:
    static constexpr std::array<std::uint64_t, 3> masks = {~std::uint64_t{0}, ~std::uint64_t{0},
                                                           0xFFFFFFFFU};  // 160 bits
    stats::Stream m_stream;
};

evidence::HistoryPoint point(double value) {
    evidence::HistoryPoint made;
    made.value = {support::NumberKind::finite, value};
    return made;
}

/// Whether any of the charts rings.
bool rings(const evidence::History& past, double newest, const std::vector<ChartOptions>& charts) {
    bool ring = false;
    for (const ChartOptions& options : charts) {
        const auto read = comparison::read_chart(accuracy(), past, point(newest), options);
        REQUIRE(read.chart);  // too short where an early point was left out: it does not ring
        ring = ring || !read.chart->broken.empty();
    }
    return ring;
}

struct Rates {
    double points_a_ring = 0.0;    ///< unchanged models: points for each alarm that begins
    double quiet_histories = 0.0;  ///< share without any alarm in 100 merges
    double within_ten = 0.0;       ///< of declines: share that is caught within ten merges
    double mean_delay = 0.0;       ///< merges until it is
};

Rates rates_of(const std::vector<ChartOptions>& charts, int histories) {
    constexpr int horizon = 100;
    constexpr int longest = 40;
    int alarms = 0;
    int quiet = 0;
    int caught = 0;
    int delays = 0;
    for (int h = 0; h < histories; ++h) {
        Models models(static_cast<std::uint64_t>(h) + 1);
        evidence::History past;
        for (std::size_t i = 0; i < limit_points; ++i) {
            past.points.push_back(point(models.accuracy_after(0.0)));
        }
        bool before = false;
        bool any = false;
        for (int i = 0; i < horizon; ++i) {
            const double value = models.accuracy_after(0.0);
            const bool now = rings(past, value, charts);
            alarms += now && !before ? 1 : 0;
            any = any || now;
            before = now;
            past.points.push_back(point(value));
        }
        quiet += any ? 0 : 1;
        past.points.resize(limit_points + static_cast<std::size_t>(h % 30));
        int merge = 1;
        for (; merge < longest; ++merge) {
            const double value = models.accuracy_after(6.0 * merge);
            if (rings(past, value, charts)) {
                break;
            }
            past.points.push_back(point(value));
        }
        caught += merge <= 10 ? 1 : 0;
        delays += merge;
    }
    const double all = histories;
    return {horizon * all / std::max(1, alarms), quiet / all, caught / all, delays / all};
}

ChartOptions of(ChartType type, std::vector<RunRule> rules = {RunRule::beyond_three_sigma}) {
    ChartOptions options;
    options.type = type;
    options.rules = std::move(rules);
    options.width = type == ChartType::ewma ? 2.7 : 3.0;
    return options;
}

}  // namespace

TEST_CASE(
    "a decline of 0.3 points a merge is caught within ten, an unchanged model rings less "
    "than once in 300 points",
    "[comparison]") {
    // The two that `history` draws, and that a policy is told to start with.
    const std::vector<ChartOptions> both = {of(ChartType::individuals), of(ChartType::cusum)};
    for (const auto& charts : {std::vector{both[0]}, std::vector{both[1]}, both}) {
        const Rates rates = rates_of(charts, 100);
        INFO(charts.size() << " charts, " << comparison::name_of(charts[0].type) << ": "
                           << rates.points_a_ring << " points a ring, " << rates.within_ten
                           << " within ten, after " << rates.mean_delay);
        REQUIRE(rates.points_a_ring > 300.0);
        REQUIRE(rates.within_ten == 1.0);
    }
}

// The figures of docs/HISTORY.md: build/release/tests/unit_comparison "[figures]"
TEST_CASE("figures: how often charts ring", "[.][figures]") {
    ChartOptions both_sides = of(ChartType::individuals);
    both_sides.two_sided = true;
    ChartOptions sums_of_both = of(ChartType::cusum);
    sums_of_both.two_sided = true;
    sums_of_both.decision = 9.0;
    const std::vector<std::pair<std::string, std::vector<ChartOptions>>> charts = {
        {"individuals and cusum", {of(ChartType::individuals), of(ChartType::cusum)}},
        {"both sides of both, decision 9", {both_sides, sums_of_both}},
        {"individuals", {of(ChartType::individuals)}},
        {"individuals, western_electric",
         {of(ChartType::individuals,
             {RunRule::beyond_three_sigma, RunRule::two_of_three_beyond_two,
              RunRule::four_of_five_beyond_one, RunRule::eight_on_one_side})}},
        {"cusum", {of(ChartType::cusum)}},
        {"ewma", {of(ChartType::ewma)}},
        {"moving_average", {of(ChartType::moving_average)}}};
    for (const auto& [name, options] : charts) {
        const Rates rates = rates_of(options, 2000);
        std::printf("| %s | %.0f | %.1f | %.1f | %.1f |\n", name.c_str(), rates.points_a_ring,
                    100.0 * rates.quiet_histories, 100.0 * rates.within_ten, rates.mean_delay);
        std::fflush(stdout);
    }
}
