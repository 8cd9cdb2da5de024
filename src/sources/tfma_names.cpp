// The keys of TFMA's metrics_for_slice.proto.

#include "sources/tfma_names.h"

#include <algorithm>
#include <cstdint>
#include <vector>

#include "sources/proto_fields.h"
#include "support/number.h"
#include "support/text.h"

namespace metricgate::sources {

namespace {

using Kind = WireField::Kind;

bool is_text(std::string_view bytes) {
    return support::find_invalid_utf8(bytes) == std::string_view::npos;
}

/// An Int32Value, negative numbers as ten bytes.
std::string wrapped_integer(std::string_view message, bool& well_formed) {
    const ProtoFields wrapper(message, {{1, Kind::varint}});
    well_formed &= !wrapper.malformed();
    return std::to_string(static_cast<std::int64_t>(wrapper.integer(1)));
}

std::string one_label(std::string_view message, bool& well_formed) {
    const ProtoFields key(
        message, {{1, Kind::bytes}, {2, Kind::bytes}, {3, Kind::fixed32}, {4, Kind::varint}});
    well_formed &= !key.malformed() && is_text(key.text(1)) && is_text(key.text(2));
    std::string value;
    if (key.has(3)) {
        const auto number = key.real(3);
        value = number.kind == support::NumberKind::finite ? support::format_exact(number.value)
                                                           : std::string("nan");
    } else if (key.has(4)) {
        value = std::to_string(static_cast<std::int64_t>(key.integer(4)));
    } else {
        value = '"' + std::string(key.text(2)) + '"';
    }
    return std::string(key.text(1)) + "=" + value;
}

}  // namespace

TfmaKey tfma_key(std::string_view message) {
    const ProtoFields key(message, {{1, Kind::bytes},
                                    {2, Kind::bytes},
                                    {3, Kind::bytes},
                                    {4, Kind::bytes},
                                    {5, Kind::varint},
                                    {6, Kind::bytes},
                                    {7, Kind::bytes}});
    const ProtoFields part(key.text(3), {{1, Kind::bytes}, {2, Kind::bytes}, {3, Kind::bytes}});
    const ProtoFields average(key.text(6),
                              {{1, Kind::varint}, {2, Kind::varint}, {3, Kind::varint}});
    const ProtoFields weighted(key.text(7), {{1, Kind::varint}});
    bool well_formed = !key.malformed() && !part.malformed() && !average.malformed() &&
                       !weighted.malformed() && !key.text(1).empty() && is_text(key.text(1)) &&
                       is_text(key.text(2)) && is_text(key.text(4));
    std::vector<std::string> of;
    for (const auto& [field, name] : {std::pair(1U, "class_id="), {2U, "k="}, {3U, "top_k="}}) {
        if (part.has(field)) {
            of.push_back(name + wrapped_integer(part.text(field), well_formed));
        }
    }
    for (const auto& [field, name] :
         {std::pair(1U, "micro_average"), {2U, "macro_average"}, {3U, "weighted_macro_average"}}) {
        if (average.integer(field) != 0) {
            of.emplace_back(name);
        }
    }
    if (weighted.integer(1) != 0) {
        of.emplace_back("weighted");
    }
    if (key.integer(5) != 0) {
        of.emplace_back("diff");
    }
    std::string name = key.text(2).empty() ? "" : std::string(key.text(2)) + ".";
    name += key.text(1);
    for (std::size_t i = 0; i < of.size(); ++i) {
        name += (i == 0 ? "(" : ",") + of[i];
    }
    name += of.empty() ? "" : ")";
    return {std::string(key.text(4)), well_formed ? name : std::string()};
}

std::string tfma_slice(std::string_view message, bool& well_formed) {
    const ProtoFields slice(message, {{1, Kind::bytes}});
    well_formed &= !slice.malformed() && slice.only({1});
    std::vector<std::string> labels;
    for (const std::string_view key : slice.all(1)) {
        labels.push_back(one_label(key, well_formed));
    }
    std::sort(labels.begin(), labels.end());
    std::string text;
    for (const std::string& label : labels) {
        text += (text.empty() ? "{" : ",") + label;
    }
    return text.empty() ? text : text + "}";
}

std::string tfma_cross_slice(std::string_view message, bool& well_formed) {
    const ProtoFields slices(message, {{1, Kind::bytes}, {2, Kind::bytes}});
    well_formed &= !slices.malformed();
    const std::string baseline = tfma_slice(slices.text(1), well_formed);
    const std::string comparison = tfma_slice(slices.text(2), well_formed);
    return (comparison.empty() ? "{}" : comparison) + " against " +
           (baseline.empty() ? "{}" : baseline);
}

}  // namespace metricgate::sources
