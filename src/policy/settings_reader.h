#pragma once

#include <cstdint>
#include <limits>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "policy/policy.h"
#include "support/diagnostic.h"
#include "support/node.h"

namespace metricgate::policy {

/// The numbers that a setting accepts, and how a message names them.
struct NumberRange {
    double lowest = std::numeric_limits<double>::lowest();
    double highest = std::numeric_limits<double>::max();
    bool without_lowest = false;  ///< `lowest` itself is refused
    std::string_view wanted = "a number";
    std::string_view hint = {};  ///< said when the number is outside
};

/// A word that a setting accepts, and what it means.
template <class T>
struct Choice {
    std::string_view word;
    T value;
};

/// "NAME: found ..., wanted ...; hint" at the node's place.
support::Diagnostic refuse(const support::Node& found, std::string_view name,
                           std::string_view wanted, std::string_view hint = {});

/// Typed values of nodes. What does not fit is added to `problems` under `name`, and nothing is
/// returned; there is no fallback value.
std::optional<double> read_number(const support::Node& node, std::string_view name,
                                  const NumberRange& range, support::Diagnostics& problems);
/// A share: 0.05, or 5%.
std::optional<double> read_relative(const support::Node& node, std::string_view name,
                                    support::Diagnostics& problems);
std::optional<std::uint64_t> read_count(const support::Node& node, std::string_view name,
                                        support::Diagnostics& problems);
std::optional<std::string> read_text(const support::Node& node, std::string_view name,
                                     support::Diagnostics& problems);
/// Any scalar as it was written: class labels, column names and slice values may look like numbers.
std::optional<std::string> read_word(const support::Node& node, std::string_view name,
                                     support::Diagnostics& problems);
/// One word or a list of them, none twice, at least one.
std::vector<Located<std::string>> read_words(const support::Node& node, std::string_view name,
                                             support::Diagnostics& problems);

/// The settings of one map. Keys that it does not know, and keys without a value, are problems as
/// soon as it is made; every problem is added to the list it was given.
class SettingsReader {
public:
    /// `name` is how messages call the map, "checks.auc.margin"; empty at the top of a policy.
    SettingsReader(const support::Node& map, std::string name, std::span<const std::string> keys,
                   support::Diagnostics& problems);

    /// The value of `key`, or null when it is absent.
    [[nodiscard]] const support::Node* find(std::string_view key) const;
    /// The same; that it is absent is a problem, and `hint` says what to write.
    const support::Node* require(std::string_view key, std::string_view hint) const;

    [[nodiscard]] std::optional<Located<double>> number(std::string_view key,
                                                        const NumberRange& range = {}) const;
    [[nodiscard]] std::optional<Located<std::uint64_t>> count(std::string_view key) const;
    [[nodiscard]] std::optional<Located<std::string>> text(std::string_view key) const;
    [[nodiscard]] std::optional<Located<std::string>> word(std::string_view key) const;
    [[nodiscard]] std::vector<Located<std::string>> words(std::string_view key) const;

    /// Sets `target` when the key is there and its word is one of `choices`.
    template <class T>
    void choose(std::string_view key, std::span<const Choice<T>> choices, T& target) const {
        const support::Node* node = find(key);
        if (node == nullptr) {
            return;
        }
        std::vector<std::string> words;
        for (const Choice<T>& choice : choices) {
            if (node->kind == support::Node::Kind::text && node->text == choice.word) {
                target = choice.value;
                return;
            }
            words.emplace_back(choice.word);
        }
        refuse_choice(*node, key, words);
    }

    /// False when the node is no map: nothing can be read, and that was reported.
    [[nodiscard]] bool usable() const { return m_map != nullptr; }
    /// The map's name and a key, joined: "checks.auc.margin".
    [[nodiscard]] std::string name_of(std::string_view key) const;
    [[nodiscard]] const support::Location& where() const { return m_where; }
    void report(const support::Location& where, std::string message) const;

private:
    void check_keys(std::span<const std::string> keys) const;
    void refuse_choice(const support::Node& node, std::string_view key,
                       std::span<const std::string> words) const;

    const support::Node* m_map = nullptr;
    support::Location m_where;
    std::string m_name;
    support::Diagnostics* m_problems;
};

}  // namespace metricgate::policy
