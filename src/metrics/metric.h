#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

#include "evidence/observed_column.h"
#include "stats/divergence.h"
#include "stats/histogram.h"

namespace metricgate::evidence {
struct Examples;
class Rows;
}  // namespace metricgate::evidence

namespace metricgate::metrics {

struct Metric;
struct Reduced;

enum class Direction { higher_is_better, lower_is_better };

/// A metric's value, or the reason why it has none. An undefined metric is never 0, 1 or NaN.
class Value {
public:
    static Value of(double number);  ///< a non-finite number becomes undefined
    static Value undefined(std::string reason);
    [[nodiscard]] bool defined() const noexcept { return m_reason.empty(); }
    [[nodiscard]] double number() const noexcept { return m_number; }  ///< only when defined
    [[nodiscard]] const std::string& reason() const noexcept { return m_reason; }

private:
    double m_number = 0.0;
    std::string m_reason;
};

/// How per-class values become one number.
enum class Average { binary, macro, micro, weighted, one_class };

/// How the cells of a column are taken.
enum class ColumnType { by_content, numeric, categorical };

/// What a policy says of a check that looks at one column.
struct ColumnParameters {
    ColumnType type = ColumnType::by_content;  ///< numeric when the baseline's cells are numbers
    std::size_t bins = 10;                     ///< of a numeric column
    stats::Closed closed = stats::Closed::right;
    stats::BinShares shares;                         ///< the rule for empty bins
    std::optional<std::pair<double, double>> range;  ///< stated limits of the values
    bool in_baseline_sd = false;  ///< distances in standard deviations of the baseline
};

/// What a policy says of a metric beside its name.
struct Parameters {
    Average average = Average::binary;
    std::string class_name;  ///< one_class: canonical label
    std::optional<std::uint32_t>
        class_code;         ///< of `class_name`, or of the positive class; filled by `resolve`
    double quantile = 0.5;  ///< quantile metrics and pinball loss, in (0, 1)
    std::size_t k = 0;      ///< how many of the first ranks count; 0: all of them
    std::size_t bins = 10;  ///< of equal width, for calibration errors
    double beta = 1.0;      ///< weight of recall against precision, above 0
    bool exponential_gain = false;  ///< ndcg: a grade g is worth 2^g - 1, not g
    std::string column;             ///< value metrics: the role the column is bound to
    std::string reference;  ///< geometric means of ratios: the role of the column divided by
    std::optional<double> when_undefined;  ///< the value the policy gives to an undefined metric
                                           ///< (precision without positives)
    ColumnParameters of_column;
};

/// Mass (count or weight sum) by true label and predicted class.
struct Confusion {
    std::size_t classes = 0;
    std::vector<double> mass;                         ///< classes * classes, row = label
    const std::vector<std::string>* names = nullptr;  ///< of the classes, for reasons; may be null

    [[nodiscard]] double at(std::size_t label, std::size_t predicted) const {
        return mass[label * classes + predicted];
    }
};

/// What a per-example loss may look at.
struct ExampleInput {
    double target = 0.0;         ///< regression target
    double target_center = 0.0;  ///< near the mean of all targets looked at, so that moments about
                                 ///< it lose no digits; the target itself when all are equal
    double predicted = 0.0;      ///< regression prediction
    double score = 0.0;          ///< of the positive class
    bool positive = false;       ///< label is the positive class
    std::uint32_t label = 0;     ///< class code
    std::span<const double> class_scores;
    double value = 0.0;        ///< of the value column
    double reference = 0.0;    ///< of the column that it is divided by
    double naive_error = 0.0;  ///< what a naive forecast is off by, see `mase`
};

/// One side's examples by descending score. Ties end where `ends_tie` is true.
struct Ranked {
    std::span<const std::uint8_t> positive;
    std::span<const std::uint8_t> ends_tie;
    std::span<const double> weight;
    std::span<const double> score;  ///< descending; only where the form says `reads_scores`
};

/// g(confusion matrix).
struct CellsForm {
    Value (*value)(const Confusion&, const Parameters&) = nullptr;
};
/// The share of successes among the examples that count, both decided per example; which ones count
/// depends on the label alone, so that both sides share the denominator and paired 0/1 methods
/// apply. An average over classes (macro, micro, weighted) is no such share: `value` computes it
/// from the confusion matrix, and `is_outcome` (evaluate.h) tells the two apart.
struct OutcomesForm {
    bool (*counts)(std::uint32_t label, const Parameters&) = nullptr;
    bool (*success)(std::uint32_t label, std::uint32_t predicted, const Parameters&) = nullptr;
    Value (*value)(const Confusion&, const Parameters&) = nullptr;
};
/// g(weighted means of per-example terms). `fill` writes `terms` numbers and returns null, or says
/// why the example has none.
struct MomentsForm {
    std::size_t terms = 1;
    std::size_t (*terms_for)(const Parameters&) =
        nullptr;  ///< in place of `terms` where the policy decides how many there are
    const char* (*fill)(const ExampleInput&, const Parameters&, double* out) = nullptr;
    Value (*combine)(const double* means,
                     const Parameters&) = nullptr;  ///< null: the metric is the one mean itself
    bool log_mean = false;  ///< the metric is exp(mean of its one term): differences are log ratios

    [[nodiscard]] std::size_t count(const Parameters& parameters) const {
        return terms_for != nullptr ? terms_for(parameters) : terms;
    }
};
/// g(scores and labels in order); `auc_scale`/`auc_shift` when the metric is scale * AUC + shift.
struct RanksForm {
    Value (*value)(const Ranked&) = nullptr;
    std::optional<double> auc_scale;
    double auc_shift = 0.0;
    bool reads_scores = false;  ///< looks at the scores themselves, not only at their order
};
/// The `Parameters::quantile` of a value column.
struct QuantileForm {};
/// Counts over both sides at once; there is no baseline value, only limits apply.
struct PairForm {
    bool (*counts)(std::uint32_t label, std::uint32_t baseline, std::uint32_t candidate) = nullptr;
};

/// What two samples of one distribution show of a distance by chance alone.
struct Noise {
    double mean = 0.0;
    double level = 0.0;       ///< what `confidence` of such pairs of samples stay below
    std::optional<double> p;  ///< of a test of "no drift"; shown, never decisive
};

/// A remark on a value: `code` is stable (snake_case), `text` a sentence.
struct Remark {
    std::string code;
    std::string text;
};

/// What a column check found.
struct ColumnFinding {
    Value baseline = Value::undefined("the metric looks at both sides at once");
    Value candidate = Value::undefined("not evaluated");
    std::size_t baseline_n = 0;
    std::size_t candidate_n = 0;  ///< cells that count
    std::size_t least = 0;        ///< cells a side without which nothing is decided
    std::optional<Noise> noise;   ///< of a distance
    std::vector<Remark> remarks;
};

/// Chance in a column check: the confidence of its noise level, and where its draws come from.
struct ColumnChance {
    double confidence = 0.95;
    std::uint64_t seed = 0;
    std::string column;
};

/// The settings of `metric:` that a column check takes, as a bit set.
enum ColumnSetting : unsigned {
    takes_type = 1U << 0,
    takes_bins = 1U << 1,   ///< bins, closed
    takes_empty = 1U << 2,  ///< floor, add_share, add_count
    takes_range = 1U << 3,
    takes_scale = 1U << 4,
};

/// A column of both sides, looked at without pairing: drift and data quality.
struct ColumnForm {
    ColumnFinding (*find)(const evidence::ColumnSides&, const ColumnParameters&,
                          const ColumnChance&) = nullptr;
    bool (*needs_baseline)(const ColumnParameters&) = nullptr;
    unsigned takes = 0;       ///< of ColumnSetting
    bool same_type = false;   ///< a column that changed its type cannot be compared
    bool categories = false;  ///< always reads the cells as text, too
    bool is_share = false;    ///< both sides have a value of their own, a share of their rows
};

/// A simpler metric of other evidence that is derived from the examples: the mean over queries of
/// one value a query, the share of successes decided from class scores. `reduce` (reduce.h) looks
/// at the sides that have the columns; everything that judges examples judges what it returns.
struct ReducedForm {
    Reduced (*reduce)(const Metric&, const evidence::Examples&, const evidence::Rows&) = nullptr;
};

using Form = std::variant<CellsForm, OutcomesForm, MomentsForm, RanksForm, QuantileForm, PairForm,
                          ColumnForm, ReducedForm>;

struct Definition;
/// The form of a metric that looks at one column, or null.
const ColumnForm* column_form(const Definition* definition);

/// The columns a metric needs, as a bit set.
enum Need : unsigned {
    label_class = 1U << 0,
    target = 1U << 1,
    predicted_class = 1U << 2,
    predicted_number = 1U << 3,
    positive_score = 1U << 4,
    class_scores = 1U << 5,
    value_column = 1U << 6,
    positive_class = 1U << 7,  ///< labels must have a known positive class
    ranking_score = 1U << 8,   ///< a score that orders the examples of a query
    query_column = 1U << 9,
    naive_column = 1U << 10,
};

/// What a policy may say of a metric beside its name, as a bit set.
enum Setting : unsigned {
    setting_k = 1U << 0,
    setting_bins = 1U << 1,
    setting_beta = 1U << 2,
    setting_quantile = 1U << 3,
    setting_gain = 1U << 4,
};

/// A row of the catalog.
struct Definition {
    std::string_view name;
    std::string_view summary;  ///< one line for `metricgate list metrics` and the README
    std::string_view
        formula;  ///< exact definition, with conventions for ties, clipping and undefined values
    Direction direction = Direction::higher_is_better;
    unsigned needs = 0;  ///< of Need
    Form form;
    double lowest = 0.0;  ///< range of possible values; infinite where unbounded
    double highest = 1.0;
    bool averaged = false;              ///< takes `average:` / `class:`
    bool takes_class_scores = false;    ///< reads class scores where the examples have no score of
                                        ///< the positive class
    unsigned takes = 0;                 ///< of Setting
    unsigned must_say = 0;              ///< of Setting: those without a default
    bool takes_when_undefined = false;  ///< beside metrics of a confusion matrix, which all do
    bool undirected = false;     ///< best at a value inside its range: neither direction is better
    std::string_view no_margin;  ///< why two sides are not compared, only held against `min` and
                                 ///< `max`; empty: they are
    std::string_view caution;    ///< a sentence that stands beside every result; may be empty
};

/// A metric as one check uses it.
struct Metric {
    const Definition* definition =
        nullptr;        ///< null for a recorded metric that the catalog does not know
    std::string name;   ///< as the policy says it; also the entry's name in a metric file
    std::string title;  ///< name with parameters, for reports: "f1 (macro)", "latency_ms p95"
    Direction direction = Direction::higher_is_better;
    Parameters parameters;
    unsigned said = 0;      ///< of Setting: what the policy says
    std::string statistic;  ///< "", mean, geometric_mean, median, p95: how samples are summarised
    std::string unit;

    /// +1 when higher is better, -1 when lower is: orients differences so that negative is worse.
    [[nodiscard]] double orientation() const {
        return direction == Direction::higher_is_better ? 1.0 : -1.0;
    }
};

}  // namespace metricgate::metrics
