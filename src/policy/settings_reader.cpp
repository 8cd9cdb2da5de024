#include "policy/settings_reader.h"

#include <algorithm>
#include <array>

#include "support/text.h"

namespace metricgate::policy {

namespace {

using support::Diagnostic;
using support::Diagnostics;
using support::Node;

/// What a metric is made of is often looked for beside it.
std::string hint_for(std::string_view key, std::span<const std::string> keys) {
    constexpr std::array<std::string_view, 5> of_metric = {"direction", "stat", "unit", "average",
                                                           "class"};
    const bool in_check = std::find(keys.begin(), keys.end(), "metric") != keys.end();
    if (in_check && std::find(of_metric.begin(), of_metric.end(), key) != of_metric.end()) {
        return "; it belongs to the metric: write metric: {name: ..., " + std::string(key) +
               ": ...}";
    }
    const std::string near = support::did_you_mean(key, keys);
    return near.empty() ? "; wanted " + support::enumerate(keys, "or") : near;
}

}  // namespace

SettingsReader::SettingsReader(const Node& map, std::string name, std::span<const std::string> keys,
                               Diagnostics& problems)
    : m_where(map.where), m_name(std::move(name)), m_problems(&problems) {
    if (map.kind != Node::Kind::map) {
        problems.push_back(refuse(map, m_name.empty() ? "policy" : m_name,
                                  "a map with the keys " + support::enumerate(keys)));
        return;
    }
    m_map = &map;
    check_keys(keys);
}

void SettingsReader::check_keys(std::span<const std::string> keys) const {
    for (const support::Member& member : m_map->members) {
        if (std::find(keys.begin(), keys.end(), member.key) == keys.end()) {
            report(member.where, (m_name.empty() ? "" : m_name + ": ") + "unknown key '" +
                                     support::visible(member.key, 60) + "'" +
                                     hint_for(member.key, keys));
        } else if (member.value.kind == Node::Kind::null) {
            report(member.where,
                   name_of(member.key) + ": found no value; give it one, or remove the key");
        }
    }
}

const Node* SettingsReader::find(std::string_view key) const {
    const Node* node = m_map == nullptr ? nullptr : m_map->find(key);
    return node == nullptr || node->kind == Node::Kind::null ? nullptr : node;
}

const Node* SettingsReader::require(std::string_view key, std::string_view hint) const {
    if (m_map != nullptr && m_map->find(key) == nullptr) {
        report(m_where, name_of(key) + ": found nothing, but it is required; " + std::string(hint));
    }
    return find(key);
}

std::optional<Located<double>> SettingsReader::number(std::string_view key,
                                                      const NumberRange& range) const {
    if (const Node* node = find(key)) {
        if (const auto value = read_number(*node, name_of(key), range, *m_problems)) {
            return Located<double>{*value, node->where};
        }
    }
    return std::nullopt;
}

std::optional<Located<std::uint64_t>> SettingsReader::count(std::string_view key) const {
    if (const Node* node = find(key)) {
        if (const auto value = read_count(*node, name_of(key), *m_problems)) {
            return Located<std::uint64_t>{*value, node->where};
        }
    }
    return std::nullopt;
}

std::optional<Located<std::string>> SettingsReader::text(std::string_view key) const {
    if (const Node* node = find(key)) {
        if (auto value = read_text(*node, name_of(key), *m_problems)) {
            return Located<std::string>{std::move(*value), node->where};
        }
    }
    return std::nullopt;
}

std::optional<Located<std::string>> SettingsReader::word(std::string_view key) const {
    if (const Node* node = find(key)) {
        if (auto value = read_word(*node, name_of(key), *m_problems)) {
            return Located<std::string>{std::move(*value), node->where};
        }
    }
    return std::nullopt;
}

std::vector<Located<std::string>> SettingsReader::words(std::string_view key) const {
    const Node* node = find(key);
    return node == nullptr ? std::vector<Located<std::string>>()
                           : read_words(*node, name_of(key), *m_problems);
}

void SettingsReader::refuse_choice(const Node& node, std::string_view key,
                                   std::span<const std::string> words) const {
    Diagnostic problem = refuse(node, name_of(key), support::enumerate(words, "or"));
    if (node.kind == Node::Kind::text) {
        problem.message += support::did_you_mean(node.text, words);
    }
    m_problems->push_back(std::move(problem));
}

std::string SettingsReader::name_of(std::string_view key) const {
    return m_name.empty() ? std::string(key) : m_name + "." + std::string(key);
}

void SettingsReader::report(const support::Location& where, std::string message) const {
    m_problems->push_back({where, std::move(message)});
}

}  // namespace metricgate::policy
