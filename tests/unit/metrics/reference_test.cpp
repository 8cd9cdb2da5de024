// The metric operations of tests/reference/metrics.json: every key of every case is computed and
// compared, or named here with the reason why it is not.
#include <algorithm>
#include <fstream>
#include <map>
#include <nlohmann/json.hpp>
#include <set>
#include <string>

#include "support/catch.h"
#include "support/paths.h"
#include "unit/metrics/metric_case.h"
#include "unit/metrics/sklearn_data.h"

using namespace metricgate;
using nlohmann::json;

namespace {

/// Settings of `metric:` by the reference's key. What scikit-learn prints where a metric has no
/// value is reached with `when_undefined`; the tests of the metrics show it undefined without.
const std::map<std::string, std::string> settings = {
    {"accuracy", "accuracy"},
    {"balanced_accuracy", "balanced_accuracy"},
    {"mcc", "{name: mcc, when_undefined: 0}"},
    {"kappa", "{name: cohen_kappa, when_undefined: 0}"},
    {"precision_zero_division_0", "{name: precision, when_undefined: 0}"},
    {"precision_zero_division_1", "{name: precision, when_undefined: 1}"},
    {"recall_zero_division_0", "{name: recall, when_undefined: 0}"},
    {"recall_zero_division_1", "{name: recall, when_undefined: 1}"},
    {"f1_zero_division_0", "{name: f1, when_undefined: 0}"},
    {"f1_zero_division_1", "{name: f1, when_undefined: 1}"},
    {"precision_macro", "{name: precision, average: macro, when_undefined: 0}"},
    {"precision_micro", "{name: precision, average: micro}"},
    {"precision_weighted", "{name: precision, average: weighted, when_undefined: 0}"},
    {"recall_macro", "{name: recall, average: macro, when_undefined: 0}"},
    {"recall_micro", "{name: recall, average: micro}"},
    {"recall_weighted", "{name: recall, average: weighted}"},
    {"f1_macro", "{name: f1, average: macro}"},
    {"f1_micro", "{name: f1, average: micro}"},
    {"f1_weighted", "{name: f1, average: weighted}"},
    {"log_loss", "log_loss"},
    {"top1", "accuracy"},
    {"log_loss_eps2p22e16", "log_loss"},
    {"brier", "brier_score"},
    {"roc_auc", "roc_auc"},
    {"average_precision", "average_precision"},
    {"ks", "ks_separation"},
    {"gini", "gini"},
    {"mse", "mse"},
    {"rmse", "rmse"},
    {"mae", "mae"},
    {"r2_sklearn", "r2"},
    {"mape_fraction", "mape"},
    {"jaccard", "{name: jaccard, when_undefined: 0}"},
    {"f2", "{name: fbeta, beta: 2, when_undefined: 0}"},
    {"f0.5", "{name: fbeta, beta: 0.5, when_undefined: 0}"},
    {"top2", "{name: top_k_accuracy, k: 2}"},
    {"roc_auc_ovr_macro", "roc_auc_ovr"},
    {"ece5_right_closed", "{name: ece, bins: 5}"},
    {"ece10_right_closed", "ece"},
    {"ece15_right_closed", "{name: ece, bins: 15}"},
    {"mce5_right_closed", "{name: maximum_calibration_error, bins: 5}"},
    {"mce10_right_closed", "maximum_calibration_error"},
    {"mce15_right_closed", "{name: maximum_calibration_error, bins: 15}"},
    {"medae_unweighted", "median_absolute_error"},
    {"pinball_0_9", "{name: pinball_loss, quantile: 0.9}"},
    {"mean_error", "mean_error"},
    {"ndcg@1_linear_gain_ties_averaged", "{name: ndcg, k: 1, when_undefined: 0}"},
    {"ndcg@3_linear_gain_ties_averaged", "{name: ndcg, k: 3, when_undefined: 0}"},
    {"ndcg@5_linear_gain_ties_averaged", "{name: ndcg, k: 5, when_undefined: 0}"},
    {"ndcg@full_linear_gain_ties_averaged", "{name: ndcg, when_undefined: 0}"},
    {"ndcg@1_exp2_gain_ties_averaged", "{name: ndcg, k: 1, gain: exponential, when_undefined: 0}"},
    {"ndcg@3_exp2_gain_ties_averaged", "{name: ndcg, k: 3, gain: exponential, when_undefined: 0}"},
    {"ndcg@5_exp2_gain_ties_averaged", "{name: ndcg, k: 5, gain: exponential, when_undefined: 0}"},
    {"ndcg@full_exp2_gain_ties_averaged", "{name: ndcg, gain: exponential, when_undefined: 0}"},
    {"mrr_stable_order", "mrr"},
};

/// One list a class.
const std::map<std::string, std::string> settings_per_class = {
    {"precision_per_class", "precision"},
    {"recall_per_class", "recall"},
    {"f1_per_class", "f1"},
};

constexpr const char* closed_right = "bins are closed on the right, as in Guo et al. 2017";
constexpr const char* not_normalised = "gains of queries with other grades cannot be averaged";
constexpr const char* no_order = "classes have names, and no order that a distance could use";

/// Keys that are not offered, and why.
const std::map<std::string, const char*> not_offered = {
    {"kappa_linear", no_order},
    {"kappa_quadratic", no_order},
    {"roc_auc_ovr_weighted", "a rare class would hardly count; `roc_auc_ovr` weighs all alike"},
    {"roc_auc_ovo_macro", "pairs of classes share no examples that could be paired; see ovr"},
    {"brier_multiclass_sum", "log_loss judges all class scores, brier_score one class"},
    {"log_loss_eps1em15", "the clip is the spacing of doubles at 1"},
    {"pr_auc_trapezoid", "interpolated precision is too good; average_precision takes steps"},
    {"explained_variance", "it forgives a constant bias; r2 does not"},
    {"max_error", "one example decides it, so that no interval exists"},
    {"dcg@1_linear_gain_ties_averaged", not_normalised},
    {"dcg@3_linear_gain_ties_averaged", not_normalised},
    {"dcg@5_linear_gain_ties_averaged", not_normalised},
    {"dcg@full_linear_gain_ties_averaged", not_normalised},
    {"ece5_left_closed", closed_right},
    {"ece10_left_closed", closed_right},
    {"ece15_left_closed", closed_right},
    {"mce5_left_closed", closed_right},
    {"mce10_left_closed", closed_right},
    {"mce15_left_closed", closed_right},
};

/// Where the reference lets the order of rows decide between tied scores, which nothing here may
/// do.
const std::set<std::string> decided_by_row_order = {"ties.mrr_stable_order"};

/// Where scikit-learn prints a number for a metric that has no value.
const std::set<std::string> undefined_here = {
    "constant_target.r2_sklearn",
    "constant_target_perfect.r2_sklearn",
};

std::vector<double> numbers(const json& value) {
    return value.is_array() ? value.get<std::vector<double>>()
                            : std::vector<double>{value.get<double>()};
}

/// Class codes of sorted distinct labels, and their names.
struct Classes {
    std::vector<double> labels;

    [[nodiscard]] std::vector<std::uint32_t> codes_of(const std::vector<double>& values) const {
        std::vector<std::uint32_t> codes;
        for (const double value : values) {
            const auto found = std::lower_bound(labels.begin(), labels.end(), value);
            codes.push_back(static_cast<std::uint32_t>(found - labels.begin()));
        }
        return codes;
    }
    [[nodiscard]] std::vector<std::string> names() const {
        std::vector<std::string> names;
        for (const double label : labels) {
            names.push_back(std::to_string(static_cast<int>(label)));
        }
        return names;
    }
};

Classes classes_of(const json& data, bool binary) {
    std::set<double> labels;
    if (binary) {
        labels = {0.0, 1.0};
    }
    for (const char* column : {"y_true", "y_pred"}) {
        if (data.contains(column)) {
            const auto values = numbers(data.at(column));
            labels.insert(values.begin(), values.end());
        }
    }
    return {{labels.begin(), labels.end()}};
}

evidence::Examples examples_of(const std::string& op, const json& data) {
    test::ExamplesBuilder builder;
    if (op == "metric.ranking") {
        const auto scores = numbers(data.at("scores"));
        return test::ranking_examples(std::vector<std::uint32_t>(scores.size(), 0),
                                      numbers(data.at("relevance")), scores, scores);
    }
    const auto truth = numbers(data.at("y_true"));
    if (op == "metric.regression") {
        const auto predicted = numbers(data.at("y_pred"));
        builder.targets(truth).predicted_numbers(predicted, predicted);
    } else {
        const bool binary = op == "metric.binary" || op == "metric.probabilistic";
        const Classes classes = classes_of(data, binary);
        builder.class_names(classes.names()).labels(classes.codes_of(truth));
        if (op == "metric.probabilistic") {
            const auto scores = numbers(data.at("y_prob"));
            builder.scores(scores, scores);
        } else if (op == "metric.multiclass_prob") {
            std::vector<std::vector<double>> columns(classes.labels.size());
            for (const json& row : data.at("prob")) {
                for (std::size_t which = 0; which < columns.size(); ++which) {
                    columns[which].push_back(row.at(which).get<double>());
                }
            }
            builder.class_scores(columns, columns);
        } else {
            const auto predicted = classes.codes_of(numbers(data.at("y_pred")));
            builder.predictions(predicted, predicted);
        }
    }
    if (data.contains("weight")) {
        builder.weights(numbers(data.at("weight")));
    }
    evidence::Examples examples = builder.build();
    if (op == "metric.multiclass_prob") {
        REQUIRE(metrics::derive_predicted_classes(examples, 0.5).empty());
    }
    return examples;
}

metrics::Confusion confusion_in(const evidence::Examples& examples) {
    const auto cells = metrics::joint_cells(examples, evidence::Rows::all(examples.rows));
    std::vector<double> mass;
    for (const auto& cell : cells) {
        mass.push_back(cell.weight);
    }
    return metrics::confusion_of(cells, mass, evidence::Side::candidate, examples.classes.size());
}

std::string without_fallback(const std::string& setting) {
    const auto comma = setting.find(", when_undefined");
    return comma == std::string::npos ? setting : setting.substr(0, comma) + "}";
}

void check_value(const evidence::Examples& examples, const std::string& setting,
                 const json& expected, double tolerance) {
    // null: the reference gave no number.
    if (expected.is_object() || expected.is_null()) {
        CHECK_FALSE(test::value_in(examples, without_fallback(setting)).defined());
        return;
    }
    const metrics::Value value = test::value_in(examples, setting);
    INFO(value.reason());
    REQUIRE(value.defined());
    CHECK_THAT(value.number(), WithinAbs(expected.get<double>(), tolerance));
}

void check_matrix(const evidence::Examples& examples, const std::string& key,
                  const json& expected) {
    const metrics::Confusion confusion = confusion_in(examples);
    if (key == "confusion") {
        for (std::size_t label = 0; label < confusion.classes; ++label) {
            for (std::size_t predicted = 0; predicted < confusion.classes; ++predicted) {
                CHECK(confusion.at(label, predicted) ==
                      expected.at(label).at(predicted).get<double>());
            }
        }
    } else {
        const std::size_t label = key == "fn" || key == "tp" ? 1 : 0;
        const std::size_t predicted = key == "fp" || key == "tp" ? 1 : 0;
        CHECK(confusion.at(label, predicted) == expected.get<double>());
    }
}

/// False when `key` is unknown.
bool check_key(const json& one, evidence::Examples examples, const std::string& key,
               const json& expected) {
    const double tolerance = one.at("abs_tol").get<double>();
    if (key.ends_with("_unweighted")) {
        examples.weight.reset();
    }
    if (decided_by_row_order.contains(one.at("id").get<std::string>() + "." + key)) {
        CHECK(test::value_in(examples, settings.at(key)).number() != expected.get<double>());
    } else if (undefined_here.contains(one.at("id").get<std::string>() + "." + key)) {
        CHECK_FALSE(test::value_in(examples, settings.at(key)).defined());
    } else if (settings.contains(key)) {
        check_value(examples, settings.at(key), expected, tolerance);
    } else if (settings_per_class.contains(key)) {
        for (std::size_t which = 0; which < examples.classes.size(); ++which) {
            check_value(examples,
                        "{name: " + settings_per_class.at(key) +
                            ", class: " + examples.classes[which] + ", when_undefined: 0}",
                        expected.at(which), tolerance);
        }
    } else if (key == "labels") {
        CHECK(classes_of(one.at("data"), false).labels == numbers(expected));
    } else if (key == "confusion" || key == "tn" || key == "fp" || key == "fn" || key == "tp") {
        check_matrix(examples, key, expected);
    } else {
        return not_offered.contains(key);
    }
    return true;
}

}  // namespace

TEST_CASE("every key of the metric reference is reproduced or not offered", "[metrics]") {
    std::ifstream stream(metricgate::test::data_folder() + "/reference/metrics.json");
    const json file = json::parse(stream);
    std::map<std::string, std::size_t> cases;
    std::set<std::string> keys;
    for (const json& one : file.at("cases")) {
        const auto op = one.at("op").get<std::string>();
        ++cases[op];
        const evidence::Examples examples = examples_of(op, one.at("data"));
        for (const auto& [key, expected] : one.at("expected").items()) {
            INFO(op << ", " << one.at("id") << ", " << key);
            keys.insert(key);
            CHECK(check_key(one, examples, key, expected));
        }
    }
    for (const auto& [key, reason] : not_offered) {
        INFO(key << ": " << reason);
        CHECK(keys.contains(key));
        CHECK_FALSE(settings.contains(key));
    }
    CHECK(cases == std::map<std::string, std::size_t>{{"metric.binary", 9},
                                                      {"metric.multiclass", 5},
                                                      {"metric.multiclass_prob", 1},
                                                      {"metric.probabilistic", 10},
                                                      {"metric.ranking", 4},
                                                      {"metric.regression", 8}});
}
