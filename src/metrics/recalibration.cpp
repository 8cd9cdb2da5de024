#include "metrics/recalibration.h"

#include <algorithm>
#include <cmath>
#include <vector>

#include "metrics/rank_groups.h"

namespace metricgate::metrics {
namespace {

constexpr int most_steps = 100;
constexpr double close_enough = 1e-13;

/// The examples of one score.
struct Point {
    double logit = 0.0;
    double positive = 0.0;
    double negative = 0.0;
};

/// Distinct scores with mass, descending. Their masses are exact, so that sums over them do not
/// depend on the order of rows.
std::vector<Point> points_of(const Ranked& ranked) {
    std::vector<Point> points;
    for (std::size_t begin = 0; begin < ranked.positive.size();) {
        const RankGroup group = group_at(ranked, begin);
        if (group.positive + group.negative > 0.0) {
            const double score = ranked.score[begin];
            points.push_back(
                {std::log(score) - std::log1p(-score), group.positive, group.negative});
        }
        begin = group.end;
    }
    return points;
}

/// Why the likelihood has no maximum, or null.
const char* refuse(const Ranked& ranked, const std::vector<Point>& points) {
    for (const double score : ranked.score) {
        if (!(score > 0.0 && score < 1.0)) {
            return score == 0.0 || score == 1.0
                       ? "a score of exactly 0 or 1 has no logit; clip the scores"
                       : "scores must be probabilities in (0, 1)";
        }
    }
    if (points.size() < 2) {
        return "the scores are all equal, so no slope can be told";
    }
    const auto with = [&](double Point::*mass) {
        return [mass](const Point& point) { return point.*mass > 0.0; };
    };
    const auto highest = [&](double Point::*mass) {
        return std::ranges::find_if(points, with(mass))->logit;
    };
    const auto lowest = [&](double Point::*mass) {
        return std::find_if(points.rbegin(), points.rend(), with(mass))->logit;
    };
    const bool separated = lowest(&Point::positive) >= highest(&Point::negative) ||
                           lowest(&Point::negative) >= highest(&Point::positive);
    return separated ? "a threshold separates the classes, so the slope has no finite value"
                     : nullptr;
}

/// intercept + slope * (logit - center)
struct Line {
    double intercept = 0.0;
    double slope = 0.0;
};

/// ln(1 + e^x)
double soft_plus(double x) {
    return std::max(x, 0.0) + std::log1p(std::exp(-std::abs(x)));
}

class Likelihood {
public:
    explicit Likelihood(const std::vector<Point>& points) : m_points(points) {
        double mass = 0.0;
        double sum = 0.0;
        for (const Point& point : points) {
            mass += point.positive + point.negative;
            sum += (point.positive + point.negative) * point.logit;
            m_positive += point.positive;
            m_negative += point.negative;
        }
        m_center = sum / mass;
    }
    [[nodiscard]] Line start() const { return {std::log(m_positive / m_negative), 0.0}; }
    [[nodiscard]] double loss(const Line& line) const {
        double sum = 0.0;
        for (const Point& point : m_points) {
            const double x = line.intercept + line.slope * (point.logit - m_center);
            sum += point.positive * soft_plus(-x) + point.negative * soft_plus(x);
        }
        return sum;
    }
    /// Newton's step from `line`.
    [[nodiscard]] Line step(const Line& line) const {
        double gradient = 0.0;
        double gradient_slope = 0.0;
        double curve = 0.0;
        double curve_mixed = 0.0;
        double curve_slope = 0.0;
        for (const Point& point : m_points) {
            const double offset = point.logit - m_center;
            const double mass = point.positive + point.negative;
            const double p = 1.0 / (1.0 + std::exp(-(line.intercept + line.slope * offset)));
            const double residual = point.positive - mass * p;
            const double weight = mass * p * (1.0 - p);
            gradient += residual;
            gradient_slope += residual * offset;
            curve += weight;
            curve_mixed += weight * offset;
            curve_slope += weight * offset * offset;
        }
        const double determinant = curve * curve_slope - curve_mixed * curve_mixed;
        return {(curve_slope * gradient - curve_mixed * gradient_slope) / determinant,
                (curve * gradient_slope - curve_mixed * gradient) / determinant};
    }

private:
    const std::vector<Point>& m_points;
    double m_center = 0.0;
    double m_positive = 0.0;
    double m_negative = 0.0;
};

}  // namespace

Value recalibration_slope(const Ranked& ranked) {
    if (const char* reason = lacks_a_class(total_of(ranked))) {
        return Value::undefined(reason);
    }
    const std::vector<Point> points = points_of(ranked);
    if (const char* reason = refuse(ranked, points)) {
        return Value::undefined(reason);
    }
    const Likelihood likelihood(points);
    Line line = likelihood.start();
    double loss = likelihood.loss(line);
    for (int steps = 0; steps < most_steps; ++steps) {
        Line step = likelihood.step(line);
        if (!std::isfinite(step.intercept) || !std::isfinite(step.slope)) {
            break;
        }
        const double size = std::abs(step.intercept) + std::abs(step.slope);
        if (size <= close_enough * (1.0 + std::abs(line.intercept) + std::abs(line.slope))) {
            return Value::of(line.slope + step.slope);
        }
        // The likelihood is concave: a shorter step is better where the whole one is not.
        Line next{line.intercept + step.intercept, line.slope + step.slope};
        double next_loss = likelihood.loss(next);
        for (int halvings = 0; halvings < 60 && !(next_loss <= loss * (1.0 + 1e-12)); ++halvings) {
            step = {step.intercept / 2.0, step.slope / 2.0};
            next = {line.intercept + step.intercept, line.slope + step.slope};
            next_loss = likelihood.loss(next);
        }
        line = next;
        loss = next_loss;
    }
    return Value::undefined("the recalibration did not converge");
}

}  // namespace metricgate::metrics
