#include "sources/run_builder.h"

#include <algorithm>
#include <utility>
#include <variant>

#include "sources/metric_leaf.h"
#include "support/text.h"

namespace metricgate::sources {

namespace {

using evidence::Entry;
using evidence::Samples;
using support::Node;
using support::NumberKind;

void add_flaw(Entry& entry, const support::Location& where, const std::string& what) {
    if (!entry.flaw) {
        entry.flaw =
            support::Diagnostic{where, "'" + support::visible(entry.name) + "' holds " + what};
    }
    if (auto* samples = std::get_if<Samples>(&entry.evidence); samples != nullptr) {
        samples->flaw = entry.flaw;
    }
}

std::string line_of(const support::Location& where) {
    return where.line == 0 ? "before" : "in line " + std::to_string(where.line);
}

bool is_filled_map(const Node& node) {
    return node.kind == Node::Kind::map && !node.members.empty();
}

}  // namespace

support::Node node_of(std::string_view text, const support::Location& where) {
    Node node;
    node.where = where;
    node.text = std::string(text);
    node.number = support::parse_number(text);
    node.kind = node.number.kind == NumberKind::malformed ? Node::Kind::text : Node::Kind::number;
    return node;
}

std::string NameBudget::message() const {
    if (m_points > m_most_points) {
        return "holds more than " + support::count_of(m_most_points, "value", "values") +
               " over time; wanted fewer: leave out what no check uses, or log less often";
    }
    return "holds more than " + support::count_of(most, "name", "names") +
           " of values; wanted fewer: leave out what no check uses";
}

bool RunBuilder::admits(const std::string& name) {
    return m_budget == nullptr || m_entries.contains(name) || m_series.contains(name) ||
           m_budget->take();
}

Entry& RunBuilder::entry(const std::string& name, const support::Location& where) {
    const auto [at, added] = m_entries.try_emplace(name);
    if (added) {
        at->second.name = name;
        at->second.where = where;
    }
    return at->second;
}

Entry* RunBuilder::find(const std::string& name) {
    const auto found = m_entries.find(name);
    return found == m_entries.end() ? nullptr : &found->second;
}

evidence::Scalar* RunBuilder::scalar(const std::string& name) {
    Entry* found = find(name);
    return found == nullptr ? nullptr : std::get_if<evidence::Scalar>(&found->evidence);
}

void RunBuilder::put(Entry made) {
    const std::string name = made.name;
    m_entries.insert_or_assign(name, std::move(made));
}

void RunBuilder::value(const std::string& name, const Node& leaf, std::string_view unit) {
    if (!admits(name)) {
        return;
    }
    if (const auto found = m_entries.find(name); found != m_entries.end()) {
        add_flaw(found->second, leaf.where,
                 "two values, this one and one " + line_of(found->second.where) +
                     ", wanted one; names must differ");
        return;
    }
    Entry& made = entry(name, leaf.where);
    if (is_filled_map(leaf)) {
        add_flaw(made, leaf.where, support::describe_found(leaf) + ", wanted a number");
    } else {
        made = entry_of(name, leaf);
    }
    made.unit = std::string(unit);
}

void RunBuilder::value(const std::string& name, const support::Location& where,
                       evidence::Scalar scalar, std::string_view unit) {
    Node number;
    number.kind = Node::Kind::number;
    number.where = where;
    number.number = scalar.value;
    const bool known = has(name);
    value(name, number, unit);
    if (Entry* made = find(name); !known && made != nullptr) {
        made->evidence = scalar;
    }
}

void RunBuilder::values_below(const std::string& prefix, const Node& map) {
    std::vector<std::pair<std::string, const Node*>> open = {{prefix, &map}};
    while (!open.empty()) {
        const auto [above, node] = std::move(open.back());
        open.pop_back();
        for (const support::Member& member : node->members) {
            const std::string name = above + member.key;
            if (is_filled_map(member.value)) {
                open.emplace_back(name + ".", &member.value);
            } else {
                value(name, member.value);
            }
        }
    }
}

void RunBuilder::sample(const std::string& name, const Node& leaf, std::string_view unit,
                        const evidence::Conditions& conditions) {
    if (!admits(name)) {
        return;
    }
    const bool known = has(name);
    Entry& all = entry(name, leaf.where);
    if (!known) {
        all.evidence = Samples{};
        all.unit = std::string(unit);
        all.conditions = conditions;
    }
    auto* samples = std::get_if<Samples>(&all.evidence);
    if (samples == nullptr) {
        add_flaw(all, leaf.where,
                 "a single value " + line_of(all.where) + " and a measurement here");
        return;
    }
    if (all.unit != unit) {
        add_flaw(all, leaf.where,
                 "measurements in '" + support::visible(all.unit) + "' and in '" +
                     support::visible(unit) + "', wanted one unit");
    }
    if (all.conditions != conditions) {
        add_flaw(all, leaf.where,
                 "measurements that were taken under different conditions; wanted those of one "
                 "machine and build in a file");
    }
    if (leaf.kind == Node::Kind::number && leaf.number.kind == NumberKind::finite) {
        samples->values.push_back(leaf.number.value);
        return;
    }
    add_flaw(all, leaf.where,
             support::describe_found(leaf) + " as measurement " +
                 std::to_string(samples->values.size() + 1) + ", wanted a finite number");
}

void RunBuilder::point(const std::string& name, const Node& leaf, std::int64_t step,
                       std::string_view unit, std::uint32_t moment) {
    if (leaf.kind != Node::Kind::number || leaf.number.kind == NumberKind::out_of_range) {
        flaw(name, leaf.where,
             support::describe_found(leaf) + " at step " + std::to_string(step) +
                 ", wanted a number");
        return;
    }
    if (!admits(name) || (m_budget != nullptr && !m_budget->take_point())) {
        return;
    }
    const auto [at, added] = m_series.try_emplace(name);
    if (added) {
        at->second.name = name;
        at->second.where = leaf.where;
        at->second.unit = std::string(unit);
    }
    at->second.points.push_back({step, leaf.number, std::nullopt, std::nullopt, moment});
}

void RunBuilder::flaw(const std::string& name, const support::Location& where,
                      const std::string& what) {
    if (admits(name)) {
        add_flaw(entry(name, where), where, what);
    }
}

void RunBuilder::flaw_below(const std::string& prefix, const support::Location& where,
                            const std::string& what) {
    const std::string start = prefix + ".";
    for (auto at = m_entries.lower_bound(start);
         at != m_entries.end() && at->first.starts_with(start); ++at) {
        add_flaw(at->second, where, what);
    }
}

std::uint32_t add_moment(Run& run, const Moment& moment) {
    constexpr std::size_t most = std::size_t{1} << 31;
    if (moment == Moment{} || run.moments.size() >= most) {
        return 0;
    }
    if (run.moments.empty() || run.moments.back() != moment) {
        run.moments.push_back(moment);
    }
    return static_cast<std::uint32_t>(run.moments.size());
}

Run RunBuilder::take() {
    for (auto& [name, entry] : m_entries) {
        run.entries.push_back(std::move(entry));
    }
    for (auto& [name, series] : m_series) {
        if (m_entries.count(name) != 0) {
            continue;  // its entry says what is wrong with one of the values
        }
        std::stable_sort(series.points.begin(), series.points.end(),
                         [](const Point& a, const Point& b) { return a.step < b.step; });
        run.series.push_back(std::move(series));
    }
    return std::move(run);
}

}  // namespace metricgate::sources
