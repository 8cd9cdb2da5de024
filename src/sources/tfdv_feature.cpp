// The messages of TensorFlow Metadata's statistics.proto that describe one feature.

#include "sources/tfdv_feature.h"

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <optional>
#include <vector>

#include "sources/binary32.h"
#include "sources/proto_fields.h"
#include "support/number.h"
#include "support/text.h"

namespace metricgate::sources {

namespace {

using evidence::Conditions;
using support::NumberKind;
using support::ParsedNumber;
using Kind = WireField::Kind;

/// What TFDV writes for each value that is no UTF-8 text, however many there are.
constexpr std::string_view not_text = "__BYTES_VALUE__";

constexpr std::uint64_t largest_exact = std::uint64_t{1} << 53;

ParsedNumber number_of_count(std::uint64_t count) {
    return count > largest_exact ? ParsedNumber{NumberKind::out_of_range, 0.0}
                                 : number_of(static_cast<double>(count));
}

double finite_or_zero(const ParsedNumber& number) {
    return number.kind == NumberKind::finite ? number.value : 0.0;
}

/// What one feature says, entry by entry. The first message that is malformed ends it.
class Feature {
public:
    Feature(std::string name, const std::string& source, RunBuilder& run)
        : m_name(std::move(name)), m_where(support::in_file(source)), m_run(run) {}

    std::string add(std::string_view message);

private:
    ProtoFields fields(std::string_view message, ProtoFields::Kinds kinds, const char* what) {
        ProtoFields read(message, kinds);
        if (read.malformed() && m_problem.empty()) {
            m_problem = std::string("its ") + what + " are malformed";
        }
        return read;
    }

    void put(const std::string& statistic, ParsedNumber value,
             std::optional<std::uint64_t> n = std::nullopt,
             std::optional<double> standard_error = std::nullopt,
             const Conditions& conditions = {}) {
        const std::string name = m_name + "." + statistic;
        evidence::Scalar scalar;
        scalar.value = value;
        scalar.n = n;
        if (standard_error) {
            scalar.standard_error = number_of(*standard_error);
        }
        m_run.value(name, m_where, scalar);
        if (evidence::Entry* entry = m_run.find(name); entry != nullptr && !conditions.empty()) {
            entry->conditions = conditions;
        }
    }

    /// A share of examples, of which each counts once. None and all have the error 0, which is no
    /// certainty: without it the other side's error would not be used either.
    void put_share(const std::string& statistic, double count, std::uint64_t n) {
        if (!is_part(number_of(count), n)) {
            none(statistic, "a share of a count below 0 or above its total");
            return;
        }
        const double share = count / static_cast<double>(n);
        put(statistic, number_of(share), n,
            std::sqrt(share * (1.0 - share) / static_cast<double>(n)));
    }

    /// A count of values, where it is known of how many.
    void put_part(const std::string& statistic, const ParsedNumber& count) {
        if (is_count(count) && (!m_known_values || is_part(count, m_all_values))) {
            put(statistic, count);
        } else {
            none(statistic, "a count that is no number, below 0 or above the number of values");
        }
    }

    static bool is_count(const ParsedNumber& count) {
        return count.kind == NumberKind::finite && count.value >= 0.0;
    }
    static bool is_part(const ParsedNumber& count, std::uint64_t all) {
        return is_count(count) && count.value <= static_cast<double>(all);
    }
    static bool is_deviation(const ParsedNumber& number) {
        return number.kind == NumberKind::positive_infinity || is_count(number);
    }

    void check_text(std::string_view text) {
        if (support::find_invalid_utf8(text) != std::string_view::npos && m_problem.empty()) {
            m_problem = "one of its values or names is no UTF-8 text";
        }
    }

    void none(const std::string& statistic, const std::string& why) {
        m_run.flaw(m_name + "." + statistic, m_where, why);
    }

    void add_common(std::string_view message);
    void add_numbers(std::string_view message);
    void add_moments(const ProtoFields& numbers);
    void add_histogram(std::string_view message);
    void add_buckets(const std::vector<std::string_view>& buckets);
    void add_quantiles(const std::vector<std::string_view>& buckets);
    void add_weighted(std::string_view common, std::string_view numbers);
    void add_texts(std::string_view message);
    void add_bytes(std::string_view message);
    void add_custom(std::string_view message);

    std::string m_name;
    support::Location m_where;
    RunBuilder& m_run;
    std::string m_problem;
    std::uint64_t m_all_values = 0;
    std::uint64_t m_values = 0;     ///< that statistics were computed of, NaN left out
    bool m_known_values = false;    ///< whether the file says how many there are
    bool m_one_value_each = false;  ///< so that values are as independent as examples
};

void Feature::add_common(std::string_view message) {
    const ProtoFields common = fields(message,
                                      {{1, Kind::varint},
                                       {2, Kind::varint},
                                       {3, Kind::varint},
                                       {4, Kind::varint},
                                       {5, Kind::fixed32},
                                       {7, Kind::bytes},
                                       {8, Kind::varint}},
                                      "common statistics");
    const std::uint64_t present = common.integer(1);
    const std::uint64_t missing = common.integer(2);
    put("num_missing", number_of_count(missing));
    put("num_non_missing", number_of_count(present));
    if (present > largest_exact || missing > largest_exact) {
        none("missing_rate", "a share of counts that a 64-bit float cannot hold");
    } else if (present + missing == 0) {
        none("missing_rate", "nothing: there is no example");
    } else {
        put_share("missing_rate", static_cast<double>(missing), present + missing);
    }
    m_all_values = m_values = common.integer(8);
    // Files of the first versions do not count values.
    m_known_values = m_values != 0 || finite_or_zero(common.real(5)) == 0.0;
    m_one_value_each = m_values == present && common.integer(4) <= 1;
    put("tot_num_values",
        m_known_values ? number_of_count(m_values) : ParsedNumber{NumberKind::not_a_number, 0.0});
    if (present > 0) {
        put("min_num_values", number_of_count(common.integer(3)));
        put("max_num_values", number_of_count(common.integer(4)));
        put("avg_num_values", common.real(5));
    }
}

void Feature::add_numbers(std::string_view message) {
    const ProtoFields numbers = fields(message,
                                       {{1, Kind::bytes},
                                        {2, Kind::fixed64},
                                        {3, Kind::fixed64},
                                        {4, Kind::varint},
                                        {5, Kind::fixed64},
                                        {6, Kind::fixed64},
                                        {7, Kind::fixed64},
                                        {8, Kind::bytes},
                                        {9, Kind::bytes}},
                                       "numeric statistics");
    add_common(numbers.text(1));
    std::uint64_t nan = 0;
    for (const std::string_view histogram : numbers.all(8)) {
        nan = std::max(nan, ProtoFields(histogram, {}).integer(1));
    }
    put_part("num_nan", number_of_count(nan));
    m_values -= std::min(m_values, nan);
    add_moments(numbers);
    for (const std::string_view histogram : numbers.all(8)) {
        add_histogram(histogram);
    }
    const ProtoFields common = fields(numbers.text(1), {{7, Kind::bytes}}, "common statistics");
    add_weighted(common.text(7), numbers.text(9));
}

void Feature::add_moments(const ProtoFields& numbers) {
    if (m_known_values && m_values == 0) {
        for (const char* statistic :
             {"mean", "std_dev", "min", "median", "max", "num_zeros", "zero_rate"}) {
            none(statistic, "nothing: no example has a value");
        }
        return;
    }
    const ParsedNumber mean = numbers.real(2);
    const ParsedNumber deviation = numbers.real(3);
    const bool has_deviation = mean.kind != NumberKind::finite || is_deviation(deviation);
    if (has_deviation) {
        const bool independent = m_known_values && m_one_value_each;
        // TFDV divides by n. Of one value the deviation is 0, and so is the error.
        const double degrees = static_cast<double>(std::max<std::uint64_t>(m_values, 2) - 1);
        put("mean", mean, m_known_values ? std::optional(m_values) : std::nullopt,
            independent ? std::optional(finite_or_zero(deviation) / std::sqrt(degrees))
                        : std::nullopt);
    } else {
        none("mean", "a value whose standard deviation is no number from 0 on");
    }
    if (mean.kind != NumberKind::finite) {
        none("std_dev", "nothing: the mean is not finite");
    } else if (has_deviation) {
        put("std_dev", deviation);
    } else {
        none("std_dev", "no number from 0 on");
    }
    put("min", numbers.real(5));
    put("median", numbers.real(6));
    put("max", numbers.real(7));
    const ParsedNumber zeros = number_of_count(numbers.integer(4));
    put_part("num_zeros", zeros);
    if (!m_known_values) {
        return;
    }
    if (m_values > largest_exact || !is_part(zeros, m_values)) {
        none("zero_rate", "a share of a count above its total");
    } else if (m_one_value_each) {
        put_share("zero_rate", zeros.value, m_values);
    } else {
        put("zero_rate", number_of(zeros.value / static_cast<double>(m_values)));
    }
}

void Feature::add_histogram(std::string_view message) {
    constexpr std::uint64_t quantiles = 1;
    const ProtoFields histogram =
        fields(message, {{1, Kind::varint}, {3, Kind::bytes}, {4, Kind::varint}}, "histograms");
    const std::vector<std::string_view> buckets = histogram.all(3);
    histogram.integer(4) == quantiles ? add_quantiles(buckets) : add_buckets(buckets);
}

/// Of k buckets with an equal part of the values each, the upper bounds are the i/k quantiles.
void Feature::add_quantiles(const std::vector<std::string_view>& buckets) {
    for (std::size_t i = 0; i + 1 < buckets.size(); ++i) {
        const ProtoFields bucket = fields(
            buckets[i], {{1, Kind::fixed64}, {2, Kind::fixed64}, {4, Kind::fixed64}}, "quantiles");
        const double percent =
            100.0 * static_cast<double>(i + 1) / static_cast<double>(buckets.size());
        put("q_" + support::format_exact(percent), bucket.real(2));
    }
}

/// The share of each bucket; shares of buckets with other bounds are not comparable.
void Feature::add_buckets(const std::vector<std::string_view>& buckets) {
    std::vector<ProtoFields> read;
    double all = 0.0;
    for (const std::string_view bucket : buckets) {
        read.push_back(fields(bucket, {{1, Kind::fixed64}, {2, Kind::fixed64}, {4, Kind::fixed64}},
                              "histograms"));
        all += finite_or_zero(read.back().real(4));
    }
    const auto bound = [](const ParsedNumber& number) {
        return number.kind == NumberKind::finite              ? support::format_exact(number.value)
               : number.kind == NumberKind::negative_infinity ? std::string("-inf")
               : number.kind == NumberKind::positive_infinity ? std::string("inf")
                                                              : std::string("nan");
    };
    for (std::size_t i = 0; all > 0.0 && i < read.size(); ++i) {
        const ParsedNumber count = read[i].real(4);
        if (!is_count(count)) {
            none("histogram." + std::to_string(i), "a count that is no number from 0 on");
            continue;
        }
        put("histogram." + std::to_string(i), number_of(count.value / all), std::nullopt,
            std::nullopt,
            {{"bucket", "from " + bound(read[i].real(1)) + " to " + bound(read[i].real(2))}});
    }
}

void Feature::add_weighted(std::string_view common, std::string_view numbers) {
    if (!common.empty()) {
        const ProtoFields read =
            fields(common, {{1, Kind::fixed64}, {2, Kind::fixed64}}, "weighted statistics");
        put("weighted.num_non_missing", read.real(1));
        put("weighted.num_missing", read.real(2));
    }
    if (!numbers.empty() && !(m_known_values && m_values == 0)) {
        const ProtoFields read =
            fields(numbers, {{1, Kind::fixed64}, {2, Kind::fixed64}, {3, Kind::fixed64}},
                   "weighted statistics");
        put("weighted.mean", read.real(1));
        put("weighted.std_dev", read.real(2));
        put("weighted.median", read.real(3));
    }
}

void Feature::add_texts(std::string_view message) {
    const ProtoFields texts = fields(message,
                                     {{1, Kind::bytes},
                                      {2, Kind::varint},
                                      {3, Kind::bytes},
                                      {4, Kind::fixed32},
                                      {8, Kind::varint}},
                                     "string statistics");
    add_common(texts.text(1));
    add_weighted(fields(texts.text(1), {{7, Kind::bytes}}, "common statistics").text(7), {});
    put("invalid_utf8_count", number_of_count(texts.integer(8)));
    if (m_known_values && m_values == 0) {
        none("unique", "nothing: no example has a value");
        none("avg_length", "nothing: no example has a value");
        return;
    }
    put_part("unique", number_of_count(texts.integer(2)));
    put("avg_length", texts.real(4));
    for (const std::string_view top : texts.all(3)) {
        const ProtoFields read =
            fields(top, {{2, Kind::bytes}, {3, Kind::fixed64}}, "most frequent values");
        const std::string value(read.text(2));
        if (value == not_text) {
            continue;
        }
        check_text(value);
        const ParsedNumber frequency = read.real(3);
        put_part("top_values." + value, frequency);
        if (m_known_values && m_one_value_each) {
            frequency.kind == NumberKind::finite
                ? put_share("share." + value, frequency.value, m_values)
                : none("share." + value, "a share of a count that is no number");
        }
    }
}

void Feature::add_bytes(std::string_view message) {
    const ProtoFields all = fields(message,
                                   {{1, Kind::bytes},
                                    {2, Kind::varint},
                                    {3, Kind::fixed32},
                                    {4, Kind::fixed32},
                                    {5, Kind::fixed32},
                                    {6, Kind::varint}},
                                   "statistics of bytes");
    add_common(all.text(1));
    if (m_known_values && m_values == 0) {
        return;
    }
    put("unique", number_of_count(all.integer(2)));
    put("avg_num_bytes", all.real(3));
    put("min_num_bytes", all.real(4));
    put("max_num_bytes", all.has(6) ? number_of_count(all.integer(6)) : all.real(5));
}

void Feature::add_custom(std::string_view message) {
    const ProtoFields custom =
        fields(message, {{1, Kind::bytes}, {2, Kind::fixed64}}, "custom statistics");
    check_text(custom.text(1));
    if (custom.has(2)) {
        put("custom." + std::string(custom.text(1)), custom.real(2));
    }
}

std::string Feature::add(std::string_view message) {
    const ProtoFields feature = fields(message,
                                       {{2, Kind::varint},
                                        {3, Kind::bytes},
                                        {4, Kind::bytes},
                                        {5, Kind::bytes},
                                        {6, Kind::bytes},
                                        {7, Kind::bytes}},
                                       "statistics");
    if (feature.has(3)) {
        add_numbers(feature.text(3));
    } else if (feature.has(4)) {
        add_texts(feature.text(4));
    } else if (feature.has(5)) {
        add_bytes(feature.text(5));
    } else if (feature.has(7)) {
        const ProtoFields all = fields(feature.text(7), {{1, Kind::bytes}}, "struct statistics");
        add_common(all.text(1));
    }
    for (const std::string_view custom : feature.all(6)) {
        add_custom(custom);
    }
    return m_problem;
}

bool is_text(std::string_view bytes) {
    return support::find_invalid_utf8(bytes) == std::string_view::npos;
}

/// The steps of a Path joined with dots; empty where it is none.
std::string path_of(std::string_view message) {
    const ProtoFields path(message, {{1, Kind::bytes}});
    std::string name;
    for (const std::string_view step : path.all(1)) {
        name += (name.empty() ? "" : ".") + std::string(step);
    }
    return path.malformed() || !is_text(name) ? std::string() : name;
}

}  // namespace

std::string tfdv_feature_name(std::string_view message) {
    const ProtoFields feature(message, {{1, Kind::bytes}, {8, Kind::bytes}});
    const std::string_view name = feature.text(1);
    return feature.malformed() || !is_text(name) ? std::string()
           : name.empty()                        ? path_of(feature.text(8))
                                                 : std::string(name);
}

std::string add_tfdv_pair(std::string_view message, const std::string& source, RunBuilder& run) {
    const ProtoFields pair(message, {{1, Kind::bytes}, {2, Kind::bytes}, {4, Kind::bytes}});
    const ProtoFields numbers(pair.text(4), {{1, Kind::fixed32}, {2, Kind::fixed32}});
    const std::string x = path_of(pair.text(1));
    const std::string y = path_of(pair.text(2));
    if (pair.malformed() || numbers.malformed() || x.empty() || y.empty()) {
        return "the statistics of a pair of features are malformed";
    }
    if (pair.has(4)) {
        for (const auto& [name, field] :
             {std::pair("correlation", 1U), std::pair("covariance", 2U)}) {
            evidence::Scalar scalar;
            scalar.value = numbers.real(field);
            run.value("cross." + x + "." + y + "." + name, support::in_file(source), scalar);
        }
    }
    return "";
}

std::string add_tfdv_feature(std::string_view message, const std::string& source, RunBuilder& run) {
    const std::string name = tfdv_feature_name(message);
    if (name.empty()) {
        return "a feature has no name";
    }
    const std::string problem = Feature(name, source, run).add(message);
    return problem.empty() ? "" : "feature '" + support::visible(name) + "': " + problem;
}

}  // namespace metricgate::sources
