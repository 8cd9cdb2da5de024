#include "sources/promptfoo_results.h"

#include <algorithm>
#include <map>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "sources/node_cells.h"
#include "sources/node_digest.h"
#include "sources/node_text.h"
#include "sources/row_table.h"
#include "sources/short_name.h"
#include "sources/unread_parts.h"
#include "support/text.h"

namespace metricgate::sources {

namespace {

using support::Node;

const Node* results_of(const Document& document) {
    return member_of(document.json(), "results", Node::Kind::map);
}

/// The provider's or grader's error, as opposed to an assertion that does not hold.
bool is_failure(const Node& result) {
    if (const auto reason = whole_number(result.find("failureReason"))) {
        constexpr std::uint64_t error = 2;
        return *reason == error;
    }
    // Before there was a reason: a row that was not graded.
    const Node* error = result.find("error");
    const Node* grading = result.find("gradingResult");
    return error != nullptr && error->kind != Node::Kind::null &&
           (grading == nullptr || grading->kind == Node::Kind::null);
}

/// What tells a test from others: `city=Rome, country=Italy`.
std::string name_of_test(const Node& result) {
    const Node* test = member_of(&result, "testCase", Node::Kind::map);
    const Node* variables = member_of(&result, "vars", Node::Kind::map);
    if (variables == nullptr) {
        variables = member_of(test, "vars", Node::Kind::map);
    }
    std::vector<std::string> parts;
    if (variables != nullptr) {
        for (const support::Member& variable : variables->members) {
            const bool plain =
                variable.value.kind != Node::Kind::list && variable.value.kind != Node::Kind::map;
            parts.push_back(variable.key + "=" +
                            (plain ? plain_text(&variable.value) : digest_of(variable.value)));
        }
    }
    std::sort(parts.begin(), parts.end());
    std::string name;
    for (const std::string& part : parts) {
        name += (name.empty() ? "" : ", ") + part;
    }
    const std::string description =
        plain_text(test == nullptr ? nullptr : test->find("description"));
    if (name.empty()) {
        name = description.empty() ? "test" : description;
    }
    return short_name(name);
}

class Reader {
public:
    explicit Reader(const Document& document) : m_table("promptfoo", document) {
        m_id = m_table.column("id");
        m_test = m_table.column("test");
        m_prompt = m_table.column("prompt");
        m_provider = m_table.column("provider");
        m_failed = m_table.column("failed");
        m_success = m_table.column("success");
        m_score = m_table.column("score");
        m_latency = m_table.column("latencyMs");
        m_assertions = m_table.column("assertions digest");
    }

    support::Result<RowTable> read(const Document& document) {
        const auto root = log_json(document);
        if (!root) {
            return root.problems();
        }
        const Node* results = results_of(document);
        const Node* rows = member_of(results, "results", Node::Kind::list);
        if (rows == nullptr) {
            return support::Diagnostic{
                (*root)->where, "this is no results file of promptfoo: wanted `results.results`"};
        }
        const auto version = whole_number(results->find("version"));
        if (!version || *version < 2 || *version > 3) {
            const Node* found = results->find("version");
            return support::Diagnostic{
                found == nullptr ? results->where : found->where,
                "the version of the results is " +
                    (found == nullptr ? std::string("not said") : support::describe_found(*found)) +
                    ", and this program knows 2 and 3"};
        }
        std::vector<const Node*> sorted = in_order(*rows);
        if (!m_problems.empty()) {
            return m_problems;
        }
        for (const Node* row : sorted) {
            m_prompts.insert(prompt_of(*row));
            m_providers.insert(provider_of(*row));
        }
        for (const Node* row : sorted) {
            add(*row);
        }
        if (m_tests.size() < m_table.rows()) {
            m_table.is_group(m_test);
        }
        m_table.is_content(m_assertions);
        return std::move(m_table);
    }

private:
    /// Rows are written as they end: by test and prompt the same run gives the same order.
    std::vector<const Node*> in_order(const Node& rows) {
        std::vector<const Node*> sorted;
        for (const Node& row : rows.items) {
            if (row.kind != Node::Kind::map) {
                m_problems.push_back(
                    {row.where, "a result is " + support::describe_found(row) + ", wanted a map"});
                continue;
            }
            sorted.push_back(&row);
        }
        std::stable_sort(sorted.begin(), sorted.end(), [](const Node* a, const Node* b) {
            return std::pair(whole_number(a->find("testIdx")), whole_number(a->find("promptIdx"))) <
                   std::pair(whole_number(b->find("testIdx")), whole_number(b->find("promptIdx")));
        });
        return sorted;
    }

    static std::string prompt_of(const Node& result) {
        const Node* prompt = member_of(&result, "prompt", Node::Kind::map);
        const std::string label = plain_text(prompt == nullptr ? nullptr : prompt->find("label"));
        return short_name(label);
    }

    static std::string provider_of(const Node& result) {
        const Node* provider = member_of(&result, "provider", Node::Kind::map);
        if (provider == nullptr) {
            return short_name(plain_text(result.find("provider")));
        }
        const std::string label = plain_text(provider->find("label"));
        return short_name(label.empty() ? plain_text(provider->find("id")) : label);
    }

    void add(const Node& result) {
        const std::string prompt = prompt_of(result);
        const std::string provider = provider_of(result);
        const std::string test = name_of_test(result);
        // A file of one prompt or provider is compared with one of another.
        std::string id = test;
        id += m_prompts.size() > 1 ? " / " + prompt : "";
        id += m_providers.size() > 1 ? " / " + provider : "";
        // Tests with the same variables, or repeated ones.
        if (const int times = ++m_ids[id]; times > 1) {
            id += " (" + std::to_string(times) + ")";
        }
        const RowTable::Row row = m_table.add_row(result.where.line);
        const bool failed = is_failure(result);
        m_tests.insert(test);
        put_text(row, m_id, id, result);
        put_text(row, m_test, test, result);
        put_text(row, m_prompt, prompt, result);
        put_text(row, m_provider, provider, result);
        m_table.put(row, m_failed, {failed ? "1" : "0", CellKind::number, result.where.line, 0});
        const Node* test_case = member_of(&result, "testCase", Node::Kind::map);
        if (test_case != nullptr && test_case->find("assert") != nullptr) {
            put_text(row, m_assertions, digest_of(*test_case->find("assert")), result);
        }
        if (!failed) {
            put_scores(row, result);
        }
        put_about(row, result);
    }

    void put_scores(RowTable::Row row, const Node& result) {
        if (const Node* success = result.find("success")) {
            Cell cell = cell_of(*success);
            if (success->kind == Node::Kind::boolean) {
                cell.kind = CellKind::number;
                cell.text = success->boolean ? "1" : "0";
            }
            m_table.put(row, m_success, cell);
        }
        put_value(row, m_score, result.find("score"));
        if (const Node* named = member_of(&result, "namedScores", Node::Kind::map)) {
            for (const support::Member& score : named->members) {
                put_value(row, m_table.column("namedScores." + score.key), &score.value);
            }
        }
        // An answer from the cache took no time.
        const Node* cached = member_of(member_of(&result, "response", Node::Kind::map), "cached",
                                       Node::Kind::boolean);
        if (cached == nullptr || !cached->boolean) {
            put_value(row, m_latency, result.find("latencyMs"));
            if (const Node* cost = result.find("cost")) {
                put_value(row, m_table.column("cost"), cost);
            }
        }
    }

    /// What slices are cut by.
    void put_about(RowTable::Row row, const Node& result) {
        if (const Node* variables = member_of(&result, "vars", Node::Kind::map)) {
            put_fields(m_table, row, "vars", *variables);
        }
        const Node* test_case = member_of(&result, "testCase", Node::Kind::map);
        if (const Node* metadata = member_of(test_case, "metadata", Node::Kind::map)) {
            put_fields(m_table, row, "metadata", *metadata);
        }
    }

    void put_value(RowTable::Row row, RowTable::Column column, const Node* value) {
        if (value != nullptr) {
            m_table.put(row, column, cell_of(*value));
        }
    }

    void put_text(RowTable::Row row, RowTable::Column column, const std::string& text,
                  const Node& at) {
        m_table.put(row, column, {text, CellKind::string, at.where.line, at.where.column});
    }

    RowTable m_table;
    RowTable::Column m_id = 0;
    RowTable::Column m_test = 0;
    RowTable::Column m_prompt = 0;
    RowTable::Column m_provider = 0;
    RowTable::Column m_failed = 0;
    RowTable::Column m_success = 0;
    RowTable::Column m_score = 0;
    RowTable::Column m_latency = 0;
    RowTable::Column m_assertions = 0;
    std::set<std::string> m_prompts;
    std::set<std::string> m_providers;
    std::set<std::string> m_tests;
    std::map<std::string, int> m_ids;
    support::Diagnostics m_problems;
};

}  // namespace

bool is_promptfoo_results(const Document& document) {
    const Node* results = results_of(document);
    return document.json() != nullptr && document.json()->find("evalId") != nullptr &&
           member_of(results, "results", Node::Kind::list) != nullptr &&
           member_of(results, "stats", Node::Kind::map) != nullptr;
}

support::Result<evidence::Table> read_promptfoo_results(const Document& document,
                                                        const std::vector<ColumnRequest>& columns) {
    const auto table = Reader(document).read(document);
    return table ? table->table(columns) : table.problems();
}

support::Result<Outline> outline_promptfoo_results(const Document& document) {
    const auto table = Reader(document).read(document);
    return table ? table->outline() : table.problems();
}

}  // namespace metricgate::sources
