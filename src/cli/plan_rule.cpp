#include "cli/plan_rule.h"

namespace metricgate::cli {
namespace {

verdict::Level to_level(policy::Level level) {
    switch (level) {
        case policy::Level::block:
            return verdict::Level::block;
        case policy::Level::warn:
            return verdict::Level::warn;
        case policy::Level::info:
            return verdict::Level::info;
        case policy::Level::off:
            return verdict::Level::off;
    }
    return verdict::Level::block;
}

verdict::Require to_require(policy::Require require) {
    switch (require) {
        case policy::Require::nothing:
            return verdict::Require::nothing;
        case policy::Require::improvement:
            return verdict::Require::improvement;
        case policy::Require::equivalence:
            return verdict::Require::equivalence;
    }
    return verdict::Require::nothing;
}

verdict::Bound to_bound(policy::Using by) {
    switch (by) {
        case policy::Using::point:
            return verdict::Bound::point;
        case policy::Using::lower:
            return verdict::Bound::lower;
        case policy::Using::upper:
            return verdict::Bound::upper;
    }
    return verdict::Bound::point;
}

std::optional<verdict::Limit> to_limit(const std::optional<policy::Limit>& limit) {
    if (!limit) {
        return std::nullopt;
    }
    return verdict::Limit{limit->value.value, to_bound(limit->by)};
}

}  // namespace

verdict::Rule make_rule(const policy::Check& check, const metrics::Metric& metric,
                        const std::string& input) {
    verdict::Rule rule;
    rule.id = check.id.value;
    rule.check = check.id.value;
    rule.metric = metric.title;
    rule.name = metric.name;
    rule.unit = metric.unit;
    rule.higher_is_better = metric.direction == metrics::Direction::higher_is_better;
    rule.input = input;
    rule.level = to_level(check.level);
    if (check.margin) {
        if (check.margin->absolute) {
            rule.margin.absolute = check.margin->absolute->value;
        }
        if (check.margin->relative) {
            rule.margin.relative = check.margin->relative->value;
        }
        rule.margin.need_both = check.margin->need_both;
    }
    rule.minimum = to_limit(check.minimum);
    rule.maximum = to_limit(check.maximum);
    if (check.max_gain) {
        rule.max_gain = check.max_gain->value;
    }
    rule.require = to_require(check.require);
    rule.inconclusive_blocks = check.on_inconclusive == policy::OnInconclusive::block;
    rule.no_baseline_blocks = check.on_no_baseline == policy::OnNoBaseline::block;
    rule.confidence = check.confidence;
    rule.where = check.where;
    return rule;
}

comparison::Options make_options(const policy::Policy& policy, const policy::Check& check,
                                 const policy::Input& input) {
    comparison::Options options;
    options.confidence = check.confidence;
    options.method = check.method ? check.method->value : "";
    options.seed = policy.seed;
    options.min_examples = check.min_examples;
    options.paired_runs =
        input.kind != policy::InputKind::predictions && input.pair_by != policy::PairBy::none;
    if (input.fold_test_share) {
        const double share = input.fold_test_share->value;
        options.test_train_ratio = share / (1.0 - share);
    }
    options.equivalence = check.require == policy::Require::equivalence;
    options.candidate_interval = (check.minimum && check.minimum->by != policy::Using::point) ||
                                 (check.maximum && check.maximum->by != policy::Using::point);
    return options;
}

}  // namespace metricgate::cli
