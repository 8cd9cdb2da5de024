// Columns spoiled so that each kind of column check must notice.
#include "damage/columns.h"

#include "metrics/catalog.h"
#include "support/catch.h"
#include "unit/damage/damaged.h"

using namespace metricgate;

namespace {

metrics::Metric named(const char* name) {
    return test::metric_of(*metrics::find(name));
}

evidence::ObservedColumn numbers() {
    evidence::ObservedColumn column;
    column.rows = 11;
    column.numbers = {3, 1, 4, 1, 5, 9, 2, 6, 5, 3};
    column.missing.count = 1;
    return column;
}

double value(const char* name, const evidence::ObservedColumn& candidate) {
    const metrics::Metric metric = named(name);
    const evidence::ColumnSides sides{numbers(), candidate};
    const auto found = metrics::column_form(metric.definition)->find(sides, {}, {});
    REQUIRE(found.candidate.defined());
    return found.candidate.number();
}

}  // namespace

TEST_CASE("a share of nothing changes nothing that a check looks at", "[damage]") {
    for (const char* name : {"psi", "ks_drift", "wasserstein", "out_of_range", "type_mismatches"}) {
        CHECK(value(name, damage::spoil_column(named(name), numbers(), 0.0)) == 0.0);
    }
}

TEST_CASE("every kind of column check sees the whole column spoiled", "[damage]") {
    CHECK(value("psi", damage::spoil_column(named("psi"), numbers(), 1.0)) > 1.0);
    CHECK(value("ks_drift", damage::spoil_column(named("ks_drift"), numbers(), 1.0)) == 1.0);
    CHECK(value("wasserstein", damage::spoil_column(named("wasserstein"), numbers(), 1.0)) > 8.0);
    CHECK(value("out_of_range", damage::spoil_column(named("out_of_range"), numbers(), 0.5)) ==
          0.5);
    CHECK(value("missing_rate", damage::spoil_column(named("missing_rate"), numbers(), 1.0)) ==
          1.0);
    CHECK(value("type_mismatches",
                damage::spoil_column(named("type_mismatches"), numbers(), 0.25)) == 3.0);
}

TEST_CASE("categories lose their names to one that the column never had", "[damage]") {
    evidence::ObservedColumn column;
    column.rows = 4;
    column.text.count = 3;
    column.missing.count = 1;
    evidence::CategoryColumn cells;
    cells.names = {"", "a", "b"};
    for (const std::uint32_t code : {1U, 2U, 0U, 1U}) {
        cells.codes.push_back(code);
    }
    column.categories = cells;
    const auto spoiled = damage::spoil_column(named("unseen_categories"), column, 1.0);
    const evidence::ColumnSides sides{column, spoiled};
    for (const auto& [name, wanted] :
         {std::pair("unseen_categories", 1.0), std::pair("vanished_categories", 0.0)}) {
        const auto found = metrics::column_form(metrics::find(name))->find(sides, {}, {});
        CHECK(found.candidate.number() == wanted);
    }
    CHECK(spoiled.categories->codes.size() == 4);
    CHECK(spoiled.categories->names[spoiled.categories->codes[0]].empty());
}
