#include "sources/lm_eval_results.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <string>
#include <utility>

#include "sources/lm_eval_names.h"
#include "sources/metric_leaf.h"
#include "sources/node_text.h"
#include "sources/unread_parts.h"
#include "support/number.h"
#include "support/text.h"

namespace metricgate::sources {

namespace {

using evidence::Entry;
using evidence::Scalar;
using support::Node;
using support::NumberKind;

constexpr std::string_view error_suffix = "_stderr";

/// `acc_stderr,none` as what it is the standard error of and its filter.
struct Key {
    std::string metric;
    std::string filter;
    bool is_error = false;
};

Key parse_key(const std::string& text) {
    const std::size_t comma = text.find(',');
    Key key{text.substr(0, comma),
            comma == std::string::npos ? std::string() : text.substr(comma + 1), false};
    if (key.metric.ends_with(error_suffix) && key.metric.size() > error_suffix.size()) {
        key.is_error = true;
        key.metric.resize(key.metric.size() - error_suffix.size());
    }
    return key;
}

/// What newer releases write about a task between its metrics.
bool is_description(std::string_view key) {
    static constexpr std::array<std::string_view, 4> known = {"alias", "name", "sample_len",
                                                              "sample_count"};
    const std::size_t first = key.find_first_not_of(' ');
    return first == std::string_view::npos ||
           std::find(known.begin(), known.end(), key.substr(first)) != known.end();
}

/// Metrics that are 0 or 1 for one example, so that the mean says what its standard error is.
bool is_share(std::string_view metric) {
    static constexpr std::array<std::string_view, 4> known = {"acc", "acc_norm", "exact_match",
                                                              "pct_stereotype"};
    return std::find(known.begin(), known.end(), metric) != known.end();
}

/// The number of examples that a share and its standard error sqrt(a (1 - a) / (n - 1)) come from,
/// when it is a whole one.
std::optional<std::uint64_t> implied_n(double share, double standard_error) {
    constexpr double tolerance = 1e-6;
    constexpr double most = 1e9;
    const double n = share * (1.0 - share) / (standard_error * standard_error) + 1.0;
    const bool whole =
        std::isfinite(n) && n >= 1.5 && n < most && std::fabs(n - std::round(n)) <= tolerance * n;
    return whole ? std::optional(static_cast<std::uint64_t>(std::llround(n))) : std::nullopt;
}

class Reader {
public:
    explicit Reader(const Node& root) : m_root(root) {}

    support::Result<Run> read() {
        const Node& results = *member_of(&m_root, "results", Node::Kind::map);
        read_tasks(results);
        if (const Node* groups = member_of(&m_root, "groups", Node::Kind::map)) {
            read_groups(*groups, results);
        }
        if (m_run.entries.empty() && m_problems.empty()) {
            m_problems.push_back({results.where, "'results' holds no metric"});
        }
        if (!m_problems.empty()) {
            return m_problems;
        }
        describe();
        return std::move(m_run);
    }

private:
    void read_tasks(const Node& tasks) {
        for (const support::Member& task : tasks.members) {
            read_task(task);
        }
    }

    /// Groups are repeated among the results, but not by every release.
    void read_groups(const Node& groups, const Node& results) {
        for (const support::Member& group : groups.members) {
            if (results.find(group.key) == nullptr) {
                read_task(group);
            }
        }
    }

    void read_task(const support::Member& task) {
        if (task.value.kind != Node::Kind::map) {
            m_problems.push_back({task.value.where, "the results of '" +
                                                        support::visible(task.key) + "' are " +
                                                        support::describe_found(task.value) +
                                                        ", wanted a map of metrics"});
            return;
        }
        const evidence::Conditions conditions = conditions_of(task.key);
        for (const support::Member& member : task.value.members) {
            const Key key = parse_key(member.key);
            if (is_description(member.key) || (key.is_error && value_of(task.value, key))) {
                continue;
            }
            Entry entry = entry_of(task.key + "." + name_of(member.key, key), member.value);
            entry.conditions = conditions;
            if (auto* scalar = std::get_if<Scalar>(&entry.evidence)) {
                add_uncertainty(task, key, entry, *scalar);
            }
            m_run.entries.push_back(std::move(entry));
        }
    }

    static std::string name_of(const std::string& written, const Key& key) {
        const std::string_view metric = std::string_view(written).substr(0, written.find(','));
        return lm_eval_metric_name(metric, key.filter);
    }

    /// The value that a standard error belongs to.
    static bool value_of(const Node& task, const Key& error) {
        return task.find(error.filter.empty() ? error.metric : error.metric + "," + error.filter) !=
               nullptr;
    }

    void add_uncertainty(const support::Member& task, const Key& key, Entry& entry,
                         Scalar& scalar) {
        scalar.n = examples_of(task.key);
        const std::string written =
            key.metric + std::string(error_suffix) + (key.filter.empty() ? "" : "," + key.filter);
        const Node* error = task.value.find(written);
        // "N/A" and null: there is none, as for a bootstrap that was switched off.
        const bool none = error == nullptr || error->kind == Node::Kind::null ||
                          (error->kind == Node::Kind::text && error->text == "N/A");
        if (none) {
            return;
        }
        if (error->kind != Node::Kind::number) {
            if (!entry.flaw) {
                entry.flaw = support::Diagnostic{
                    error->where, "the standard error of '" + support::visible(entry.name) +
                                      "' is " + support::describe_found(*error) +
                                      ", wanted a number or the text 'N/A'"};
            }
            return;
        }
        scalar.standard_error = error->number;
        compare_n(task.key, key, entry.name, scalar);
    }

    /// Takes n from the standard error of a share, or warns when the file states another.
    void compare_n(const std::string& task, const Key& key, const std::string& name,
                   Scalar& scalar) {
        const bool finite = scalar.value.kind == NumberKind::finite &&
                            scalar.standard_error->kind == NumberKind::finite;
        const bool share = finite && is_share(key.metric) && scalar.value.value > 0.0 &&
                           scalar.value.value < 1.0 && scalar.standard_error->value > 0.0;
        if (!share || is_group(task)) {
            return;
        }
        const double value = scalar.value.value;
        const double error = scalar.standard_error->value;
        if (!scalar.n) {
            scalar.n = implied_n(value, error);
            return;
        }
        if (*scalar.n < 2) {
            return;
        }
        constexpr double tolerance = 1e-3;
        const double expected =
            std::sqrt(value * (1.0 - value) / (static_cast<double>(*scalar.n) - 1.0));
        if (std::fabs(error - expected) > tolerance * expected) {
            m_run.notes.push_back("'" + support::visible(name) + "' of " +
                                  support::count_of(*scalar.n, "example", "examples") +
                                  " has a standard error of " + support::format_short(error) +
                                  ", and a share of as many has one of " +
                                  support::format_short(expected) + ".");
        }
    }

    [[nodiscard]] std::optional<std::uint64_t> examples_of(const std::string& task) const {
        const Node* counts =
            member_of(member_of(&m_root, "n-samples", Node::Kind::map), task, Node::Kind::map);
        return counts == nullptr ? std::nullopt : whole_number(counts->find("effective"));
    }

    [[nodiscard]] bool is_group(const std::string& task) const {
        const Node* members = member_of(member_of(&m_root, "group_subtasks", Node::Kind::map), task,
                                        Node::Kind::list);
        return members != nullptr && !members->items.empty();
    }

    [[nodiscard]] evidence::Conditions conditions_of(const std::string& task) const {
        static constexpr std::array<std::pair<const char*, const char*>, 3> sources = {
            {{"versions", "task version"},
             {"n-shot", "shots"},
             {"task_hashes", "digest of the examples"}}};
        evidence::Conditions conditions;
        for (const auto& [key, condition] : sources) {
            const Node* by_task = member_of(&m_root, key, Node::Kind::map);
            const std::string text = plain_text(by_task == nullptr ? nullptr : by_task->find(task));
            if (!text.empty()) {
                conditions.emplace(condition, text);
            }
        }
        // Before the releases with `n-shot`.
        const Node* config = member_of(&m_root, "config", Node::Kind::map);
        const Node* shots = config == nullptr ? nullptr : config->find("num_fewshot");
        if (whole_number(shots)) {
            conditions.emplace("shots", shots->text);
        }
        if (const auto n = examples_of(task)) {
            conditions.emplace("examples", std::to_string(*n));
        }
        return conditions;
    }

    void describe() {
        for (const char* key : {"model_name", "model_source", "lm_eval_version", "git_hash"}) {
            if (const std::string text = plain_text(m_root.find(key)); !text.empty()) {
                m_run.metadata.emplace(key, text);
            }
        }
        const Node* config = member_of(&m_root, "config", Node::Kind::map);
        // Arguments of a model may hold a token: only the part that names it is taken.
        const std::string arguments = plain_text(member_of(config, "model_args", Node::Kind::text));
        if (const std::size_t at = arguments.find("pretrained="); at != std::string::npos) {
            const std::string name = arguments.substr(at + std::string_view("pretrained=").size());
            m_run.metadata.emplace("model_name", name.substr(0, name.find(',')));
        }
        note_limit(config);
    }

    void note_limit(const Node* config) {
        std::vector<std::string> cut;
        if (const Node* tasks = member_of(&m_root, "n-samples", Node::Kind::map)) {
            for (const support::Member& task : tasks->members) {
                const Node* counts = task.value.kind == Node::Kind::map ? &task.value : nullptr;
                const auto all = whole_number(counts ? counts->find("original") : nullptr);
                const auto used = whole_number(counts ? counts->find("effective") : nullptr);
                if (all && used && *used < *all) {
                    cut.push_back(std::to_string(*used) + " of " + std::to_string(*all) +
                                  " examples of '" + support::visible(task.key) + "'");
                }
            }
        }
        constexpr std::size_t shown = 3;
        const std::string more =
            cut.size() > shown ? " and " + std::to_string(cut.size() - shown) + " more tasks" : "";
        if (cut.size() > shown) {
            cut.resize(shown);
        }
        const std::string limit = plain_text(config == nullptr ? nullptr : config->find("limit"));
        if (!cut.empty()) {
            m_run.notes.push_back("The harness was run on a part of its examples (`--limit`): " +
                                  support::enumerate(cut, more.empty() ? "and" : ",") + more + ".");
        } else if (!limit.empty()) {
            m_run.notes.push_back("The harness was run with `--limit " + support::visible(limit) +
                                  "`: a part of the examples of each task.");
        }
    }

    const Node& m_root;
    Run m_run;
    support::Diagnostics m_problems;
};

}  // namespace

bool is_lm_eval_results(const Document& document) {
    const Node* root = document.json();
    return member_of(root, "results", Node::Kind::map) != nullptr &&
           member_of(root, "versions", Node::Kind::map) != nullptr &&
           member_of(root, "config", Node::Kind::map) != nullptr;
}

support::Result<Recording> read_lm_eval_results(const Document& document) {
    const auto root = log_json(document);
    if (!root) {
        return root.problems();
    }
    if (!is_lm_eval_results(document)) {
        return support::Diagnostic{
            (*root)->where,
            "this is no results file of lm-evaluation-harness: wanted the maps `results`, "
            "`versions` and `config`"};
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
