#include "cli/slice_rows.h"

#include <algorithm>

#include "cli/judge_part.h"
#include "cli/slice_parts.h"
#include "comparison/columns.h"
#include "support/number.h"
#include "support/text.h"

namespace metricgate::cli {
namespace {

using evidence::Rows;
using evidence::Side;
using verdict::Rule;
using verdict::Status;

std::string examples_text(std::size_t count) {
    return support::count_of(count, "example", "examples");
}

/// "de" or "de/mobile": how a policy names a slice.
std::string slice_name(const std::vector<std::string>& values) {
    std::string name;
    for (const std::string& value : values) {
        name += (name.empty() ? "" : "/") + value;
    }
    return name;
}

/// Why a slice is not judged: its status and a sentence, or nothing.
struct Refusal {
    Status status = Status::skipped;
    std::string reason;
};

std::string too_few(const std::string& count, std::size_t floor) {
    return count + ", fewer than min_examples " + std::to_string(floor);
}

/// What became of a slice between the sides; none of it may go unsaid, or a model could drop the
/// examples it fails on.
Refusal refuse_unpaired(const SlicePart& part, const PlannedInput& input, bool per_class) {
    const char* classes = per_class ? ", of all classes" : "";
    const std::size_t before = part.rows_of(Side::baseline);
    const std::size_t now = part.rows_of(Side::candidate);
    if (now == 0) {
        return {Status::missing, "the slice has vanished: the baseline has " +
                                     examples_text(before) + " of it" + classes +
                                     ", the candidate none"};
    }
    if (before == 0) {
        return {Status::new_metric, "only the candidate has this slice, with " +
                                        examples_text(now) + classes +
                                        "; there is nothing to compare it "
                                        "with"};
    }
    const double larger = static_cast<double>(part.rows_of_larger_side());
    const double paired = static_cast<double>(part.rows.size());
    if (part.rows.empty() || paired < input.pairing.min_overlap * larger) {
        return {Status::incomparable,
                "of the slice's " + examples_text(before) + " in the baseline and " +
                    std::to_string(now) + " in the candidate, " +
                    (part.rows.empty() ? "none is" : std::to_string(part.rows.size()) + " are") +
                    " on both sides, less than min_overlap " +
                    support::format_short(input.pairing.min_overlap)};
    }
    return {};
}

Refusal refuse(const SlicePart& part, const metrics::Metric& metric, const PlannedInput& input,
               const LoadedInput& loaded, std::size_t floor, bool required, bool per_class) {
    const std::size_t larger = part.rows_of_larger_side();
    if (larger < floor && !required) {
        const bool gone = part.rows.empty() && part.rows_of(Side::candidate) == 0;
        return {Status::skipped,
                too_few(examples_text(larger) + (gone ? " in the baseline and none "
                                                        "in the candidate"
                                                      : ""),
                        floor)};
    }
    if (!loaded.baseline_absent) {
        if (Refusal refusal = refuse_unpaired(part, input, per_class); !refusal.reason.empty()) {
            return refusal;
        }
    }
    if (required || metric.definition == nullptr) {
        return {};
    }
    if (part.rows.size() < floor) {
        return {Status::skipped, too_few(examples_text(part.rows.size()), floor)};
    }
    const std::size_t counted =
        comparison::count_that_count(metric, *loaded.examples, Rows(part.rows));
    if (counted < floor) {
        return {Status::skipped,
                too_few(examples_text(counted) + " that " + metric.name + " counts", floor)};
    }
    return {};
}

}  // namespace

std::vector<RowTask> slice_rows(const PlannedCheck& check, const Rule& rule,
                                const metrics::Metric& metric, const PlannedInput& input,
                                const LoadedInput& loaded) {
    const policy::Slices& slices = *check.source.slices;
    const SliceColumns columns = slice_columns(slices, input);
    comparison::Options options = check.options;
    const std::size_t floor = slices.min_examples.value_or(check.source.min_examples);
    options.min_examples = floor;
    std::vector<RowTask> tasks;
    std::vector<std::string> present;
    for (SlicePart& part : slice_parts(*loaded.examples, columns.columns)) {
        const std::string name = slice_name(part.values);
        present.push_back(name);
        Rule sliced = rule;
        for (std::size_t k = 0; k < part.values.size(); ++k) {
            sliced.slice[columns.roles[k]] = part.values[k];
        }
        const bool required = std::any_of(slices.required.begin(), slices.required.end(),
                                          [&](const auto& each) { return each.value == name; });
        Refusal refusal = refuse(part, metric, input, loaded, floor, required, check.per_class);
        if (!refusal.reason.empty()) {
            tasks.push_back(explained(sliced, refusal.status, std::move(refusal.reason)));
            continue;
        }
        tasks.push_back([sliced, metric, &input, &loaded, options, rows = Rows(part.rows)] {
            return judge_part(sliced, metric, input, loaded, options, rows, true);
        });
    }
    for (const auto& required : slices.required) {
        if (std::find(present.begin(), present.end(), required.value) == present.end()) {
            Rule sliced = rule;
            sliced.slice[columns.roles.size() == 1 ? columns.roles.front() : "slice"] =
                required.value;
            tasks.push_back(explained(sliced, Status::missing,
                                      "the required slice '" + required.value +
                                          "' has no example on either side" +
                                          support::did_you_mean(required.value, present)));
        }
    }
    return tasks;
}

}  // namespace metricgate::cli
