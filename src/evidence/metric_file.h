#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "support/diagnostic.h"
#include "support/number.h"

namespace metricgate::evidence {

/// One recorded number with what is known of its uncertainty.
struct Scalar {
    support::ParsedNumber
        value;  ///< a non-finite value is carried and named by the check that uses it
    std::optional<support::ParsedNumber> standard_error;
    std::optional<std::uint64_t> n;
    /// Events counted over an exposure; the value is their ratio.
    std::optional<std::uint64_t> events;
    std::optional<double> exposure;  ///< above 0
};

/// Repeated measurements of one quantity: runs, seeds, latencies. Order means nothing, unless the
/// policy pairs the runs of both sides by it.
struct Samples {
    std::vector<double> values;
    std::vector<std::string> ids;  ///< what names each run (its seed, its fold), or empty
    std::optional<support::Diagnostic> flaw;  ///< the first entry that is not a finite number
};

/// What must be equal on both sides for a value to be comparable, by name: the version of a task,
/// the digest of a data set, the processor that a time was measured on. A name that only one side
/// states is not compared.
using Conditions = std::map<std::string, std::string>;

/// A named entry of a metric file.
struct Entry {
    std::string name;  ///< nested keys joined with `.`
    support::Location where;
    std::variant<Scalar, Samples> evidence;
    std::string unit;
    /// Set when the leaf is there but is no number (text, bool, null, an empty list): what a check
    /// that uses it must say.
    std::optional<support::Diagnostic> flaw;
    Conditions conditions;
};

/// What a metric file says of itself: model version, data digest, data source, features,
/// infrastructure.
using Metadata = std::map<std::string, std::string>;

/// Scalars and samples of one side.
struct MetricFile {
    std::string source;
    std::vector<Entry> entries;  ///< by name, ascending, unique
    Metadata metadata;
    std::vector<std::string>
        notes;  ///< sentences for the report: what was selected, a cut tail, a debug build

    [[nodiscard]] const Entry* find(std::string_view name) const;
};

}  // namespace metricgate::evidence
