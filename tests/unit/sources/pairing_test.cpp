#include "sources/pairing.h"

#include <algorithm>
#include <limits>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "evidence/column.h"
#include "support/catch.h"
#include "support/examples_builder.h"

using namespace metricgate;
using sources::Paired;
using sources::PairingRules;
using sources::Roles;

namespace {

using Texts = std::vector<std::string>;

evidence::CategoryColumn categories(const Texts& cells) {
    evidence::CategoryColumn column;
    for (const std::string& cell : cells) {
        const auto found = std::find(column.names.begin(), column.names.end(), cell);
        column.codes.push_back(static_cast<std::uint32_t>(found - column.names.begin()));
        if (found == column.names.end()) {
            column.names.push_back(cell);
        }
        column.missing.count += cell.empty() ? 1U : 0U;
    }
    evidence::sort_names(column);
    return column;
}

/// A table as a reader would give it.
class TableBuilder {
public:
    explicit TableBuilder(std::string source) { m_table.source = std::move(source); }
    TableBuilder& ids(const Texts& ids) {
        evidence::IdColumn column;
        for (const std::string& id : ids) {
            column.push_back(id);
        }
        m_table.ids = std::move(column);
        m_table.rows = ids.size();
        return *this;
    }
    TableBuilder& text(const std::string& name, const Texts& cells) {
        m_table.categories[name] = categories(cells);
        m_table.rows = cells.size();
        return *this;
    }
    TableBuilder& numbers(const std::string& name, std::vector<double> values) {
        m_table.rows = values.size();
        m_table.numbers[name] = test::number_column(std::move(values));
        return *this;
    }
    [[nodiscard]] evidence::Table build() const { return m_table; }

private:
    evidence::Table m_table;
};

Roles classifier_roles() {
    Roles roles;
    roles.id = "id";
    roles.label = {"y", "y"};
    roles.label_as_class = true;
    roles.score = {"p", "p"};
    return roles;
}

evidence::Table scored(const std::string& source, const Texts& ids, const Texts& labels,
                       std::vector<double> scores) {
    return TableBuilder(source).ids(ids).text("y", labels).numbers("p", std::move(scores)).build();
}

Texts labels_of(const evidence::Examples& examples) {
    Texts labels;
    for (std::size_t row = 0; row < examples.rows; ++row) {
        labels.push_back(examples.classes[examples.label->codes[row]]);
    }
    return labels;
}

bool says(const std::string& text, const std::string& part) {
    INFO("message: " << text);
    return text.find(part) != std::string::npos;
}

}  // namespace

TEST_CASE("ids equal row by row are paired as they stand", "[sources]") {
    const Paired paired =
        sources::pair(scored("b.csv", {"a", "b"}, {"0", "1"}, {0.1, 0.9}),
                      scored("c.csv", {"a", "b"}, {"0", "1"}, {0.2, 0.8}), classifier_roles(), {});
    CHECK(paired.incomparable.empty());
    CHECK(paired.problem.empty());
    const evidence::Examples& examples = paired.examples;
    CHECK(examples.rows == 2);
    CHECK(examples.pairing.paired == 2);
    CHECK(examples.baseline_source == "b.csv");
    CHECK(examples.candidate_source == "c.csv");
    CHECK(examples.id(1) == "b");
    CHECK(examples.classes == Texts{"0", "1"});
    CHECK(examples.positive == 1U);
    CHECK(examples.sides[0].score->values == std::vector<double>{0.1, 0.9});
    CHECK(examples.sides[1].score->values == std::vector<double>{0.2, 0.8});
}

TEST_CASE("a candidate in another row order follows the baseline's order", "[sources]") {
    const Paired paired = sources::pair(
        scored("b.csv", {"a", "b", "c"}, {"0", "1", "1"}, {0.1, 0.9, 0.7}),
        scored("c.csv", {"c", "a", "b"}, {"1", "0", "1"}, {0.6, 0.2, 0.8}), classifier_roles(), {});
    REQUIRE(paired.incomparable.empty());
    CHECK(paired.examples.sides[1].score->values == std::vector<double>{0.2, 0.8, 0.6});
    CHECK(paired.examples.id_rows.empty());
    CHECK(labels_of(paired.examples) == Texts{"0", "1", "1"});
}

TEST_CASE("ten thousand shuffled ids find their partners", "[sources]") {
    Texts ids;
    Texts labels;
    std::vector<double> values;
    for (int i = 0; i < 10000; ++i) {
        ids.push_back("example-" + std::to_string(i));
        labels.push_back(i % 3 == 0 ? "1" : "0");
        values.push_back(i);
    }
    Texts shuffled_ids;
    Texts shuffled_labels;
    std::vector<double> shuffled_values;
    for (std::size_t i = 0; i < ids.size(); ++i) {
        const std::size_t from = (i * 7919 + 13) % ids.size();
        shuffled_ids.push_back(ids[from]);
        shuffled_labels.push_back(labels[from]);
        shuffled_values.push_back(values[from]);
    }
    const Paired paired = sources::pair(
        scored("b.csv", ids, labels, values),
        scored("c.csv", shuffled_ids, shuffled_labels, shuffled_values), classifier_roles(), {});
    REQUIRE(paired.incomparable.empty());
    CHECK(paired.examples.sides[1].score->values == values);
}

TEST_CASE("unmatched ids are incomparable with counts and the first five in byte order",
          "[sources]") {
    const Paired paired = sources::pair(
        scored("b.csv", {"g", "f", "e", "d", "c", "b", "a"}, Texts(7, "1"), {1, 2, 3, 4, 5, 6, 7}),
        scored("c.csv", {"a", "x"}, {"1", "1"}, {1, 2}), classifier_roles(), {});
    CHECK(says(paired.incomparable, "6 of the baseline's 7 examples are not in the candidate"));
    CHECK(says(paired.incomparable, "'b', 'c', 'd', 'e', 'f' and others"));
    CHECK(
        says(paired.incomparable, "1 of the candidate's 2 examples is not in the baseline ('x')"));
    CHECK(says(paired.incomparable, "on_partial_overlap: intersect"));
    const evidence::Pairing& pairing = paired.examples.pairing;
    CHECK(pairing.only_baseline == 6);
    CHECK(pairing.only_candidate == 1);
    CHECK(pairing.first_only_baseline == Texts{"b", "c", "d", "e", "f"});
    CHECK(pairing.first_only_candidate == Texts{"x"});
    CHECK(pairing.paired == 1);
}

TEST_CASE("ids that differ only by blanks or spelling get a hint and no match", "[sources]") {
    const Paired blanks =
        sources::pair(scored("b.csv", {"7", "8"}, {"1", "0"}, {1, 2}),
                      scored("c.csv", {"7 ", "8"}, {"1", "0"}, {1, 2}), classifier_roles(), {});
    CHECK(says(blanks.incomparable, "ids such as '7' and '7 ' differ only by blanks"));
    const Paired spelling =
        sources::pair(scored("b.csv", {"7", "8"}, {"1", "0"}, {1, 2}),
                      scored("c.csv", {"7.0", "8.0"}, {"1", "0"}, {1, 2}), classifier_roles(), {});
    CHECK(says(spelling.incomparable, "no example is on both sides"));
    CHECK(says(spelling.incomparable, "'7' and '7.0' are one number written in two ways"));
}

TEST_CASE("intersecting drops unmatched rows on both sides and counts them", "[sources]") {
    PairingRules rules;
    rules.intersect = true;
    rules.min_overlap = 0.5;
    Roles roles = classifier_roles();
    roles.slices = {"lang"};
    evidence::Table baseline =
        scored("b.csv", {"a", "b", "c", "d"}, {"0", "1", "2", "1"}, {0.1, 0.2, 0.3, 0.4});
    baseline.categories["lang"] = categories({"de", "en", "fr", "en"});
    evidence::Table candidate = scored("c.csv", {"x", "d", "b"}, {"3", "1", "1"}, {9, 0.7, 0.8});
    candidate.categories["lang"] = categories({"tr", "en", "en"});
    const Paired paired = sources::pair(baseline, candidate, roles, rules);
    REQUIRE(paired.incomparable.empty());
    REQUIRE(paired.problem.empty());
    const evidence::Examples& examples = paired.examples;
    CHECK(examples.rows == 2);
    CHECK(examples.id(0) == "b");
    CHECK(examples.id(1) == "d");
    CHECK(examples.sides[0].score->values == std::vector<double>{0.2, 0.4});
    CHECK(examples.sides[1].score->values == std::vector<double>{0.8, 0.7});
    CHECK(examples.pairing.only_baseline == 2);
    CHECK(examples.pairing.only_candidate == 1);
    // What only dropped rows said is gone.
    CHECK(examples.classes == Texts{"1"});
    CHECK(examples.slices.at("lang").names == Texts{"en"});
    // ... from the paired examples; what slices lost or gained by it is kept apart.
    CHECK(examples.unpaired[0].rows == 2);
    CHECK(examples.unpaired[0].slices.at("lang").names == Texts{"de", "fr"});
    CHECK(examples.unpaired[0].label->names == Texts{"0", "2"});
    CHECK(examples.unpaired[1].rows == 1);
    CHECK(examples.unpaired[1].slices.at("lang").names == Texts{"tr"});
}

TEST_CASE("an overlap below the wanted share is incomparable with both figures", "[sources]") {
    PairingRules rules;
    rules.intersect = true;
    rules.min_overlap = 0.9;
    const Paired paired = sources::pair(
        scored("b.csv", {"a", "b", "c", "d"}, Texts(4, "1"), {1, 2, 3, 4}),
        scored("c.csv", {"a", "b", "c"}, Texts(3, "1"), {1, 2, 3}), classifier_roles(), rules);
    CHECK(says(paired.incomparable, "3 of 4 examples are on both sides, a share of 0.75"));
    CHECK(says(paired.incomparable, "at least 0.9 is wanted"));
}

TEST_CASE("nothing in common is incomparable even when intersecting", "[sources]") {
    PairingRules rules;
    rules.intersect = true;
    const Paired paired =
        sources::pair(scored("b.csv", {"a"}, {"1"}, {1}), scored("c.csv", {"b"}, {"1"}, {1}),
                      classifier_roles(), rules);
    CHECK(says(paired.incomparable, "no example is on both sides"));
    const Paired empty = sources::pair(scored("b.csv", {}, {}, {}), scored("c.csv", {}, {}, {}),
                                       classifier_roles(), rules);
    CHECK_FALSE(empty.incomparable.empty());
}

TEST_CASE("an id that a side holds twice is a problem", "[sources]") {
    const Paired paired =
        sources::pair(scored("b.csv", {"a", "b"}, {"1", "0"}, {1, 2}),
                      scored("c.csv", {"b", "b"}, {"0", "0"}, {1, 2}), classifier_roles(), {});
    CHECK(says(paired.problem, "'b' stands in several rows"));
}

TEST_CASE("labels that differ for one id are incomparable with counts and ids", "[sources]") {
    const Paired paired = sources::pair(
        scored("b.csv", {"a", "b", "c"}, {"0", "1", "1"}, {1, 2, 3}),
        scored("c.csv", {"c", "b", "a"}, {"0", "1", "1"}, {3, 2, 1}), classifier_roles(), {});
    CHECK(says(paired.incomparable, "the labels of 2 examples differ"));
    CHECK(says(paired.incomparable, "('a' and 'c')"));
    CHECK(paired.examples.pairing.label_disagreements == 2);
    CHECK(paired.examples.pairing.first_label_disagreements == Texts{"a", "c"});
}

TEST_CASE("labels are compared by class, not by code", "[sources]") {
    PairingRules rules;
    rules.intersect = true;
    // The class "0" exists on one side only, so equal classes have different codes.
    const Paired paired =
        sources::pair(scored("b.csv", {"a", "b", "z"}, {"1", "2", "0"}, {1, 2, 3}),
                      scored("c.csv", {"a", "b"}, {"1", "2"}, {1, 2}), classifier_roles(), rules);
    CHECK(paired.incomparable.empty());
    CHECK(labels_of(paired.examples) == Texts{"1", "2"});
}

TEST_CASE("numeric targets, weights, clusters and slices must agree too", "[sources]") {
    Roles roles;
    roles.id = "id";
    roles.label = {"y", "y"};
    roles.label_as_number = true;
    roles.predicted_number = {"p", "p"};
    roles.weight = {"w", "w"};
    roles.cluster = {"user", "user"};
    roles.slices = {"lang"};
    const auto table = [](std::vector<double> targets, std::vector<double> weights,
                          const Texts& users, const Texts& languages) {
        return TableBuilder("t.csv")
            .ids({"a", "b"})
            .numbers("y", std::move(targets))
            .numbers("p", {1, 2})
            .numbers("w", std::move(weights))
            .text("user", users)
            .text("lang", languages)
            .build();
    };
    const auto compare = [&](evidence::Table candidate) {
        return sources::pair(table({1, 2}, {1, 1}, {"u", "v"}, {"de", "en"}), std::move(candidate),
                             roles, {});
    };
    const Paired same = compare(table({1, 2}, {1, 1}, {"u", "v"}, {"de", "en"}));
    CHECK(same.incomparable.empty());
    CHECK(same.problem.empty());
    CHECK(same.examples.target->values == std::vector<double>{1, 2});
    CHECK(says(compare(table({1, 3}, {1, 1}, {"u", "v"}, {"de", "en"})).incomparable,
               "the labels of 1 example differ between baseline and candidate ('b')"));
    CHECK(says(compare(table({1, 2}, {2, 1}, {"u", "v"}, {"de", "en"})).incomparable,
               "the weights of 1 example differ"));
    CHECK(says(compare(table({1, 2}, {1, 1}, {"u", "u"}, {"de", "en"})).incomparable,
               "the clusters of 1 example differ"));
    CHECK(says(compare(table({1, 2}, {1, 1}, {"u", "v"}, {"en", "de"})).incomparable,
               "the values of 'lang' of 2 examples differ"));
    const double nan = std::numeric_limits<double>::quiet_NaN();
    CHECK(says(compare(table({1, nan}, {1, 1}, {"u", "v"}, {"de", "en"})).incomparable, "labels"));
}

TEST_CASE("a label that only one side carries is taken from it", "[sources]") {
    Roles roles = classifier_roles();
    roles.label = {"y", ""};
    const Paired paired = sources::pair(
        scored("b.csv", {"a", "b"}, {"0", "1"}, {1, 2}),
        TableBuilder("c.csv").ids({"b", "a"}).numbers("p", {3, 4}).build(), roles, {});
    REQUIRE(paired.problem.empty());
    CHECK(labels_of(paired.examples) == Texts{"0", "1"});
    CHECK(paired.examples.sides[1].score->values == std::vector<double>{4, 3});
}

TEST_CASE("classes are those of labels and of both sides' predictions, numbers first",
          "[sources]") {
    Roles roles;
    roles.id = "id";
    roles.label = {"y", "y"};
    roles.label_as_class = true;
    roles.predicted_class = {"q", "q"};
    const auto table = [](const Texts& predicted) {
        return TableBuilder("t.csv")
            .ids({"a", "b"})
            .text("y", {"10", "9"})
            .text("q", predicted)
            .build();
    };
    const Paired paired = sources::pair(table({"10", "cat"}), table({"11", "9"}), roles, {});
    REQUIRE(paired.problem.empty());
    const evidence::Examples& examples = paired.examples;
    CHECK(examples.classes == Texts{"9", "10", "11", "cat"});
    CHECK(examples.sides[0].predicted_class->codes[1] == 3);
    CHECK(examples.sides[1].predicted_class->codes[0] == 2);
    CHECK(examples.label->names.empty());
    CHECK_FALSE(examples.positive.has_value());
}

TEST_CASE("the positive class is the usual name among at most two labels", "[sources]") {
    const auto positive = [](const Texts& labels, const std::string& wanted) {
        Texts ids;
        std::vector<double> scores;
        for (std::size_t i = 0; i < labels.size(); ++i) {
            ids.push_back(std::to_string(i));
            scores.push_back(0.5);
        }
        PairingRules rules;
        rules.positive = wanted;
        Paired paired =
            sources::pair(scored("b.csv", ids, labels, scores),
                          scored("c.csv", ids, labels, scores), classifier_roles(), rules);
        const evidence::Examples& examples = paired.examples;
        return examples.positive ? examples.classes[*examples.positive] : "-" + paired.problem;
    };
    CHECK(positive({"0", "1"}, "") == "1");
    CHECK(positive({"1", "1"}, "") == "1");
    CHECK(positive({"no", "yes"}, "") == "yes");
    CHECK(positive({"True", "False"}, "") == "True");
    CHECK(positive({"neg", "pos"}, "") == "pos");
    CHECK(positive({"", "0", "1"}, "") == "1");
    CHECK(positive({"ham", "spam"}, "") == "-");
    CHECK(positive({"0", "1", "2"}, "") == "-");
    CHECK(positive({"1", "yes"}, "") == "-");
    CHECK(positive({"ham", "spam"}, "spam") == "spam");
    CHECK(positive({"0", "1"}, "1.0") == "1");
    CHECK(says(positive({"ham", "spam"}, "spm"), "did you mean 'spam'?"));
}

TEST_CASE("class scores follow the order of classes and a bound class counts as one", "[sources]") {
    Roles roles;
    roles.id = "id";
    roles.label = {"y", "y"};
    roles.label_as_class = true;
    roles.class_scores = {
        {"cat", {"p_cat", "p_cat"}}, {"ant", {"p_ant", "p_ant"}}, {"bee", {"p_bee", "p_bee"}}};
    const auto table = [](const Texts& labels) {
        return TableBuilder("t.csv")
            .ids({"1", "2"})
            .text("y", labels)
            .numbers("p_ant", {1, 2})
            .numbers("p_bee", {3, 4})
            .numbers("p_cat", {5, 6})
            .build();
    };
    const Paired paired = sources::pair(table({"cat", "ant"}), table({"cat", "ant"}), roles, {});
    REQUIRE(paired.problem.empty());
    CHECK(paired.examples.classes == Texts{"ant", "bee", "cat"});
    REQUIRE(paired.examples.sides[1].class_scores.size() == 3);
    CHECK(paired.examples.sides[1].class_scores[2].values == std::vector<double>{5, 6});
    const Paired unknown = sources::pair(table({"cat", "dog"}), table({"cat", "dog"}), roles, {});
    CHECK(says(unknown.problem, "the class 'dog' occurs but has no column with its score"));
    const Paired unlabelled = sources::pair(table({"cat", ""}), table({"cat", ""}), roles, {});
    CHECK(says(unlabelled.problem, "no label"));
}

TEST_CASE("weights must be finite, not negative and not all zero", "[sources]") {
    Roles roles = classifier_roles();
    roles.weight = {"w", "w"};
    const auto problem = [&roles](double first, double second) {
        evidence::Table table = scored("t.csv", {"a", "b"}, {"0", "1"}, {1, 2});
        table.numbers["w"] = test::number_column({first, second});
        return sources::pair(table, table, roles, {}).problem;
    };
    CHECK(problem(0, 1).empty());
    CHECK(problem(0, 0) == "all weights are 0");
    CHECK(says(problem(1, -1), "the weights of 1 example are not finite numbers of at least 0"));
    CHECK(says(problem(1, std::numeric_limits<double>::infinity()), "not finite"));
    CHECK(says(problem(1, std::numeric_limits<double>::quiet_NaN()), "not finite"));
    CHECK(says(problem(1, evidence::missing_value()), "not finite"));
}

TEST_CASE("pairing by position wants equally many rows and drops ids", "[sources]") {
    PairingRules rules;
    rules.by_position = true;
    const Paired paired =
        sources::pair(scored("b.csv", {"a", "b"}, {"0", "1"}, {1, 2}),
                      scored("c.csv", {"x", "y"}, {"0", "0"}, {1, 2}), classifier_roles(), rules);
    CHECK_FALSE(paired.examples.ids.has_value());
    CHECK(paired.examples.pairing.by_position);
    CHECK(says(paired.incomparable, "('row 2')"));
    const Paired unequal =
        sources::pair(scored("b.csv", {"a", "b"}, {"0", "1"}, {1, 2}),
                      scored("c.csv", {"a"}, {"0"}, {1}), classifier_roles(), rules);
    CHECK(says(unequal.incomparable, "the baseline has 2 examples, the candidate 1 example"));
}

TEST_CASE("without ids and without position there is nothing to pair by", "[sources]") {
    const evidence::Table table =
        TableBuilder("t.csv").text("y", {"0", "1"}).numbers("p", {1, 2}).build();
    CHECK(says(sources::pair(table, table, classifier_roles(), {}).problem, "pair_by: position"));
}

TEST_CASE("one file gives both sides from columns of their own", "[sources]") {
    Roles roles = classifier_roles();
    roles.score = {"old", "new"};
    roles.values = {{"latency_ms", {"t", "t"}}};
    roles.slices = {"y"};
    const Paired paired = sources::pair_one_file(TableBuilder("t.csv")
                                                     .ids({"a", "b"})
                                                     .text("y", {"0", "1"})
                                                     .numbers("old", {1, 2})
                                                     .numbers("new", {3, 4})
                                                     .numbers("t", {5, 6})
                                                     .build(),
                                                 roles, {});
    REQUIRE(paired.problem.empty());
    const evidence::Examples& examples = paired.examples;
    CHECK(examples.pairing.one_file);
    CHECK(examples.pairing.paired == 2);
    CHECK(examples.sides[0].score->values == std::vector<double>{1, 2});
    CHECK(examples.sides[1].score->values == std::vector<double>{3, 4});
    CHECK(examples.sides[0].values.at("latency_ms").values == std::vector<double>{5, 6});
    CHECK(examples.sides[1].values.at("latency_ms").values == std::vector<double>{5, 6});
    CHECK(labels_of(examples) == Texts{"0", "1"});
    CHECK(examples.slices.at("y").names == Texts{"0", "1"});
}

TEST_CASE("one file with a label a side compares the two", "[sources]") {
    Roles roles = classifier_roles();
    roles.label = {"y1", "y2"};
    const Paired paired = sources::pair_one_file(TableBuilder("t.csv")
                                                     .ids({"a", "b"})
                                                     .text("y1", {"0", "1"})
                                                     .text("y2", {"0", "0"})
                                                     .numbers("p", {1, 2})
                                                     .build(),
                                                 roles, {});
    CHECK(says(paired.incomparable, "the labels of 1 example differ"));
}

TEST_CASE("the candidate alone leaves the baseline side empty", "[sources]") {
    const Paired paired = sources::candidate_only(
        scored("c.csv", {"a", "b"}, {"0", "1"}, {0.2, 0.8}), classifier_roles(), {});
    REQUIRE(paired.problem.empty());
    CHECK(paired.examples.rows == 2);
    CHECK_FALSE(paired.examples.sides[0].score.has_value());
    CHECK(paired.examples.sides[1].score->values == std::vector<double>{0.2, 0.8});
    CHECK(paired.examples.positive == 1U);
    CHECK(paired.examples.pairing.candidate_rows == 2);
    CHECK(paired.examples.pairing.baseline_rows == 0);
}

TEST_CASE("a column that was not read is a problem, never an empty column", "[sources]") {
    Roles roles = classifier_roles();
    roles.score = {"p", "elsewhere"};
    const Paired paired = sources::pair(scored("b.csv", {"a"}, {"1"}, {1}),
                                        scored("c.csv", {"a"}, {"1"}, {1}), roles, {});
    CHECK(says(paired.problem, "c.csv has no usable column 'elsewhere'"));
}

TEST_CASE("flaws are counted again when rows were dropped", "[sources]") {
    PairingRules rules;
    rules.intersect = true;
    const double nan = std::numeric_limits<double>::quiet_NaN();
    const Paired paired = sources::pair(
        scored("b.csv", {"a", "b", "c"}, Texts(3, "1"), {nan, evidence::missing_value(), 3}),
        scored("c.csv", {"b", "c"}, Texts(2, "1"), {nan, 1}), classifier_roles(), rules);
    CHECK(paired.examples.sides[0].score->non_finite.count == 0);
    CHECK(paired.examples.sides[0].score->missing.count == 1);
    CHECK(paired.examples.sides[1].score->non_finite.count == 1);
}
