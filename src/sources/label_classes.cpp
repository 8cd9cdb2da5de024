#include "sources/label_classes.h"

#include <algorithm>
#include <array>
#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

#include "evidence/column.h"
#include "support/text.h"

namespace metricgate::sources {

namespace {

using evidence::CategoryColumn;
using evidence::Examples;

constexpr std::array<std::string_view, 6> positive_names = {"1",   "true",     "True",
                                                            "yes", "positive", "pos"};

std::optional<std::uint32_t> code_of(const Examples& examples, const std::string& name) {
    const auto found = std::find(examples.classes.begin(), examples.classes.end(), name);
    if (found == examples.classes.end()) {
        return std::nullopt;
    }
    return static_cast<std::uint32_t>(found - examples.classes.begin());
}

// Codes of the classes that occur as labels; the empty name stands for a label that is missing.
std::vector<std::uint32_t> label_codes(const Examples& examples) {
    std::vector<bool> used(examples.classes.size(), false);
    for (std::size_t row = 0; row < examples.rows; ++row) {
        used[examples.label->codes[row]] = true;
    }
    std::vector<std::uint32_t> codes;
    for (std::uint32_t code = 0; code < used.size(); ++code) {
        if (used[code] && !examples.classes[code].empty()) {
            codes.push_back(code);
        }
    }
    return codes;
}

std::optional<std::uint32_t> only_positive(const Examples& examples,
                                           const std::vector<std::uint32_t>& codes) {
    std::optional<std::uint32_t> found;
    for (const std::uint32_t code : codes) {
        const bool matches = names_positive(examples.classes[code]);
        if (matches && found) {
            return std::nullopt;
        }
        if (matches) {
            found = code;
        }
    }
    return found;
}

}  // namespace

bool names_positive(std::string_view name) {
    return std::find(positive_names.begin(), positive_names.end(), name) != positive_names.end();
}

void unify_classes(Examples& examples, const Roles& roles) {
    // One column that holds every name once a source; sort_names merges and orders them, and its
    // codes then say what each name became.
    CategoryColumn all;
    const auto add = [&all](std::string name) {
        all.codes.push_back(static_cast<std::uint32_t>(all.names.size()));
        all.names.push_back(std::move(name));
    };
    std::vector<CategoryColumn*> columns;
    for (std::optional<CategoryColumn>* column :
         {&examples.label, &examples.sides[0].predicted_class,
          &examples.sides[1].predicted_class}) {
        if (column->has_value()) {
            columns.push_back(&**column);
        }
    }
    for (const CategoryColumn* column : columns) {
        for (const std::string& name : column->names) {
            add(evidence::canonical_label(name));
        }
    }
    for (const auto& [name, scored] : roles.class_scores) {
        add(evidence::canonical_label(name));
    }
    evidence::sort_names(all);
    std::size_t next = 0;
    for (CategoryColumn* column : columns) {
        std::vector<std::uint32_t> map(column->names.size());
        for (std::uint32_t& code : map) {
            code = all.codes[next++];
        }
        column->codes.recode(map);
        column->names.clear();
        column->names.shrink_to_fit();
    }
    examples.classes = std::move(all.names);
}

std::string choose_positive(Examples& examples, const PairingRules& rules) {
    if (examples.classes.empty()) {
        return {};
    }
    if (!rules.positive.empty()) {
        examples.positive = code_of(examples, evidence::canonical_label(rules.positive));
        if (!examples.positive) {
            return "the positive class '" + support::visible(rules.positive) +
                   "' does not occur; the classes are " + support::enumerate(examples.classes) +
                   support::did_you_mean(rules.positive, examples.classes);
        }
        return {};
    }
    if (!examples.label) {
        return {};
    }
    const std::vector<std::uint32_t> labels = label_codes(examples);
    if (labels.size() > 2) {
        return {};
    }
    examples.positive = only_positive(examples, labels);
    if (!examples.positive && labels.size() < 2 && examples.classes.size() <= 2) {
        // All examples are negative; predictions still tell what the other class is called.
        std::vector<std::uint32_t> all(examples.classes.size());
        for (std::uint32_t code = 0; code < all.size(); ++code) {
            all[code] = code;
        }
        examples.positive = only_positive(examples, all);
    }
    return {};
}

}  // namespace metricgate::sources
