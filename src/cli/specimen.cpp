#include "cli/specimen.h"

#include <algorithm>
#include <cmath>

#include "cli/specimen_column.h"
#include "comparison/recorded.h"
#include "damage/recorded.h"
#include "metrics/evaluate.h"

namespace metricgate::cli {
namespace {

using damage::Extent;
using damage::Toward;
using evidence::Entry;
using evidence::Examples;
using evidence::MetricFile;
using evidence::Rows;
using evidence::Side;
using metrics::Metric;

bool is_empty(const evidence::SideColumns& side) {
    return !side.predicted_class && !side.predicted_number && !side.score &&
           side.class_scores.empty() && side.values.empty();
}

void equalise_examples(LoadedInput& loaded) {
    Examples& examples = *loaded.examples;
    auto& [baseline, candidate] = examples.sides;
    if (loaded.different_baseline) {
        baseline = candidate;  // what damage starts from and is mended with
        loaded.different_baseline = examples;
        return;
    }
    if (is_empty(baseline)) {
        baseline = candidate;
        if (loaded.baseline_absent && loaded.info.pairing) {
            loaded.info.pairing->baseline_rows = loaded.info.pairing->candidate_rows;
            examples.pairing = *loaded.info.pairing;
        }
    }
    candidate = baseline;
    if (loaded.candidate_runs.empty()) {
        return;
    }
    // Every run stands in its candidate's columns; damage starts from a copy beside them.
    if (!loaded.baseline_runs.empty()) {
        loaded.candidate_runs = loaded.baseline_runs;
    }
    for (Examples& run : loaded.candidate_runs) {
        run.sides[0] = run.sides[1];
    }
    if (loaded.baseline_runs.empty()) {
        loaded.baseline_runs = loaded.candidate_runs;
    }
}

/// Adds an entry at its place by name.
void insert_entry(MetricFile& file, Entry entry) {
    const auto at = std::ranges::lower_bound(file.entries, entry.name, {}, &Entry::name);
    file.entries.insert(at, std::move(entry));
}

/// The name that comes next after `name` in the order of names, and that nothing recorded can have.
std::string name_when_gone(const std::string& name) {
    return name + '\0';
}

/// Both files get an entry of `name`: the baseline's numbers, or the candidate's where only it has
/// them.
void equalise_entry(LoadedInput& loaded, const std::string& name,
                    const std::vector<std::string>& formerly) {
    const Entry* baseline = loaded.baseline->find(name);
    for (const std::string& old : formerly) {
        baseline = baseline != nullptr ? baseline : loaded.baseline->find(old);
    }
    Entry* candidate = find_entry(loaded.candidate, name);
    if (baseline == nullptr && candidate != nullptr) {
        insert_entry(*loaded.baseline, *candidate);
    } else if (baseline != nullptr && candidate == nullptr) {
        Entry copy = *baseline;
        copy.name = name;
        insert_entry(*loaded.candidate, std::move(copy));
    } else if (baseline != nullptr) {
        candidate->evidence = baseline->evidence;
        candidate->flaw = baseline->flaw;
    }
}

void equalise_recorded(const Plan& plan, std::size_t input, LoadedInput& loaded) {
    if (!loaded.baseline) {
        loaded.baseline = loaded.candidate;
    }
    loaded.incomparable.clear();  // data digests, which damage does not look at
    for (const PlannedCheck& check : plan.checks) {
        if (check.input != input || check.every_metric) {
            continue;
        }
        equalise_entry(loaded, check.metric.name, check.source.formerly);
    }
    std::vector<std::string> names;
    for (const Entry& entry : loaded.baseline->entries) {
        if (loaded.candidate->find(entry.name) != nullptr) {
            names.push_back(entry.name);
        }
    }
    for (const std::string& name : names) {
        equalise_entry(loaded, name, {});
    }
}

std::optional<double> number_of(const metrics::Value& value) {
    return value.defined() ? std::optional(value.number()) : std::nullopt;
}

}  // namespace

Entry* find_entry(std::optional<MetricFile>& file, const std::string& name) {
    if (!file) {
        return nullptr;
    }
    const auto at = std::ranges::lower_bound(file->entries, name, {}, &Entry::name);
    return at != file->entries.end() && at->name == name ? &*at : nullptr;
}

void remove_entry(MetricFile& file, const std::string& name) {
    const auto at = std::ranges::lower_bound(file.entries, name, {}, &Entry::name);
    at->name = name_when_gone(name);
}

std::vector<Examples*> candidates_of(LoadedInput& loaded) {
    std::vector<Examples*> all = {&*loaded.examples};
    for (Examples& run : loaded.candidate_runs) {
        all.push_back(&run);
    }
    return all;
}

void equalise(const Plan& plan, std::size_t input, LoadedInput& loaded) {
    equalise_columns(loaded);
    if (loaded.examples) {
        if (loaded.incomparable.empty()) {
            equalise_examples(loaded);
        }
    } else if (loaded.candidate) {
        equalise_recorded(plan, input, loaded);
    }
    loaded.baseline_absent = false;
}

Specimen specimen_of_examples(const Metric& wanted, bool per_class, LoadedInput& loaded,
                              const std::vector<double>& places) {
    Specimen specimen;
    Examples& examples = *loaded.examples;
    Metric metric = wanted;
    if (!per_class && metric.definition != nullptr) {
        // A class that is gone is the row's own answer, which comes first.
        static_cast<void>(metrics::resolve(metric, examples));
    }
    const damage::Kind* kind = damage::find(metric, examples);
    if (kind == nullptr) {
        specimen.obstacle = "this version knows no damage for what the metric reads";
        return specimen;
    }
    specimen.worse_text = kind->worse;
    specimen.better_text = kind->better;
    specimen.bounded = kind->bounded(metric, examples);
    specimen.damage = [kind, metric, &loaded, &places](Toward toward, double size) {
        for (Examples* each : candidates_of(loaded)) {
            kind->apply(metric, *each, Extent{toward, size, &places});
        }
    };
    specimen.mend = [&loaded, classes = examples.classes] {
        for (Examples* each : candidates_of(loaded)) {
            each->sides[1] = each->sides[0];
            each->classes = classes;
        }
    };
    if (per_class) {
        specimen.value = [] { return std::optional<double>(); };
    } else {
        specimen.value = [metric, &examples] {
            return number_of(metrics::evaluate(
                metric, examples, Side::candidate,
                metrics::without_missing(metric, examples, Rows::all(examples.rows))));
        };
    }
    return specimen;
}

Specimen specimen_of_entry(const Metric& metric, LoadedInput& loaded) {
    Specimen specimen;
    const Entry* first = find_entry(loaded.candidate, metric.name);
    if (first == nullptr) {
        specimen.obstacle = "neither side has it";
        return specimen;
    }
    specimen.mend = [&loaded, entry = *first] {
        Entry* found = find_entry(loaded.candidate, entry.name);
        found = found != nullptr ? found : find_entry(loaded.candidate, name_when_gone(entry.name));
        *found = entry;
    };
    const auto* samples = std::get_if<evidence::Samples>(&first->evidence);
    specimen.in_units = samples == nullptr;
    specimen.bounded = samples != nullptr && damage::bounded(metric, *samples);
    specimen.worse_text =
        samples == nullptr ? "the recorded number made worse" : "every run made worse";
    specimen.better_text =
        samples == nullptr ? "the recorded number made better" : "every run made better";
    specimen.damage = [metric, &loaded, evidence = first->evidence](Toward toward, double size) {
        std::visit(
            [&](const auto& from) {
                find_entry(loaded.candidate, metric.name)->evidence =
                    damage::moved(metric, from, toward == Toward::worse, size);
            },
            evidence);
    };
    specimen.value = [metric, &loaded]() -> std::optional<double> {
        const Entry* entry = find_entry(loaded.candidate, metric.name);
        if (const auto* scalar = std::get_if<evidence::Scalar>(&entry->evidence)) {
            return number_of(metrics::Value::of(scalar->value.value));
        }
        return number_of(
            comparison::summarise(metric, std::get<evidence::Samples>(entry->evidence)));
    };
    return specimen;
}

Specimen specimen_of_history(const Metric& metric, const verdict::Rule& rule, LoadedInput& loaded) {
    constexpr std::size_t most_planted = 4;
    Specimen specimen = specimen_of_entry(metric, loaded);
    if (!specimen.obstacle.empty()) {
        return specimen;
    }
    const auto find_history = [&loaded, name = metric.name]() -> evidence::History* {
        auto& all = loaded.histories->histories;
        const auto found = std::ranges::find(all, name, &evidence::History::metric);
        return found == all.end() ? nullptr : &*found;
    };
    const evidence::History* history = find_history();
    const std::vector<evidence::HistoryPoint> points =
        history == nullptr ? std::vector<evidence::HistoryPoint>{} : history->points;
    const std::size_t limits = rule.chart ? rule.chart->points : points.size();
    const std::size_t planted =
        points.size() > limits ? std::min(most_planted, points.size() - limits) : 0;
    specimen.worse_text = "a decline planted into the newest points";
    specimen.better_text = "a rise planted into the newest points";
    specimen.damage = [damage = specimen.damage, find_history, points, planted, metric](
                          Toward toward, double size) {
        damage(toward, size);
        evidence::History* found = find_history();
        for (std::size_t k = 0; found != nullptr && k < planted; ++k) {
            const std::size_t at = points.size() - planted + k;
            evidence::Scalar scalar;
            scalar.value = points[at].value;
            const double share = static_cast<double>(k + 1) / static_cast<double>(planted + 1);
            found->points[at].value =
                damage::moved(metric, scalar, toward == Toward::worse, share * size).value;
        }
    };
    specimen.mend = [mend = specimen.mend, find_history, points] {
        mend();
        if (evidence::History* found = find_history()) {
            found->points = points;
        }
    };
    return specimen;
}

}  // namespace metricgate::cli
