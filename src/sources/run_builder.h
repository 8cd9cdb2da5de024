#pragma once

#include <cstddef>
#include <map>
#include <string>
#include <string_view>

#include "sources/recording.h"
#include "support/node.h"

namespace metricgate::sources {

/// How many names the runs of one file may hold together, and how many values over time. Each costs
/// many times the bytes that a packed or binary file needs for it.
class NameBudget {
public:
    static constexpr std::size_t most = 200'000;

    explicit NameBudget(std::size_t most_points = 5'000'000) : m_most_points(most_points) {}

    /// False where there are too many.
    bool take() {
        m_taken += m_taken <= most ? 1 : 0;
        return m_taken <= most;
    }
    /// The same for a value of a quantity that has one a step.
    bool take_point() {
        m_points += m_points <= m_most_points ? 1 : 0;
        return m_points <= m_most_points;
    }
    [[nodiscard]] bool exceeded() const { return m_taken > most || m_points > m_most_points; }
    /// What is said of a file that has more.
    [[nodiscard]] std::string message() const;

private:
    std::size_t m_most_points;
    std::size_t m_taken = 0;
    std::size_t m_points = 0;
};

/// Collects what a log says of one run, in whatever order it says it. What is no number, or
/// contradicts what was said before, is the flaw of its entry: never dropped, and nobody's business
/// but that of the check that uses it.
class RunBuilder {
public:
    RunBuilder() = default;
    /// Names and points beyond the budget are left out: who asks for one must look whether it is
    /// exceeded.
    explicit RunBuilder(NameBudget& budget) : m_budget(&budget) {}

    /// A quantity that has one value (a number), or a list of measurements.
    void value(const std::string& name, const support::Node& leaf, std::string_view unit = {});
    void value(const std::string& name, const support::Location& where, evidence::Scalar scalar,
               std::string_view unit = {});
    /// All leaves of a map and of the maps in it: their names start with `prefix` and are joined
    /// with `.`.
    void values_below(const std::string& prefix, const support::Node& map);
    /// A further measurement of a quantity. All of one quantity were taken under the same
    /// conditions.
    void sample(const std::string& name, const support::Node& leaf, std::string_view unit,
                const evidence::Conditions& conditions = {});
    /// A further value of a quantity that has one a step.
    void point(const std::string& name, const support::Node& leaf, std::int64_t step,
               std::string_view unit = {}, std::uint32_t moment = 0);
    /// `what` as in "'name' holds what".
    void flaw(const std::string& name, const support::Location& where, const std::string& what);
    /// The same for all entries so far whose name is `prefix`, a dot and more.
    void flaw_below(const std::string& prefix, const support::Location& where,
                    const std::string& what);

    [[nodiscard]] bool has(const std::string& name) const { return m_entries.count(name) != 0; }
    /// The entry of that name, or null.
    [[nodiscard]] evidence::Entry* find(const std::string& name);
    /// What the entry of that name holds when that is a single value, or null.
    [[nodiscard]] evidence::Scalar* scalar(const std::string& name);
    /// An entry that the reader made itself, under a name that is new.
    void put(evidence::Entry entry);
    [[nodiscard]] std::map<std::string, Series>& series() { return m_series; }

    /// The run: entries and series by name, points by step.
    [[nodiscard]] Run take();

    Run run;  ///< what is said of the run itself; its entries and series are filled by `take`

private:
    /// Whether a name is known or still fits in the budget.
    bool admits(const std::string& name);
    evidence::Entry& entry(const std::string& name, const support::Location& where);

    std::map<std::string, evidence::Entry> m_entries;
    std::map<std::string, Series> m_series;
    NameBudget* m_budget = nullptr;
};

/// Text that is all a number, as a log that is text by nature writes it; other text is text.
support::Node node_of(std::string_view text, const support::Location& where);

}  // namespace metricgate::sources
