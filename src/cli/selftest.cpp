#include "cli/selftest.h"

#include <algorithm>
#include <map>

#include "cli/evaluate.h"
#include "cli/ladder.h"
#include "cli/row_names.h"
#include "cli/selftest_faults.h"
#include "cli/specimen.h"
#include "cli/specimen_column.h"
#include "damage/places.h"
#include "support/number.h"
#include "support/text.h"
#include "verdict/judge.h"

namespace metricgate::cli {
namespace {

using damage::Toward;
using verdict::Ability;
using verdict::CheckResult;
using verdict::FaultAnswer;
using verdict::SelftestRow;
using verdict::Status;

/// What tells a row from the others of a run.
using Key = std::pair<std::string, std::map<std::string, std::string>>;

/// The part that a search finds is another one under damage; the row is the same. `per_class` keeps
/// the classes apart.
Key row_key(const verdict::Rule& rule, bool searched, bool per_class) {
    if (!searched) {
        return {rule.id, rule.slice};
    }
    Key key{rule.id, {{"", "the worst part"}}};
    if (const auto found = rule.slice.find("class"); per_class && found != rule.slice.end()) {
        key.second.insert(*found);
    }
    return key;
}

bool is_searched(const CheckResult& row) {
    return row.comparison && row.comparison->search;
}

/// The rows of the run without damage, as the family that a claim is corrected in: their own
/// claims are taken away, because another check's loss must not help this one.
class Family {
public:
    Family(std::vector<CheckResult> rows, std::vector<Key> keys, verdict::Correction correction)
        : m_rows(std::move(rows)), m_keys(std::move(keys)), m_correction(correction) {
        for (CheckResult& row : m_rows) {
            row.status = Status::pass;
            if (row.comparison) {
                row.comparison->p_no_loss =
                    row.comparison->p_no_loss ? std::optional(1.0) : std::nullopt;
            }
        }
    }

    /// The row as it would be reported among the others.
    [[nodiscard]] CheckResult corrected(const CheckResult& row, const Key& key) const {
        if (row.status != Status::regressed) {
            return row;
        }
        std::vector<CheckResult> rows = m_rows;
        const auto at = static_cast<std::size_t>(std::ranges::find(m_keys, key) - m_keys.begin());
        if (at == rows.size()) {
            rows.push_back(row);
        } else {
            rows[at] = row;
        }
        verdict::correct_for_multiplicity(rows, m_correction);
        return rows[at];
    }

    [[nodiscard]] const CheckResult* find(const Key& key) const {
        const auto found = std::ranges::find(m_keys, key);
        return found == m_keys.end() ? nullptr
                                     : &m_rows[static_cast<std::size_t>(found - m_keys.begin())];
    }

private:
    std::vector<CheckResult> m_rows;
    std::vector<Key> m_keys;  ///< of each row
    verdict::Correction m_correction;
};

bool turned_red(Status status) {
    return status == Status::regressed || status == Status::violated;
}

/// What a row showed under a size of damage.
void record(const CheckResult& row, SelftestRow& into) {
    into.status = row.status;
    into.reason = row.reason;
    if (row.comparison) {
        into.change = row.comparison->delta;
        into.value = row.comparison->candidate.defined()
                         ? std::optional(row.comparison->candidate.number())
                         : std::nullopt;
    }
    if (row.margin) {
        into.margin = row.margin;
    }
}

/// Why not even the worst candidate turned the row red.
std::string why_green(const CheckResult& worst) {
    const auto& c = worst.comparison;
    const std::string at =
        c && c->candidate.defined()
            ? " with the candidate at " + support::format_short(c->candidate.number(), 4)
            : "";
    std::string text;
    if (worst.status == Status::pass) {
        text = "passes even" + at + ": " + worst.reason;
    } else {
        text = std::string("stays ") + verdict::name(worst.status) + " even" + at + ": " +
               worst.reason;
    }
    if (c && c->degenerate) {
        for (const comparison::Note& note : c->notes) {
            if (note.code == "degenerate") {
                text += "; " + note.text;
                text.pop_back();  // its full stop
            }
        }
    }
    return text;
}

/// The self-test of one check.
class Trial {
public:
    Trial(Prepared& prepared, std::size_t check, const CheckArguments& arguments,
          const Family& family, std::vector<std::string>& warnings)
        : m_prepared(prepared),
          m_check(check),
          m_arguments(arguments),
          m_family(family),
          m_warnings(warnings) {}

    std::vector<SelftestRow> run(const std::vector<double>& places) {
        for (const CheckResult& row : evaluate()) {
            m_rows.push_back(at_the_start(row));
        }
        LoadedInput* loaded = loaded_input();
        if (loaded == nullptr || !any_open()) {
            return std::move(m_rows);
        }
        if (metrics::column_form(planned().metric.definition) != nullptr) {
            try_columns(*loaded);
            return std::move(m_rows);
        }
        if (loaded->examples) {
            std::vector<SelftestRow*> rows;
            for (SelftestRow& row : m_rows) {
                rows.push_back(&row);
            }
            const PlannedCheck& check = planned();
            const Specimen specimen =
                specimen_of_examples(check.metric, check.per_class, *loaded, places);
            try_all(specimen, check.metric, rows);
            const PlannedInput& input = m_prepared.plan.inputs[check.input];
            try_faults(faults_of_examples(check.metric, check.per_class, input, *loaded, places),
                       rows);
            return std::move(m_rows);
        }
        for (SelftestRow& row : m_rows) {
            const metrics::Metric metric = metric_of_row(planned(), row.rule);
            const Specimen specimen = specimen_of_entry(metric, *loaded);
            try_all(specimen, metric, {&row});
            if (specimen.obstacle.empty()) {
                try_faults(faults_of_entry(metric, *loaded, specimen), {&row});
            }
        }
        return std::move(m_rows);
    }

private:
    PlannedCheck& planned() { return m_prepared.plan.checks[m_check]; }
    const PlannedCheck& planned() const { return m_prepared.plan.checks[m_check]; }

    Key key_of(const CheckResult& row) const {
        return row_key(row.rule, is_searched(row), planned().per_class);
    }
    Key key_of(const SelftestRow& row) const {
        return row_key(row.rule, row.searched, planned().per_class);
    }

    LoadedInput* loaded_input() {
        auto& loaded = m_prepared.inputs[planned().input];
        return loaded && planned().not_run.empty() ? &*loaded : nullptr;
    }

    std::vector<CheckResult> evaluate() {
        return evaluate_check(m_prepared.plan, m_check, m_prepared.inputs, m_arguments);
    }

    SelftestRow at_the_start(const CheckResult& row) {
        SelftestRow start;
        start.rule = row.rule;
        start.searched = is_searched(row);
        if (const CheckResult* real = m_family.find(key_of(row)); real && real->comparison) {
            start.mde = real->comparison->mde;
        }
        record(row, start);
        switch (row.status) {
            case Status::skipped:
                start.ability = Ability::skipped;
                break;
            case Status::missing:
            case Status::violated:
                start.ability = Ability::goes_red;
                start.reason = "red without any damage: " + row.reason;
                m_red_at_once.push_back(key_of(row));
                break;
            case Status::incomparable:
            case Status::error:
                start.ability = Ability::untested;
                break;
            case Status::pass:
            case Status::regressed:
            case Status::inconclusive:
            case Status::no_baseline:
            case Status::new_metric:
            case Status::waived:
                start.ability = Ability::cannot_go_red;
                break;
        }
        return start;
    }

    /// A check of columns, each of them on its own.
    void try_columns(LoadedInput& loaded) {
        const metrics::Metric& metric = planned().metric;
        for (SelftestRow& row : m_rows) {
            const auto column = row.rule.slice.find("column");
            const std::string name =
                column == row.rule.slice.end() ? planned().of.front() : column->second;
            const Specimen specimen = specimen_of_column(metric, name, loaded);
            try_all(specimen, metric, {&row});
            if (specimen.obstacle.empty()) {
                try_faults(faults_of_column(metric, name, loaded, specimen), {&row});
            }
        }
    }

    static bool is_open(const SelftestRow& row) { return row.ability == Ability::cannot_go_red; }

    bool any_open() const {
        return std::ranges::any_of(m_rows, is_open) ||
               (!m_red_at_once.empty() && m_prepared.plan.checks[m_check].rule.compares_sides());
    }

    void try_all(const Specimen& specimen, const metrics::Metric& metric,
                 const std::vector<SelftestRow*>& rows) {
        if (!specimen.obstacle.empty()) {
            for (SelftestRow* row : rows) {
                if (is_open(*row)) {
                    row->ability = Ability::untested;
                    row->reason = specimen.obstacle;
                }
            }
            return;
        }
        const verdict::Rule rule = planned().rule;
        if (breaks_when_worse(rule)) {
            climb(specimen, metric, Toward::worse, rows);
        }
        if (breaks_when_better(rule)) {
            try_better(specimen, metric, rows);
        }
        set_limits_aside(specimen, metric, rows);
        specimen.mend();
    }

    /// A candidate that is too good: proof where the rule has nothing else, else a warning.
    void try_better(const Specimen& specimen, const metrics::Metric& metric,
                    const std::vector<SelftestRow*>& rows) {
        const bool alone = !breaks_when_worse(planned().rule);
        if (alone) {
            climb(specimen, metric, Toward::better, rows);
            return;
        }
        for (SelftestRow* row : rows) {
            SelftestRow better = *row;
            better.ability = Ability::cannot_go_red;
            climb(specimen, metric, Toward::better, {&better});
            if (row->ability == Ability::goes_red && better.ability != Ability::goes_red) {
                m_warnings.push_back("Check " + row->rule.id +
                                     ": no candidate is good enough to break the rule against "
                                     "what is too good; it " +
                                     better.reason + ".");
                break;
            }
        }
    }

    /// A limit that the baseline breaks itself says nothing about the margin beside it.
    void set_limits_aside(const Specimen& specimen, const metrics::Metric& metric,
                          const std::vector<SelftestRow*>& rows) {
        verdict::Rule& rule = planned().rule;
        if (!(rule.margin.absolute || rule.margin.relative ||
              rule.require != verdict::Require::nothing)) {
            return;
        }
        std::vector<SelftestRow*> again;
        for (SelftestRow* row : rows) {
            const bool at_once =
                std::ranges::find(m_red_at_once, key_of(*row)) != m_red_at_once.end();
            if (at_once && row->status == Status::violated) {
                again.push_back(row);
            }
        }
        if (again.empty()) {
            return;
        }
        const verdict::Rule whole = rule;
        rule.minimum.reset();
        rule.maximum.reset();
        for (SelftestRow* row : again) {
            row->ability = Ability::cannot_go_red;
        }
        climb(specimen, metric, Toward::worse, again);
        for (SelftestRow* row : again) {
            row->reason += " (the limit, which the baseline itself breaks, was set aside)";
        }
        rule = whole;
    }

    void climb(const Specimen& specimen, const metrics::Metric& metric, Toward toward,
               const std::vector<SelftestRow*>& rows) {
        specimen.mend();
        for (const double size : ladder_of(planned().rule, metric, toward, specimen)) {
            if (std::ranges::none_of(rows, [](const SelftestRow* row) { return is_open(*row); })) {
                break;
            }
            specimen.damage(toward, size);
            const std::vector<CheckResult> judged = evaluate();
            for (SelftestRow* row : rows) {
                const auto found = std::ranges::find_if(
                    judged, [&](const CheckResult& each) { return key_of(each) == key_of(*row); });
                if (!is_open(*row) || found == judged.end()) {
                    continue;
                }
                const CheckResult answer = m_family.corrected(*found, key_of(*found));
                record(answer, *row);
                if (row->searched) {
                    row->rule.slice = answer.rule.slice;
                }
                row->damage = toward == Toward::worse ? specimen.worse_text : specimen.better_text;
                if (turned_red(answer.status)) {
                    row->ability = Ability::goes_red;
                } else {
                    row->reason = why_green(answer);
                }
            }
        }
        specimen.mend();
    }

    void try_faults(const std::vector<BreakIn>& faults, const std::vector<SelftestRow*>& rows) {
        for (const BreakIn& fault : faults) {
            const std::string obstacle = fault.put();
            std::vector<CheckResult> judged;
            if (obstacle.empty()) {
                judged = evaluate();
            }
            for (SelftestRow* row : rows) {
                if (row->ability == Ability::skipped || row->ability == Ability::untested) {
                    continue;
                }
                row->faults.push_back(answer_of(fault, obstacle, judged, *row));
            }
            fault.mend();
        }
    }

    FaultAnswer answer_of(const BreakIn& fault, const std::string& obstacle,
                          const std::vector<CheckResult>& judged, const SelftestRow& row) const {
        if (!obstacle.empty()) {
            return {fault.fault, obstacle, FaultAnswer::Outcome::does_not_apply, std::nullopt};
        }
        // A row may be gone with its slice; then some other row of the check must have told.
        const CheckResult* own = nullptr;
        for (const CheckResult& each : judged) {
            if (key_of(each) == key_of(row)) {
                own = &each;
            }
        }
        if (own == nullptr) {
            const auto red = std::ranges::find_if(
                judged, [](const CheckResult& each) { return verdict::is_red(each.status); });
            own = red == judged.end() ? nullptr : &*red;
        }
        if (own == nullptr) {
            return {fault.fault, fault.what, FaultAnswer::Outcome::not_caught, std::nullopt};
        }
        return {fault.fault, fault.what,
                verdict::is_red(own->status) ? FaultAnswer::Outcome::caught
                                             : FaultAnswer::Outcome::not_caught,
                own->status};
    }

    Prepared& m_prepared;
    std::size_t m_check;
    const CheckArguments& m_arguments;
    const Family& m_family;
    std::vector<std::string>& m_warnings;
    std::vector<SelftestRow> m_rows;
    std::vector<Key> m_red_at_once;
};

}  // namespace

verdict::SelftestResult selftest(Prepared prepared, const CheckArguments& arguments,
                                 const std::function<void(const std::string&)>& progress) {
    verdict::SelftestResult result;
    result.policy = prepared.policy.info;
    result.seed = prepared.policy.policy.seed;
    result.program_version = METRICGATE_VERSION;
    std::vector<CheckResult> real;
    std::vector<Key> keys;
    for (std::size_t check = 0; check < prepared.plan.checks.size(); ++check) {
        auto rows = evaluate_check(prepared.plan, check, prepared.inputs, arguments);
        for (const CheckResult& row : rows) {
            keys.push_back(
                row_key(row.rule, is_searched(row), prepared.plan.checks[check].per_class));
        }
        std::move(rows.begin(), rows.end(), std::back_inserter(real));
    }
    const Family family(std::move(real), std::move(keys),
                        to_correction(prepared.policy.policy.multiplicity));
    std::vector<std::vector<double>> places(prepared.inputs.size());
    for (std::size_t i = 0; i < prepared.inputs.size(); ++i) {
        if (prepared.inputs[i]) {
            result.inputs.push_back(prepared.inputs[i]->info);
            equalise(prepared.plan, i, *prepared.inputs[i]);
            if (prepared.inputs[i]->examples) {
                places[i] = damage::places_of(*prepared.inputs[i]->examples, result.seed);
            }
        }
    }
    for (std::size_t check = 0; check < prepared.plan.checks.size(); ++check) {
        const PlannedCheck& planned = prepared.plan.checks[check];
        progress(planned.source.id.value);
        Trial trial(prepared, check, arguments, family, result.warnings);
        auto rows = trial.run(places[planned.input]);
        std::move(rows.begin(), rows.end(), std::back_inserter(result.rows));
    }
    verdict::conclude(result);
    return result;
}

}  // namespace metricgate::cli
