#include "cli/default_gate.h"

#include <algorithm>
#include <cmath>
#include <set>

#include "evidence/column.h"
#include "metrics/catalog.h"
#include "sources/label_classes.h"
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

/// The different values of a column in the first rows, labels written as the program compares them.
std::set<std::string> first_values(const sources::Outline& outline, const std::string& column) {
    const auto index =
        static_cast<std::size_t>(std::find(outline.columns.begin(), outline.columns.end(), column) -
                                 outline.columns.begin());
    std::set<std::string> values;
    for (const auto& row : outline.first_rows) {
        values.insert(evidence::canonical_label(row[index]));
    }
    return values;
}

bool has_fractions(const std::set<std::string>& values) {
    return std::any_of(values.begin(), values.end(), [](const std::string& value) {
        const auto number = support::parse_number(value);
        return number.kind == support::NumberKind::finite &&
               number.value != std::floor(number.value);
    });
}

/// Values with fractions, or many different ones, are numbers to be predicted and no classes.
bool looks_like_classes(const sources::Outline& outline, const std::string& column) {
    const std::set<std::string> values = first_values(outline, column);
    return values.size() <= 20 && !has_fractions(values);
}

/// Two classes of which it is known, as when the file is read, which one is the positive. The first
/// rows of a sorted file show only one of them: then its name tells. Predictions have no say: a
/// candidate that answers with a third class must not choose which checks judge it.
bool is_binary(const sources::Outline& outline, const std::map<std::string, std::string>& roles) {
    const std::set<std::string> values = first_values(outline, roles.at("label"));
    const auto positives = std::count_if(values.begin(), values.end(), sources::names_positive);
    if (values.size() == 1) {
        static const std::set<std::string> negatives = {"0",  "false",    "False", "-1",
                                                        "no", "negative", "neg"};
        return positives == 1 || negatives.count(*values.begin()) != 0;
    }
    return values.empty() || (values.size() == 2 && positives == 1);
}

/// A prediction with fractions, beside labels that are classes, is none of them: with the labels 0
/// and 1 it is the score of the positive class, else a regression of whole numbers.
void tell_scores_from_classes(const sources::Outline& outline,
                              std::map<std::string, std::string>& roles) {
    const auto prediction = roles.find("prediction");
    if (prediction == roles.end() || roles.count("label") == 0 ||
        !has_fractions(first_values(outline, prediction->second))) {
        return;
    }
    const std::set<std::string> labels = first_values(outline, roles.at("label"));
    const bool zero_or_one = std::all_of(labels.begin(), labels.end(), [](const auto& label) {
        return label == "0" || label == "1";
    });
    if (zero_or_one) {
        roles.emplace("score", prediction->second);
        roles.erase(prediction);
    }
}

std::string choose_gate(const sources::Outline& outline,
                        const std::map<std::string, std::string>& roles) {
    const bool labelled = roles.count("id") != 0 && roles.count("label") != 0;
    const bool predicts_numbers = roles.count("prediction") != 0 &&
                                  has_fractions(first_values(outline, roles.at("prediction")));
    if (labelled && !predicts_numbers && looks_like_classes(outline, roles.at("label")) &&
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

/// Binds the columns that the gate names, and the predicted classes, which the gates for scores do
/// not name: a file's own decisions say more than a threshold that nobody chose.
void bind_input(policy::Policy& policy, const std::map<std::string, std::string>& roles,
                bool binary) {
    for (policy::Input& input : policy.inputs) {
        std::map<std::string, policy::ColumnBinding> columns;
        for (const auto& [role, column] : roles) {
            const auto named = input.columns.find(role);
            const bool classes = role == "prediction" && input.columns.count("label") != 0;
            const bool useless = role == "score" && !binary;
            if ((named == input.columns.end() && !classes) || useless) {
                continue;
            }
            policy::ColumnBinding bound;
            bound.role = role;
            bound.where = input.where;
            if (named != input.columns.end()) {
                bound = named->second;
            }
            bound.both = column;
            columns.emplace(role, bound);
        }
        if (columns.count("score") == 0) {
            input.threshold.reset();
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
    if (const auto done = unpack(*origin); !done) {
        return done.problems();
    }
    std::string gate = "scalars";
    std::map<std::string, std::string> roles;
    std::vector<std::string> columns;
    bool binary = true;
    if (origin->recording == nullptr && !sources::looks_like_metrics(*origin->document)) {
        auto outline = sources::outline(*origin->document, arguments.format);
        if (!outline) {
            return outline.problems();
        }
        roles = guess_roles(*outline);
        tell_scores_from_classes(*outline, roles);
        gate = choose_gate(*outline, roles);
        if (gate.empty()) {
            return Diagnostic{support::in_file(origin->name),
                              "no shipped gate fits the columns " +
                                  support::enumerate(outline->columns) +
                                  "; write a policy that binds them (.metricgate.yaml)"};
        }
        columns = outline->columns;
        binary = roles.count("label") == 0 || is_binary(*outline, roles);
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
        bind_input(loaded.policy, roles, binary);
        std::vector<std::string> dropped;
        std::vector<policy::Check> kept;
        for (policy::Check& check : loaded.policy.checks) {
            if (can_run(check, roles, binary)) {
                kept.push_back(std::move(check));
            } else {
                dropped.push_back(check.id.value);
            }
        }
        if (kept.empty()) {
            return Diagnostic{
                support::in_file(origin->name),
                "metricgate:" + gate + " has no check for the columns " +
                    support::enumerate(columns) +
                    ": scores need two classes, one of them called 1, true, yes, positive or pos; "
                    "write a policy that says which class is `positive` (.metricgate.yaml)"};
        }
        loaded.policy.checks = std::move(kept);
        if (!dropped.empty()) {
            const std::string why =
                binary ? "the file has no column for them"
                       : "they need two classes, one of them called 1, true, yes, positive or pos";
            loaded.warning =
                "Not judged, because " + why + ": " + support::enumerate(dropped) + ".";
        }
    }
    return loaded;
}

}  // namespace metricgate::cli
