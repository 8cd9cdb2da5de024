#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "sources/table_reader.h"
#include "support/catch.h"

namespace reading {

using metricgate::sources::ColumnRequest;
using metricgate::sources::ReadAs;

inline metricgate::support::Bytes bytes(std::string_view text) {
    return metricgate::support::Bytes::of(std::string(text));
}

inline ColumnRequest ask(std::string column, ReadAs as) {
    return {std::move(column), as, metricgate::support::in_file("policy.yaml", 7, 12)};
}

inline metricgate::sources::Document document(std::string_view text, const std::string& source) {
    return {bytes(text), source};
}

/// id, label (category) and pred (number): what most tests ask for.
inline std::vector<ColumnRequest> usual() {
    return {ask("id", ReadAs::id), ask("label", ReadAs::category), ask("pred", ReadAs::number)};
}

/// All problems, one a line; empty when there is none.
template <class T>
std::string problems_of(const metricgate::support::Result<T>& result) {
    std::string text;
    for (const auto& problem : result.problems()) {
        text += metricgate::support::describe(problem) + "\n";
    }
    return text;
}

inline metricgate::support::Result<metricgate::evidence::Table> table(
    std::string_view text, const std::string& source, const std::vector<ColumnRequest>& columns) {
    return metricgate::sources::read_table(
        metricgate::sources::Document::of_text(bytes(text), source), "", columns);
}

inline metricgate::support::Result<metricgate::evidence::Table> csv(std::string_view text) {
    return table(text, "eval.csv", usual());
}

inline metricgate::support::Result<metricgate::evidence::Table> jsonl(std::string_view text) {
    return table(text, "eval.jsonl", usual());
}

/// The names of a category column, row by row.
inline std::vector<std::string> texts(const metricgate::evidence::CategoryColumn& column) {
    std::vector<std::string> result;
    for (std::size_t row = 0; row < column.codes.size(); ++row) {
        result.push_back(column.names[column.codes[row]]);
    }
    return result;
}

inline std::vector<std::string> texts(const metricgate::evidence::IdColumn& ids) {
    std::vector<std::string> result;
    for (std::size_t row = 0; row < ids.size(); ++row) {
        result.push_back(std::string(ids[row]));
    }
    return result;
}

using Texts = std::vector<std::string>;

/// Substring matcher; its name differs between Catch2 v2 and v3.
inline auto has(const std::string& part) {
#if __has_include(<catch2/catch_all.hpp>)
    return Catch::Matchers::ContainsSubstring(part);
#else
    return Catch::Matchers::Contains(part);
#endif
}

}  // namespace reading
