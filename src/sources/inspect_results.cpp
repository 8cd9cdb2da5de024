#include "sources/inspect_results.h"

#include <algorithm>
#include <map>
#include <string>
#include <utility>

#include "sources/inspect_log.h"
#include "sources/metric_leaf.h"
#include "sources/node_digest.h"
#include "sources/node_text.h"
#include "support/text.h"

namespace metricgate::sources {

namespace {

using evidence::Entry;
using evidence::Scalar;
using support::Node;

/// Metrics that `stderr` and `bootstrap_stderr` are standard errors of.
bool is_mean(std::string_view metric) {
    return metric == "accuracy" || metric == "mean";
}

class Reader {
public:
    explicit Reader(const InspectLog& log) : m_log(log), m_header(log.header()) {}

    support::Result<Run> read() {
        m_run.refused = m_log.refusal();
        describe();
        const Node* scores =
            member_of(member_of(&m_header, "results", Node::Kind::map), "scores", Node::Kind::list);
        if (scores == nullptr) {
            if (m_run.refused) {
                return std::move(m_run);
            }
            return support::Diagnostic{m_header.where,
                                       "this log holds no `results` with their `scores`"};
        }
        for (const Node& score : scores->items) {
            ++m_named[plain_text(member_of(&score, "name", Node::Kind::text))];
        }
        for (const Node& score : scores->items) {
            read_score(score);
        }
        if (m_run.entries.empty() && m_problems.empty() && !m_run.refused) {
            m_problems.push_back({scores->where, "there is no metric among the scores"});
        }
        if (!m_problems.empty()) {
            return m_problems;
        }
        return std::move(m_run);
    }

private:
    void read_score(const Node& score) {
        const std::string name = plain_text(member_of(&score, "name", Node::Kind::text));
        const Node* metrics = member_of(&score, "metrics", Node::Kind::map);
        if (name.empty() || metrics == nullptr) {
            m_problems.push_back({score.where, "a score is " + support::describe_found(score) +
                                                   ", wanted a map with its `name` and `metrics`"});
            return;
        }
        const std::string reducer = plain_text(member_of(&score, "reducer", Node::Kind::text));
        const std::string prefix =
            m_named[name] > 1 && !reducer.empty() ? name + "." + reducer : name;
        const auto scored = whole_number(score.find("scored_samples"));
        note_unscored(prefix, score);
        const evidence::Conditions conditions = conditions_of(score, reducer);
        const Node* error = value_of(*metrics, "stderr");
        const bool bootstrapped = error == nullptr;
        if (bootstrapped) {
            error = value_of(*metrics, "bootstrap_stderr");
        }
        const std::string error_name = bootstrapped ? "bootstrap_stderr" : "stderr";
        const bool has_mean = std::any_of(metrics->members.begin(), metrics->members.end(),
                                          [](const auto& each) { return is_mean(each.key); });
        for (const support::Member& metric : metrics->members) {
            if (has_mean && metric.key == error_name) {
                continue;  // said with the mean
            }
            const Node* value = value_of(*metrics, metric.key);
            Entry entry =
                entry_of(prefix + "." + metric.key, value == nullptr ? metric.value : *value);
            entry.conditions = conditions;
            if (auto* scalar = std::get_if<Scalar>(&entry.evidence)) {
                scalar->n = scored;
                if (is_mean(metric.key) && error != nullptr && error->kind == Node::Kind::number) {
                    scalar->standard_error = error->number;
                }
            }
            m_run.entries.push_back(std::move(entry));
        }
    }

    /// `{"name": ..., "value": 0.5}`
    static const Node* value_of(const Node& metrics, std::string_view name) {
        const Node* metric = member_of(&metrics, name, Node::Kind::map);
        return metric == nullptr ? nullptr : metric->find("value");
    }

    void note_unscored(const std::string& name, const Node& score) {
        const auto unscored = whole_number(score.find("unscored_samples"));
        const auto scored = whole_number(score.find("scored_samples"));
        if (unscored && *unscored > 0) {
            m_run.notes.push_back(
                support::count_of(*unscored, "sample has", "samples have") + " no score '" +
                support::visible(name) + "' and " + (*unscored == 1 ? "is" : "are") +
                " not in its metrics" +
                (scored ? ", which are of " + support::count_of(*scored, "sample", "samples")
                        : "") +
                ".");
        }
    }

    [[nodiscard]] evidence::Conditions conditions_of(const Node& score,
                                                     const std::string& reducer) const {
        evidence::Conditions conditions = m_conditions;
        if (!reducer.empty()) {
            conditions.emplace("reducer of the epochs", reducer);
        }
        if (const Node* options = member_of(&score, "params", Node::Kind::map);
            options != nullptr && !options->members.empty()) {
            conditions.emplace("options of the scorer (digest)", digest_of(*options));
        }
        return conditions;
    }

    void describe() {
        const Node* eval = member_of(&m_header, "eval", Node::Kind::map);
        for (const char* key : {"model", "task"}) {
            if (const std::string text = plain_text(eval->find(key)); !text.empty()) {
                m_run.metadata.emplace(key, text);
            }
        }
        const std::string commit = plain_text(
            member_of(member_of(eval, "revision", Node::Kind::map), "commit", Node::Kind::text));
        if (!commit.empty()) {
            m_run.metadata.emplace("commit", commit);
        }
        const Node* data = member_of(eval, "dataset", Node::Kind::map);
        const Node* config = member_of(eval, "config", Node::Kind::map);
        condition("task version", eval->find("task_version"));
        condition("data set", data == nullptr ? nullptr : data->find("name"));
        condition("examples", data == nullptr ? nullptr : data->find("samples"));
        condition("epochs", config == nullptr ? nullptr : config->find("epochs"));
        const std::string limit = plain_text(config == nullptr ? nullptr : config->find("limit"));
        if (!limit.empty()) {
            condition("limit", config->find("limit"));
            m_run.notes.push_back("The evaluation was limited to " + support::visible(limit) +
                                  " of its samples (`--limit`).");
        }
    }

    void condition(const char* name, const Node* value) {
        if (const std::string text = plain_text(value); !text.empty()) {
            m_conditions.emplace(name, text);
        }
    }

    const InspectLog& m_log;
    const Node& m_header;
    Run m_run;
    evidence::Conditions m_conditions;
    std::map<std::string, int> m_named;
    support::Diagnostics m_problems;
};

}  // namespace

bool is_inspect_log(const Document& document) {
    return InspectLog::recognises(document);
}

support::Result<Recording> read_inspect_results(const Document& document) {
    const auto log = InspectLog::open(document);
    if (!log) {
        return log.problems();
    }
    auto run = Reader(*log).read();
    if (!run) {
        return run.problems();
    }
    Recording recording;
    recording.source = document.source();
    recording.runs.push_back(std::move(*run));
    return recording;
}

}  // namespace metricgate::sources
