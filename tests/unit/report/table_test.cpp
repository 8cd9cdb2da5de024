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

TEST_CASE("a line that is too wide loses from its widest column", "[report]") {
    Table table({"status", "check"});
    table.add({"pass", std::string(50, 'x')});
    CHECK(table.print(30, 0, unmarked) ==
          "status  check\npass    " + std::string(19, 'x') + "...\n");
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
