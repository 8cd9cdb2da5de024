#include "report/power_phrases.h"

#include <cmath>

#include "report/figures.h"
#include "support/number.h"
#include "support/text.h"

namespace metricgate::report {
namespace {

using support::format_short;
using verdict::PolicyPower;
using verdict::PowerAnswer;
using verdict::PowerResult;
using verdict::RowPower;

constexpr std::size_t names_shown = 10;

std::string with_unit(const std::string& text, const std::string& unit) {
    return unit.empty() ? text : text + " " + unit;
}

std::string times(double multiple) {
    return multiple == 1.0 ? "its margin" : format_short(multiple) + " times its margin";
}

std::string names(const std::vector<std::string>& all, const Sink& sink) {
    std::vector<std::string> shown;
    for (std::size_t i = 0; i < all.size() && i < names_shown; ++i) {
        shown.push_back(sink.name(all[i]));
    }
    if (all.size() > names_shown) {
        shown.push_back(grouped(all.size() - names_shown) + " more");
    }
    return support::enumerate(shown);
}

std::string correction_words(verdict::Correction correction) {
    switch (correction) {
        case verdict::Correction::holm:
            return "corrected by Holm's method";
        case verdict::Correction::hochberg:
            return "corrected by Hochberg's method";
        case verdict::Correction::benjamini_hochberg:
            return "corrected by Benjamini and Hochberg's method";
        case verdict::Correction::benjamini_yekutieli:
            return "corrected by Benjamini and Yekutieli's method";
        case verdict::Correction::none:
            return "not corrected for several checks";
    }
    return "corrected by Holm's method";
}

std::string method_sentence(const PolicyPower& power) {
    return "These are the answers of " + grouped(power.simulations) +
           " simulated evaluations with the noise of this data, " +
           correction_words(power.correction) +
           ". Checks were drawn as independent: where they share examples, a false block of the "
           "run is rarer than this, and passing everything more likely.";
}

}  // namespace

std::string answer_words(PowerAnswer answer) {
    switch (answer) {
        case PowerAnswer::analysed:
            return "ANALYSED";
        case PowerAnswer::cannot_fail:
            return "A CHECK CANNOT FAIL";
        case PowerAnswer::could_not_analyse:
            return "COULD NOT ANALYSE";
    }
    return "COULD NOT ANALYSE";
}

std::string percent(double chance) {
    if (chance < 0.0005) {
        return "< 0.1 %";
    }
    if (chance > 0.9995) {
        return "> 99.9 %";
    }
    const bool small = chance < 0.0995 || chance > 0.9905;
    return support::format_fixed(100.0 * chance, small ? 1 : 0) + " %";
}

std::vector<std::string> policy_sentences(const PowerResult& result, const Sink& sink) {
    std::vector<std::string> lines;
    if (!result.policy_power) {
        return lines;
    }
    const PolicyPower& power = *result.policy_power;
    const std::string all = !power.unknown.empty() ? "them all"
                            : power.rows == 1      ? "the blocking check"
                                                   : "every blocking check";
    const std::string judged =
        power.unknown.empty() ? "An unchanged model"
                              : "By the " + grouped(power.rows) + " of " +
                                    counted(power.rows + power.unknown.size(), "blocking checks") +
                                    " whose chances are known, an unchanged model";
    lines.push_back(judged + " is blocked in " + percent(power.blocked_unchanged) +
                    " of runs, and passes " + all + " in " + percent(power.passed_unchanged) +
                    "; in the others something stays inconclusive.");
    for (const verdict::PolicyDrop& drop : power.drops) {
        if (!drop.hardest) {
            continue;
        }
        const bool several = power.rows > 1;
        std::string line = "A model that lost " + times(drop.multiple) + " in " +
                           (several ? "every check" : "that check") + " is blocked in " +
                           percent(drop.blocked) + " of runs";
        if (several) {
            line += "; in a single check, in " + percent(drop.hardest_blocked) +
                    " where that is caught least, " +
                    sink.name(verdict::label(result.rows[*drop.hardest].rule));
        }
        lines.push_back(line + ".");
    }
    lines.push_back(method_sentence(power));
    if (!power.unknown.empty()) {
        lines.push_back(
            "Left out, because their chances are not known: " + names(power.unknown, sink) + ".");
    }
    return lines;
}

std::string allowed_loss(const RowPower& row) {
    if (row.rule.require == verdict::Require::improvement) {
        return "an improvement only";
    }
    const comparison::Margin& margin = row.rule.margin;
    if (row.margin || (margin.absolute && !margin.relative)) {
        return "loss up to " +
               with_unit(format_short(row.margin.value_or(margin.absolute.value_or(0.0))),
                         row.rule.unit);
    }
    return margin.relative ? "-" : "no margin";
}

std::string size_words(const RowPower& row) {
    if (row.n == 0) {
        return "-";
    }
    return counted(row.n, row.n_unit) +
           (row.n_needed ? "; the margin takes about " + grouped(*row.n_needed) : "");
}

std::string loss_words(const RowPower& row, const std::optional<double>& loss) {
    return loss ? with_unit(format_short(*loss, 2), row.rule.unit) : "-";
}

std::string blocked_words(double alone, double in_run) {
    const std::string own = percent(alone);
    const std::string corrected = percent(in_run);
    // Within the noise of the simulation the two are the same.
    const bool differs = alone - in_run > 0.01 && own != corrected;
    return differs ? own + ", in this run " + corrected : own;
}

std::vector<std::string> limit_sentences(const RowPower& row) {
    std::vector<std::string> lines;
    for (const verdict::LimitPower& limit : row.limits) {
        std::string line = std::string(limit.minimum ? "minimum " : "maximum ") +
                           with_unit(format_short(limit.limit.value), row.rule.unit) + ": ";
        const std::string side = limit.of_baseline ? "the baseline" : "the candidate";
        line += side + (limit.distance < 0.0 ? " breaks it by " : " keeps it by ") +
                format_short(std::abs(limit.distance), 2);
        line += limit.broken ? "; a model as good breaks it in " + percent(*limit.broken) +
                                   " of evaluations on fresh data"
                             : "; how often noise breaks it is not known";
        lines.push_back(line);
    }
    return lines;
}

std::vector<std::string> chance_sentences(const RowPower& row) {
    std::vector<std::string> lines;
    if (!row.unchanged) {
        return lines;
    }
    lines.push_back(
        "unchanged: passes " + percent(row.unchanged->pass) + ", inconclusive " +
        percent(row.unchanged->inconclusive) + ", blocked " +
        blocked_words(row.unchanged->regressed, row.unchanged_blocked_in_run.value_or(0.0)));
    for (const verdict::DropPower& drop : row.drops) {
        lines.push_back("loss of " + format_short(drop.drop) + " (" + times(drop.multiple) +
                        "): blocked " + blocked_words(drop.chances.regressed, drop.blocked_in_run) +
                        "; passes " + percent(drop.chances.pass));
    }
    return lines;
}

std::string basis_words(const RowPower& row) {
    if (row.basis == "exact") {
        return "every possible outcome enumerated";
    }
    if (row.basis == "t") {
        return "Student's t with the observed standard error";
    }
    return row.basis == "normal" ? "normal distribution with the observed standard error" : "";
}

std::string power_label(const RowPower& row) {
    const std::string text = verdict::label(row.rule);
    switch (row.rule.level) {
        case verdict::Level::block:
            return text;
        case verdict::Level::warn:
        case verdict::Level::info:
            return text + " (only warns)";
        case verdict::Level::off:
            return text + " (off)";
    }
    return text;
}

}  // namespace metricgate::report
