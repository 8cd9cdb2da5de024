#include "sources/node_entries.h"

#include <map>
#include <utility>

#include "sources/metric_leaf.h"

namespace metricgate::sources {

// As deep as the parser lets documents be.
void add_entries(const std::string& name, const support::Node& value,
                 const evidence::Conditions& conditions, std::vector<evidence::Entry>& entries) {
    using Kind = support::Node::Kind;
    switch (value.kind) {
        case Kind::map:
            for (const support::Member& member : value.members) {
                add_entries(name.empty() ? member.key : name + "." + member.key, member.value,
                            conditions, entries);
            }
            return;
        case Kind::list:
        case Kind::text:
            return;
        case Kind::null:
        case Kind::boolean:
        case Kind::number:
            break;
    }
    evidence::Entry entry = entry_of(name, value);
    entry.conditions = conditions;
    entries.push_back(std::move(entry));
}

void number_repeated_names(std::vector<evidence::Entry>& entries) {
    std::map<std::string, int> times;
    for (evidence::Entry& entry : entries) {
        if (const int time = ++times[entry.name]; time > 1) {
            entry.name += " #" + std::to_string(time);
        }
    }
}

}  // namespace metricgate::sources
