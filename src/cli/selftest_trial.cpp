#include "cli/selftest_trial.h"

#include <algorithm>

#include "cli/evaluate.h"
#include "cli/ladder.h"
#include "cli/row_names.h"
#include "cli/selftest_faults.h"
#include "cli/selftest_record.h"
#include "cli/specimen.h"
#include "cli/specimen_column.h"

namespace metricgate::cli {
namespace {

using damage::Toward;
using verdict::Ability;
using verdict::CheckResult;
using verdict::FaultAnswer;
using verdict::SelftestRow;
using verdict::Status;

class Trial {
public:
    Trial(Prepared& prepared, std::size_t check, const CheckArguments& arguments,
          const SelftestFamily& family, std::vector<std::string>& warnings)
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
            const Specimen specimen = loaded->histories
                                          ? specimen_of_history(metric, row.rule, *loaded)
                                          : specimen_of_entry(metric, *loaded);
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

    RowKey key_of(const CheckResult& row) const {
        return row_key(row.rule, is_searched(row), planned().per_class);
    }
    RowKey key_of(const SelftestRow& row) const {
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
    const SelftestFamily& m_family;
    std::vector<std::string>& m_warnings;
    std::vector<SelftestRow> m_rows;
    std::vector<RowKey> m_red_at_once;
};

}  // namespace

std::vector<SelftestRow> try_check(Prepared& prepared, std::size_t check,
                                   const CheckArguments& arguments, const SelftestFamily& family,
                                   const std::vector<double>& places,
                                   std::vector<std::string>& warnings) {
    return Trial(prepared, check, arguments, family, warnings).run(places);
}

}  // namespace metricgate::cli
