#pragma once

#include <cmath>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include <nlohmann/json.hpp>

#include "comparison/comparison.h"
#include "stats/interval.h"
#include "support/diagnostic.h"

namespace metricgate::report {

/// Keys stand in the order in which they are given.
using Json = nlohmann::ordered_json;

/// null for what is absent; a number that is not finite is absent too, never text.
inline Json number(std::optional<double> value) {
    if (!value || !std::isfinite(*value)) {
        return nullptr;
    }
    return *value == 0.0 ? 0.0 : *value;  // never -0.0
}

template <class T>
Json or_null(const std::optional<T>& value) {
    return value ? Json(*value) : Json(nullptr);
}

inline Json text_or_null(const std::string& text) {
    return text.empty() ? Json(nullptr) : Json(text);
}

/// An object even when it is empty.
inline Json object_of(const std::map<std::string, std::string>& pairs) {
    Json object = Json::object();
    for (const auto& [key, value] : pairs) {
        object[key] = value;
    }
    return object;
}

inline Json interval(const std::optional<stats::Interval>& interval) {
    if (!interval) {
        return nullptr;
    }
    return {{"lower", number(interval->lower)},
            {"upper", number(interval->upper)},
            {"confidence", number(interval->confidence)}};
}

inline Json notes(const std::vector<comparison::Note>& notes) {
    Json list = Json::array();
    for (const comparison::Note& note : notes) {
        list.push_back({{"code", note.code}, {"text", note.text}});
    }
    return list;
}

inline Json place(const support::Location& where) {
    if (!where.file) {
        return nullptr;
    }
    return {{"file", *where.file}, {"line", where.line}, {"column", where.column}};
}

}  // namespace metricgate::report
