// Recorded metrics that rest on less than before: what was left out is hardly the best of it.
#include "cli/less_evidence.h"

#include <algorithm>
#include <iterator>
#include <optional>

#include "support/number.h"
#include "support/text.h"

namespace metricgate::cli {
namespace {

using evidence::Entry;

constexpr std::size_t shown = 5;
/// As if measured on a quarter of the data.
constexpr double much_wider = 2.0;

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
    if (scalar == nullptr || !scalar->standard_error || !(scalar->standard_error->value > 0.0)) {
        return std::nullopt;
    }
    const double error = scalar->standard_error->value;
    return Size{error, support::format_short(error)};
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

void warn_of_less(const std::vector<ComparedEntries>& pairs, std::vector<std::string>& warnings) {
    const auto smaller = [](double now, double then) { return now < then; };
    const auto warn = [&](const std::string& less, const char* before, const char* after) {
        if (!less.empty()) {
            warnings.push_back(before + less + after);
        }
    };
    const char* const left_out = "; what was left out is not judged.";
    warn(less_of(pairs, runs_of, smaller),
         "The candidate has fewer runs than the baseline: ", left_out);
    warn(less_of(pairs, examples_of, smaller),
         "The candidate has fewer examples than the baseline: ", left_out);
    warn(less_of(pairs, exposure_of, smaller),
         "The candidate has a smaller exposure than the baseline: ", left_out);
    const auto wider = [](double now, double then) { return now > much_wider * then; };
    warn(less_of(pairs, error_of, wider),
         "The candidate's standard error is more than twice the baseline's: ",
         "; a loss is the harder to show.");
}

}  // namespace metricgate::cli
