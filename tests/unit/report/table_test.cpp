#include "report/table.h"

#include "support/catch.h"

using namespace metricgate::report;

namespace {

std::string unmarked(const std::string& cell) {
    return cell;
}

}  // namespace

TEST_CASE("columns are aligned without trailing blanks", "[report]") {
    Table table({"status", "check"});
    table.add({"pass", "auc"});
    table.add({"skipped", "f"});
    CHECK(table.print(100, 0, unmarked) == "status   check\npass     auc\nskipped  f\n");
}

TEST_CASE("a cell that is too wide for its line goes on in the next", "[report]") {
    Table table({"status", "check"});
    table.add({"pass", "0.0468 (noise up to 0.079)"});
    CHECK(table.print(28, 0, unmarked) ==
          "status  check\npass    0.0468 (noise up to\n        0.079)\n");
}

TEST_CASE("columns that can break at a blank are narrowed before those that cannot", "[report]") {
    Table table({"status", "check"});
    table.add({"a b c d e f g h i j k l m n o", "recall-by-language"});
    CHECK(table.print(34, 1, unmarked) ==
          "status          check\na b c d e f g   recall-by-language\nh i j k l m n\no\n");
}

TEST_CASE("a word without end is broken, and after four lines cut", "[report]") {
    Table table({"status", "check"});
    table.add({"pass", std::string(25, 'x')});
    const std::string ten(10, 'x');
    CHECK(table.print(18, 0, unmarked) ==
          "status  check\npass    " + ten + "\n        " + ten + "\n        xxxxx\n");
    CHECK(cell_lines(std::string(200, 'x'), 10, 4) ==
          std::vector<std::string>{ten, ten, ten, "xxxxxxx..."});
    CHECK(cell_lines("", 10, 4) == std::vector<std::string>{""});
    CHECK(cell_lines("ab cd", 2, 4) == std::vector<std::string>{"ab", "cd"});
}

TEST_CASE("only the first line of a marked cell is marked when the others are empty", "[report]") {
    Table table({"status", "check"});
    table.add({"pass", "aaaaaaaaaa bbbbbbbbbb"});
    const auto mark = [](const std::string& cell) { return "<" + cell + ">"; };
    CHECK(table.print(18, 0, mark) == "status  check\n<pass  >  aaaaaaaaaa\n        bbbbbbbbbb\n");
}

TEST_CASE("width counts characters as a terminal does", "[report]") {
    CHECK(display_width("abc") == 3);
    CHECK(display_width("d\xc3\xa9j\xc3\xa0") == 4);
    CHECK(display_width("\xe8\xaa\x9e") == 2);
    CHECK(display_width("e\xcc\x81") == 1);
    CHECK(fit("\xe8\xaa\x9e\xe8\xaa\x9e\xe8\xaa\x9e", 5) == "\xe8\xaa\x9e...");
}

TEST_CASE("text is wrapped at blanks, and long words stand alone", "[report]") {
    CHECK(wrap("aa bb cc", 2, 7) == "  aa bb\n  cc\n");
    CHECK(wrap("aaaaaaaaaa b", 0, 5) == "aaaaaaaaaa\nb\n");
    CHECK(wrap("", 4, 10).empty());
    CHECK(wrap("   ", 4, 10).empty());
}
