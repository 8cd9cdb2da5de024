#include "sources/evidently_report.h"

#include <string>
#include <utility>

#include "sources/node_entries.h"
#include "sources/node_text.h"
#include "sources/unread_parts.h"
#include "support/text.h"

namespace metricgate::sources {

namespace {

using support::Node;

/// What an item of `metrics` is called since 0.7.
const Node* new_name(const Node& item) {
    const Node* name = member_of(&item, "metric_name", Node::Kind::text);
    return name != nullptr ? name : member_of(&item, "metric_id", Node::Kind::text);
}

bool is_new(const Node& item) {
    return item.kind == Node::Kind::map && new_name(item) != nullptr &&
           item.find("id") != nullptr && item.find("value") != nullptr;
}

bool is_old(const Node& item) {
    return member_of(&item, "metric", Node::Kind::text) != nullptr &&
           member_of(&item, "result", Node::Kind::map) != nullptr;
}

bool is_test(const Node& item) {
    return member_of(&item, "name", Node::Kind::text) != nullptr &&
           member_of(&item, "description", Node::Kind::text) != nullptr &&
           member_of(&item, "status", Node::Kind::text) != nullptr;
}

const Node* first_of(const Node* list) {
    return list == nullptr || list->items.empty() ? nullptr : &list->items.front();
}

class Reader {
public:
    explicit Reader(const Node& root) : m_root(root) {}

    support::Result<Run> read() {
        if (const Node* metrics = member_of(&m_root, "metrics", Node::Kind::list)) {
            for (const Node& item : metrics->items) {
                read_metric(item);
            }
        }
        if (const Node* tests = member_of(&m_root, "tests", Node::Kind::list);
            tests != nullptr && !tests->items.empty()) {
            count_tests(*tests);
        }
        if (m_run.entries.empty() && m_problems.empty()) {
            m_problems.push_back({m_root.where, "there is no metric in this report"});
        }
        if (!m_problems.empty()) {
            return m_problems;
        }
        number_repeated_names(m_run.entries);
        if (const std::string version = plain_text(m_root.find("version")); !version.empty()) {
            m_run.metadata.emplace("evidently", version);
        }
        return std::move(m_run);
    }

private:
    void read_metric(const Node& item) {
        if (is_new(item)) {
            add_entries(new_name(item)->text, *item.find("value"), {}, m_run.entries);
        } else if (is_old(item)) {
            const Node& result = *item.find("result");
            std::string name = item.find("metric")->text;
            if (const std::string column = plain_text(result.find("column_name"));
                !column.empty()) {
                name += "(" + column + ")";
            }
            read_result(name, result);
        } else {
            m_problems.push_back(
                {item.where, "a metric is " + support::describe_found(item) +
                                 ", wanted a map with `metric_name` and `value`, or with "
                                 "`metric` and `result`"});
        }
    }

    // As deep as the parser lets documents be.
    void read_result(const std::string& name, const Node& result) {
        evidence::Conditions conditions;
        if (const std::string method = plain_text(result.find("stattest_name")); !method.empty()) {
            conditions.emplace("method of drift", method);
        }
        for (const support::Member& member : result.members) {
            const std::string inner = name + "." + member.key;
            if (member.value.kind == Node::Kind::map) {
                read_result(inner, member.value);
            } else {
                add_entries(inner, member.value, conditions, m_run.entries);
            }
        }
    }

    void count_tests(const Node& tests) {
        std::size_t failed = 0;
        std::size_t ran = 0;
        for (const Node& test : tests.items) {
            const std::string status = plain_text(member_of(&test, "status", Node::Kind::text));
            if (status.empty()) {
                m_problems.push_back({test.where, "a test has no `status`"});
            }
            ran += status != "SKIPPED" ? 1U : 0U;
            failed += status != "SUCCESS" && status != "WARNING" && status != "SKIPPED" ? 1U : 0U;
        }
        evidence::Entry entry;
        entry.name = "tests.failed";
        entry.where = tests.where;
        evidence::Scalar scalar;
        scalar.value = {support::NumberKind::finite, static_cast<double>(failed)};
        scalar.n = tests.items.size();
        entry.evidence = scalar;
        if (ran == 0) {
            entry.flaw = support::Diagnostic{
                tests.where, "'tests.failed' holds no number of failures: no test ran"};
        }
        m_run.entries.push_back(std::move(entry));
    }

    const Node& m_root;
    Run m_run;
    support::Diagnostics m_problems;
};

}  // namespace

bool is_evidently_report(const Document& document) {
    const Node* root = document.json();
    const Node* metric = first_of(member_of(root, "metrics", Node::Kind::list));
    const Node* test = first_of(member_of(root, "tests", Node::Kind::list));
    return (metric != nullptr && (is_new(*metric) || is_old(*metric))) ||
           (test != nullptr && is_test(*test) && plain_text(root->find("version")) != "");
}

support::Result<Recording> read_evidently_report(const Document& document) {
    const auto root = log_json(document);
    if (!root) {
        return root.problems();
    }
    auto run = Reader(**root).read();
    if (!run) {
        return run.problems();
    }
    Recording recording;
    recording.source = document.source();
    recording.runs.push_back(std::move(*run));
    return recording;
}

}  // namespace metricgate::sources
