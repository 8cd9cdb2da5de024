#include "history/store.h"

#include <algorithm>

#include "history/jsonl_store.h"
#include "history/sqlite_store.h"
#include "support/text.h"
#include "support/utc_time.h"

namespace metricgate::history {

namespace {

using evidence::HistoryPoint;
using support::NumberKind;

constexpr std::size_t longest_name = 500;
constexpr std::size_t longest_fact = 8000;
constexpr std::size_t most_problems = 10;
constexpr std::int64_t largest_whole = std::int64_t{1} << 53;
constexpr std::size_t digits_of_short_id = 12;

bool is_finite(const support::ParsedNumber& number) {
    return number.kind == NumberKind::finite;
}

/// Control characters would break lines of logs and terminals.
bool is_printable(std::string_view text) {
    return support::find_invalid_utf8(text) == std::string_view::npos &&
           std::ranges::none_of(text, [](char c) {
               return static_cast<unsigned char>(c) < 0x20 || static_cast<unsigned char>(c) == 0x7f;
           });
}

bool is_hex(std::string_view text) {
    return std::ranges::all_of(
        text, [](char c) { return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f'); });
}

std::string said_of(const support::ParsedNumber& number) {
    switch (number.kind) {
        case NumberKind::finite:
            return support::format_exact(number.value);
        case NumberKind::not_a_number:
            return "not a number (NaN)";
        case NumberKind::positive_infinity:
        case NumberKind::negative_infinity:
            return "infinite";
        case NumberKind::malformed:
            return "no number";
        case NumberKind::out_of_range:
            return "out of the range of numbers";
    }
    return "no number";
}

/// What is wrong with a point, as a sentence, or nothing.
std::string flaw_of(const NewPoint& added) {
    const HistoryPoint& point = added.point;
    const std::string called = "'" + support::visible(added.metric) + "'";
    if (added.metric.empty()) {
        return "a value has no name; write NAME=VALUE";
    }
    if (added.metric.size() > longest_name || !is_printable(added.metric)) {
        return "the name " + called + " has control characters, or more than " +
               std::to_string(longest_name) + " bytes; choose another";
    }
    if (!is_finite(point.value)) {
        return "the value of " + called + " is " + said_of(point.value) +
               "; wanted a finite number: leave it out, or mend what measures it";
    }
    if (point.standard_error &&
        !(is_finite(*point.standard_error) && point.standard_error->value >= 0.0)) {
        return "the standard error of " + called + " is " + said_of(*point.standard_error) +
               "; wanted a finite number of at least 0";
    }
    if (!point.time) {
        return called + " has no time, and there is no clock; give --time";
    }
    if (*point.time < support::first_time || *point.time > support::last_time) {
        return "the time of " + called + " lies outside of the years 1 to 9999";
    }
    if ((point.step && (*point.step > largest_whole || *point.step < -largest_whole)) ||
        (point.n && *point.n > static_cast<std::uint64_t>(largest_whole))) {
        return "the step or the number of examples of " + called + " is beyond 2^53";
    }
    if (!point.commit.empty() &&
        !(is_hex(point.commit) && (point.commit.size() == 40 || point.commit.size() == 64))) {
        return called + " has the commit '" + support::visible(point.commit) +
               "'; wanted a full id of 40 hexadecimal digits";
    }
    if (!is_printable(added.unit) || added.unit.size() > longest_name) {
        return "the unit of " + called + " has control characters, or more than " +
               std::to_string(longest_name) + " bytes";
    }
    if (!is_printable(point.data_digest) || point.data_digest.size() > longest_name) {
        return "the data digest of " + called + " has control characters, or more than " +
               std::to_string(longest_name) + " bytes";
    }
    for (const auto& [name, value] : point.metadata) {
        if (name.empty() || name.size() > longest_name || !is_printable(name)) {
            return "the metadata of " + called + " has the name '" + support::visible(name) +
                   "'; wanted one of at most " + std::to_string(longest_name) +
                   " bytes without control characters";
        }
        if (value.size() > longest_fact || support::find_invalid_utf8(value) != std::string::npos) {
            return "'" + support::visible(name) + "' in the metadata of " + called +
                   " is no UTF-8, or has more than " + std::to_string(longest_fact) + " bytes";
        }
    }
    return "";
}

}  // namespace

std::unique_ptr<Store> open_store(const std::string& path, support::FileSystem& files,
                                  support::PathTrust trust, const std::string& root) {
    return path.ends_with(".jsonl") ? jsonl_store(path, files, trust, root)
                                    : sqlite_store(path, files, trust, root);
}

support::Diagnostics check_points(const std::vector<NewPoint>& points) {
    support::Diagnostics problems;
    for (const NewPoint& point : points) {
        std::string flaw = flaw_of(point);
        if (!flaw.empty()) {
            if (problems.size() == most_problems) {
                problems.push_back({point.point.where, "and more of the kind"});
                break;
            }
            problems.push_back({point.point.where, std::move(flaw)});
        }
    }
    return problems;
}

std::string key_of(const HistoryPoint& point) {
    if (!point.commit.empty()) {
        return point.commit.substr(0, digits_of_short_id);
    }
    if (const std::string& run = fact_of(point, run_key); !run.empty()) {
        return run;
    }
    if (point.step) {
        return "step " + std::to_string(*point.step);
    }
    return point.time ? support::format_time(*point.time) : "";
}

support::Diagnostic backward_step(const NewPoint& point, std::int64_t last,
                                  const std::string& store) {
    const std::string& run = fact_of(point.point, run_key);
    const std::string& attempt = fact_of(point.point, attempt_key);
    return {point.point.where,
            "step " + std::to_string(point.point.step.value_or(0)) + " of '" +
                support::visible(point.metric) + "' goes backwards: " + support::visible(store) +
                " holds step " + std::to_string(last) + " of " +
                (run.empty() ? "this run" : "run '" + support::visible(run) + "'") +
                (attempt.empty() ? "" : ", attempt " + support::visible(attempt)) +
                (point.point.commit.empty()
                     ? ""
                     : " on commit " + point.point.commit.substr(0, digits_of_short_id)) +
                "; go on behind it, or name another run (--run, --attempt)"};
}

support::Diagnostic other_unit(const NewPoint& point, const std::string& unit,
                               const std::string& store) {
    return {point.point.where, "'" + support::visible(point.metric) + "' is in '" +
                                   support::visible(point.unit) + "', and " +
                                   support::visible(store) + " holds it in '" +
                                   support::visible(unit) + "'; convert it, or name it otherwise"};
}

support::Diagnostics absent_metrics(const std::vector<std::string>& wanted,
                                    const std::vector<std::string>& held,
                                    const std::string& store) {
    support::Diagnostics problems;
    for (const std::string& name : wanted) {
        if (!std::ranges::binary_search(held, name)) {
            problems.push_back(support::problem_in(
                store, "holds no metric '" + support::visible(name) + "'" +
                           support::did_you_mean(name, held) + "; it holds " +
                           support::count_of(held.size(), "metric", "metrics")));
        }
    }
    return problems;
}

}  // namespace metricgate::history
