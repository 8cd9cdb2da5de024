#include <cmath>
#include <limits>
#include <vector>

#include "stats/means.h"
#include "stats/random.h"
#include "support/catch.h"

using namespace metricgate::stats;

namespace {

StreamedColumns streamed(const std::vector<std::vector<double>>& columns, std::size_t block) {
    StreamedColumns result;
    result.columns = columns.size();
    result.rows = columns.front().size();
    result.visit = [&columns, block](const StreamedColumns::Take& take) {
        for (std::size_t column = 0; column < columns.size(); ++column) {
            const std::span<const double> values = columns[column];
            for (std::size_t first = 0; first < values.size(); first += block) {
                take(column, values.subspan(first, std::min(block, values.size() - first)));
            }
        }
    };
    return result;
}

void check_like_kept(const std::vector<std::vector<double>>& columns) {
    for (const std::size_t block : {1UL, 7UL, 1000UL}) {
        const auto means = paired_means(streamed(columns, block));
        REQUIRE(means.size() == columns.size());
        for (std::size_t column = 0; column < columns.size(); ++column) {
            const MeanEstimate kept = paired_mean(columns[column]);
            CHECK(means[column].mean == kept.mean);
            CHECK(means[column].standard_error == kept.standard_error);
            CHECK(means[column].degrees_of_freedom == kept.degrees_of_freedom);
        }
    }
}

}  // namespace

TEST_CASE("streamed means are the means of kept numbers to the bit", "[stats]") {
    Stream stream(5);
    std::vector<std::vector<double>> columns(4);
    for (std::size_t i = 0; i < 1000; ++i) {
        columns[0].push_back(stream.uniform() - 0.5);
        columns[1].push_back(std::ldexp(stream.uniform(), 1020));
        columns[2].push_back(std::ldexp(stream.uniform() - 0.5, -1040));
        columns[3].push_back(0.1);
    }
    check_like_kept(columns);
    check_like_kept({columns[1]});
    check_like_kept({columns[3], columns[0]});
}

TEST_CASE("a streamed single number has no known error", "[stats]") {
    check_like_kept({{0.25}});
    CHECK(paired_means(streamed({{0.25}}, 1)).front().standard_error ==
          std::numeric_limits<double>::infinity());
}
