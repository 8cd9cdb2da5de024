// The values of TFMA's metrics_for_slice.proto.

#include "sources/tfma_value.h"

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <optional>
#include <utility>
#include <vector>

#include "sources/binary32.h"
#include "sources/proto_fields.h"
#include "support/text.h"

namespace metricgate::sources {

namespace {

using support::NumberKind;
using support::ParsedNumber;
using Kind = WireField::Kind;

// The fields of a MetricValue.
constexpr std::uint32_t double_value = 1;
constexpr std::uint32_t bounded_value = 2;
constexpr std::uint32_t unknown_type = 3;
constexpr std::uint32_t value_at_cutoffs = 4;
constexpr std::uint32_t confusion_matrix = 5;
constexpr std::uint32_t bytes_value = 6;
constexpr std::uint32_t array_value = 7;
constexpr std::uint32_t t_distribution_value = 9;
constexpr std::uint32_t debug_message = 10;
constexpr std::uint32_t multi_class_matrix = 11;

double value_of(const ParsedNumber& number) {
    return number.kind == NumberKind::finite ? number.value : std::nan("");
}

/// The standard error with which a normal interval at 95 % is the recorded one. TFMA's intervals
/// are of Student's t with few degrees of freedom, so that the deviation alone would make a
/// narrower one.
ParsedNumber error_of(const ParsedNumber& lower, const ParsedNumber& upper,
                      const ParsedNumber& recorded) {
    constexpr double quantile = 1.959963984540054;
    const double reach = (value_of(upper) - value_of(lower)) / 2.0 / quantile;
    return number_of(std::max(reach, value_of(recorded)));
}

class Adder {
public:
    Adder(std::string name, std::string slice, const std::string& source, RunBuilder& run)
        : m_name(std::move(name)),
          m_slice(std::move(slice)),
          m_where(support::in_file(source)),
          m_run(run) {}

    bool add(std::string_view message, std::string_view interval);

private:
    ProtoFields fields(std::string_view message, ProtoFields::Kinds kinds) {
        ProtoFields read(message, kinds);
        m_well_formed &= !read.malformed();
        return read;
    }

    /// A DoubleValue.
    ParsedNumber wrapped(std::string_view message) {
        return fields(message, {{1, Kind::fixed64}}).real(1);
    }

    [[nodiscard]] std::string full(const std::string& suffix) const {
        return m_name + suffix + m_slice;
    }

    void put(const std::string& suffix, ParsedNumber value,
             std::optional<ParsedNumber> error = std::nullopt) {
        evidence::Scalar scalar;
        scalar.value = value;
        scalar.standard_error = error;
        m_run.value(full(suffix), m_where, scalar);
    }

    void none(const std::string& what) {
        m_run.flaw(full(""), m_where, what + ", wanted a number");
    }

    void add_single(ParsedNumber value, std::string_view interval);
    void add_bounded(std::string_view message);
    void add_sampled(std::string_view message);
    void add_cutoffs(std::string_view message);
    void add_matrices(std::string_view message);
    void add_class_matrices(std::string_view message);

    std::string m_name;
    std::string m_slice;
    support::Location m_where;
    RunBuilder& m_run;
    bool m_well_formed = true;
};

void Adder::add_single(ParsedNumber value, std::string_view interval) {
    if (interval.empty()) {
        put("", value);
        return;
    }
    const ProtoFields all =
        fields(interval, {{1, Kind::bytes}, {2, Kind::bytes}, {3, Kind::bytes}, {4, Kind::bytes}});
    const auto bound = [&](std::uint32_t field) {
        return wrapped(fields(all.text(field), {{double_value, Kind::bytes}}).text(double_value));
    };
    const ParsedNumber upper = bound(1);
    const ParsedNumber lower = bound(2);
    // Bounds without a standard error are those of an approximation, such as Riemann sums of AUC.
    put("", value, all.has(3) ? std::optional(error_of(lower, upper, bound(3))) : std::nullopt);
    put(".lower_bound", lower);
    put(".upper_bound", upper);
}

void Adder::add_bounded(std::string_view message) {
    constexpr std::uint64_t poisson_bootstrap = 2;
    const ProtoFields bounded =
        fields(message, {{1, Kind::bytes}, {2, Kind::bytes}, {3, Kind::bytes}, {4, Kind::varint}});
    const ParsedNumber lower = wrapped(bounded.text(1));
    const ParsedNumber upper = wrapped(bounded.text(2));
    if (!bounded.has(3)) {
        none("bounds without a value");
        return;
    }
    put("", wrapped(bounded.text(3)),
        bounded.integer(4) == poisson_bootstrap
            ? std::optional(error_of(lower, upper, number_of(0.0)))
            : std::nullopt);
    put(".lower_bound", lower);
    put(".upper_bound", upper);
}

void Adder::add_sampled(std::string_view message) {
    const ProtoFields sampled = fields(message, {{2, Kind::bytes}, {4, Kind::bytes}});
    if (!sampled.has(4)) {
        none("a distribution without its value");
        return;
    }
    put("", wrapped(sampled.text(4)),
        sampled.has(2) ? std::optional(wrapped(sampled.text(2))) : std::nullopt);
}

void Adder::add_cutoffs(std::string_view message) {
    for (const std::string_view pair : fields(message, {{1, Kind::bytes}}).all(1)) {
        const ProtoFields read = fields(pair, {{1, Kind::varint}, {2, Kind::fixed64}});
        // With bounds, or drawn again, the value stands in a message of its own.
        const std::string_view inner = read.has(3)   ? fields(read.text(3), {}).text(3)
                                       : read.has(4) ? fields(read.text(4), {}).text(4)
                                                     : std::string_view();
        put("(cutoff=" + std::to_string(static_cast<std::int64_t>(read.integer(1))) + ")",
            read.has(3) || read.has(4) ? wrapped(inner) : read.real(2));
    }
}

void Adder::add_matrices(std::string_view message) {
    constexpr std::pair<std::uint32_t, const char*> numbers[] = {{2, "false_negatives"},
                                                                 {3, "true_negatives"},
                                                                 {4, "false_positives"},
                                                                 {5, "true_positives"},
                                                                 {6, "precision"},
                                                                 {7, "recall"},
                                                                 {20, "false_positive_rate"},
                                                                 {21, "f1"},
                                                                 {22, "accuracy"},
                                                                 {23, "false_omission_rate"}};
    constexpr std::uint32_t later = 20;  // older versions write none of those
    bool has_later = false;
    std::vector<ProtoFields> matrices;
    for (const std::string_view matrix : fields(message, {{1, Kind::bytes}}).all(1)) {
        matrices.push_back(fields(matrix, {{1, Kind::fixed64},
                                           {2, Kind::fixed64},
                                           {3, Kind::fixed64},
                                           {4, Kind::fixed64},
                                           {5, Kind::fixed64},
                                           {6, Kind::fixed64},
                                           {7, Kind::fixed64},
                                           {20, Kind::fixed64},
                                           {21, Kind::fixed64},
                                           {22, Kind::fixed64},
                                           {23, Kind::fixed64}}));
        for (const auto& [field, name] : numbers) {
            has_later |= field >= later && matrices.back().has(field);
        }
    }
    for (const ProtoFields& matrix : matrices) {
        const std::string at =
            "(threshold=" + support::format_exact(value_of(matrix.real(1))) + ").";
        for (const auto& [field, name] : numbers) {
            if (field < later || has_later) {
                put(at + name, matrix.real(field));
            }
        }
    }
}

void Adder::add_class_matrices(std::string_view message) {
    for (const std::string_view matrix : fields(message, {{1, Kind::bytes}}).all(1)) {
        const ProtoFields read = fields(matrix, {{1, Kind::fixed64}, {2, Kind::bytes}});
        const std::string at = "(threshold=" + support::format_exact(value_of(read.real(1))) + ").";
        for (const std::string_view cell : read.all(2)) {
            const ProtoFields classes =
                fields(cell, {{1, Kind::varint}, {2, Kind::varint}, {3, Kind::fixed64}});
            const auto id = [&](std::uint32_t field) {
                return std::to_string(static_cast<std::int64_t>(classes.integer(field)));
            };
            put(at + "actual_" + id(1) + ".predicted_" + id(2), classes.real(3));
        }
    }
}

bool Adder::add(std::string_view message, std::string_view interval) {
    const ProtoFields value = fields(message, {{double_value, Kind::bytes},
                                               {bounded_value, Kind::bytes},
                                               {unknown_type, Kind::bytes},
                                               {value_at_cutoffs, Kind::bytes},
                                               {confusion_matrix, Kind::bytes},
                                               {bytes_value, Kind::bytes},
                                               {array_value, Kind::bytes},
                                               {t_distribution_value, Kind::bytes},
                                               {debug_message, Kind::bytes},
                                               {multi_class_matrix, Kind::bytes}});
    if (value.has(double_value)) {
        add_single(wrapped(value.text(double_value)), interval);
    } else if (value.has(bounded_value)) {
        add_bounded(value.text(bounded_value));
    } else if (value.has(t_distribution_value)) {
        add_sampled(value.text(t_distribution_value));
    } else if (value.has(value_at_cutoffs)) {
        add_cutoffs(value.text(value_at_cutoffs));
    } else if (value.has(confusion_matrix)) {
        add_matrices(value.text(confusion_matrix));
    } else if (value.has(multi_class_matrix)) {
        add_class_matrices(value.text(multi_class_matrix));
    } else if (value.has(debug_message)) {
        none("a message of TFMA ('" + support::visible(value.text(debug_message), 200) + "')");
    } else if (value.has(array_value)) {
        none("a list");
    } else if (value.has(bytes_value)) {
        none("bytes");
    } else {
        none("a value that TFMA could not write");
    }
    return m_well_formed;
}

}  // namespace

bool add_tfma_value(const std::string& name, const std::string& slice, std::string_view value,
                    std::string_view interval, const std::string& source, RunBuilder& run) {
    return Adder(name, slice, source, run).add(value, interval);
}

}  // namespace metricgate::sources
