#include "cli/default_gate.h"

#include <algorithm>
#include <set>

#include "metrics/catalog.h"
#include "sources/repository.h"
#include "sources/table_reader.h"
#include "support/number.h"
#include "support/text.h"

namespace metricgate::cli {
namespace {

using support::Diagnostic;

/// Conventional names of each role, the first that exists is taken.
struct Convention {
    const char* role;
    std::vector<std::string> names;
};

const std::vector<Convention>& conventions() {
    static const std::vector<Convention> all = {
        {"id", {"id", "example_id", "instance_id", "row_id"}},
        {"label", {"label", "y_true", "y", "target", "truth"}},
        {"prediction", {"prediction", "pred", "y_pred", "predicted"}},
        {"score", {"score", "y_score", "prob", "probability", "p"}},
        {"latency_ms", {"latency_ms"}},
    };
    return all;
}

std::map<std::string, std::string> guess_roles(const sources::Outline& outline) {
    std::map<std::string, std::string> roles;
    for (const Convention& convention : conventions()) {
        for (const std::string& name : convention.names) {
            const bool there = std::find(outline.columns.begin(), outline.columns.end(), name) !=
                               outline.columns.end();
            if (there) {
                roles.emplace(convention.role, name);
                break;
            }
        }
    }
    return roles;
}

/// A label with fractions or many different values is a number to be predicted, not a class.
bool looks_like_classes(const sources::Outline& outline, const std::string& label) {
    const auto column = static_cast<std::size_t>(
        std::find(outline.columns.begin(), outline.columns.end(), label) - outline.columns.begin());
    std::set<std::string> values;
    for (const auto& row : outline.first_rows) {
        const auto number = support::parse_number(row[column]);
        if (number.kind == support::NumberKind::finite &&
            number.value != static_cast<double>(static_cast<long long>(number.value))) {
            return false;
        }
        values.insert(row[column]);
    }
    return values.size() <= 20;
}

bool is_binary(const sources::Outline& outline, const std::string& label) {
    const auto column = static_cast<std::size_t>(
        std::find(outline.columns.begin(), outline.columns.end(), label) - outline.columns.begin());
    std::set<std::string> values;
    for (const auto& row : outline.first_rows) {
        values.insert(row[column]);
    }
    return values.size() <= 2;
}

std::string choose_gate(const sources::Outline& outline,
                        const std::map<std::string, std::string>& roles) {
    const bool labelled = roles.count("id") != 0 && roles.count("label") != 0;
    if (labelled && looks_like_classes(outline, roles.at("label")) &&
        (roles.count("score") != 0 || roles.count("prediction") != 0)) {
        return "classifier";
    }
    if (labelled && roles.count("prediction") != 0) {
        return "regressor";
    }
    if (roles.count("latency_ms") != 0) {
        return "latency";
    }
    return "";
}

/// Columns that a check of a shipped gate needs beyond those the file has.
bool can_run(const policy::Check& check, const std::map<std::string, std::string>& roles,
             bool binary) {
    const auto metric = metrics::bind(check.metric);
    if (!metric || metric->definition == nullptr) {
        return false;
    }
    const unsigned needs = metric->definition->needs;
    const bool has_score = roles.count("score") != 0;
    const bool has_prediction = roles.count("prediction") != 0;
    if ((needs & metrics::positive_score) != 0U && (!has_score || !binary)) {
        return false;
    }
    if ((needs & metrics::predicted_class) != 0U && !has_prediction && !(has_score && binary)) {
        return false;
    }
    const bool needs_two_classes =
        metric->definition->averaged && metric->parameters.average == metrics::Average::binary;
    return binary || !needs_two_classes;
}

void bind_input(policy::Policy& policy, const std::map<std::string, std::string>& roles) {
    for (policy::Input& input : policy.inputs) {
        std::map<std::string, policy::ColumnBinding> columns;
        for (const auto& [role, binding] : input.columns) {
            const auto found = roles.find(role);
            if (found != roles.end()) {
                policy::ColumnBinding bound = binding;
                bound.both = found->second;
                columns.emplace(role, bound);
            }
        }
        // The shipped classifier names scores, which tell more; predicted classes are enough.
        const auto label = columns.find("label");
        const auto classes = roles.find("prediction");
        if (columns.count("score") == 0 && label != columns.end() && classes != roles.end()) {
            policy::ColumnBinding bound = label->second;
            bound.role = "prediction";
            bound.both = classes->second;
            columns.emplace("prediction", bound);
        }
        input.columns = std::move(columns);
    }
}

}  // namespace

support::Result<LoadedPolicy> default_gate(const CheckArguments& arguments, Opener& opener) {
    if (arguments.candidates.size() != 1) {
        return Diagnostic{support::in_file("command line"),
                          "there is no policy here or above (.metricgate.yaml), and without one "
                          "exactly one candidate file is judged; give CANDIDATE or --policy FILE"};
    }
    auto origin = opener.open(arguments.candidates.front());
    if (!origin) {
        return origin.problems();
    }
    auto text_of_candidate = sources::unpack(origin->bytes, origin->name, evidence_limit);
    if (!text_of_candidate) {
        return text_of_candidate.problems();
    }
    origin->bytes = std::move(*text_of_candidate);
    std::string gate = "scalars";
    std::map<std::string, std::string> roles;
    bool binary = true;
    if (!sources::looks_like_metrics(origin->bytes, origin->name)) {
        auto outline = sources::outline(origin->bytes, origin->name, arguments.format);
        if (!outline) {
            return outline.problems();
        }
        roles = guess_roles(*outline);
        gate = choose_gate(*outline, roles);
        if (gate.empty()) {
            return Diagnostic{support::in_file(origin->name),
                              "no shipped gate fits the columns " +
                                  support::enumerate(outline->columns) +
                                  "; write a policy that binds them (.metricgate.yaml)"};
        }
        binary = roles.count("label") == 0 || is_binary(*outline, roles.at("label"));
    }
    LoadedPolicy loaded;
    const std::string* text = policy::built_in_gate(gate);
    if (text == nullptr) {
        return Diagnostic{support::in_file("metricgate:" + gate), "is not built in"};
    }
    loaded.info.source = "metricgate:" + gate;
    loaded.info.built_in = true;
    loaded.info.digest = sources::blob_id(*text);
    auto policy = parse_policy(*text, loaded.info.source, std::nullopt, opener);
    if (!policy) {
        return policy.problems();
    }
    loaded.policy = std::move(*policy);
    if (gate != "scalars") {
        bind_input(loaded.policy, roles);
        std::vector<std::string> dropped;
        std::vector<policy::Check> kept;
        for (policy::Check& check : loaded.policy.checks) {
            if (can_run(check, roles, binary)) {
                kept.push_back(std::move(check));
            } else {
                dropped.push_back(check.id.value);
            }
        }
        loaded.policy.checks = std::move(kept);
        if (!dropped.empty()) {
            loaded.warning = "Not judged, because the file has no column for it: " +
                             support::enumerate(dropped) + ".";
        }
    }
    return loaded;
}

}  // namespace metricgate::cli
