#pragma once

#include <string>
#include <vector>

#include "report/catalog.h"
#include "verdict/explanation.h"

namespace metricgate::report {

/// A format of what `explain` prints.
struct ExplainFormat {
    std::string_view name;
    std::string (*render)(const verdict::Explanation&, const Style&) = nullptr;
    std::string_view mark;  ///< every such report begins with it
};

/// text, markdown, json
const std::vector<ExplainFormat>& explain_formats();

std::string render_explanation_text(const verdict::Explanation& explanation, const Style& style);
std::string render_explanation_markdown(const verdict::Explanation& explanation,
                                        const Style& style);
std::string render_explanation_json(const verdict::Explanation& explanation, const Style& style);

}  // namespace metricgate::report
