#include "metrics/terms.h"

#include <algorithm>
#include <cmath>

#include "metrics/evaluate.h"
#include "metrics/used_columns.h"
#include "stats/exact_sum.h"
#include "support/text.h"

namespace metricgate::metrics {
namespace {

using evidence::Examples;
using evidence::Rows;
using evidence::Side;

/// Reads what a per-example loss may look at, row by row.
class Reader {
public:
    Reader(const Metric& metric, const Examples& examples, Side side, const Rows& rows)
        : m_examples(examples) {
        const unsigned needs = metric.definition->needs;
        const evidence::SideColumns& columns = examples.side(side);
        if ((needs & label_class) != 0U) {
            m_label = &examples.label->codes;
        }
        if ((needs & target) != 0U) {
            m_target = examples.target->values.data();
            m_input.target_center = center_of(rows);
        }
        if ((needs & predicted_number) != 0U) {
            m_predicted = columns.predicted_number->values.data();
        }
        if (reads_class_scores(metric, examples)) {
            m_class_scores = &columns.class_scores;
            m_scores_of_row.resize(m_class_scores->size());
            m_input.class_scores = m_scores_of_row;
        } else if ((needs & positive_score) != 0U) {
            m_score = columns.score->values.data();
        }
        if ((needs & value_column) != 0U) {
            m_value = columns.values.at(metric.parameters.column).values.data();
            if (!metric.parameters.reference.empty()) {
                m_reference = columns.values.at(metric.parameters.reference).values.data();
            }
        }
        if ((needs & naive_column) != 0U) {
            m_naive_error = examples.naive_error->values.data();
        }
    }
    Reader(const Reader&) = delete;
    Reader& operator=(const Reader&) = delete;
    ~Reader() = default;

    const ExampleInput& at(std::size_t row) {
        m_input.target = m_target != nullptr ? m_target[row] : 0.0;
        m_input.predicted = m_predicted != nullptr ? m_predicted[row] : 0.0;
        m_input.score = m_score != nullptr ? m_score[row] : 0.0;
        m_input.value = m_value != nullptr ? m_value[row] : 0.0;
        m_input.reference = m_reference != nullptr ? m_reference[row] : 0.0;
        m_input.naive_error = m_naive_error != nullptr ? m_naive_error[row] : 0.0;
        m_input.label = m_label != nullptr ? (*m_label)[row] : 0U;
        m_input.positive = m_examples.positive && m_input.label == *m_examples.positive;
        for (std::size_t which = 0; which < m_scores_of_row.size(); ++which) {
            m_scores_of_row[which] = (*m_class_scores)[which].values[row];
        }
        return m_input;
    }

private:
    /// The mean of the finite targets, kept exact when all are equal.
    [[nodiscard]] double center_of(const Rows& rows) const {
        stats::ExactSum sum;
        double lowest = 0.0;
        double highest = 0.0;
        std::size_t finite = 0;
        for (std::size_t at = 0; at < rows.size(); ++at) {
            const double value = m_target[rows[at]];
            if (std::isfinite(value)) {
                lowest = finite == 0 ? value : std::min(lowest, value);
                highest = finite == 0 ? value : std::max(highest, value);
                sum.add(value);
                ++finite;
            }
        }
        return lowest == highest ? lowest : sum.value() / static_cast<double>(finite);
    }

    const Examples& m_examples;
    const evidence::Codes* m_label = nullptr;
    const double* m_target = nullptr;
    const double* m_predicted = nullptr;
    const double* m_score = nullptr;
    const double* m_value = nullptr;
    const double* m_reference = nullptr;
    const double* m_naive_error = nullptr;
    const std::vector<evidence::NumberColumn>* m_class_scores = nullptr;
    std::vector<double> m_scores_of_row;
    ExampleInput m_input;
};

/// Collects what keeps examples from having terms. Which one is named does not depend on row order:
/// it is the one with the lowest id, by bytes.
class Refusals {
public:
    explicit Refusals(const Examples& examples) : m_examples(examples) {}

    void add(std::size_t row, const char* reason) {
        ++m_count;
        if (m_count == 1 || (m_examples.ids && m_examples.id(row) < m_examples.id(m_row))) {
            m_row = row;
            m_reason = reason;
        }
    }
    [[nodiscard]] std::string describe() const {
        if (m_count == 0) {
            return {};
        }
        const std::string example = m_examples.ids
                                        ? "'" + support::visible(m_examples.id(m_row)) + "'"
                                        : "row " + std::to_string(m_row + 1);
        return std::string(m_reason) + "; " +
               (m_count == 1
                    ? "example " + example
                    : support::count_of(m_count, "example", "examples") + ", such as " + example);
    }

private:
    const Examples& m_examples;
    std::size_t m_count = 0;
    std::size_t m_row = 0;
    const char* m_reason = "";
};

/// Why the columns are not there, or "".
std::string missing_columns(const Metric& metric, const Examples& examples, Side side) {
    for (const UsedColumn& column : used_columns(metric, examples)) {
        const bool wanted = !column.side || *column.side == side;
        if (wanted && column.number == nullptr && column.category == nullptr) {
            return "no column for " + name_of(column);
        }
    }
    return {};
}

}  // namespace

struct TermReader::State {
    State(const Metric& metric, const Examples& examples, Side side, const Rows& all)
        : parameters(metric.parameters),
          rows(all),
          inputs(metric, examples, side, all),
          refusals(examples) {}

    const Parameters& parameters;
    Rows rows;
    Reader inputs;
    Refusals refusals;
};

TermReader::TermReader(const Metric& metric, const Examples& examples, Side side,
                       const Rows& rows) {
    const auto* form =
        metric.definition != nullptr ? std::get_if<MomentsForm>(&metric.definition->form) : nullptr;
    if (form == nullptr) {
        m_problem = "'" + metric.name + "' has no per-example terms";
        return;
    }
    m_problem = missing_columns(metric, examples, side);
    if (m_problem.empty()) {
        m_form = form;
        m_terms = form->count(metric.parameters);
        m_state = std::make_unique<State>(metric, examples, side, rows);
    }
}

TermReader::~TermReader() = default;

std::string TermReader::problem() const {
    return m_state != nullptr ? m_state->refusals.describe() : m_problem;
}

void TermReader::read(std::size_t first, std::span<double> terms) {
    if (m_state == nullptr) {
        return;
    }
    const std::size_t count = terms.size() / m_terms;
    for (std::size_t at = 0; at < count; ++at) {
        double* out = terms.data() + at * m_terms;
        const std::size_t row = m_state->rows[first + at];
        const char* reason = m_form->fill(m_state->inputs.at(row), m_state->parameters, out);
        if (reason == nullptr &&
            !std::all_of(out, out + m_terms, [](double term) { return std::isfinite(term); })) {
            reason = "the value of an example is not a finite number";
        }
        if (reason != nullptr) {
            m_state->refusals.add(row, reason);
            std::fill_n(out, m_terms, 0.0);
        }
    }
}

Terms terms_of(const Metric& metric, const Examples& examples, Side side, const Rows& rows) {
    Terms terms;
    TermReader reader(metric, examples, side, rows);
    terms.per_example = reader.per_example();
    terms.values.resize(rows.size() * terms.per_example);
    reader.read(0, terms.values);
    terms.problem = reader.problem();
    if (!terms.problem.empty()) {
        terms.values.clear();
    }
    return terms;
}

Value combine(const Metric& metric, const double* means) {
    const auto* form =
        metric.definition != nullptr ? std::get_if<MomentsForm>(&metric.definition->form) : nullptr;
    if (form == nullptr) {
        return Value::undefined("'" + metric.name + "' has no per-example terms");
    }
    return form->combine != nullptr ? form->combine(means, metric.parameters) : Value::of(means[0]);
}

}  // namespace metricgate::metrics
