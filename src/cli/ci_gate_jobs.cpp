#include "cli/ci_gate_jobs.h"

#include <algorithm>
#include <array>

#include "cli/ci_command.h"
#include "cli/ci_lines.h"

namespace metricgate::cli {
namespace {

using support::Node;

/// Keys whose texts are for people.
bool is_prose(std::string_view key) {
    constexpr std::array prose = {"name", "displayName", "description", "title"};
    return std::ranges::find(prose, key) != prose.end();
}

bool runs_gate(std::string_view key, const Node& node) {
    if (node.kind != Node::Kind::text || is_prose(key)) {
        return false;
    }
    return is_own_action(key, node.text) ||
           std::ranges::any_of(ci_lines("script", node.text), [](const CiLine& line) {
               return end_of_program(line.text) != std::string::npos;
           });
}

/// The last line of what begins on one line and is followed by what begins on another.
std::uint32_t before(std::uint32_t line, std::uint32_t next) {
    return std::max(line, next - 1);
}

/// Walks the tree with the way that leads to where it is.
class Walk {
public:
    std::vector<GateJob> found;

    void visit(std::string_view key, const Node& node, std::uint32_t last) {
        switch (node.kind) {
            case Node::Kind::map:
                visit_map(key, node, last);
                return;
            case Node::Kind::list:
                visit_list(key, node, last);
                return;
            case Node::Kind::text:
                if (runs_gate(key, node)) {
                    GateJob job = m_way;
                    job.where = node.where;
                    found.push_back(std::move(job));
                }
                return;
            case Node::Kind::null:
            case Node::Kind::boolean:
            case Node::Kind::number:
                return;
        }
    }

private:
    void visit_map(std::string_view key, const Node& node, std::uint32_t last) {
        const GateJob around = m_way;
        m_way.holders.push_back({&node, std::string(key)});
        const bool outside = m_way.steps == nullptr;
        for (std::size_t i = 0; i < node.members.size(); ++i) {
            const support::Member& member = node.members[i];
            const std::uint32_t end =
                i + 1 < node.members.size()
                    ? before(member.where.line, node.members[i + 1].where.line)
                    : last;
            const GateJob here = m_way;
            m_way.after = m_way.after || member.key == "after_script";
            if (outside && member.value.kind == Node::Kind::map) {
                m_way.first = member.where.line;  // a job, as long as nothing narrower comes
                m_way.last = end;
            }
            visit(member.key, member.value, end);
            m_way = here;
        }
        m_way = around;
    }

    void visit_list(std::string_view key, const Node& node, std::uint32_t last) {
        const GateJob around = m_way;
        // Stages, jobs of a list, and included files are apart from one another; steps are not.
        const bool apart = key == "stages" || key == "jobs" || key == "include";
        const bool maps = std::ranges::any_of(
            node.items, [](const Node& item) { return item.kind == Node::Kind::map; });
        if (maps && !apart) {
            m_way.steps = &node;
        }
        for (std::size_t i = 0; i < node.items.size(); ++i) {
            const Node& item = node.items[i];
            const std::uint32_t end = i + 1 < node.items.size()
                                          ? before(item.where.line, node.items[i + 1].where.line)
                                          : last;
            const GateJob here = m_way;
            if (apart) {
                m_way.first = item.where.line;
                m_way.last = end;
            }
            visit(key, item, end);
            m_way = here;
        }
        m_way = around;
    }

    GateJob m_way;
};

}  // namespace

bool is_own_action(std::string_view key, std::string_view value) {
    return (key == "uses" || key == "component") && value.find("metricgate") != value.npos;
}

std::vector<GateJob> gate_jobs(const Node& file) {
    Walk walk;
    walk.visit("", file, std::numeric_limits<std::uint32_t>::max());
    return std::move(walk.found);
}

}  // namespace metricgate::cli
