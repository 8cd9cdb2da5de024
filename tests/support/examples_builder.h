#pragma once

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <string>
#include <utility>
#include <vector>

#include "evidence/examples.h"

namespace metricgate::test {

/// A column of numbers with its flaws counted as a reader would.
inline evidence::NumberColumn number_column(std::vector<double> values) {
    evidence::NumberColumn column;
    for (const double value : values) {
        if (evidence::is_missing(value)) {
            ++column.missing.count;
        } else if (!std::isfinite(value)) {
            if (column.non_finite.count++ == 0) {
                column.non_finite.text = std::isnan(value) ? "nan" : "inf";
            }
        }
    }
    column.values = std::move(values);
    return column;
}

/// A column of codes; names "0", "1", ... stand for what the codes mean.
inline evidence::CategoryColumn category_column(const std::vector<std::uint32_t>& codes,
                                                bool named = true) {
    evidence::CategoryColumn column;
    std::uint32_t largest = 0;
    for (const std::uint32_t code : codes) {
        column.codes.push_back(code);
        largest = std::max(largest, code);
    }
    if (named && !codes.empty()) {
        for (std::uint32_t code = 0; code <= largest; ++code) {
            column.names.push_back(std::to_string(code));
        }
    }
    return column;
}

/// Paired examples from vectors. The first vector fixes the number of rows; class codes are their
/// own names ("0", "1", ...) unless `class_names` says otherwise; 1 is the positive class of two.
/// Columns that take two vectors take the baseline's first.
class ExamplesBuilder {
public:
    /// Codes below the number of classes.
    ExamplesBuilder& labels(const std::vector<std::uint32_t>& codes) {
        m_examples.rows = codes.size();
        m_examples.label = category_column(codes, false);
        grow_classes(codes);
        return *this;
    }
    ExamplesBuilder& class_names(std::vector<std::string> names) {
        m_examples.classes = std::move(names);
        return *this;
    }
    ExamplesBuilder& positive(std::uint32_t code) {
        m_positive_given = true;
        m_examples.positive = code;
        return *this;
    }
    ExamplesBuilder& predictions(const std::vector<std::uint32_t>& baseline,
                                 const std::vector<std::uint32_t>& candidate) {
        m_examples.rows = baseline.size();
        m_examples.sides[0].predicted_class = category_column(baseline, false);
        m_examples.sides[1].predicted_class = category_column(candidate, false);
        grow_classes(baseline);
        grow_classes(candidate);
        return *this;
    }
    /// Scores of the positive class.
    ExamplesBuilder& scores(std::vector<double> baseline, std::vector<double> candidate) {
        m_examples.rows = baseline.size();
        m_examples.sides[0].score = number_column(std::move(baseline));
        m_examples.sides[1].score = number_column(std::move(candidate));
        return *this;
    }
    /// One vector a class on each side.
    ExamplesBuilder& class_scores(std::vector<std::vector<double>> baseline,
                                  std::vector<std::vector<double>> candidate) {
        for (auto& column : baseline) {
            m_examples.sides[0].class_scores.push_back(number_column(std::move(column)));
        }
        for (auto& column : candidate) {
            m_examples.sides[1].class_scores.push_back(number_column(std::move(column)));
        }
        return *this;
    }
    ExamplesBuilder& targets(std::vector<double> targets) {
        m_examples.rows = targets.size();
        m_examples.target = number_column(std::move(targets));
        return *this;
    }
    /// Regression predictions.
    ExamplesBuilder& predicted_numbers(std::vector<double> baseline,
                                       std::vector<double> candidate) {
        m_examples.rows = baseline.size();
        m_examples.sides[0].predicted_number = number_column(std::move(baseline));
        m_examples.sides[1].predicted_number = number_column(std::move(candidate));
        return *this;
    }
    /// A value column ("latency_ms") of both sides.
    ExamplesBuilder& values(const std::string& role, std::vector<double> baseline,
                            std::vector<double> candidate) {
        m_examples.rows = baseline.size();
        m_examples.sides[0].values[role] = number_column(std::move(baseline));
        m_examples.sides[1].values[role] = number_column(std::move(candidate));
        return *this;
    }
    ExamplesBuilder& weights(std::vector<double> weights) {
        m_examples.weight = number_column(std::move(weights));
        return *this;
    }
    ExamplesBuilder& clusters(const std::vector<std::uint32_t>& codes) {
        m_examples.cluster = category_column(codes);
        return *this;
    }
    ExamplesBuilder& queries(const std::vector<std::uint32_t>& codes) {
        m_examples.query = category_column(codes);
        return *this;
    }
    ExamplesBuilder& naive_errors(std::vector<double> errors) {
        m_examples.naive_error = number_column(std::move(errors));
        return *this;
    }
    /// A slice column; its names are "0", "1", ... unless given.
    ExamplesBuilder& slice(const std::string& column, const std::vector<std::uint32_t>& codes,
                           std::vector<std::string> names = {}) {
        evidence::CategoryColumn slice = category_column(codes);
        if (!names.empty()) {
            slice.names = std::move(names);
        }
        m_examples.slices[column] = std::move(slice);
        return *this;
    }
    ExamplesBuilder& ids(const std::vector<std::string>& ids) {
        evidence::IdColumn column;
        for (const std::string& id : ids) {
            column.push_back(id);
        }
        m_examples.ids = std::move(column);
        return *this;
    }

    [[nodiscard]] evidence::Examples build() const {
        evidence::Examples examples = m_examples;
        if (!m_positive_given && examples.classes.size() == 2) {
            examples.positive = 1;
        }
        examples.baseline_source = "baseline.csv";
        examples.candidate_source = "candidate.csv";
        examples.pairing.baseline_rows = examples.rows;
        examples.pairing.candidate_rows = examples.rows;
        examples.pairing.paired = examples.rows;
        examples.pairing.by_position = !examples.ids.has_value();
        return examples;
    }

private:
    void grow_classes(const std::vector<std::uint32_t>& codes) {
        for (const std::uint32_t code : codes) {
            while (m_examples.classes.size() <= code) {
                m_examples.classes.push_back(std::to_string(m_examples.classes.size()));
            }
        }
    }

    evidence::Examples m_examples;
    bool m_positive_given = false;
};

/// Two classes with labels and predictions of both sides.
inline evidence::Examples binary_examples(const std::vector<std::uint32_t>& labels,
                                          const std::vector<std::uint32_t>& baseline,
                                          const std::vector<std::uint32_t>& candidate) {
    return ExamplesBuilder()
        .class_names({"0", "1"})
        .labels(labels)
        .predictions(baseline, candidate)
        .build();
}

/// Two classes with labels and scores of the positive class.
inline evidence::Examples scored_examples(const std::vector<std::uint32_t>& labels,
                                          std::vector<double> baseline,
                                          std::vector<double> candidate) {
    return ExamplesBuilder()
        .class_names({"0", "1"})
        .labels(labels)
        .scores(std::move(baseline), std::move(candidate))
        .build();
}

/// `classes` classes with labels and predictions of both sides.
inline evidence::Examples multiclass_examples(std::size_t classes,
                                              const std::vector<std::uint32_t>& labels,
                                              const std::vector<std::uint32_t>& baseline,
                                              const std::vector<std::uint32_t>& candidate) {
    std::vector<std::string> names;
    for (std::size_t code = 0; code < classes; ++code) {
        names.push_back(std::to_string(code));
    }
    return ExamplesBuilder()
        .class_names(std::move(names))
        .labels(labels)
        .predictions(baseline, candidate)
        .build();
}

/// Regression targets with predictions of both sides.
inline evidence::Examples regression_examples(std::vector<double> targets,
                                              std::vector<double> baseline,
                                              std::vector<double> candidate) {
    return ExamplesBuilder()
        .targets(std::move(targets))
        .predicted_numbers(std::move(baseline), std::move(candidate))
        .build();
}

/// Results of queries: grades, and the scores that order them on both sides.
inline evidence::Examples ranking_examples(const std::vector<std::uint32_t>& queries,
                                           std::vector<double> grades, std::vector<double> baseline,
                                           std::vector<double> candidate) {
    return ExamplesBuilder()
        .targets(std::move(grades))
        .queries(queries)
        .scores(std::move(baseline), std::move(candidate))
        .build();
}

/// A value column of both sides.
inline evidence::Examples value_examples(const std::string& role, std::vector<double> baseline,
                                         std::vector<double> candidate) {
    return ExamplesBuilder().values(role, std::move(baseline), std::move(candidate)).build();
}

}  // namespace metricgate::test
