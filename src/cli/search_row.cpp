#include "cli/search_row.h"

#include <algorithm>
#include <cmath>

#include "cli/judge_part.h"
#include "cli/search_parts.h"
#include "comparison/columns.h"
#include "comparison/search.h"
#include "comparison/support_floors.h"
#include "metrics/evaluate.h"
#include "stats/distributions.h"
#include "support/number.h"
#include "support/text.h"

namespace metricgate::cli {
namespace {

using evidence::Examples;
using evidence::Rows;
using evidence::Side;
using metrics::Metric;
using verdict::CheckResult;
using verdict::Rule;
using verdict::Status;

std::string parts_text(std::size_t count) {
    return support::count_of(count, "part", "parts");
}

/// The parts worth searching, and how many are not.
struct Searched {
    std::vector<std::map<std::string, std::string>> slices;
    std::vector<Rows> rows;
    std::size_t too_small = 0;
    std::size_t thinned = 0;  ///< searched, though less of them is usable than min_overlap asks for
};

Searched choose_parts(const std::vector<SearchPart>& parts, const Metric& metric,
                      const PlannedInput& input, const Examples& examples, const Rows& usable,
                      const comparison::Options& options) {
    Searched searched;
    // By slice: how many rows the parts of one column have, of which a pair may be all.
    std::map<std::map<std::string, std::string>, std::size_t> sizes;
    for (const SearchPart& part : parts) {
        const std::size_t size = part.rows.size();
        if (part.slice.size() == 1) {
            sizes[part.slice] = size;
        }
        const bool is_all = size == usable.size();
        const bool repeats =
            part.slice.size() > 1 && std::ranges::any_of(part.slice, [&](const auto& column) {
                return sizes[{column}] == size;
            });
        if (size == 0 || is_all || repeats) {
            continue;
        }
        Rows rows(part.rows);
        if (size < 2 || comparison::missing_slice_support(metric, examples, rows, options)) {
            ++searched.too_small;
            continue;
        }
        const double before = static_cast<double>(part.before);
        searched.thinned +=
            static_cast<double>(size) < input.pairing.min_overlap * before ? 1U : 0U;
        searched.slices.push_back(part.slice);
        searched.rows.push_back(std::move(rows));
    }
    return searched;
}

std::string whole_text(const Metric& metric, const Examples& examples, const Rows& usable) {
    const auto baseline = metrics::evaluate(metric, examples, Side::baseline, usable);
    const auto candidate = metrics::evaluate(metric, examples, Side::candidate, usable);
    if (!baseline.defined() || !candidate.defined()) {
        return {};
    }
    const double change = metric.orientation() * (candidate.number() - baseline.number());
    return " Over all " + support::count_of(usable.size(), "example", "examples") +
           " the change is " + support::format_short(change, 3) + ".";
}

std::string search_text(const Searched& searched, const comparison::Search& search,
                        const policy::Slices& slices, const comparison::Options& options) {
    std::vector<std::string> columns;
    for (const auto& column : slices.by) {
        columns.push_back(column.value);
    }
    std::string text =
        parts_text(search.searched) + " of the examples by " + support::enumerate(columns) +
        " searched" + (columns.size() > 1 ? ", single values and pairs of two columns" : "") + "; ";
    if (search.too_small > 0) {
        text += support::count_of(search.too_small, "other was", "others were") +
                " left out with fewer than " + std::to_string(options.min_examples) +
                " examples that count or too few clusters; ";
    }
    if (searched.thinned > 0) {
        text += support::count_of(searched.thinned, "part has", "parts have") +
                " lost more examples than min_overlap allows; ";
    }
    return text + "a loss is shown that reaches the margin in " + std::to_string(search.worse) +
           " and not ruled out in " + std::to_string(search.open) +
           " more; all bounds hold at once, at " + support::format_short(search.critical_value, 3) +
           " standard errors instead of " +
           support::format_short(stats::normal_quantile(options.confidence), 3) + ".";
}

CheckResult search_row(const PlannedCheck& check, Rule rule, const Metric& metric,
                       const PlannedInput& input, const LoadedInput& loaded,
                       const std::vector<SearchPart>& parts, const Rows& usable) {
    if (!loaded.candidate_runs.empty()) {
        return verdict::explain(rule, Status::error,
                                "the search for the worst part takes one file a side, and the "
                                "input has several runs; name the slices instead");
    }
    const Examples& examples = *loaded.examples;
    comparison::Options options = check.options;
    options.min_examples = check.source.slices->min_examples.value_or(check.source.min_examples);
    const Searched searched = choose_parts(parts, metric, input, examples, usable, options);
    if (searched.rows.empty()) {
        return verdict::explain(rule, Status::inconclusive,
                                "no part of the examples has " +
                                    std::to_string(options.min_examples) +
                                    " that count, as min_examples asks for; nothing was searched");
    }
    comparison::WorstPart worst =
        comparison::find_worst(metric, examples, usable, searched.rows, rule.margin, options);
    if (worst.comparison.search) {
        worst.comparison.search->too_small = searched.too_small;
        const auto& slice = searched.slices[worst.index];
        rule.slice.insert(slice.begin(), slice.end());
    }
    CheckResult row = verdict::judge(rule, worst.comparison);
    if (!worst.comparison.search) {
        return row;
    }
    const comparison::Search& search = *worst.comparison.search;
    row.reason += row.status == Status::pass ? " in each of " : "; the worst of ";
    row.reason += parts_text(search.searched) + " searched";
    row.notes.push_back({"searched", search_text(searched, search, *check.source.slices, options) +
                                         whole_text(metric, examples, usable)});
    return row;
}

/// Parts that the baseline had enough of and of which nothing is left; of two columns only where
/// neither has lost its whole value.
std::vector<RowTask> vanished_parts(const Rule& rule, const std::vector<SearchPart>& parts,
                                    std::size_t floor) {
    std::vector<RowTask> tasks;
    std::vector<std::map<std::string, std::string>> gone;
    for (const SearchPart& part : parts) {
        if (!part.rows.empty() || part.before < std::max<std::size_t>(floor, 1)) {
            continue;
        }
        const bool known = std::ranges::any_of(
            gone, [&](const auto& other) { return std::ranges::includes(part.slice, other); });
        if (known) {
            continue;
        }
        gone.push_back(part.slice);
        Rule lost = rule;
        lost.slice.insert(part.slice.begin(), part.slice.end());
        tasks.push_back(explained(lost, Status::missing,
                                  "this part has vanished: the baseline has " +
                                      support::count_of(part.before, "example", "examples") +
                                      " of it" + (rule.slice.empty() ? "" : ", of all classes") +
                                      ", and none can be compared with the candidate"));
    }
    return tasks;
}

}  // namespace

std::vector<RowTask> search_rows(const PlannedCheck& check, const Rule& rule, const Metric& metric,
                                 const PlannedInput& input, const LoadedInput& loaded) {
    if (loaded.baseline_absent) {
        return {explained(rule, Status::no_baseline, "not compared: there is no baseline yet")};
    }
    const Examples& examples = *loaded.examples;
    if (!examples.ids && !examples.cluster) {
        return {explained(rule, Status::error,
                          "a search with `discover` needs ids or clusters to draw signs for")};
    }
    UsableRows usable = usable_rows(rule, metric, input, loaded, Rows::all(examples.rows));
    if (usable.refused) {
        return {[row = *usable.refused] { return row; }};
    }
    SearchParts found = search_parts(*check.source.slices, input, examples, usable.rows);
    if (!found.problem.empty()) {
        return {explained(rule, Status::error, found.problem)};
    }
    const std::size_t floor = check.source.slices->min_examples.value_or(check.source.min_examples);
    std::vector<RowTask> tasks = vanished_parts(rule, found.parts, floor);
    tasks.insert(tasks.begin(), [&check, rule, metric, &input, &loaded,
                                 parts = std::move(found.parts), rows = usable.rows] {
        return search_row(check, rule, metric, input, loaded, parts, rows);
    });
    return tasks;
}

}  // namespace metricgate::cli
