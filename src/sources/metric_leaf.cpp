#include "sources/metric_leaf.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <functional>
#include <optional>
#include <string_view>
#include <utility>

#include "support/text.h"

namespace metricgate::sources {

namespace {

using support::Node;
using support::NumberKind;

bool only_keys(const Node& map, std::initializer_list<std::string_view> allowed) {
    return std::all_of(map.members.begin(), map.members.end(), [&](const support::Member& member) {
        return std::find(allowed.begin(), allowed.end(), member.key) != allowed.end();
    });
}

/// What keeps a node from being a number that can be carried; empty when nothing does. Non-finite
/// tokens are carried: the check that uses one names it.
std::string no_number(const Node& node) {
    if (node.kind != Node::Kind::number) {
        return support::describe_found(node) + ", wanted a number";
    }
    return node.number.kind == NumberKind::out_of_range
               ? "the number " + support::visible(node.text) +
                     ", which a 64-bit float cannot hold without rounding it away"
               : std::string();
}

/// Remembers the first thing that is wrong with an entry.
void flaw(evidence::Entry& entry, const support::Location& where, const std::string& found) {
    if (!entry.flaw) {
        entry.flaw =
            support::Diagnostic{where, "'" + support::visible(entry.name) + "' holds " + found};
    }
}

evidence::Scalar scalar_of(evidence::Entry& entry, const Node& node) {
    evidence::Scalar scalar;
    scalar.value = node.kind == Node::Kind::number ? node.number : support::ParsedNumber{};
    if (const std::string wrong = no_number(node); !wrong.empty()) {
        flaw(entry, node.where, wrong);
    }
    return scalar;
}

evidence::Samples samples_of(evidence::Entry& entry, const Node& list) {
    evidence::Samples samples;
    samples.values.reserve(list.items.size());
    if (list.items.empty()) {
        flaw(entry, list.where, "an empty list, wanted numbers");
    }
    for (std::size_t i = 0; i < list.items.size(); ++i) {
        const Node& item = list.items[i];
        if (item.kind == Node::Kind::number && item.number.kind == NumberKind::finite) {
            samples.values.push_back(item.number.value);
            continue;
        }
        const std::string wrong = no_number(item);
        flaw(entry, item.where,
             (wrong.empty() ? "the number " + support::visible(item.text) : wrong) + ", as entry " +
                 std::to_string(i + 1) + " of its list; wanted finite numbers");
    }
    samples.flaw = entry.flaw;
    return samples;
}

void read_unit(evidence::Entry& entry, const Node& map) {
    if (const Node* unit = map.find("unit"); unit != nullptr) {
        if (unit->kind == Node::Kind::text) {
            entry.unit = unit->text;
        } else {
            flaw(entry, unit->where, support::describe_found(*unit) + " as its unit, wanted text");
        }
    }
}

/// What must be equal on both sides: plain texts by name.
void read_conditions(
    evidence::Conditions& conditions, const Node& map,
    const std::function<void(const support::Location&, const std::string&)>& wrong) {
    const Node* stated = map.find("conditions");
    if (stated == nullptr) {
        return;
    }
    if (stated->kind != Node::Kind::map) {
        wrong(stated->where, support::describe_found(*stated) + " as its conditions, wanted a map");
        return;
    }
    for (const support::Member& member : stated->members) {
        if (member.value.kind == Node::Kind::text || member.value.kind == Node::Kind::number) {
            conditions[member.key] = member.value.text;
        } else {
            wrong(member.value.where, support::describe_found(member.value) +
                                          " as its condition '" + support::visible(member.key) +
                                          "', wanted text or a number");
        }
    }
}

/// A standard error is a number and not negative; null says that there is none.
std::optional<support::ParsedNumber> standard_error_of(evidence::Entry& entry, const Node& node) {
    if (node.kind == Node::Kind::null) {
        return std::nullopt;
    }
    const std::string wrong = no_number(node);
    const bool negative = node.number.kind == NumberKind::negative_infinity ||
                          (node.number.kind == NumberKind::finite && node.number.value < 0.0);
    if (!wrong.empty() || negative) {
        flaw(entry, node.where,
             (negative ? support::describe_found(node) : wrong) +
                 " as its stderr, wanted a number of at least 0");
    }
    return node.kind == Node::Kind::number ? node.number : support::ParsedNumber{};
}

/// A whole number from `least` on that a double holds exactly.
std::optional<std::uint64_t> count_of(evidence::Entry& entry, const Node& node, double least,
                                      const std::string& what) {
    const double value = node.number.value;
    const bool counts = node.kind == Node::Kind::number && node.number.kind == NumberKind::finite &&
                        value >= least && std::floor(value) == value &&
                        value <= 9007199254740992.0;  // 2^53
    if (!counts) {
        flaw(entry, node.where,
             support::describe_found(node) + " as its " + what +
                 ", wanted a whole number of at "
                 "least " +
                 (least > 0.0 ? "1" : "0"));
        return std::nullopt;
    }
    return static_cast<std::uint64_t>(value);
}

std::optional<std::uint64_t> n_of(evidence::Entry& entry, const Node& node) {
    if (node.kind == Node::Kind::null) {
        return std::nullopt;
    }
    return count_of(entry, node, 1.0, "n");
}

/// `{events, exposure}`: the value is the rate.
evidence::Scalar rate_of(evidence::Entry& entry, const Node& leaf) {
    evidence::Scalar scalar;
    const Node& exposure = *leaf.find("exposure");
    scalar.events = count_of(entry, *leaf.find("events"), 0.0, "events");
    const double amount = exposure.number.value;
    const bool positive = exposure.kind == Node::Kind::number &&
                          exposure.number.kind == NumberKind::finite && amount > 0.0;
    const double rate = positive ? static_cast<double>(scalar.events.value_or(0)) / amount : 0.0;
    const bool usable = positive && std::isfinite(rate);
    if (!usable) {
        flaw(entry, exposure.where,
             support::describe_found(exposure) +
                 " as its exposure, wanted a number above 0, such as hours or requests");
    }
    if (usable && scalar.events) {
        scalar.exposure = amount;
        scalar.value = {NumberKind::finite, rate};
    }
    return scalar;
}

}  // namespace

bool is_described_leaf(const Node& map) {
    const Node* value = map.find("value");
    const Node* values = map.find("values");
    if (map.find("events") != nullptr && map.find("exposure") != nullptr) {
        return only_keys(map, {"events", "exposure", "unit", "conditions"});
    }
    if (value != nullptr && value->kind != Node::Kind::map && value->kind != Node::Kind::list) {
        return only_keys(map, {"value", "stderr", "n", "unit", "conditions"});
    }
    return values != nullptr && values->kind == Node::Kind::list &&
           only_keys(map, {"values", "unit", "conditions"});
}

evidence::Entry entry_of(std::string name, const Node& leaf) {
    evidence::Entry entry;
    entry.name = std::move(name);
    entry.where = leaf.where;
    if (leaf.kind == Node::Kind::list) {
        entry.evidence = samples_of(entry, leaf);
        return entry;
    }
    if (leaf.kind != Node::Kind::map || leaf.members.empty()) {
        entry.evidence = scalar_of(entry, leaf);
        return entry;
    }
    read_unit(entry, leaf);
    read_conditions(entry.conditions, leaf,
                    [&](const support::Location& where, const std::string& found) {
                        flaw(entry, where, found);
                    });
    if (const Node* values = leaf.find("values"); values != nullptr) {
        entry.evidence = samples_of(entry, *values);
        return entry;
    }
    if (leaf.find("events") != nullptr) {
        entry.evidence = rate_of(entry, leaf);
        return entry;
    }
    evidence::Scalar scalar = scalar_of(entry, *leaf.find("value"));
    if (const Node* error = leaf.find("stderr"); error != nullptr) {
        scalar.standard_error = standard_error_of(entry, *error);
    }
    if (const Node* n = leaf.find("n"); n != nullptr) {
        scalar.n = n_of(entry, *n);
    }
    entry.evidence = scalar;
    return entry;
}

bool is_series_leaf(const Node& map) {
    const Node* series = map.find("series");
    return series != nullptr && series->kind == Node::Kind::list &&
           only_keys(map, {"series", "unit", "conditions"});
}

support::Result<Series> series_of(const std::string& name, const Node& leaf) {
    const Node& points = *leaf.find("series");
    Series series;
    series.name = name;
    series.where = leaf.where;
    evidence::Entry carrier;  // collects what the parts of a leaf complain about
    carrier.name = name;
    read_unit(carrier, leaf);
    series.unit = carrier.unit;
    const auto wrong = [&](const support::Location& where, const std::string& found) {
        flaw(carrier, where, found);
    };
    read_conditions(series.conditions, leaf, wrong);
    if (points.items.empty()) {
        wrong(points.where, "an empty series, wanted a value a step");
    }
    constexpr double most = 9007199254740992.0;  // 2^53
    for (const Node& item : points.items) {
        const bool pair = item.kind == Node::Kind::list && item.items.size() >= 2 &&
                          item.items.size() <= 4 && item.items[0].kind == Node::Kind::number &&
                          item.items[1].kind == Node::Kind::number;
        const double step = pair ? item.items[0].number.value : 0.0;
        const bool whole = pair && item.items[0].number.kind == NumberKind::finite &&
                           std::floor(step) == step && std::abs(step) <= most;
        if (!whole) {
            wrong(item.where, support::describe_found(item) +
                                  " in its series, wanted [step, value] with a whole step");
            break;
        }
        Point point;
        point.step = static_cast<std::int64_t>(step);
        point.value = item.items[1].number;
        if (item.items.size() > 2) {
            point.standard_error = standard_error_of(carrier, item.items[2]);
        }
        if (item.items.size() > 3) {
            point.n = n_of(carrier, item.items[3]);
        }
        if (!series.points.empty() && series.points.back().step > point.step) {
            wrong(item.where, "step " + std::to_string(point.step) + " behind step " +
                                  std::to_string(series.points.back().step) +
                                  ", wanted ascending steps");
            break;
        }
        series.points.push_back(point);
    }
    if (carrier.flaw) {
        return *carrier.flaw;
    }
    return series;
}

}  // namespace metricgate::sources
