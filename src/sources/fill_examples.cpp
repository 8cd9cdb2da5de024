#include "sources/fill_examples.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdint>
#include <map>
#include <optional>
#include <utility>

#include "sources/id_match.h"
#include "sources/label_classes.h"
#include "sources/shared_columns.h"
#include "support/text.h"

namespace metricgate::sources {

namespace {

using evidence::CategoryColumn;
using evidence::Examples;
using evidence::NumberColumn;

constexpr std::size_t shown = 5;

std::string rows_text(std::size_t count) {
    return support::count_of(count, "example", "examples");
}

/// Fills the examples from the supplies of both sides.
class Filler {
public:
    /// Null: that side is left empty. Both may be one supply: columns of one file.
    Filler(Paired& paired, const Roles& roles, const PairingRules& rules, ColumnSupply* baseline,
           ColumnSupply* candidate)
        : m_paired(paired), m_roles(roles), m_rules(rules), m_supplies{baseline, candidate} {}

    void fill() {
        announce();
        note_unpaired();
        compare_contents();
        fill_shared();
        for (const std::size_t side : {std::size_t{0}, std::size_t{1}}) {
            fill_side(side);
        }
        for (const ColumnSupply* supply : m_supplies) {
            if (m_paired.problem.empty() && supply != nullptr) {
                m_paired.problem = supply->problem();
            }
        }
        if (!m_paired.problem.empty()) {
            return;
        }
        unify_classes(m_paired.examples, m_roles);
        m_paired.problem = choose_positive(m_paired.examples, m_rules);
        fill_class_scores();
        check_weights();
    }

private:
    using PerSide = Roles::PerSide;

    // Where a shared column is read: on one side only when both names are one column.
    [[nodiscard]] bool reads_shared(const PerSide& names, std::size_t side) const {
        const bool twice = m_supplies[0] == m_supplies[1] && names[0] == names[1];
        return m_supplies[side] != nullptr && !names[side].empty() && !(twice && side == 1);
    }

    [[nodiscard]] bool reads_slice(const std::string& name, std::size_t side) const {
        return reads_shared({name, name}, side) && m_supplies[side]->has_category(name);
    }

    void announce() {
        for (const std::size_t side : {std::size_t{0}, std::size_t{1}}) {
            ColumnSupply* supply = m_supplies[side];
            if (supply == nullptr) {
                continue;
            }
            if (m_roles.label_as_class && reads_shared(m_roles.label, side)) {
                supply->announce_category(m_roles.label[side]);
            }
            if (m_roles.label_as_number && reads_shared(m_roles.label, side)) {
                supply->announce_number(m_roles.label[side]);
            }
            if (reads_shared(m_roles.weight, side)) {
                supply->announce_number(m_roles.weight[side]);
            }
            if (reads_shared(m_roles.naive_error, side)) {
                supply->announce_number(m_roles.naive_error[side]);
            }
            for (const PerSide* names : {&m_roles.cluster, &m_roles.query}) {
                if (reads_shared(*names, side)) {
                    supply->announce_category((*names)[side]);
                }
            }
            for (const std::string& slice : m_roles.slices) {
                if (reads_slice(slice, side)) {
                    supply->announce_category(slice);
                }
            }
            supply->announce_category(m_roles.predicted_class[side]);
            supply->announce_number(m_roles.predicted_number[side]);
            supply->announce_number(m_roles.score[side]);
            for (const auto& [name, columns] : m_roles.class_scores) {
                supply->announce_number(columns[side]);
            }
            for (const auto& [role, columns] : m_roles.values) {
                supply->announce_number(columns[side]);
            }
        }
    }

    void fill_shared() {
        Examples& examples = m_paired.examples;
        if (m_roles.label_as_class) {
            examples.label = shared_category(m_roles.label, "labels", true);
        }
        if (m_roles.label_as_number) {
            examples.target = shared_number(m_roles.label, "labels", true);
        }
        examples.weight = shared_number(m_roles.weight, "weights", false);
        examples.cluster = m_roles.cluster[0].empty() && m_roles.cluster[1].empty()
                               ? shared_groups()
                               : shared_category(m_roles.cluster, "clusters", false);
        examples.query = shared_category(m_roles.query, "queries", false);
        examples.naive_error = shared_number(m_roles.naive_error, "naive errors", false);
        for (const std::string& slice : m_roles.slices) {
            auto column = shared_category(
                {reads_slice(slice, 0) ? slice : "", reads_slice(slice, 1) ? slice : ""},
                "values of '" + support::visible(slice) + "'", false);
            if (column) {
                examples.slices.emplace(slice, std::move(*column));
            } else if (m_paired.problem.empty()) {
                m_paired.problem =
                    "the slice column '" + support::visible(slice) + "' was not found";
            }
        }
    }

    /// An id is only a name: formats that say what an example is are taken by their word.
    void compare_contents() {
        const auto [baseline, candidate] = m_supplies;
        if (baseline == nullptr || candidate == nullptr || baseline == candidate) {
            return;
        }
        for (const std::string& name : baseline->contents()) {
            const auto before = baseline->content(name);
            const auto after = candidate->content(name);
            if (before && after) {
                note_disagreement(differing_rows(*before, *after),
                                  "values of '" + support::visible(name) + "'", false);
            }
        }
    }

    std::optional<CategoryColumn> shared_groups() {
        std::array<std::optional<CategoryColumn>, 2> columns;
        for (const std::size_t side : {std::size_t{0}, std::size_t{1}}) {
            if (m_supplies[side] != nullptr && !(side == 1 && m_supplies[0] == m_supplies[1])) {
                columns[side] = m_supplies[side]->groups();
            }
        }
        if (columns[0] && columns[1]) {
            note_disagreement(differing_rows(*columns[0], *columns[1]), "clusters", false);
        }
        return columns[0] ? std::move(columns[0]) : std::move(columns[1]);
    }

    /// Keeps what slice columns and labels say of the rows that are left out; before either is
    /// taken.
    void note_unpaired() {
        for (const std::size_t side : {std::size_t{0}, std::size_t{1}}) {
            const ColumnSupply* supply = m_supplies[side];
            if (supply == nullptr || supply->left_out() == 0) {
                continue;
            }
            evidence::Unpaired& unpaired = m_paired.examples.unpaired[side];
            unpaired.rows = supply->left_out();
            for (const std::string& slice : m_roles.slices) {
                if (auto column = supply->unpaired(slice)) {
                    unpaired.slices.emplace(slice, std::move(*column));
                }
            }
            if (m_roles.label_as_class) {
                unpaired.label = supply->unpaired(m_roles.label[side]);
            }
        }
    }

    std::optional<CategoryColumn> shared_category(const PerSide& names, const std::string& what,
                                                  bool is_label) {
        return shared<CategoryColumn>(names, what, is_label, &ColumnSupply::category);
    }

    std::optional<NumberColumn> shared_number(const PerSide& names, const std::string& what,
                                              bool is_label) {
        return shared<NumberColumn>(names, what, is_label, &ColumnSupply::number);
    }

    template <class Column>
    std::optional<Column> shared(const PerSide& names, const std::string& what, bool is_label,
                                 std::optional<Column> (ColumnSupply::*take)(const std::string&)) {
        std::array<std::optional<Column>, 2> columns;
        for (const std::size_t side : {std::size_t{0}, std::size_t{1}}) {
            if (reads_shared(names, side)) {
                columns[side] = (m_supplies[side]->*take)(names[side]);
            }
        }
        if (columns[0] && columns[1]) {
            note_disagreement(differing_rows(*columns[0], *columns[1]), what, is_label);
        }
        return columns[0] ? std::move(columns[0]) : std::move(columns[1]);
    }

    void note_disagreement(const std::vector<std::uint32_t>& rows, const std::string& what,
                           bool is_label) {
        if (rows.empty()) {
            return;
        }
        const std::vector<std::string> first = first_of(rows);
        evidence::Pairing& pairing = m_paired.examples.pairing;
        if (is_label) {
            if (pairing.label_disagreements > 0) {
                return;  // said once: the label is read as a class and as a number
            }
            pairing.label_disagreements = rows.size();
            pairing.first_label_disagreements = first;
        }
        std::string& text = m_paired.incomparable;
        text += (text.empty() ? "the " : "; the ") + what + " of " + rows_text(rows.size()) +
                " differ between baseline and candidate (" + quoted_ids(first, rows.size()) + ")";
    }

    [[nodiscard]] std::vector<std::string> first_of(const std::vector<std::uint32_t>& rows) const {
        const Examples& examples = m_paired.examples;
        if (examples.ids) {
            std::vector<std::uint32_t> id_rows = rows;
            if (!examples.id_rows.empty()) {
                for (std::uint32_t& row : id_rows) {
                    row = examples.id_rows[row];
                }
            }
            return first_ids(*examples.ids, std::move(id_rows));
        }
        std::vector<std::string> first;
        for (std::size_t i = 0; i < std::min(shown, rows.size()); ++i) {
            first.push_back("row " + std::to_string(std::size_t{rows[i]} + 1));
        }
        return first;
    }

    void fill_side(std::size_t side) {
        ColumnSupply* supply = m_supplies[side];
        if (supply == nullptr) {
            return;
        }
        evidence::SideColumns& columns = m_paired.examples.sides[side];
        columns.predicted_class = supply->category(m_roles.predicted_class[side]);
        columns.predicted_number = supply->number(m_roles.predicted_number[side]);
        columns.score = supply->number(m_roles.score[side]);
        for (const auto& [role, names] : m_roles.values) {
            if (auto column = supply->number(names[side])) {
                columns.values.emplace(role, std::move(*column));
            }
        }
        for (const auto& [name, names] : m_roles.class_scores) {
            if (auto column = supply->number(names[side])) {
                m_class_scores[side].emplace(evidence::canonical_label(name), std::move(*column));
            }
        }
    }

    void fill_class_scores() {
        if (m_roles.class_scores.empty() || !m_paired.problem.empty()) {
            return;
        }
        Examples& examples = m_paired.examples;
        for (const std::size_t side : {std::size_t{0}, std::size_t{1}}) {
            std::map<std::string, NumberColumn>& scores = m_class_scores[side];
            if (scores.empty()) {
                continue;
            }
            for (const std::string& name : examples.classes) {
                const auto found = scores.find(name);
                if (found == scores.end()) {
                    m_paired.problem =
                        name.empty()
                            ? "some examples have no label or prediction, which cannot be judged "
                              "with one score a class; fill them in or leave those examples out"
                            : "the class '" + support::visible(name) +
                                  "' occurs but has no column with its score; bind one to it";
                    return;
                }
                examples.sides[side].class_scores.push_back(std::move(found->second));
            }
            if (m_roles.class_scores.size() != examples.classes.size()) {
                m_paired.problem = "two columns with scores are bound to one class";
            }
        }
    }

    void check_weights() {
        if (!m_paired.examples.weight || !m_paired.problem.empty()) {
            return;
        }
        const NumberColumn& weight = *m_paired.examples.weight;
        std::size_t refused = 0;
        bool any_positive = false;
        for (const double value : weight.values) {
            if (!(std::isfinite(value) && value >= 0.0)) {
                ++refused;
            }
            any_positive = any_positive || value > 0.0;
        }
        if (refused > 0) {
            const evidence::Flaw& flaw =
                weight.missing.count > 0 ? weight.missing : weight.non_finite;
            m_paired.problem = "the weights of " + rows_text(refused) +
                               " are not finite numbers of at least 0" +
                               (flaw.count > 0 && flaw.first.line > 0
                                    ? ", the first at " + support::describe(flaw.first)
                                    : std::string());
        } else if (!any_positive) {
            m_paired.problem = "all weights are 0";
        }
    }

    Paired& m_paired;
    const Roles& m_roles;
    const PairingRules& m_rules;
    std::array<ColumnSupply*, 2> m_supplies;
    std::array<std::map<std::string, NumberColumn>, 2> m_class_scores;
};

}  // namespace

void fill_examples(Paired& paired, const Roles& roles, const PairingRules& rules,
                   ColumnSupply* baseline, ColumnSupply* candidate) {
    Filler(paired, roles, rules, baseline, candidate).fill();
}

}  // namespace metricgate::sources
