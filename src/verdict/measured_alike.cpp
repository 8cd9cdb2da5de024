#include "verdict/measured_alike.h"

#include <vector>

#include "comparison/recorded.h"
#include "comparison/rounding.h"
#include "policy/policy.h"
#include "support/number.h"
#include "support/text.h"

namespace metricgate::verdict {
namespace {

/// What a smaller set does, and what to do about it.
const char* const shrunken = ": a loss would look like too little data; measure it on as many";

/// It states a standard error, and that is none.
bool is_certain(const evidence::Scalar& scalar) {
    return scalar.standard_error &&
           comparison::is_rounding(scalar.standard_error->value, scalar.value.value);
}

/// The variance of one example of a share, a little more than p (1 - p): errors divide by n or by
/// n - 1, and are rounded. 0 for shares of all or none, whose errors are smoothed in one way or
/// another.
double variance_of(const evidence::Scalar& share) {
    constexpr double slack = 1.05;
    return slack * share.value.value * (1.0 - share.value.value);
}

double squared_error_of(const evidence::Scalar& scalar) {
    const double error = scalar.standard_error.value_or(support::ParsedNumber{}).value;
    return error * error;
}

}  // namespace

std::string not_measured_alike(const Rule& rule, const metrics::Metric& metric,
                               const evidence::Scalar& baseline, const evidence::Scalar& candidate,
                               const std::string& method, const comparison::Options& options) {
    // A policy that asks for the tolerance band wants the numbers alone. Where nothing else
    // applies, a standard error and counts of the baseline have none beside them.
    const bool fell_back = method == "tolerance" && options.method != "tolerance";
    std::vector<std::string> lacking;
    if (fell_back && baseline.standard_error) {
        lacking.emplace_back("`stderr`");
    }
    // `min_examples` holds for shares whatever compares them, and nothing else reads `n`. Where the
    // standard errors of both tell how many there were, only more than every check asks for is
    // wanted.
    const bool by_error = baseline.standard_error && candidate.standard_error &&
                          !is_certain(candidate) &&
                          options.min_examples <= policy::Check{}.min_examples;
    if (comparison::is_proportion(metric, baseline) && !candidate.n && !by_error) {
        lacking.emplace_back("`n`");
    }
    if (fell_back && baseline.events) {
        lacking.emplace_back("`events` and `exposure`");
    }
    const bool has_margin = rule.margin.absolute || rule.margin.relative;
    const char* const why = fell_back && has_margin
                                ? "without it noise would pass for a change within the margin"
                                : "without it nothing tells how much data the value rests on";
    return lacking.empty()
               ? ""
               : "the candidate was not measured as the baseline was: the baseline states " +
                     support::enumerate(lacking) + ", the candidate does not, and " + why +
                     "; record it with the candidate, too";
}

std::string not_measured_alike(const Rule& rule, const metrics::Metric& metric,
                               const evidence::Scalar& baseline) {
    const auto by_point = [](const std::optional<Limit>& limit) {
        return !limit || limit->by == Bound::point;
    };
    if (!rule.compares_sides() && by_point(rule.minimum) && by_point(rule.maximum)) {
        return "";
    }
    std::vector<std::string> lacking;
    if (baseline.standard_error) {
        lacking.emplace_back("`stderr`");
    }
    if (comparison::is_proportion(metric, baseline)) {
        lacking.emplace_back("`n`");
    }
    if (baseline.events) {
        lacking.emplace_back("`events` and `exposure`");
    }
    return lacking.empty()
               ? ""
               : "the candidate was not measured as the baseline was: the baseline is one number "
                 "with " +
                     support::enumerate(lacking) +
                     ", the candidate a list of runs, whose spread is of another kind; to move to "
                     "runs, record them under a name of their own beside the number until the "
                     "baseline has both, or evaluate the baseline again as runs (`--baseline "
                     "FILE`)";
}

std::string too_few_examples(const Rule& rule, const metrics::Metric& metric,
                             const evidence::Scalar& baseline, const evidence::Scalar& candidate,
                             const comparison::Comparison& compared,
                             const comparison::Options& options) {
    const bool few = comparison::missing_examples(metric, candidate, options).has_value();
    const bool enough = comparison::is_proportion(metric, baseline) &&
                        !comparison::missing_examples(metric, baseline, options);
    if (few && enough) {
        return "the candidate has " + support::count_of(*candidate.n, "example", "examples") +
               ", fewer than min_examples " + std::to_string(options.min_examples) +
               ", and the baseline has " + support::count_of(*baseline.n, "example", "examples") +
               shrunken + ", or ask for fewer (`min_examples`)";
    }
    const double variance = variance_of(candidate);
    const double squared_error = squared_error_of(candidate);
    const bool is_told = enough && !candidate.n && variance > 0.0;
    if (is_told && variance < (static_cast<double>(options.min_examples) - 1.0) * squared_error) {
        const auto behind = static_cast<std::uint64_t>(variance / squared_error + 1.0);
        return "the candidate's standard error tells of about " +
               support::count_of(behind, "example", "examples") + ", fewer than min_examples " +
               std::to_string(options.min_examples) + ", and the baseline has " +
               support::count_of(*baseline.n, "example", "examples") + shrunken +
               ", or ask for fewer (`min_examples`)";
    }
    // A standard error of 0 beside few examples decides nothing, though the loss may be plain by
    // the error that the baseline has.
    const auto loses = [&](const comparison::Comparison& each) {
        return judge(rule, each).status == Status::regressed;
    };
    const bool certain = is_certain(candidate) && baseline.standard_error && !is_certain(baseline);
    if (!certain || loses(compared)) {
        return "";
    }
    evidence::Scalar as_uncertain = candidate;
    as_uncertain.standard_error = baseline.standard_error;
    const bool would_lose =
        loses(comparison::compare(metric, baseline, as_uncertain, rule.margin, options));
    return would_lose ? "the candidate states a standard error of 0, which decides nothing on so "
                        "few examples, and with the baseline's " +
                            support::format_short(baseline.standard_error->value) +
                            " the loss is shown; record the standard error that the candidate has"
                      : "";
}

std::string too_few_runs(const evidence::Samples& baseline, const evidence::Samples& candidate,
                         const comparison::Comparison& compared) {
    if (!compared.insufficient || baseline.values.size() < compared.insufficient->need) {
        return "";
    }
    const std::size_t need = compared.insufficient->need;
    const std::size_t have = candidate.values.size();
    const std::string lack = have < need
                                 ? "the candidate has " + support::count_of(have, "run", "runs")
                                 : support::count_of(compared.insufficient->have, "run", "runs") +
                                       " of the candidate can be paired";
    return lack + ", fewer than the " + std::to_string(need) +
           " that are needed, and the baseline has " +
           support::count_of(baseline.values.size(), "run", "runs") + shrunken;
}

std::optional<evidence::Scalar> stated_by_both(const evidence::Scalar& baseline,
                                               const evidence::Scalar& candidate) {
    evidence::Scalar both = candidate;
    if (!baseline.standard_error) {
        both.standard_error.reset();
    }
    if (!baseline.n) {
        both.n.reset();
    }
    if (!baseline.events) {
        both.events.reset();
        both.exposure.reset();
    }
    const bool less = both.standard_error.has_value() != candidate.standard_error.has_value() ||
                      both.n != candidate.n || both.events != candidate.events;
    return less ? std::optional(both) : std::nullopt;
}

}  // namespace metricgate::verdict
