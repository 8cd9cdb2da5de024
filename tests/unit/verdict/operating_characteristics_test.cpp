// How often the rule answers what, exactly: every pair of discordant counts is judged and weighed
// with its multinomial probability. Expected values: enumeration of Tango's test with the dual
// criterion, apart from this program (R 4.2.2), in percent to one decimal.
#include <array>
#include <cmath>
#include <map>
#include <string>
#include <utility>
#include <vector>

#include "comparison/comparison.h"
#include "metrics/catalog.h"
#include "support/catch.h"
#include "support/examples_builder.h"
#include "verdict/judge.h"

using namespace metricgate;
using verdict::Status;

namespace {

constexpr double margin = 0.01;
constexpr double discordant = 0.06;
constexpr double negligible = 1e-9;

struct Answers {
    double confirmed = 0.0;
    double regressed = 0.0;
    double passed = 0.0;
    double inconclusive = 0.0;
};

verdict::CheckResult judged(std::size_t n, std::size_t gains, std::size_t losses) {
    std::vector<std::uint32_t> baseline(n, 1);
    std::vector<std::uint32_t> candidate(n, 1);
    for (std::size_t i = 0; i < gains + losses; ++i) {
        (i < gains ? baseline : candidate)[i] = 0;
    }
    const evidence::Examples examples =
        test::binary_examples(std::vector<std::uint32_t>(n, 1), baseline, candidate);
    metrics::Metric accuracy;
    accuracy.definition = metrics::find("accuracy");
    accuracy.name = "accuracy";
    verdict::Rule rule;
    rule.id = "accuracy";
    rule.margin.absolute = margin;
    return verdict::judge(rule, comparison::compare(accuracy, examples, evidence::Rows::all(n),
                                                    rule.margin, comparison::Options{}));
}

double probability(std::size_t n, std::size_t gains, std::size_t losses, double change) {
    const auto count = [](std::size_t k) { return static_cast<double>(k); };
    const double p_gain = 0.5 * (discordant + change);
    const double p_loss = 0.5 * (discordant - change);
    const double rest = count(n - gains - losses);
    return std::exp(std::lgamma(count(n) + 1.0) - std::lgamma(count(gains) + 1.0) -
                    std::lgamma(count(losses) + 1.0) - std::lgamma(rest + 1.0) +
                    count(gains) * std::log(p_gain) + count(losses) * std::log(p_loss) +
                    rest * std::log(1.0 - discordant));
}

void add(Answers& answers, const verdict::CheckResult& row, double weight) {
    answers.confirmed += row.confirmed ? weight : 0.0;
    answers.regressed += row.status == Status::regressed ? weight : 0.0;
    answers.passed += row.status == Status::pass ? weight : 0.0;
    answers.inconclusive += row.status == Status::inconclusive ? weight : 0.0;
}

/// Every pair of counts is judged once for all true changes.
class Enumeration {
public:
    explicit Enumeration(std::size_t n) : m_n(n) {}

    Answers at(double change) {
        Answers answers;
        for (std::size_t gains = 0; gains <= m_n / 8; ++gains) {
            for (std::size_t losses = 0; losses <= m_n / 8; ++losses) {
                const double weight = probability(m_n, gains, losses, change);
                if (weight > negligible) {
                    add(answers, row(gains, losses), weight);
                }
            }
        }
        return answers;
    }

private:
    const verdict::CheckResult& row(std::size_t gains, std::size_t losses) {
        const auto [place, fresh] = m_rows.try_emplace({gains, losses});
        if (fresh) {
            place->second = judged(m_n, gains, losses);
        }
        return place->second;
    }

    std::size_t m_n;
    std::map<std::pair<std::size_t, std::size_t>, verdict::CheckResult> m_rows;
};

void check_table(std::size_t n, const std::array<std::array<double, 4>, 4>& expected) {
    Enumeration enumeration(n);
    for (std::size_t drop = 0; drop < expected.size(); ++drop) {
        INFO("n " << n << ", true drop " << drop << " pp");
        const Answers answers = enumeration.at(-0.01 * static_cast<double>(drop));
        CHECK_THAT(100.0 * answers.confirmed, WithinAbs(expected[drop][0], 0.1));
        CHECK_THAT(100.0 * answers.regressed, WithinAbs(expected[drop][1], 0.1));
        CHECK_THAT(100.0 * answers.passed, WithinAbs(expected[drop][2], 0.1));
        CHECK_THAT(100.0 * answers.inconclusive, WithinAbs(expected[drop][3], 0.1));
    }
}

}  // namespace

TEST_CASE(
    "accuracy at 300 examples is confirmed, regressed, passed and undecided as often as "
    "enumeration says",
    "[verdict]") {
    check_table(300, {{{0.9, 4.9, 16.5, 78.5},
                       {4.9, 17.0, 4.8, 78.2},
                       {17.4, 40.8, 0.9, 58.3},
                       {42.3, 70.2, 0.1, 29.7}}});
}

TEST_CASE(
    "accuracy at 1,000 examples is confirmed, regressed, passed and undecided as often as "
    "enumeration says",
    "[verdict]") {
    check_table(1000, {{{0.2, 5.0, 35.4, 59.6},
                        {5.0, 36.1, 4.9, 59.0},
                        {36.9, 83.4, 0.2, 16.5},
                        {84.8, 99.1, 0.0, 0.9}}});
}

TEST_CASE(
    "accuracy at 3,000 examples is confirmed, regressed, passed and undecided as often as "
    "enumeration says",
    "[verdict]") {
    check_table(3000, {{{0.0, 1.4, 71.8, 26.8},
                        {5.0, 51.4, 5.0, 43.6},
                        {73.3, 98.9, 0.0, 1.1},
                        {99.9, 100.0, 0.0, 0.0}}});
}
