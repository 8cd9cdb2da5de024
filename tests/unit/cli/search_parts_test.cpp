#include "cli/search_parts.h"

#include "support/catch.h"
#include "support/examples_builder.h"

using namespace metricgate;
using cli::SearchPart;
using evidence::Rows;
using Slice = std::map<std::string, std::string>;

namespace {

policy::Slices by(const std::vector<std::string>& columns) {
    policy::Slices slices;
    slices.discover = true;
    for (const std::string& column : columns) {
        slices.by.push_back({column, {}});
    }
    return slices;
}

evidence::Examples two_columns() {
    return test::ExamplesBuilder()
        .labels({0, 0, 0, 0, 0, 0, 0, 0})
        .slice("lang", {0, 0, 0, 0, 1, 1, 1, 1}, {"de", "en"})
        .slice("age", {0, 1, 2, 3, 0, 1, 2, 4}, {"20", "30", "40", "50", "60.5"})
        .build();
}

const SearchPart* find(const cli::SearchParts& found, const Slice& slice) {
    for (const SearchPart& part : found.parts) {
        if (part.slice == slice) {
            return &part;
        }
    }
    return nullptr;
}

}  // namespace

TEST_CASE("a search looks at single values first, then at pairs of two columns", "[cli]") {
    const auto found = cli::search_parts(by({"lang", "age"}), {}, two_columns(), Rows::all(8));
    REQUIRE(found.problem.empty());
    CHECK(found.parts.size() == 2 + 5 + 8);
    CHECK(found.parts[0].slice == Slice{{"lang", "de"}});
    CHECK(found.parts[0].rows == std::vector<std::uint32_t>{0, 1, 2, 3});
    CHECK(found.parts[2].slice == Slice{{"age", "20"}});
    CHECK(found.parts[2].rows == std::vector<std::uint32_t>{0, 4});
    REQUIRE(find(found, {{"lang", "en"}, {"age", "60.5"}}) != nullptr);
    CHECK(find(found, {{"lang", "en"}, {"age", "60.5"}})->rows == std::vector<std::uint32_t>{7});
}

TEST_CASE("a numeric column is cut at its quantiles, and each group names its ends", "[cli]") {
    policy::Slices slices = by({"age"});
    slices.cut["age"] = {3, {}};
    // 20 20 30 30 40 40 50 60.5: a third of eight ends at the third, two thirds at the sixth.
    const auto found = cli::search_parts(slices, {}, two_columns(), Rows::all(8));
    REQUIRE(found.problem.empty());
    REQUIRE(found.parts.size() == 3);
    CHECK(find(found, {{"age", "up to 30"}})->rows == std::vector<std::uint32_t>{0, 1, 4, 5});
    CHECK(find(found, {{"age", "above 30 up to 40"}})->rows == std::vector<std::uint32_t>{2, 6});
    CHECK(find(found, {{"age", "above 40"}})->rows == std::vector<std::uint32_t>{3, 7});
}

TEST_CASE("a column of one number is one group, and an empty cell a group of its own", "[cli]") {
    policy::Slices slices = by({"age"});
    slices.cut["age"] = {4, {}};
    const auto examples =
        test::ExamplesBuilder().labels({0, 0, 0}).slice("age", {0, 1, 0}, {"7", ""}).build();
    const auto found = cli::search_parts(slices, {}, examples, Rows::all(3));
    CHECK(find(found, {{"age", "all"}})->rows == std::vector<std::uint32_t>{0, 2});
    CHECK(find(found, {{"age", ""}})->rows == std::vector<std::uint32_t>{1});
}

TEST_CASE("a text in a column to cut is a problem that names it", "[cli]") {
    policy::Slices slices = by({"lang"});
    slices.cut["lang"] = {2, {}};
    const auto found = cli::search_parts(slices, {}, two_columns(), Rows::all(8));
    CHECK(found.problem.find("column 'lang' holds 'de', and only finite numbers can be cut") !=
          std::string::npos);
}

TEST_CASE("a part counts what the baseline had of it, though nothing of it is left", "[cli]") {
    evidence::Examples examples = two_columns();
    evidence::Unpaired& lost = examples.unpaired[0];
    lost.rows = 3;
    lost.slices["lang"] = test::category_column({0, 0, 1});
    lost.slices["lang"].names = {"tr", "de"};
    const auto found =
        cli::search_parts(by({"lang"}), {}, examples, Rows(std::vector<std::uint32_t>{0, 4}));
    REQUIRE(find(found, {{"lang", "tr"}}) != nullptr);
    CHECK(find(found, {{"lang", "tr"}})->before == 2);
    CHECK(find(found, {{"lang", "tr"}})->rows.empty());
    CHECK(find(found, {{"lang", "de"}})->before == 5);
    CHECK(find(found, {{"lang", "de"}})->rows.size() == 1);
}
