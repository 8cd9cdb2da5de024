#include "history/jsonl_line.h"

#include <algorithm>
#include <cmath>
#include <unordered_set>

#include "history/metadata_text.h"
#include "support/node.h"
#include "support/text.h"
#include "support/utc_time.h"

namespace metricgate::history {

namespace {

using support::Diagnostic;
using support::Node;
using support::NumberKind;
using support::Result;

constexpr std::size_t most_problems = 10;
constexpr double largest_whole = 9007199254740992.0;  // 2^53

/// Takes the members of one line.
class LineReader {
public:
    LineReader(const Node& line, support::Location where)
        : m_line(line), m_where(std::move(where)) {}

    Result<StoredLine> read() {
        StoredLine stored;
        stored.point.where = m_where;
        for (const support::Member& member : m_line.members) {
            if (!take(member.key, member.value, stored)) {
                return m_problem.value_or(problem(member.where, "'" + support::visible(member.key) +
                                                                    "' is no member of a point"));
            }
        }
        if (!m_has_schema || stored.metric.empty() || stored.call == 0 || !stored.point.time ||
            stored.point.value.kind != NumberKind::finite) {
            return problem(m_line.where,
                           "wanted a point with `schema`, `metric`, `value`, `time` and `call`");
        }
        stored.point.key = key_of(stored.point);
        return stored;
    }

private:
    [[nodiscard]] Diagnostic problem(const support::Location& at, std::string message) const {
        support::Location where = m_where;
        where.column = at.column;
        return {where, std::move(message)};
    }

    bool refuse(const Node& value, const std::string& name, const std::string& wanted) {
        m_problem = problem(value.where, "found " + support::describe_found(value) + " as `" +
                                             name + "`, wanted " + wanted);
        return false;
    }

    bool take(const std::string& name, const Node& value, StoredLine& stored) {
        if (name == "schema") {
            return take_schema(value);
        }
        if (name == "metric") {
            return take_text(name, value, stored.metric);
        }
        if (name == "unit") {
            return take_text(name, value, stored.unit);
        }
        if (name == "commit") {
            return take_text(name, value, stored.point.commit);
        }
        if (name == "data_digest") {
            return take_text(name, value, stored.point.data_digest);
        }
        if (name == "value") {
            return take_number(name, value, stored.point.value);
        }
        if (name == "stderr") {
            return take_number(name, value, stored.point.standard_error.emplace());
        }
        if (name == "n" || name == "call") {
            const auto whole = whole_of(value);
            if (!whole || *whole < (name == "call" ? 1 : 0)) {
                return refuse(value, name, "a count");
            }
            (name == "call" ? stored.call : stored.point.n.emplace()) =
                static_cast<std::uint64_t>(*whole);
            return true;
        }
        if (name == "step") {
            stored.point.step = whole_of(value);
            return stored.point.step ? true : refuse(value, name, "a whole number");
        }
        if (name == "time") {
            stored.point.time =
                value.kind == Node::Kind::text ? support::parse_time(value.text) : std::nullopt;
            return stored.point.time ? true : refuse(value, name, "a time as 2026-12-31T10:00:00Z");
        }
        return name == "metadata" && take_metadata(value, stored.point.metadata);
    }

    bool take_schema(const Node& value) {
        m_has_schema = value.kind == Node::Kind::text && value.text == history_schema;
        if (!m_has_schema) {
            m_problem =
                problem(value.where, "found " + support::describe_found(value) +
                                         " as `schema`, wanted '" + std::string(history_schema) +
                                         "'; a later one is read by a later metricgate");
        }
        return m_has_schema;
    }

    bool take_text(const std::string& name, const Node& value, std::string& text) {
        text = value.text;
        return value.kind == Node::Kind::text ? true : refuse(value, name, "text");
    }

    bool take_number(const std::string& name, const Node& value, support::ParsedNumber& number) {
        number = value.number;
        const bool finite =
            value.kind == Node::Kind::number && value.number.kind == NumberKind::finite;
        return finite ? true : refuse(value, name, "a finite number");
    }

    bool take_metadata(const Node& value, evidence::Metadata& metadata) {
        if (value.kind != Node::Kind::map) {
            return refuse(value, "metadata", "an object of texts");
        }
        for (const support::Member& member : value.members) {
            if (member.value.kind != Node::Kind::text) {
                return refuse(member.value, member.key, "text");
            }
            metadata[member.key] = member.value.text;
        }
        return true;
    }

    static std::optional<std::int64_t> whole_of(const Node& value) {
        const bool whole = value.kind == Node::Kind::number &&
                           value.number.kind == NumberKind::finite &&
                           std::abs(value.number.value) <= largest_whole &&
                           value.number.value == std::trunc(value.number.value);
        return whole ? std::optional(static_cast<std::int64_t>(value.number.value)) : std::nullopt;
    }

    const Node& m_line;
    support::Location m_where;
    std::optional<Diagnostic> m_problem;
    bool m_has_schema = false;
};

bool is_conflict(std::string_view line) {
    return line.starts_with("<<<<<<<") || line.starts_with("=======") ||
           line.starts_with(">>>>>>>");
}

Result<StoredLine> read_line(std::string_view line, const support::Location& where) {
    if (is_conflict(line)) {
        return Diagnostic{
            where,
            "a merge left its conflict here; take the marks out and keep the lines of "
            "both sides (merge=union in .gitattributes does that)"};
    }
    const auto node = support::parse_json(line, *where.file);
    if (!node.ok()) {
        Diagnostic problem = node.problems().front();
        const std::uint32_t column = problem.where.column;
        problem.where = where;
        problem.where.column = column;
        return problem;
    }
    if (node->kind != Node::Kind::map) {
        return Diagnostic{
            where, "found " + support::describe_found(*node) + ", wanted a point as a JSON object"};
    }
    return LineReader(*node, where).read();
}

}  // namespace

std::string line_of(const NewPoint& added, std::uint64_t call) {
    const evidence::HistoryPoint& point = added.point;
    std::string line = "{\"schema\":" + json_string(history_schema) +
                       ",\"metric\":" + json_string(added.metric) +
                       ",\"value\":" + support::format_exact(point.value.value);
    if (point.standard_error) {
        line += ",\"stderr\":" + support::format_exact(point.standard_error->value);
    }
    if (point.n) {
        line += ",\"n\":" + std::to_string(*point.n);
    }
    if (!added.unit.empty()) {
        line += ",\"unit\":" + json_string(added.unit);
    }
    if (point.step) {
        line += ",\"step\":" + std::to_string(*point.step);
    }
    line += ",\"time\":" + json_string(support::format_time(point.time.value_or(0)));
    if (!point.commit.empty()) {
        line += ",\"commit\":" + json_string(point.commit);
    }
    if (!point.data_digest.empty()) {
        line += ",\"data_digest\":" + json_string(point.data_digest);
    }
    if (!point.metadata.empty()) {
        line += ",\"metadata\":" + text_of(point.metadata);
    }
    return line + ",\"call\":" + std::to_string(call) + "}\n";
}

Result<std::vector<StoredLine>> read_lines(std::string_view text, const std::string& source) {
    std::vector<StoredLine> lines;
    std::unordered_set<std::string_view> met;
    support::Diagnostics problems;
    support::Location where = support::in_file(source);
    if (!text.empty() && !text.ends_with('\n')) {
        where.line = static_cast<std::uint32_t>(std::ranges::count(text, '\n')) + 1;
        return Diagnostic{
            where,
            "the last line has no line end, so the file was cut short; restore it from "
            "a copy, or remove this line if what it says may be lost"};
    }
    while (!text.empty() && problems.size() < most_problems) {
        std::string_view line = text.substr(0, text.find('\n'));
        text.remove_prefix(line.size() + 1);
        line.remove_suffix(line.ends_with('\r') ? 1 : 0);
        ++where.line;
        if (!met.insert(line).second) {
            continue;
        }
        auto read = read_line(line, where);
        if (read.ok()) {
            lines.push_back(std::move(read).value());
        } else {
            problems.push_back(read.problems().front());
        }
    }
    return problems.empty() ? Result<std::vector<StoredLine>>(std::move(lines))
                            : std::move(problems);
}

}  // namespace metricgate::history
