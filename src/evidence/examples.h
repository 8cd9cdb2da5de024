#pragma once

#include <array>
#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "evidence/column.h"
#include "evidence/id_column.h"

namespace metricgate::evidence {

enum class Side { baseline = 0, candidate = 1 };

/// What one side says of every example. A column that no check needs is absent.
struct SideColumns {
    std::optional<CategoryColumn> predicted_class;  ///< codes into Examples::classes
    std::optional<NumberColumn> predicted_number;   ///< regression
    std::optional<NumberColumn> score;              ///< of the positive class
    std::vector<NumberColumn>
        class_scores;  ///< one a class, in the order of Examples::classes; empty when not bound
    std::map<std::string, NumberColumn> values;  ///< by role name ("latency_ms")
};

/// What pairing found; part of the report whatever happened.
struct Pairing {
    std::size_t baseline_rows = 0;
    std::size_t candidate_rows = 0;
    std::size_t paired = 0;
    std::size_t only_baseline = 0;
    std::size_t only_candidate = 0;
    std::size_t label_disagreements = 0;
    std::vector<std::string> first_only_baseline;  ///< at most five, in the order of their bytes
    std::vector<std::string> first_only_candidate;
    std::vector<std::string> first_label_disagreements;
    bool by_position = false;  ///< no ids: joined row by row because the policy said so
    bool one_file = false;     ///< both sides are columns of one file
};

/// The examples that one side has alone and pairing left out: what a slice may have lost or gained.
struct Unpaired {
    std::size_t rows = 0;
    std::map<std::string, CategoryColumn> slices;  ///< by column name; one code a row
    std::optional<CategoryColumn> label;           ///< as a class; names as they were written
};

/// Paired predictions: row i of every column describes the same example on both sides. Nothing
/// depends on row order: every statistic computed from here sums exactly or sorts.
struct Examples {
    std::string baseline_source;
    std::string candidate_source;
    std::size_t rows = 0;
    std::optional<IdColumn> ids;         ///< absent when joined by position
    std::vector<std::uint32_t> id_rows;  ///< id of row i is ids[id_rows[i]]; empty: ids[i]
    std::vector<std::string>
        classes;  ///< of labels and predicted classes of both sides, sorted as `sort_names` does
    std::optional<CategoryColumn> label;    ///< codes into `classes` (`names` stays empty)
    std::optional<NumberColumn> target;     ///< the label as a number
    std::optional<std::uint32_t> positive;  ///< code of the positive class, for binary metrics
    std::array<SideColumns, 2> sides;       ///< by Side
    std::optional<NumberColumn> weight;
    std::optional<CategoryColumn> cluster;
    std::optional<CategoryColumn> query;      ///< what a ranking answers; one list of results each
    std::optional<NumberColumn> naive_error;  ///< what a naive forecast is off by
    std::map<std::string, CategoryColumn> slices;  ///< by column name
    std::array<Unpaired, 2> unpaired;              ///< by Side
    Pairing pairing;

    [[nodiscard]] const SideColumns& side(Side which) const {
        return sides[static_cast<std::size_t>(which)];
    }
    [[nodiscard]] std::string_view id(std::size_t row) const;
};

/// The examples a check looks at: all, or the listed rows in ascending order.
class Rows {
public:
    static Rows all(std::size_t count) { return Rows(count); }
    explicit Rows(std::vector<std::uint32_t> listed)
        : m_count(listed.size()),
          m_listed(std::make_shared<const std::vector<std::uint32_t>>(std::move(listed))) {}

    [[nodiscard]] std::size_t size() const noexcept { return m_count; }
    [[nodiscard]] bool is_all() const noexcept { return m_listed == nullptr; }
    [[nodiscard]] std::size_t operator[](std::size_t index) const noexcept {
        return m_listed == nullptr ? index : (*m_listed)[index];
    }

private:
    explicit Rows(std::size_t count) : m_count(count) {}
    std::size_t m_count = 0;
    std::shared_ptr<const std::vector<std::uint32_t>> m_listed;
};

}  // namespace metricgate::evidence
