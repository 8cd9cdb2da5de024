#include <cmath>
#include <limits>

#include "evidence/column.h"
#include "reading.h"
#include "sources/confusable.h"

using namespace reading;
using metricgate::evidence::is_missing;

namespace {

constexpr double infinity = std::numeric_limits<double>::infinity();

}  // namespace

TEST_CASE("csv rows become columns in file order", "[sources]") {
    const auto read = csv("id,label,pred\ne1,1,0.75\ne2,0,-1e-3\n");
    REQUIRE(problems_of(read) == "");
    CHECK(read->source == "eval.csv");
    CHECK(read->rows == 2);
    CHECK(texts(*read->ids) == Texts{"e1", "e2"});
    CHECK(texts(read->categories.at("label")) == Texts{"1", "0"});
    CHECK(read->numbers.at("pred").values == std::vector<double>{0.75, -1e-3});
}

TEST_CASE("csv columns nobody asked for are checked for shape only", "[sources]") {
    const auto read = csv("note,id,label,pred\n5%,e1,1,0.5\n\"a, b\",e2,0,1\n");
    REQUIRE(problems_of(read) == "");
    CHECK(read->numbers.size() == 1);
    CHECK(texts(*read->ids) == Texts{"e1", "e2"});
}

TEST_CASE("csv reads one column in several ways", "[sources]") {
    const auto read =
        table("y\n1.0\n1\n", "eval.csv", {ask("y", ReadAs::number), ask("y", ReadAs::category)});
    REQUIRE(problems_of(read) == "");
    CHECK(read->numbers.at("y").values == std::vector<double>{1.0, 1.0});
    CHECK(texts(read->categories.at("y")) == Texts{"1", "1"});
}

TEST_CASE("csv quotes hold delimiters, doubled quotes and line ends", "[sources]") {
    const auto read = csv("id,label,pred\n\"a,\"\"b\"\"\nc\",\"\"\"\",\"0.5\"\n\"d\",x,1\n");
    REQUIRE(problems_of(read) == "");
    CHECK(texts(*read->ids) == Texts{"a,\"b\"\nc", "d"});
    CHECK(texts(read->categories.at("label")) == Texts{"\"", "x"});
    CHECK(read->numbers.at("pred").values == std::vector<double>{0.5, 1.0});
}

TEST_CASE("csv takes CR LF for a line end, also beside LF", "[sources]") {
    const auto read = csv("id,label,pred\r\ne1,1,0.5\r\ne2,0,0.25\n");
    REQUIRE(problems_of(read) == "");
    CHECK(texts(*read->ids) == Texts{"e1", "e2"});
    CHECK(read->numbers.at("pred").values == std::vector<double>{0.5, 0.25});
}

TEST_CASE("csv blank lines are allowed at the end only", "[sources]") {
    CHECK(problems_of(csv("id,label,pred\ne1,1,0.5\n\n\r\n")) == "");
    CHECK_THAT(problems_of(csv("id,label,pred\n\ne1,1,0.5\n")),
               has("eval.csv:2:1: this row has 1 field, the header has 3"));
}

TEST_CASE("csv refuses what it cannot split", "[sources]") {
    const std::string head = "id,label,pred\ne1,1,0.5\n";
    CHECK_THAT(problems_of(csv(head + "e2,0\n")), has("eval.csv:3:4: this row has 2 fields"));
    CHECK_THAT(problems_of(csv(head + "e2,0,1,2\n")), has("eval.csv:3:8: this row has 4 fields"));
    CHECK_THAT(problems_of(csv(head + "\"e2,0,1\ne3,0,1\n")),
               has("eval.csv:3:1: this quote is never closed"));
    CHECK_THAT(problems_of(csv(head + "\"e2\"x,0,1\n")),
               has("eval.csv:3:5: text behind a closing quote"));
    CHECK_THAT(problems_of(csv(head + "e\"2,0,1\n")), has("eval.csv:3:2: a quote inside a field"));
    CHECK_THAT(problems_of(csv(head + "e2,0\r,1\n")),
               has("eval.csv:3:5: a carriage return without a line feed"));
    CHECK_THAT(problems_of(csv("id,label,pred\re1,1,0.5\r")), has("bare carriage returns"));
    CHECK_THAT(problems_of(csv("id;label;pred\ne1;1;0,5\n")),
               has("eval.csv:1:1: this looks like a semicolon-separated file"));
    CHECK_THAT(problems_of(csv("id\tlabel\tpred\ne1\t1\t0.5\n")),
               has("looks like a tab-separated"));
}

TEST_CASE("csv cut inside its last field is refused", "[sources]") {
    const std::string whole = "id,label,pred\ne1,1,0.75\ne2,0,0.9685\n";
    REQUIRE(csv(whole).ok());
    for (std::size_t size = 0; size < whole.size(); ++size) {
        const bool at_line_end = size > 0 && whole[size - 1] == '\n';
        const bool has_rows = size > whole.find('\n') + 1;
        CAPTURE(size);
        CHECK(csv(whole.substr(0, size)).ok() == (at_line_end && has_rows));
    }
}

TEST_CASE("csv without rows or header is refused", "[sources]") {
    CHECK_THAT(problems_of(csv("")), has("eval.csv: the file is empty"));
    CHECK_THAT(problems_of(csv("id,label,pred\n")),
               has("eval.csv:1:1: the file has a header but no"));
    CHECK_THAT(problems_of(csv("\nid,label,pred\n1,2,3\n")), has("the first line is empty"));
    CHECK_THAT(problems_of(csv("id,label,label,pred\n1,1,1,1\n")),
               has("eval.csv:1:10: the header names column 'label' twice, as fields 2 and 3"));
}

TEST_CASE("csv column that is not there is a problem where it was asked for", "[sources]") {
    const auto read = table("id,label,pred\n1,1,1\n", "eval.csv", {ask("lable", ReadAs::category)});
    CHECK(problems_of(read) ==
          "policy.yaml:7:12: 'eval.csv' has no column 'lable' (did you mean 'label'?); it has "
          "'id', 'label' and 'pred'\n");
}

TEST_CASE("csv names that only look equal are told apart", "[sources]") {
    const std::string rows = "\n1,1,1\n";
    CHECK_THAT(problems_of(csv("id, label ,pred" + rows)),
               has("its column ' label ' differs only"));
    CHECK_THAT(problems_of(csv("id,Label,pred" + rows)), has("its column 'Label' differs only"));
    CHECK_THAT(problems_of(csv("id,l\u0430bel,pred" + rows)), has("differs only"));
    CHECK_THAT(problems_of(csv("id,\uFEFFlabel,pred" + rows)), has("differs only"));
    CHECK(metricgate::sources::skeleton("\uFF41\u0441c") == "acc");
    CHECK(metricgate::sources::confusable_names({"acc", "f1", "\u0430cc", "acc"}).size() == 2);
}

TEST_CASE("csv number cells are empty, numbers or non-finite tokens", "[sources]") {
    const auto read = csv("id,label,pred\na,1,\nb,1,nan\nc,1,-inf\nd,1,Infinity\ne,1,\"\"\n");
    REQUIRE(problems_of(read) == "");
    const auto& pred = read->numbers.at("pred");
    CHECK(is_missing(pred.values[0]));
    CHECK(std::isnan(pred.values[1]));
    CHECK_FALSE(is_missing(pred.values[1]));
    CHECK(pred.values[2] == -infinity);
    CHECK(pred.values[3] == infinity);
    CHECK(is_missing(pred.values[4]));
    CHECK(pred.missing.count == 2);
    CHECK(describe(pred.missing.first) == "eval.csv:2:5");
    CHECK(pred.non_finite.count == 3);
    CHECK(describe(pred.non_finite.first) == "eval.csv:3:5");
    CHECK(pred.non_finite.text == "nan");
}

TEST_CASE("csv number cells that are no number are named with their place", "[sources]") {
    const auto with = [](const std::string& cell) {
        return problems_of(csv("id,label,pred\ne1,1,0.5\ne2,0," + cell + "\n"));
    };
    CHECK_THAT(with("5%"), has("eval.csv:3:6: column 'pred' holds '5%', wanted a number without a "
                               "percent sign"));
    CHECK_THAT(with("\"0,91\""), has("with a decimal point, not a comma"));
    CHECK_THAT(with(" 0.5"), has("without blanks around it"));
    for (const std::string& cell :
         Texts{"abc", "0x10", "1_000", "010", "+1", "1e", ".5", "5.", "true"}) {
        CHECK_THAT(with(cell), has("holds '" + cell + "', wanted a number"));
    }
    for (const std::string& cell : Texts{"1e400", "1e-400", "9007199254740993"}) {
        CHECK_THAT(with(cell), has("holds '" + cell + "', wanted a number that a 64-bit float"));
    }
}

TEST_CASE("csv problems are all reported, up to a limit", "[sources]") {
    const auto two = csv("id,label,pred\na,1,x\nb,1,1\nc,1,y\n");
    CHECK(two.problems().size() == 2);
    std::string many = "id,label,pred\n";
    for (int i = 0; i < 1000; ++i) {
        many += "a,1,x\n";
    }
    const auto capped = csv(many);
    CHECK(capped.problems().size() == 11);
    CHECK_THAT(problems_of(capped), has("there may be more problems"));
}

TEST_CASE("csv categories keep their text, but for the spelling of numbers", "[sources]") {
    const auto read = csv("id,label,pred\na,1,0\nb,1.0,0\nc, cat,0\nd,,0\ne,1e0,0\nf,cat,0\n");
    REQUIRE(problems_of(read) == "");
    const auto& label = read->categories.at("label");
    CHECK(texts(label) == Texts{"1", "1", " cat", "", "1", "cat"});
    CHECK(label.missing.count == 1);
    CHECK(describe(label.missing.first) == "eval.csv:5:3");
}

TEST_CASE("csv category codes do not depend on row order", "[sources]") {
    const auto one = csv("id,label,pred\na,b,0\nb,10,0\nc,9,0\nd,a,0\n");
    const auto other = csv("id,label,pred\nd,a,0\nc,9,0\nb,10,0\na,b,0\n");
    REQUIRE(one.ok());
    REQUIRE(other.ok());
    CHECK(one->categories.at("label").names == other->categories.at("label").names);
}

TEST_CASE("csv ids are kept byte for byte", "[sources]") {
    const auto read = csv("id,label,pred\n1,1,0\n1.0,1,0\n01,1,0\ne1 ,1,0\n");
    REQUIRE(problems_of(read) == "");
    CHECK(texts(*read->ids) == Texts{"1", "1.0", "01", "e1 "});
}

TEST_CASE("csv empty ids are refused", "[sources]") {
    CHECK_THAT(problems_of(csv("id,label,pred\na,1,0\n,1,0\n")),
               has("eval.csv:3:1: the id in column 'id' is empty"));
}

TEST_CASE("csv repeated ids are counted, the first five named in the order of bytes", "[sources]") {
    CHECK(
        problems_of(csv("id,label,pred\nb,1,0\na,1,0\nb,1,0\nb,1,0\n")) ==
        "eval.csv:4:1: 1 id stands in more than one row: 'b' (lines 2 and 4); every example needs "
        "its own id\n");
    std::string many = "id,label,pred\n";
    for (int i = 0; i < 600; ++i) {
        many += "x" + std::to_string(i % 300) + ",1,0\n";
    }
    CHECK_THAT(problems_of(csv(many)), has("300 ids stand in more than one row: 'x0' (lines 2 and "
                                           "302), 'x1', 'x10', 'x100', 'x101', ..."));
}

TEST_CASE("csv lines of repeated ids count line ends inside quotes", "[sources]") {
    CHECK_THAT(problems_of(csv("id,label,pred\nb,\"x\ny\",0\na,1,0\nb,1,0\n")),
               has("'b' (lines 2 and 5)"));
}

TEST_CASE("csv with many distinct ids in any order is accepted", "[sources]") {
    std::string text = "id,label,pred\n";
    for (int i = 0; i < 5000; ++i) {
        text += std::to_string((i * 7919) % 5000) + ",1,0\n";
    }
    const auto read = csv(text);
    REQUIRE(problems_of(read) == "");
    CHECK((*read->ids)[4999] == std::to_string((4999 * 7919) % 5000));
}

TEST_CASE("csv has one id column", "[sources]") {
    CHECK_THAT(
        problems_of(table("a,b\n1,2\n", "eval.csv", {ask("a", ReadAs::id), ask("b", ReadAs::id)})),
        has("both 'a' and 'b' are asked for"));
}

TEST_CASE("tsv differs from csv in its delimiter only", "[sources]") {
    const auto read = table("id\tlabel\tpred\n\"a\tb\"\tx,y\t0.5\n", "eval.tsv", usual());
    REQUIRE(problems_of(read) == "");
    CHECK(texts(*read->ids) == Texts{"a\tb"});
    CHECK(texts(read->categories.at("label")) == Texts{"x,y"});
    CHECK_THAT(problems_of(table("id,label,pred\na,1,1\n", "eval.tsv", usual())),
               has("looks like a comma-separated file"));
}

TEST_CASE("csv outline holds the header and at most 50 rows", "[sources]") {
    std::string text = "id,label\n";
    for (int i = 0; i < 60; ++i) {
        text += std::to_string(i) + ",\"a \"\"b\"\"\"\n";
    }
    const auto outline = metricgate::sources::outline(document(text, "eval.csv"), "");
    REQUIRE(problems_of(outline) == "");
    CHECK(outline->format == "csv");
    CHECK(outline->columns == Texts{"id", "label"});
    REQUIRE(outline->first_rows.size() == 50);
    CHECK(outline->first_rows[49] == Texts{"49", "a \"b\""});
    CHECK_FALSE(metricgate::sources::outline(document("id,label\n", "eval.csv"), "").ok());
}
