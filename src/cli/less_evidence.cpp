// Recorded metrics that rest on less than before: what was left out is hardly the best of it.
#include "cli/less_evidence.h"

#include <algorithm>
#include <cmath>
#include <iterator>
#include <optional>

#include "comparison/rounding.h"
#include "stats/means.h"
#include "support/number.h"
#include "support/text.h"

namespace metricgate::cli {
namespace {

using evidence::Entry;

constexpr std::size_t shown = 5;
/// As if measured on a quarter of the data.
constexpr double much_wider = 2.0;
/// Three runs of one model spread so much wider than three others about once in 26 times, five once
/// in 200 (the F distribution of the ratio of their variances).
constexpr double far_wider = 5.0;

/// What a side states of its size in words and as a number, where it states any.
struct Size {
    double number = 0.0;
    std::string text;
};
using SizeOf = std::optional<Size> (*)(const Entry&);

std::optional<Size> runs_of(const Entry& entry) {
    const auto* samples = std::get_if<evidence::Samples>(&entry.evidence);
    if (samples == nullptr || samples->flaw || samples->values.empty()) {
        return std::nullopt;
    }
    const std::size_t runs = samples->values.size();
    return Size{static_cast<double>(runs), support::count_of(runs, "run", "runs")};
}

std::optional<Size> examples_of(const Entry& entry) {
    const auto* scalar = std::get_if<evidence::Scalar>(&entry.evidence);
    if (scalar == nullptr || scalar->n.value_or(0) == 0) {
        return std::nullopt;
    }
    return Size{static_cast<double>(*scalar->n),
                support::count_of(*scalar->n, "example", "examples")};
}

std::optional<Size> exposure_of(const Entry& entry) {
    const auto* scalar = std::get_if<evidence::Scalar>(&entry.evidence);
    if (scalar == nullptr || !scalar->exposure) {
        return std::nullopt;
    }
    return Size{*scalar->exposure, support::format_short(*scalar->exposure)};
}

std::optional<Size> error_of(const Entry& entry) {
    const auto* scalar = std::get_if<evidence::Scalar>(&entry.evidence);
    if (scalar == nullptr || !scalar->standard_error ||
        scalar->standard_error->kind != support::NumberKind::finite) {
        return std::nullopt;
    }
    const double error = scalar->standard_error->value;
    // Beside an error of 0, as of equal runs, any other is more than twice as large.
    if (comparison::is_rounding(error, scalar->value.value)) {
        return std::nullopt;
    }
    return Size{error, support::format_short(error)};
}

std::optional<Size> spread_of(const Entry& entry) {
    const auto* samples = std::get_if<evidence::Samples>(&entry.evidence);
    if (samples == nullptr || samples->flaw || samples->values.size() < 3) {
        return std::nullopt;
    }
    const double error = stats::paired_mean(samples->values).standard_error;
    const double spread = error * std::sqrt(static_cast<double>(samples->values.size()));
    // Of equal runs any other is infinitely wide.
    const bool varies = !comparison::is_rounding(spread, samples->values.front());
    return varies ? std::optional(Size{spread, support::format_short(spread)}) : std::nullopt;
}

/// "'accuracy' 4 runs against 5 runs" of every metric of which both sides state a size and
/// `is_less(now, then)` holds.
template <class IsLess>
std::string less_of(const std::vector<ComparedEntries>& pairs, SizeOf size, IsLess is_less) {
    std::set<std::string> less;
    for (const ComparedEntries& pair : pairs) {
        const auto now = size(*pair.candidate);
        const auto then = size(*pair.baseline);
        if (now && then && is_less(now->number, then->number)) {
            less.insert("'" + support::visible(pair.name) + "' " + now->text + " against " +
                        then->text);
        }
    }
    return less.empty() ? "" : support::enumerate(first_of(less));
}

}  // namespace

std::vector<std::string> first_of(const std::set<std::string>& names) {
    std::vector<std::string> first(
        names.begin(),
        std::next(names.begin(), static_cast<std::ptrdiff_t>(std::min(shown, names.size()))));
    if (names.size() > shown) {
        first.emplace_back("others");
    }
    return first;
}

void warn_of_less(const std::vector<ComparedEntries>& pairs, const LessWords& words,
                  std::vector<std::string>& warnings) {
    const auto warn = [&](const std::string& less, const std::string& what, const char* after) {
        if (!less.empty()) {
            warnings.push_back(words.now + what + less + after);
        }
    };
    const auto smaller = [&](double now, double then) { return now < words.share * then; };
    const std::string than = std::string(" than ") + words.then + ": ";
    const char* const left_out = "; what was left out is not judged.";
    warn(less_of(pairs, runs_of, smaller), " has fewer runs" + than, left_out);
    warn(less_of(pairs, examples_of, smaller), " has fewer examples" + than, left_out);
    warn(less_of(pairs, exposure_of, smaller), " has a smaller exposure" + than, left_out);
    const char* const harder = "; a loss is the harder to show.";
    const auto wider = [](double now, double then) { return now > much_wider * then; };
    warn(less_of(pairs, error_of, wider),
         std::string("'s standard error is more than twice that of ") + words.then + ": ", harder);
    const auto far = [](double now, double then) { return now > far_wider * then; };
    warn(
        less_of(pairs, spread_of, far),
        std::string("'s runs spread more than five times as wide as those of ") + words.then + ": ",
        harder);
}

}  // namespace metricgate::cli
