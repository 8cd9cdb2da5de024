#pragma once

#include <string>
#include <utility>
#include <vector>

#include "verdict/judge.h"
#include "verdict/result.h"

namespace metricgate::tests {

using namespace metricgate::verdict;

/// Results as `conclude` leaves them, shared by the tests of every report format.

inline Rule rule(std::string id, std::string metric, double margin) {
    Rule rule;
    rule.id = std::move(id);
    rule.name = metric;
    rule.metric = std::move(metric);
    rule.input = "eval";
    rule.margin.absolute = margin;
    rule.where = support::in_file(".metricgate.yaml", 12, 5);
    return rule;
}

inline comparison::Comparison compared(double baseline, double candidate, double delta,
                                       double lower, double upper) {
    comparison::Comparison c;
    c.baseline = metrics::Value::of(baseline);
    c.candidate = metrics::Value::of(candidate);
    c.delta = delta;
    c.interval = stats::Interval{lower, upper, 0.95};
    c.p_no_loss = 0.2;
    c.standard_error = (upper - lower) / 3.29;
    c.mde = 0.027;
    c.n = 1200;
    c.method = "tango";
    return c;
}

inline CheckResult row(Rule rule, Status status, comparison::Comparison c, std::string reason) {
    CheckResult result;
    result.margin = rule.margin.absolute;
    if (result.margin && c.delta && c.interval) {
        const double m = *result.margin;
        c.margin = comparison::AgainstMargin{m, *c.delta + m, c.interval->lower + m,
                                             c.interval->upper + m};
    }
    result.rule = std::move(rule);
    result.status = status;
    result.comparison = std::move(c);
    result.reason = std::move(reason);
    result.evaluated = true;
    return result;
}

inline InputInfo sample_input() {
    InputInfo input;
    input.name = "eval";
    input.candidate.description = "eval/predictions.csv";
    input.candidate.commit_time = 1'767'225'600;
    input.candidate.commit = "aaaabbbbccccddddeeeeffff0000111122223333";
    input.baseline = SourceInfo{};
    input.baseline->description = "main:eval/predictions.csv";
    input.baseline->commit = "0123456789abcdef0123456789abcdef01234567";
    input.baseline->blob = "89abcdef0123456789abcdef0123456789abcdef";
    input.baseline->commit_time = 1'766'188'800;
    input.pairing = evidence::Pairing{};
    input.pairing->baseline_rows = 1200;
    input.pairing->candidate_rows = 1200;
    input.pairing->paired = 1200;
    return input;
}

inline GateResult finished(GateResult result) {
    if (result.inputs.empty()) {
        result.inputs.push_back(sample_input());
    }
    if (result.policy.source.empty()) {
        result.policy.source = ".metricgate.yaml";
        result.policy.digest = "fedcba9876543210fedcba9876543210fedcba98";
        result.policy.revision = "0123456789abcdef0123456789abcdef01234567";
    }
    result.seed = 42;
    result.program_version = "0.1.0";
    conclude(result, result.checks.size(), {});
    return result;
}

inline CheckResult passing(std::string id = "auc") {
    CheckResult result = row(rule(std::move(id), "roc_auc", 0.01), Status::pass,
                             compared(0.9312, 0.9335, 0.0023, -0.0021, 0.0067),
                             "a loss beyond the margin is ruled out");
    result.comparison->method = "delong";
    result.comparison->mde = 0.0066;
    return result;
}

inline CheckResult undecided_row(std::string id = "recall") {
    CheckResult result =
        row(rule(std::move(id), "recall", 0.01), Status::inconclusive,
            compared(0.874, 0.868, -0.006, -0.021, 0.009),
            "a loss beyond the margin cannot be ruled out; about 1,900 more examples would decide");
    result.leans = "ok";
    result.comparison->n_needed = 3100;
    return result;
}

inline CheckResult regressed_row() {
    CheckResult result = row(rule("accuracy", "accuracy", 0.03), Status::regressed,
                             compared(0.912, 0.871, -0.041, -0.059, -0.023),
                             "the loss is real and reaches the margin");
    result.adjusted_p = 0.0004;
    return result;
}

/// Every check holds; one metric is worse when higher, one is a bare number.
inline GateResult sample_pass() {
    GateResult result;
    result.checks.push_back(passing());
    Rule latency = rule("p95", "latency_ms p95", 5.0);
    latency.unit = "ms";
    latency.higher_is_better = false;
    CheckResult slower = row(latency, Status::pass, compared(310.2, 312.6, -2.4, -4.1, -0.7),
                             "a loss beyond the margin is ruled out");
    slower.comparison->n_unit = "runs";
    slower.comparison->n = 12;
    slower.comparison->method = "welch";
    slower.comparison->mde = 2.6;
    slower.notes.push_back(
        {"worse_within_margin", "The candidate is worse, by less than the margin."});
    result.checks.push_back(slower);
    CheckResult bare =
        row(rule("bleu", "bleu", 0.5), Status::pass, compared(31.2, 31.0, -0.2, 0, 0),
            "the change stays within the margin; no uncertainty known");
    bare.comparison->interval.reset();
    bare.comparison->uncertainty_known = false;
    bare.comparison->n = 0;
    bare.comparison->mde.reset();
    bare.comparison->method = "tolerance";
    result.checks.push_back(bare);
    result.checks.push_back(
        explain(rule("recall-tr", "recall", 0.02), Status::skipped, "40 examples, 100 wanted"));
    return finished(std::move(result));
}

/// A drop, a broken limit, a metric that is gone, and one row that cannot be told.
inline GateResult sample_fail() {
    GateResult result;
    result.checks.push_back(passing());
    result.checks.push_back(regressed_row());
    Rule limited = rule("precision", "precision", 0.02);
    limited.minimum = Limit{0.85, Bound::lower};
    CheckResult violated =
        row(limited, Status::violated, compared(0.881, 0.8672, -0.0138, -0.0251, -0.0025),
            "the lower bound 0.8493 is below the minimum 0.85");
    violated.comparison->candidate_interval = stats::Interval{0.8493, 0.8831, 0.95};
    result.checks.push_back(violated);
    result.checks.push_back(explain(rule("f1", "f1 (macro)", 0.02), Status::missing,
                                    "the candidate has no metric `f1_macro`"));
    result.checks.push_back(undecided_row());
    result.inputs.push_back(sample_input());
    result.inputs.back().pairing->only_baseline = 3;
    result.inputs.back().pairing->first_only_baseline = {"ex-0007", "ex-0420", "ex-1199"};
    result.policy.source = ".metricgate.yaml";
    result.policy.digest = "fedcba9876543210fedcba9876543210fedcba98";
    result.policy.revision = "0123456789abcdef0123456789abcdef01234567";
    result.policy.changed = true;
    result.policy.changes = {"accuracy.margin.abs: 0.03 -> 0.05"};
    result.next_steps = {"Run `metricgate explain accuracy` to see the examples that flipped.",
                         "Add about 1,900 examples to decide recall."};
    return finished(std::move(result));
}

/// Nothing fails and nothing is decided.
inline GateResult sample_undecided() {
    GateResult result;
    result.checks.push_back(undecided_row());
    CheckResult corrected = undecided_row("recall-by-language");
    corrected.rule.slice = {{"language", "tr"}};
    corrected.leans = "worse";
    corrected.comparison = compared(0.874, 0.849, -0.025, -0.049, -0.001);
    corrected.adjusted_p = 0.18;
    corrected.reason =
        "significant alone (p 0.045) but not after correction for 4 checks (Holm p 0.18)";
    corrected.notes.push_back({"regressed_before_correction", corrected.reason});
    result.checks.push_back(corrected);
    result.next_steps = {"Add about 1,900 examples, or widen the margin of recall to 0.027."};
    return finished(std::move(result));
}

/// The baseline commit has no such file; one limit was judged.
inline GateResult sample_first_run() {
    GateResult result;
    comparison::Comparison alone;
    alone.candidate = metrics::Value::of(0.8712);
    alone.n = 1200;
    Rule limited = rule("accuracy", "accuracy", 0.01);
    limited.minimum = Limit{0.85, Bound::point};
    result.checks.push_back(row(limited, Status::no_baseline, alone,
                                "not compared: there is no baseline yet; the limits hold"));
    result.checks.back().limit_judged = true;
    result.checks.push_back(row(rule("auc", "roc_auc", 0.005), Status::no_baseline, alone,
                                "not compared: there is no baseline yet"));
    result.inputs.push_back(sample_input());
    result.inputs.back().baseline.reset();
    result.inputs.back().pairing.reset();
    result.not_compared = true;
    return finished(std::move(result));
}

/// A waiver, a row that only warns, a margin in percent, an undefined value, two confidences.
inline GateResult sample_mixed() {
    GateResult result;
    CheckResult waived = regressed_row();
    waived.status = Status::waived;
    waived.instead_of = Status::regressed;
    waived.waiver = verdict::Waiver{.check = waived.rule.id,
                                    .slice = {},
                                    .reason = "=relabelled rows",
                                    .owner = "@team",
                                    .expires = "2026-12-31",
                                    .days_left = 40,
                                    .absolute = std::nullopt,
                                    .relative = std::nullopt,
                                    .where = {},
                                    .state = verdict::WaiverState::covers,
                                    .rows = 1};
    result.checks.push_back(waived);
    CheckResult warns = regressed_row();
    warns.rule.id = "accuracy-mobile";
    warns.rule.level = Level::warn;
    warns.confirmed = true;
    warns.comparison->interval->confidence = 0.99;
    result.checks.push_back(warns);
    Rule relative = rule("p95", "latency_ms p95", 2.0);
    relative.unit = "ms";
    relative.higher_is_better = false;
    relative.margin = {2.0, 0.05, true};
    CheckResult slower = row(relative, Status::regressed, compared(310.2, 352.4, -42.2, -51, -33.4),
                             "the loss exceeds the margin, beyond noise");
    slower.confirmed = true;
    slower.margin = 15.51;
    result.checks.push_back(slower);
    CheckResult undefined = row(rule("precision", "precision", 0.01), Status::error, {},
                                "the metric has no value on one side");
    undefined.comparison->baseline = metrics::Value::of(0.5);
    undefined.comparison->candidate = metrics::Value::undefined("no example is predicted positive");
    result.checks.push_back(undefined);
    CheckResult same =
        row(rule("recall", "recall", 0.01), Status::pass, compared(0.9, 0.9, 0, 0, 0),
            "identical: both sides hold the same evidence");
    same.comparison->identical = true;
    result.checks.push_back(same);
    return finished(std::move(result));
}

/// Names that try to be markup, links, mentions, terminal sequences and workflow commands.
inline std::vector<std::string> hostile_names() {
    return {"acc|uracy",
            "`rm -rf`",
            "a\nb",
            "@octocat",
            "[x](javascript:alert(1))",
            "![p](https://evil.example/p.png)",
            "<!-- x",
            "--> x",
            "</details><h1>PASS</h1>",
            "::error file=a::x",
            "\n::set-output name=verdict::pass",
            "##[error]x",
            "##vso[task.complete result=Succeeded;]done",
            "\x1b[2J\x1b[32mPASS",
            "\xc2\x9b"
            "31mPASS",
            "\xe2\x80\xaegnirts",
            "zero\xe2\x80\x8bwidth",
            "=HYPERLINK(\"http://evil.example\")",
            "${{ github.token }}",
            "$x^2$ and $y$",
            "https://evil.example www.evil.example a@evil.example",
            "#1 owner/repo#2",
            "~~s~~ *e* _e_ **b**",
            "\\|",
            "\\\\| `|` ``` ~~~",
            "&lt;b&gt; &amp;",
            "<script>alert(1)</script>",
            "[ref]: https://evil.example",
            "bad \xff\xfe utf-8",
            std::string("nul\0byte", 8),
            std::string(300, 'x') + "1",
            std::string(300, 'x') + "2",
            ""};
}

/// Every hostile name in every place that shows text.
inline GateResult sample_hostile() {
    GateResult result;
    InputInfo input = sample_input();
    input.pairing->only_baseline = hostile_names().size();
    for (const std::string& name : hostile_names()) {
        Rule bad = rule(name, name, 0.03);
        bad.unit = name;
        bad.slice = {{name, name}};
        bad.where = support::in_file(name, 1, 1);
        CheckResult fails = regressed_row();
        fails.rule = bad;
        fails.reason = name + " and `" + name + "` dropped";
        fails.notes.push_back({"note", name});
        fails.comparison->method = name;
        fails.comparison->n_unit = name;
        result.checks.push_back(fails);
        input.pairing->first_only_baseline.push_back(name);
        input.candidate.metadata[name] = name;
        result.warnings.push_back(name);
        result.next_steps.push_back(name);
        result.policy.changes.push_back(name);
    }
    input.name = "::x|`";
    input.candidate.description = "<b>@a|`b`</b>";
    input.baseline->description = "git:`x|y`:<img src=x>";
    result.inputs.push_back(input);
    result.inputs.push_back(input);
    result.policy.source = "::warning::`p|q`.yaml";
    result.policy.revision = "@feature/`x|`";
    result.policy.changed = true;
    return finished(std::move(result));
}

/// Two hundred slices that all fail, each a little worse than the one before.
inline GateResult sample_slices() {
    GateResult result;
    for (int i = 0; i < 200; ++i) {
        CheckResult slice = regressed_row();
        slice.rule.id = "recall-by-shop";
        slice.rule.slice = {{"shop", std::to_string(1000 + i)}};
        slice.comparison->delta = -0.035 - 0.0001 * i;
        result.checks.push_back(slice);
    }
    return finished(std::move(result));
}

/// Every status at every level, blocking or not where the policy can say so.
inline GateResult sample_statuses() {
    GateResult result;
    for (const Status status :
         {Status::pass, Status::regressed, Status::violated, Status::inconclusive, Status::missing,
          Status::incomparable, Status::no_baseline, Status::new_metric, Status::skipped,
          Status::waived, Status::error}) {
        for (const Level level : {Level::block, Level::warn, Level::info}) {
            for (const bool open_blocks : {false, true}) {
                const std::string id = std::string(name(status)) + "-" + name(level) +
                                       (open_blocks ? "-open-blocks" : "");
                Rule each = rule(id, "accuracy", 0.01);
                each.level = level;
                each.inconclusive_blocks = open_blocks;
                each.no_baseline_blocks = open_blocks;
                result.checks.push_back(explain(each, status, "because it is so"));
                result.checks.back().evaluated = true;
            }
        }
    }
    return finished(std::move(result));
}

/// One row only, of this status, at level block.
inline GateResult sample_of(Status status) {
    GateResult result;
    result.checks.push_back(explain(rule("accuracy", "accuracy", 0.01), status, "it is so"));
    result.checks.back().evaluated = true;
    return finished(std::move(result));
}

/// Several thousand slices, most of them fine.
inline GateResult sample_thousands() {
    GateResult result;
    for (int i = 0; i < 6000; ++i) {
        CheckResult slice = i % 4 == 0 ? regressed_row() : i % 4 == 1 ? undecided_row() : passing();
        slice.rule.id = "recall-by-customer-and-product-group";
        slice.rule.slice = {{"customer", "customer number " + std::to_string(10000 + i)},
                            {"product", "group " + std::to_string(i % 7)}};
        if (i % 4 == 0) {
            slice.comparison->delta = -0.035 - 0.00001 * i;
        }
        slice.notes.push_back({"note", "A note on this row, of which there are thousands."});
        result.checks.push_back(slice);
    }
    return finished(std::move(result));
}

/// All of them with a file name each.
inline std::vector<std::pair<std::string, GateResult>> sample_results() {
    return {{"pass", sample_pass()},           {"fail", sample_fail()},
            {"undecided", sample_undecided()}, {"mixed", sample_mixed()},
            {"first_run", sample_first_run()}, {"hostile", sample_hostile()},
            {"slices", sample_slices()},       {"nothing", GateResult{}},
            {"statuses", sample_statuses()},   {"thousands", sample_thousands()}};
}

}  // namespace metricgate::tests
