#include "sources/experiment_formats.h"
#include "sources/json_parts.h"
#include "sources/run_builder.h"
#include "sources/whole_number.h"
#include "support/text.h"

namespace metricgate::sources {

namespace {

using support::Node;

bool is_row(const Node* row) {
    for (const char* key : {"precision", "recall", "f1-score", "support"}) {
        if (part(row, key, Node::Kind::number) == nullptr) {
            return false;
        }
    }
    return row->members.size() == 4;
}

bool recognises(const Document& document) {
    return is_row(map_in(document.json(), "macro avg")) &&
           is_row(map_in(document.json(), "weighted avg"));
}

bool is_average(std::string_view name) {
    return name == "micro avg" || name == "macro avg" || name == "weighted avg" ||
           name == "samples avg";
}

/// A whole number of examples, or 0.
std::uint64_t support_of(const Node& row) {
    return count_in(row.find("support")).value_or(0);
}

/// The value is a share of `n` examples.
void set_n(RunBuilder& builder, const std::string& name, std::uint64_t n) {
    auto* scalar = builder.scalar(name);
    if (scalar != nullptr && n > 0) {
        scalar->n = n;
    }
}

support::Result<Recording> read(const Document& document) {
    const auto json = document.require_json();
    if (!json.ok()) {
        return json.problems();
    }
    if (!recognises(document)) {
        return not_this(document, "a classification report",
                        "classification_report(..., output_dict=True) with its 'macro avg'");
    }
    RunBuilder builder;
    const std::uint64_t all = support_of(*(*json)->find("macro avg"));
    std::uint64_t of_classes = 0;
    for (const support::Member& member : (*json)->members) {
        if (member.value.kind != Node::Kind::map) {
            builder.value(member.key, member.value);
            set_n(builder, member.key, member.key == "accuracy" ? all : 0);
            continue;
        }
        builder.values_below(member.key + ".", member.value);
        if (!is_average(member.key)) {
            of_classes += support_of(member.value);
            set_n(builder, member.key + ".recall", support_of(member.value));
        }
    }
    // Averages of `labels=` subsets and multilabel targets count only what they show.
    if (part(*json, "accuracy", Node::Kind::number) != nullptr && of_classes != all) {
        builder.run.notes.push_back(
            "The classes have " + support::count_of(of_classes, "example", "examples") +
            ", the report " + support::count_of(all, "example", "examples") +
            ": a class is missing, as one called 'accuracy' is when scikit-learn writes the "
            "accuracy over it.");
    }
    return Recording{document.source(), {builder.take()}};
}

}  // namespace

MetricFormat classification_report() {
    return {"classification_report",
            "scikit-learn, classification_report(output_dict=True) as JSON",
            {},
            recognises,
            read};
}

}  // namespace metricgate::sources
